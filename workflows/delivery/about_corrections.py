"""Who is told of corrections: those who may confirm one, and whoever proposed it (R28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from domain.convention.state import TerritorialConvention
from domain.corrections import ConfirmCorrection
from domain.kernel import (
    Aggregate,
    CorrectionLapsed,
    CorrectionProposed,
    CorrectionRefused,
    Event,
    Mending,
    Settling,
)
from domain.profiles import PublishedProfile, profile_stream
from domain.proposals import is_waiting
from domain.roles import CO_PILOT, COOPERATION_OFFICER, PILOT
from domain.territories import Territory
from domain.values import Code
from workflows.application import Steering
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.blocks import Block
from workflows.delivery.doors import Doors
from workflows.delivery.leading import ways
from workflows.delivery.letters import CONVENTIONS, SETTLED, Item, Letter, letter_to
from workflows.people import Person
from workflows.texts import Texts

PROPOSED: Final = "correction-proposed"
CONFIRMED: Final = "correction-confirmed"
REFUSED: Final = "correction-refused"
LAPSED: Final = "correction-lapsed"

_HistoryOf = Callable[[UUID], Sequence[Event]]


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """What is said of proposals; nothing about what needed no second person."""

    KINDS: ClassVar[frozenset[str]] = frozenset({PROPOSED, CONFIRMED, REFUSED, LAPSED})

    steering: Steering
    doors: Doors

    @staticmethod
    def letters_of(steering: Steering, event: Event) -> Iterator[Letter]:
        """The letters of what happened to a proposal."""
        if not isinstance(event, Mending):
            return
        case = _Case.of(steering, event, steering.events_of)
        if case is not None:
            people = case.told(steering, event.occurred_on)
            for one in people:
                if steering.people.knows(one):
                    yield letter_to(one, case.kind, event, case.territory_id)

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """A proposal is told of while it waits, what became of it to whoever may still read it."""
        history = self.steering.events_of(letter.within_id)
        event = next((one for one in history if one.envelope.event_id == letter.about_id), None)
        case = _Case.of(self.steering, event, lambda _: history) if event is not None else None
        if case is None:
            raise LookupError(f"no proposal told of by {letter.about_id}")
        if case.kind == PROPOSED and not is_waiting(case.proposal, history, today):
            return NotMeant(SETTLED)
        told = case.told(self.steering, today)
        known = self.steering.people
        out = known.out_of_reach(told) if case.kind == PROPOSED else known.unreachable(told)
        people = [one for one in told if one not in out and self.doors.may_read(one, case.territory_id)]
        return Meant(
            tuple(people),
            lambda person, texts: self._item(case, person, texts),
            to_somebody=case.kind == PROPOSED,
        )

    def _item(self, case: _Case, person: Person, texts: Texts) -> Item:
        territory = self.steering.load(case.territory_id)
        assert isinstance(territory, Territory)
        places = {"territory_id": case.territory_id, "stream_id": case.stream.id}
        if isinstance(case.stream, TerritorialConvention):
            places["convention_id"] = case.stream.id
        words = {"territory": territory.name, "lapses_on": case.proposal.lapses_on}
        parts: list[Block] = [texts.t(f"mail.{case.kind}.{part}", **words) for part in ("body", "why", "stop")]
        about_id = case.proposal.envelope.event_id
        act, given = ConfirmCorrection.NAME if case.kind == PROPOSED else None, {"proposal_id": str(about_id)}
        parts += ways(self.doors, texts, act, person.person_id, places=places, given=given, about_id=about_id)
        thread_id = places.get("convention_id", case.territory_id)
        return Item(texts.t(f"mail.{case.kind}.subject", **words), tuple(parts), thread_id, CONVENTIONS)


@dataclass(frozen=True)
class _Case:
    """An event about a proposal, on a stream of a territory."""

    event: Event
    proposal: CorrectionProposed
    stream: Aggregate
    territory_id: UUID

    @classmethod
    def of(cls, steering: Steering, event: Event, history_of: _HistoryOf) -> _Case | None:
        """The case of an event, None for one that is about no proposal, or about what is on no territory."""
        proposal = _proposal_of(event, history_of)
        stream = steering.load(event.originator_id) if proposal is not None else None
        if proposal is None or stream is None or stream.territory_id is None:
            return None
        return cls(event, proposal, stream, stream.territory_id)

    @property
    def kind(self) -> str:
        if isinstance(self.event, CorrectionProposed):
            return PROPOSED
        if isinstance(self.event, CorrectionLapsed):
            return LAPSED
        return REFUSED if isinstance(self.event, CorrectionRefused) else CONFIRMED

    def told(self, steering: Steering, day: date) -> list[UUID]:
        """Who is told, given who may confirm there on a day; nobody of what they did themselves."""
        author = self.proposal.envelope.actor_id
        told = [author] if self.kind != PROPOSED else []
        if self.kind in (PROPOSED, LAPSED):
            told += [one for one in _confirming(steering, self.territory_id, self.stream, day) if one != author]
        return [one for one in dict.fromkeys(told) if one != self.event.envelope.actor_id]


def _proposal_of(event: Event, history_of: _HistoryOf) -> CorrectionProposed | None:
    if isinstance(event, CorrectionProposed):
        return event
    if not isinstance(event, Settling | CorrectionRefused | CorrectionLapsed) or event.proposal_id is None:
        return None
    known = history_of(event.originator_id)
    return next(
        (one for one in known if isinstance(one, CorrectionProposed) and one.envelope.event_id == event.proposal_id),
        None,
    )


def _confirming(steering: Steering, territory_id: UUID, stream: Aggregate, day: date) -> list[UUID]:
    """The people who may confirm there, on a day."""
    roles: tuple[Code, ...] = (PILOT, CO_PILOT, COOPERATION_OFFICER)
    if isinstance(stream, TerritorialConvention):
        published = steering.load(profile_stream(*stream.profile_key))
        assert isinstance(published, PublishedProfile)
        roles = published.profile.corrections.confirmed_by
    territory = steering.load(territory_id)
    assert isinstance(territory, Territory)
    return [one.person_id for one in territory.assignments if one.role in roles and one.holds_on(day)]
