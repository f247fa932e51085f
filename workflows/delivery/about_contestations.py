"""Who is told of what is contested: whoever recorded the fact, those who may resolve it, and whoever contests (R28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from domain.contested import (
    ContestationAnswered,
    ContestationResolved,
    ContestationWithdrawn,
    Contesting,
    RecordContested,
    contesting,
    open_ones,
)
from domain.contesting import RESOLVING, AnswerContestation
from domain.convention.state import TerritorialConvention
from domain.kernel import Aggregate, Event
from domain.partners import Partner
from domain.roles import PARTNER_ROLES
from domain.territories import Territory
from workflows.application import Steering
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.blocks import Block
from workflows.delivery.doors import Doors
from workflows.delivery.leading import ways
from workflows.delivery.letters import CONVENTIONS, SETTLED, Item, Letter, letter_to
from workflows.people import Person
from workflows.texts import Texts

CONTESTED: Final = "fact-contested"
ANSWERED: Final = "contestation-answered"
RESOLVED: Final = "contestation-resolved"
WITHDRAWN: Final = "contestation-withdrawn"

_KINDS: Final[dict[type[Event], str]] = {
    RecordContested: CONTESTED,
    ContestationAnswered: ANSWERED,
    ContestationResolved: RESOLVED,
    ContestationWithdrawn: WITHDRAWN,
}


@dataclass(frozen=True, kw_only=True)
class Contestations:
    """What is said of contestations, of facts recorded on a territory."""

    KINDS: ClassVar[frozenset[str]] = frozenset(_KINDS.values())

    steering: Steering
    doors: Doors

    @staticmethod
    def letters_of(steering: Steering, event: Event) -> Iterator[Letter]:
        """The letters of what is said of a contestation."""
        case = _Case.of(steering, event, steering.events_of)
        if case is not None:
            for one in case.told(steering, event.occurred_on):
                if steering.people.knows(one):
                    yield letter_to(one, case.kind, event, case.territory_id)

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """A contestation and its answers are told of while it waits, what became of it to whoever may read it."""
        history = self.steering.events_of(letter.within_id)
        event = next((one for one in history if one.envelope.event_id == letter.about_id), None)
        case = _Case.of(self.steering, event, lambda _: history) if event is not None else None
        if case is None:
            raise LookupError(f"no contestation told of by {letter.about_id}")
        if case.asks and case.contestation not in open_ones(history):
            return NotMeant(SETTLED)
        told = case.told(self.steering, today)
        out = self.steering.people.unreachable(told)
        people = [one for one in told if one not in out and self.doors.may_read(one, case.territory_id)]
        return Meant(tuple(people), lambda person, texts: self._item(case, person, texts), to_somebody=case.asks)

    def _item(self, case: _Case, person: Person, texts: Texts) -> Item:
        territory = _territory(self.steering, case.territory_id)
        partner = self.steering.load(case.contestation.partner_id)
        assert isinstance(partner, Partner)
        places = {"territory_id": case.territory_id, "stream_id": case.stream.id}
        convention_id = case.convention_id
        if convention_id is not None:
            places["convention_id"] = convention_id
        words = {"territory": territory.name, "partner": partner.name}
        parts: list[Block] = [texts.t(f"mail.{case.kind}.{part}", **words) for part in ("body", "why", "stop")]
        act = AnswerContestation.NAME if case.asks else None
        given = {"contestation_id": str(case.contestation.envelope.event_id)}
        parts += ways(self.doors, texts, act, person.person_id, places=places, given=given)
        thread_id = convention_id or case.territory_id
        return Item(texts.t(f"mail.{case.kind}.subject", **words), tuple(parts), thread_id, CONVENTIONS)


@dataclass(frozen=True)
class _Case:
    """An event about a contestation, of a fact recorded on a territory."""

    event: Event
    contestation: RecordContested
    fact: Event
    stream: Aggregate
    territory_id: UUID

    @classmethod
    def of(cls, steering: Steering, event: Event, history_of: Callable[[UUID], Sequence[Event]]) -> _Case | None:
        """The case of an event, None for one that is about no contestation, or about what is on no territory."""
        if not isinstance(event, Contesting):
            return None
        stream = steering.load(event.originator_id)
        if stream is None or stream.territory_id is None:
            return None
        history = history_of(event.originator_id)
        found = event if isinstance(event, RecordContested) else contesting(history, _about(event))
        if found is None:
            return None
        fact = next(one for one in history if one.envelope.event_id == found.target_id)
        return cls(event, found, fact, stream, stream.territory_id)

    @property
    def kind(self) -> str:
        return _KINDS[type(self.event)]

    @property
    def asks(self) -> bool:
        """Whether it asks somebody to answer or to resolve, rather than saying what became of it."""
        return self.kind in (CONTESTED, ANSWERED)

    @property
    def convention_id(self) -> UUID | None:
        """The convention on whose pages it is read."""
        own = self.stream.id if isinstance(self.stream, TerritorialConvention) else None
        return own or self.stream.places().convention_id

    def told(self, steering: Steering, day: date) -> list[UUID]:
        """Whoever recorded the fact; of a new one those who may resolve it, else whoever recorded it and whoever speaks
        for the partner that contests. Nobody is told of what they did themselves."""
        told = [self.fact.envelope.actor_id]
        if self.kind == CONTESTED:
            told += _resolving(steering, self.territory_id, day)
        else:
            told += [
                self.contestation.envelope.actor_id,
                *_speaking(steering, self.contestation, self.territory_id, day),
            ]
        return [one for one in dict.fromkeys(told) if one != self.event.envelope.actor_id]


def _about(event: Event) -> UUID:
    assert isinstance(event, ContestationAnswered | ContestationResolved | ContestationWithdrawn)
    return event.contestation_id


def _speaking(steering: Steering, contestation: RecordContested, territory_id: UUID, day: date) -> list[UUID]:
    """The people who speak for the partner that contests, on a day."""
    return [
        one.person_id
        for one in _territory(steering, territory_id).assignments
        if one.role in PARTNER_ROLES and one.partner_id == contestation.partner_id and one.holds_on(day)
    ]


def _territory(steering: Steering, territory_id: UUID) -> Territory:
    territory = steering.load(territory_id)
    assert isinstance(territory, Territory)
    return territory


def _resolving(steering: Steering, territory_id: UUID, day: date) -> list[UUID]:
    """The people who may resolve a contestation there, on a day."""
    territory = _territory(steering, territory_id)
    return [one.person_id for one in territory.assignments if one.role in RESOLVING and one.holds_on(day)]
