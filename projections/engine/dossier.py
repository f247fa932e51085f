"""Everything recorded about one convention, decoded and folded: what every question about it is asked of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar
from uuid import UUID

from domain.action_sheets.describing import Description
from domain.action_sheets.state import ActionSheet
from domain.agenda import Agenda
from domain.claims.calendar import Claims
from domain.convention.counting import Counted, counted_signatures
from domain.convention.methods_followed import MethodKey, method_on, methods_ever
from domain.convention.state import TerritorialConvention
from domain.frameworks import FrameworkConvention
from domain.indicators.indicator import Indicator
from domain.kernel import Aggregate, Event
from domain.method import MethodProfile
from domain.pledges.pledge import Pledge
from domain.profiles import PublishedProfile, profile_stream
from domain.steering import SteeringBody
from domain.territories import Territory
from domain.values import Code
from projections.engine.entries import Entry, Moment, Stream
from projections.engine.register import Register

EventT = TypeVar("EventT", bound=Event)
AggregateT = TypeVar("AggregateT", bound=Aggregate)
AnswerT = TypeVar("AnswerT")

MOST_ANSWERS: Final = 300
"""Answers that a history keeps: what all pages of a large plan ask within some days."""
_UNASKED: Final = object()


class History:
    """Some streams with the events that made them, each folded once."""

    def __init__(self, streams: Mapping[UUID, Stream], register: Register) -> None:
        self.streams = streams
        self.register = register

    def states(self, kind: type[AggregateT]) -> tuple[AggregateT, ...]:
        """The states of one kind, in the order in which they began."""
        return tuple(stream.state for stream in self.streams_of(kind))  # type: ignore[misc]  # filed under its class

    def streams_of(self, kind: type[Aggregate]) -> Sequence[Stream]:
        """The streams of one kind that count, in the order in which they began."""
        return self._by_kind.get(kind, ())

    def of(self, kind: type[AggregateT], *event_classes: type[EventT]) -> Iterator[tuple[Entry, EventT]]:
        """The events of these classes that count in the streams of one kind, in the order of the log, with their
        entries."""
        found = (
            entry
            for stream in self.streams_of(kind)
            for entry in stream.entries
            if isinstance(entry.event, event_classes)
        )
        for entry in sorted(found, key=_position):
            yield entry, entry.event  # type: ignore[misc]  # one of the classes: looked at above

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every event, mistaken or not, in the order of the log."""
        return tuple(sorted((entry for one in self.streams.values() for entry in one.recorded), key=_position))

    @cached_property
    def basis(self) -> int:
        """The sum of the versions of its streams: it grows with each event that is about them, whatever the order in
        which commits become visible."""
        return sum(stream.version for stream in self.streams.values())

    def once(self, question: Callable[..., AnswerT], *given: Hashable) -> AnswerT:
        """The answer of a question on this history, asked once however many other questions and readers rest on it:
        nobody changes it. Of one that is kept for days, the answers of days that are over are left out now and then."""
        asked = (question, *given)
        known = self._answers.get(asked, _UNASKED)
        if known is not _UNASKED:
            answer: AnswerT = known
            return answer
        answer = question(self, *given)
        if len(self._answers) >= MOST_ANSWERS:
            self._answers.clear()
        self._answers[asked] = answer
        return answer

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _by_kind(self) -> Mapping[type[Aggregate], list[Stream]]:
        found: dict[type[Aggregate], list[Stream]] = {}
        for stream in sorted(self.streams.values(), key=lambda stream: stream.recorded[0].position):
            if not stream.state.is_annulled:
                found.setdefault(type(stream.state), []).append(stream)
        return found

    def _as_of(self, moment: Moment) -> dict[UUID, Stream]:
        return {one: then for one, stream in self.streams.items() if (then := stream.as_of(moment)) is not None}


class Steered(History, ABC):
    """What was recorded about a place that committees and groups steer."""

    @property
    @abstractmethod
    def bodies(self) -> tuple[SteeringBody, ...]:
        """The committees and groups that steer it."""


