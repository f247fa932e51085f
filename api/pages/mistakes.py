"""What became of records, and what is proposed about them, as pages tell it: marks, both values, links that mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal, cast
from urllib.parse import urlencode
from uuid import UUID

from api.access import Visitor
from api.mistakes import Telling
from api.pages.acts import form_of, forms_in
from api.pages.addresses import Home
from api.pages.asking import Asking
from api.pages.changes import changes_shown
from api.pages.contexts import Act, ChangeShown, MendedShown, Phrase, ProposalShown
from api.pages.conventions import home_of
from api.pages.forms.places import FRAMEWORK
from api.pages.rendering import PageWords
from domain.kernel import RECORDED_BY, Corrected, Event, is_mended
from domain.mending import is_mendable, may_be_said_again
from projections.engine import Dossier, History
from projections.which_mistakes_are_mended import (
    ANNULLED,
    CORRECTED,
    COUNTS,
    WAITING,
    Change,
    Fate,
    Proposal,
    fates,
    proposals,
)
from workflows.instants import PARIS

SHOWN_FOR: Final = timedelta(days=30)
"""How long a page says what became of a proposal."""

OWN: Final = "mistake.withdraw"


@dataclass
class Mistakes:
    """Everything about a convention in which a mistake may have been made."""

    ask: Asking
    dossier: History

    @cached_property
    def events(self) -> Mapping[UUID, Event]:
        """Every event by its id."""
        return {one.event.envelope.event_id: one.event for one in self.dossier.entries}

    @cached_property
    def fates(self) -> Mapping[UUID, Fate]:
        """What became of each."""
        return fates(self.dossier, self.ask.today)

    @cached_property
    def telling(self) -> Telling:
        """How they are told."""
        return Telling(self.ask.texts, self.ask.name, self.ask.said, self.events.values())

    @cached_property
    def home(self) -> Home:
        """Where the convention has its pages."""
        return home_of(self.ask, self._convention.convention_id)

    @property
    def _convention(self) -> Dossier:
        """The convention; what is of no one convention tells of its facts otherwise (`framework_facts.py`)."""
        assert isinstance(self.dossier, Dossier)
        return self.dossier

    def trail(self, event_id: UUID) -> str:
        """A fact in the journal."""
        return self.home.fact(event_id)

    def counted(self) -> tuple[int, int]:
        """How many records were mended, and how many proposals wait."""
        mended = sum(one.stands in (CORRECTED, ANNULLED) for one in self.fates.values())
        return mended, sum(one.state == WAITING for one in proposals(self.dossier, self.ask.today))

    # --- one record ---------------------------------------------------------------------------------------------------

    def mended(self, event: Event) -> MendedShown | None:
        """What became of a record, None for one that counts and that nothing is said about."""
        fate = self.fates.get(event.envelope.event_id)
        if fate is None or (fate.stands == COUNTS and fate.proposal is None and fate.instead_of is None):
            return None
        mended, proposal = fate.mended, fate.proposal
        said = mended.said if mended is not None else proposal.said if proposal is not None else None
        confirmed = mended.confirmed if mended is not None else None
        other = mended.replaced_by or mended.target_id if mended is not None else fate.instead_of
        if proposal is not None and fate.stands == COUNTS:
            other = proposal.says[0] if proposal.says else None
        other = other if other != fate.event_id else None
        told = mended.changes if mended is not None else proposal.changes if proposal is not None else ()
        self.ask.open(told, said, confirmed)
        return MendedShown(
            self._mark(fate),
            self._changes(event, told),
            self.ask.person(said.by) if said is not None else None,
            said.at.astimezone(PARIS).date() if said is not None else None,
            self.ask.said(said.reason) if said is not None else None,
            self.ask.person(confirmed.by) if confirmed is not None else None,
            confirmed.at.astimezone(PARIS).date() if confirmed is not None else None,
            proposal.lapses_on if proposal is not None and proposal.state == WAITING else None,
            self.telling.label(self.events[other]) if other is not None and other in self.events else None,
            self.trail(other) if other is not None and other in self.events else None,
        )

    def _mark(self, fate: Fate) -> str:
        if fate.stands == COUNTS:
            return "DISPUTED" if fate.proposal is not None else "INSTEAD"
        if fate.proposal is not None and fate.proposal.state != WAITING:
            return "NEVER_CONFIRMED"
        return fate.stands

    def _changes(self, event: Event, changes: Iterable[Change]) -> tuple[ChangeShown, ...]:
        kind = RECORDED_BY.get(type(event))
        return changes_shown(self.ask, kind.NAME, changes) if kind is not None else ()

    def acts(self, event: Event) -> tuple[Act, ...]:
        """The links that correct and annul a record, for whoever may."""
        fate = self.fates.get(event.envelope.event_id)
        if fate is not None and not fate.may_be_mended:
            return ()
        stream = self.dossier.streams.get(event.originator_id)
        where = stream.state.territory_id if stream is not None else None
        return links(self.ask.visitor, event, self._convention.convention_id, where)

    def answers_to(self, event: Event) -> tuple[Act, ...]:
        """What may be answered to a proposal that waits about a record which counts."""
        fate = self.fates.get(event.envelope.event_id)
        if fate is None or fate.stands != COUNTS or fate.proposal is None or fate.proposal.state != WAITING:
            return ()
        return self._answers(fate.proposal)

    # --- proposals ----------------------------------------------------------------------------------------------------

    def proposals(self) -> tuple[ProposalShown, ...]:
        """Those that wait, the oldest first, then what became lately of others."""
        found = proposals(self.dossier, self.ask.today)
        since = self.ask.today - SHOWN_FOR
        waiting = [one for one in found if one.state == WAITING]
        closed = [one for one in found if one.state != WAITING and _closed_on(one) >= since]
        self.ask.open([*waiting, *closed])
        return tuple(self.proposal(one) for one in (*waiting, *reversed(closed)))

    def proposal(self, one: Proposal) -> ProposalShown:
        """A proposal, with what may be answered to it."""
        told = proposal_shown(self.ask, one, self.telling, self.events)
        return replace(told, href=self.trail(one.target_id), acts=self._answers(one) if one.state == WAITING else ())

    def _answers(self, one: Proposal) -> tuple[Act, ...]:
        visitor, territory_id = self.ask.visitor, self._convention.territory_id
        own = visitor.actor.actor_id == one.said.by
        found = []
        for form in forms_in("proposals"):
            if visitor.may(form.name, territory_id) and not (own and not form.says_why):
                label = Phrase(OWN if own else f"command.{form.name}")
                address = form.address(stream_id=one.stream_id)
                found.append(Act(label, f"{address}?proposal_id={one.proposal_id}"))
        return tuple(found)


def proposal_shown(ask: Asking, one: Proposal, telling: Telling, events: Mapping[UUID, Event]) -> ProposalShown:
    """A proposal in words: what is said to be mistaken, both values, who, why, what would fall, what became of it."""
    target, closed = events[one.target_id], one.closed
    falling = [events[each] for each in one.cascade if each in events]
    ask.open([one, *telling.texts([target, *falling])])
    kind = RECORDED_BY.get(type(target))
    return ProposalShown(
        cast(Literal["ANNULMENT", "CORRECTION"], str(one.kind)),
        one.state,
        PageWords.capital(telling.sentence(target)),
        target.occurred_on,
        changes_shown(ask, kind.NAME, one.changes) if kind is not None else (),
        ask.person(one.said.by),
        one.said.at.astimezone(PARIS).date(),
        ask.said(one.said.reason),
        one.lapses_on,
        tuple(ask.texts.t("mistake.line", on=each.occurred_on, sentence=telling.sentence(each)) for each in falling),
        ask.person(closed.by) if closed is not None else None,
        closed.at.astimezone(PARIS).date() if closed is not None else None,
        ask.said(closed.reason) if closed is not None else None,
    )


def _closed_on(one: Proposal) -> date:
    return one.closed.at.astimezone(PARIS).date() if one.closed is not None else one.lapses_on


def links(
    visitor: Visitor,
    event: Event,
    convention_id: UUID | None,
    territory_id: UUID | None,
    framework_id: UUID | None = None,
) -> tuple[Act, ...]:
    """The links that correct and annul a record: the form of its own act, filled, and the one that annuls."""
    if not is_mendable(event):
        return ()
    event_id, stream_id = str(event.envelope.event_id), event.originator_id
    form = form_of(RECORDED_BY[type(event)].NAME)
    ids = {
        "convention_id": convention_id,
        "territory_id": territory_id,
        "framework_id": stream_id if form.place is FRAMEWORK else framework_id,
    }
    found = []
    if not visitor.may_here(form.name, territory_id, framework_id):
        return ()  # whoever may not record it may not call it a mistake
    place_known = not form.place.key or form.place.of(ids) is not None
    if place_known and form.read is None and may_be_said_again(event):
        query = urlencode({"corrects": event_id, "stream_id": stream_id})
        found.append(Act(Phrase("mistake.correct"), f"{form.address(**ids)}?{query}"))
    for one in forms_in("mistakes"):
        if visitor.may_here(one.name, territory_id, framework_id):
            address = one.address(stream_id=stream_id)
            found.append(Act(Phrase(f"command.{one.name}"), f"{address}?target_id={event_id}"))
    return tuple(found)


def counts(recorded: Sequence[Event], event: Event) -> bool:
    """Whether an event of a stream stands as it was recorded."""
    return not is_mended(recorded) or Corrected(recorded).counts(event)
