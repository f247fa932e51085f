"""Permanent spaces and the stages at which people were heard, a part of the page of the diagnosis and the forums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from api.pages.acts.participation import RECORD_CONTRIBUTION
from api.pages.acts.spaces import CLOSE_SPACE, OPEN_SPACE
from api.pages.addresses import MEETINGS, anchor_of
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.spaces import SaidThere, SpaceLine, SpacesShown, StageLine
from api.pages.contributions import STATUS_OF as STATUS_OF_SAID
from api.pages.people_counted import counted_people
from api.pages.view import View
from domain.values import Attendance
from projections.what_came_of_spaces import CLOSED, QUIET, SpaceTold, spaces
from projections.who_was_heard_when import StageHeard, heard_when

STATUS_OF: Final[Mapping[str, Status]] = {QUIET: "watch", CLOSED: "done"}


def spaces_shown(view: View, acts: tuple[Act, ...]) -> SpacesShown | None:
    """The spaces of the territory and the stages of its convention; None where nobody was heard and nothing opens."""
    told = view.dossier.once(spaces, view.ask.today)
    view.ask.open(told)
    stages = view.dossier.once(heard_when, view.ask.today)
    opening = tuple(one for one in acts if one.href.endswith(OPEN_SPACE.name))
    if not told and not opening and not any(one.people or one.contribution_count for one in stages):
        return None
    return SpacesShown(
        tuple(_line(view, one) for one in told),
        tuple(_stage(one) for one in stages),
        sum(one.state == QUIET for one in told),
        opening,
    )


def _line(view: View, one: SpaceTold) -> SpaceLine:
    others = (
        (
            view.act(RECORD_CONTRIBUTION.name, space_id=one.space_id),
            view.act(CLOSE_SPACE.name, space_id=one.space_id),
        )
        if one.closed_on is None
        else ()
    )
    return SpaceLine(
        anchor=anchor_of("space", one.space_id),
        name=view.ask.said(one.name),
        href=view.home.page(MEETINGS) if one.body_id is not None else view.trail(one.event_id),
        about=tuple(_about(view, one)),
        status=STATUS_OF.get(one.state),
        state=one.state,
        heard=_heard(one),
        said=tuple(
            SaidThere(
                view.ask.said(each.text),
                f"#{anchor_of('contribution', each.contribution_id)}",
                STATUS_OF_SAID[each.state],
                each.state,
            )
            for each in one.contributions
        ),
        with_outcome=_outcomes(one),
        why=view.ask.said(one.motive) if one.motive is not None else None,
        act=view.act(one.next_act, space_id=one.space_id) if one.next_act is not None else None,
        others=tuple(each for each in others if each is not None),
    )


def _about(view: View, one: SpaceTold) -> Iterator[Phrase]:
    """What it is, who hosts it, about what, how often, since when."""
    yield Phrase(f"space-kind.{one.kind}")
    if one.host_id is not None:
        yield Phrase("page.space.host", {"partner": view.ask.name(one.host_id)})
    if one.themes:
        named = view.ask.texts.join([view.ask.texts.theme(each) for each in one.themes])
        yield Phrase("page.space.themes", {"topics": named})
    moments = view.ask.texts.join([view.ask.texts.t(f"participation-stage.{each}") for each in one.stages])
    yield Phrase("page.space.stages", {"moments": moments})
    if one.rhythm_months is not None:
        yield Phrase("page.space.rhythm", {}, one.rhythm_months)
    if one.body_id is not None:
        yield Phrase("page.space.body")
    if one.closed_on is not None:
        yield Phrase("page.space.closed", {"since": one.opened_on, "on": one.closed_on})
    else:
        yield Phrase("page.space.open", {"since": one.opened_on})


def _heard(one: SpaceTold) -> Phrase:
    """Its meetings, and who came."""
    if not one.meetings:
        return Phrase("page.space.never-met")
    params = {"on": one.meetings[0].held_on, "who": counted_people(one.came)}
    return Phrase("page.space.met", params, len(one.meetings))


def _outcomes(one: SpaceTold) -> Phrase | None:
    """How many of the contributions that come from it have an outcome; None where none comes from it."""
    if not one.contributions:
        return None
    if len(one.contributions) == one.with_outcome == 1:
        return Phrase("page.space.only-outcome")
    return Phrase("page.space.outcomes", {"total": len(one.contributions)}, one.with_outcome)


def _stage(one: StageHeard) -> StageLine:
    return StageLine(one.stage, one.people, tuple(_ways(one)))


def _ways(one: StageHeard) -> Iterator[Phrase]:
    """How people were heard at a stage, and how many of each college."""
    counts = {"forums": one.forum_count, "meetings": one.meeting_count, "contributions": one.contribution_count}
    for way, count in counts.items():
        if count:
            yield Phrase(f"page.stage.{way}", {}, count)
    yield from counted_people(Attendance(one.technical, one.political, one.usage))
    if one.surveyed:
        yield Phrase("page.stage.surveyed", {}, one.surveyed)