class WholeFramework(Steered):
    """A framework, with its agenda, and the committees and the delegations of the whole of it."""

    def __init__(self, framework_id: UUID, streams: Mapping[UUID, Stream], register: Register) -> None:
        super().__init__(streams, register)
        self.framework_id = framework_id

    @cached_property
    def bodies(self) -> tuple[SteeringBody, ...]:
        """The committees and groups of the whole of it."""
        return tuple(one for one in self.states(SteeringBody) if one.whole_framework_id == self.framework_id)

    @property
    def framework(self) -> FrameworkConvention:
        """The framework itself."""
        found = self.streams[self.framework_id].state
        assert isinstance(found, FrameworkConvention)
        return found

    @cached_property
    def agenda(self) -> Agenda | None:
        """What was said of its deadlines, None while nothing was."""
        return next(iter(self.states(Agenda)), None)

    @property
    def method(self) -> MethodProfile:
        """The method that it was opened under."""
        return self.register.methods[self.framework.profile]


class Surroundings(Steered):
    """What was recorded about a territory as a whole: itself, its committees and groups."""

    def __init__(self, territory_id: UUID, streams: Mapping[UUID, Stream], register: Register) -> None:
        super().__init__(streams, register)
        self.territory_id = territory_id

    @cached_property
    def bodies(self) -> tuple[SteeringBody, ...]:
        """The committees and groups that steer it."""
        return tuple(one for one in self.states(SteeringBody) if one.territory_id == self.territory_id)


class Dossier(Surroundings):
    """One convention with all that is about it (`about`)."""

    def __init__(self, convention_id: UUID, streams: Mapping[UUID, Stream], register: Register) -> None:
        convention = streams[convention_id].state
        assert isinstance(convention, TerritorialConvention)
        super().__init__(convention.territory_id, streams, register)
        self.convention_id = convention_id
        self.convention = convention

    @cached_property
    def own(self) -> tuple[Entry, ...]:
        """The events of the convention's own stream, in order."""
        return self.streams[self.convention_id].entries

    @cached_property
    def _effective(self) -> dict[type[Event], tuple[Event, ...]]:
        """What takes effect of each class that was asked for: questions ask for the same ones again and again."""
        return {}

    @cached_property
    def _by_class(self) -> Mapping[type[Event], list[Entry]]:
        found: dict[type[Event], list[Entry]] = {}
        for entry in self.own:
            found.setdefault(type(entry.event), []).append(entry)
        return found

    def facts(self, event_class: type[EventT]) -> Iterator[tuple[Entry, EventT]]:
        """The convention's own events of a class that count, in order, with their entries."""
        for entry in self._by_class.get(event_class, ()):
            yield entry, entry.event  # type: ignore[misc]  # filed under its class

    def effective(self, event_class: type[EventT]) -> tuple[EventT, ...]:
        """The same events but for those that have no effect (R03)."""
        found = self._effective.get(event_class)
        if found is None:
            own = self._by_class.get(event_class, ())
            found = self._effective[event_class] = tuple(
                [entry.event for entry in own if not self.convention.withholds(entry.event)]
            )
        return found  # type: ignore[return-value]  # filed under its class

    def counted(self, cover: Code) -> Mapping[UUID, Counted]:
        """The signature of each partner that counts for this."""
        return self.once(_counted, cover)

    def first_said(self, fact: Event) -> UUID:
        """The id under which a fact was first recorded, however often it was corrected since."""
        corrected = self.streams[fact.originator_id].corrected
        event_id = fact.envelope.event_id
        return corrected.first_said(event_id) if corrected is not None else event_id

    def annulled(self, *event_classes: type[EventT]) -> list[EventT]:
        """The convention's own events of these classes that counted once and were annulled."""
        corrected = self.streams[self.convention_id].corrected
        return [one for one in corrected.annulled() if isinstance(one, event_classes)] if corrected is not None else []

    @cached_property
    def method(self) -> MethodProfile:
        """The method that it is pinned to; of a dossier as of a day, that of the day."""
        return self._published(self.convention.profile_key)

    def method_on(self, day: date) -> MethodProfile:
        """The method that it was pinned to on a day."""
        return self._published(method_on(self.convention, day))

    def _published(self, key: MethodKey) -> MethodProfile:
        published: Any = self.streams[profile_stream(*key)].state
        assert isinstance(published, PublishedProfile)
        return published.profile

    @cached_property
    def territory(self) -> Territory:
        """Its territory."""
        found = self.streams[self.territory_id].state
        assert isinstance(found, Territory)
        return found

    @cached_property
    def frameworks(self) -> tuple[FrameworkConvention, ...]:
        """The frameworks that follow its territory."""
        return tuple(one for one in self.states(FrameworkConvention) if self.territory_id in one.territories)

    @cached_property
    def agenda(self) -> Agenda | None:
        """What was said of its deadlines, None while nothing was."""
        return next(iter(self.states(Agenda)), None)

    @cached_property
    def sheets(self) -> tuple[ActionSheet, ...]:
        """Its action sheets."""
        return self.states(ActionSheet)

    @cached_property
    def pledges(self) -> tuple[Pledge, ...]:
        """What partners pledged to it."""
        return self.states(Pledge)

    def as_of(self, moment: Moment) -> Dossier | None:
        """The dossier as of then, None when the convention did not exist."""
        streams = self._as_of(moment)
        return (
            Dossier(self.convention_id, streams, self.register.as_of(moment)) if self.convention_id in streams else None
        )


