"""Trainings, form-actions and colloquiums: on the page of their framework, and on those of territories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.acts.trainings import PLAN_TRAINING, RECORD_TRAINING
from api.pages.addresses import anchor_of
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.trainings import TrainingLine, TrainingsShown
from api.pages.framework_view import FrameworkView
from api.pages.people_counted import counted_people
from projections.which_trainings_there_are import (
    CANCELLED,
    DELIVERED,
    PLANNED,
    TO_RECORD,
    TrainingTold,
    trainings,
    trainings_for,
)

STATUS_OF: Final[Mapping[str, Status]] = {
    TO_RECORD: "watch",
    PLANNED: "on-time",
    DELIVERED: "done",
    CANCELLED: "not-started",
}


def of_framework(view: FrameworkView) -> TrainingsShown | None:
    """All of a framework, each with the acts that the visitor may do on it; None where there is none and none may be
    planned."""
    told = trainings(view.ask.register, view.framework_id, view.ask.today)
    view.ask.open(told)
    plan = view.act(PLAN_TRAINING.name)
    if not told.trainings and plan is None:
        return None
    missing = told.year if told.colloquium_missing else None
    return _shown(view.ask, told.trainings, missing, view, plan)


def of_territory(ask: Asking, territory_id: UUID) -> TrainingsShown | None:
    """Those of the frameworks that follow a territory, where they are for it; None where there is none."""
    told = trainings_for(ask.register, territory_id, ask.today)
    ask.open(told)
    return _shown(ask, told, None) if told else None


def _shown(
    ask: Asking,
    told: Iterable[TrainingTold],
    no_colloquium: int | None,
    view: FrameworkView | None = None,
    plan: Act | None = None,
) -> TrainingsShown:
    known = tuple(told)
    ahead = tuple(_line(ask, one, view) for one in known if one.state in (TO_RECORD, PLANNED))
    over = tuple(_line(ask, one, view) for one in known if one.state in (DELIVERED, CANCELLED))
    return TrainingsShown(ahead, over, no_colloquium, (plan,) if plan is not None else ())


def _line(ask: Asking, one: TrainingTold, view: FrameworkView | None) -> TrainingLine:
    came = one.came
    return TrainingLine(
        anchor=anchor_of("training", one.training_id),
        kind=one.kind,
        title=ask.said(one.title),
        status=STATUS_OF[one.state],
        state=one.state,
        when=_when(one),
        about=tuple(_about(ask, one)),
        why=ask.said(one.kept if one.state == DELIVERED else one.motive),
        came=Phrase("page.training.came", {"who": counted_people(came)}) if came is not None else None,
        acts=tuple(_acts(view, one)) if view is not None and one.next_act is not None else (),
    )


def _when(one: TrainingTold) -> Phrase:
    day = one.delivered_on or one.starts_on
    if one.delivered_on is None and one.ends_on is not None and one.ends_on != one.starts_on:
        return Phrase("page.training.days", {"first": one.starts_on, "last": one.ends_on})
    if one.delivered_on is None and one.starts_at is not None:
        return Phrase("page.training.day-at", {"on": day, "at": one.starts_at})
    return Phrase("page.training.day", {"on": day})


def _about(ask: Asking, one: TrainingTold) -> Iterator[Phrase]:
    """Where, by whom, for whom, for how many."""
    texts = ask.texts
    if place := ask.said(one.place):
        yield Phrase("page.literal", {"text": place})
    if one.partner_id is not None:
        yield Phrase("page.training.by", {"who": ask.name(one.partner_id)})
    people = [texts.word("role", role) for role in one.roles]
    whom = [*people, *map(ask.name, one.partners), *map(ask.name, one.territories)]
    if whom:
        yield Phrase("page.training.for", {"who": texts.join(whom)})
    if one.places is not None:
        yield Phrase("page.training.places", {}, one.places)
    if one.moved_from is not None:
        yield Phrase("page.training.moved", {"on": one.moved_from})


def _acts(view: FrameworkView, one: TrainingTold) -> Iterator[Act]:
    """That it took place, from its day on; that it is moved or off."""
    early = view.ask.today < one.starts_on
    for form in forms_in("trainings"):
        if form.creates or (early and form is RECORD_TRAINING):
            continue
        if (act := view.act(form.name, training_id=one.training_id)) is not None:
            yield act