@dataclass(frozen=True)
class About:
    """Which streams are about a convention: its journal, its basis, its marks and its ETag all go by this.

    Its own and those that name it (agenda, action sheets); its territory's, of no convention in particular (committees,
    roles, perimeter); the frameworks that follow the territory or once did; its method; the partners it names.
    """

    convention_id: UUID
    territory_id: UUID
    frameworks: frozenset[UUID]
    cited: frozenset[UUID]

    def holds(self, stream_id: UUID, convention_id: UUID | None, territory_id: UUID | None) -> bool:
        """Whether a stream, with what it says it belongs to, is one of them."""
        if convention_id is not None:
            return convention_id == self.convention_id
        return territory_id == self.territory_id or stream_id in self.frameworks or stream_id in self.cited


def about(own: Iterable[Stream], register: Register) -> About:
    """What is about a convention, given its own streams: itself, its agenda, its action sheets.

    What they named before a mistake was mended stays about it, so that what it counts never shrinks.
    """
    streams = list(own)
    convention = next(one.state for one in streams if isinstance(one.state, TerritorialConvention))
    cited = {one for stream in streams for one in stream.once(_ever_cited)}
    return About(
        convention.id,
        convention.territory_id,
        register.ever_followed_by.get(convention.territory_id, frozenset()),
        frozenset(cited),
    )


def _ever_cited(stream: Stream) -> frozenset[UUID]:
    return frozenset(one for state in stream.ever() for one in _cited(state))


def _cited(state: Aggregate) -> Iterator[UUID]:
    """The partners that a stream names, and every method that it ever followed."""
    if isinstance(state, TerritorialConvention):
        yield from (profile_stream(*one) for one in methods_ever(state))
        yield from state.holders
        yield from state.signatories
    elif isinstance(state, ActionSheet):
        yield from (one for one in (state.owner_id, *Description.of(state).contributor_ids) if one is not None)
    elif isinstance(state, Pledge):
        yield from state.parties
    elif isinstance(state, Indicator):
        yield state.terms.owner_id
    elif isinstance(state, Claims):
        yield from (partner for one in state.known.values() for partner in (one.funder_id, one.operator_id))


def _counted(dossier: Dossier, cover: Code) -> Mapping[UUID, Counted]:
    return counted_signatures(dossier.convention, cover)


def _position(entry: Entry) -> int:
    return entry.position
