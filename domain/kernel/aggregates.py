"""Streams of events and the state they lead to; one command being decided on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, Protocol, TypeVar, cast
from uuid import UUID, uuid4

from eventsourcing.domain import Aggregate as LibraryAggregate
from eventsourcing.utils import register_topic

from domain.kernel.context import Context
from domain.kernel.events import TOPIC_PREFIX, CreatedEvent, Envelope, Event, Irregularity
from domain.kernel.people import ANYBODY, People
from domain.kernel.rules import BadBusinessDate, BrokenRule, Level, Refused, UnknownReference
from domain.kernel.sealing import Opener, Sealer, sealed_payload
from domain.values import Code, Evidence, Prose, PublicName

if TYPE_CHECKING:
    from domain.method import MethodProfile

AggregateT = TypeVar("AggregateT", bound="Aggregate")


class Streams(Protocol):
    """The other streams that a decision may look at or change in the same transaction."""

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """The aggregate as it stands, or None; it is not saved."""

    def rely_on(self, aggregate: Aggregate) -> None:
        """Save nothing unless this aggregate is still there: what is decided names it."""

    def change(self, aggregate: Aggregate) -> None:
        """Save this aggregate together with the one that decides."""

    def standing(self, stream_id: UUID) -> Aggregate | None:
        """What is recorded in a stream, of whatever kind, annulled or not."""

    def history(self, stream_id: UUID) -> Sequence[Event]:
        """Every event of a stream, in order."""

    def beside(self, kind: type[AggregateT], convention_id: UUID) -> Sequence[AggregateT]:
        """The streams of a kind about a convention as they stand, in a stable order; none that was recorded by
        mistake."""

    def following(self, kind: type[AggregateT], territory_id: UUID) -> Sequence[AggregateT]:
        """The streams of a kind of which there are few, that follow a territory (`Aggregate.follows`), in a stable
        order; none that was recorded by mistake."""

    def on_territory(self, territory_id: UUID) -> Sequence[Event]:
        """Every event recorded on a territory, of whatever stream, in the order of the log."""

    def mentioning(self, some_id: UUID) -> Sequence[Event]:
        """Every event of other streams that names an id, in the order of the log."""


class Surroundings(Protocol):
    """All that was recorded about a convention, for whoever asks what may be cited."""

    def states(self, kind: type[AggregateT]) -> Iterable[AggregateT]:
        """Its streams of one kind, as they stand."""


class Weighed(NamedTuple):
    """Broken rules by what they come to: they refuse, mark the fact, are told, or were set aside."""

    refused: list[BrokenRule]
    irregular: list[BrokenRule]
    notices: list[BrokenRule]
    waived: list[BrokenRule]


class Case:
    """One command being decided: it gathers every broken rule, then settles once.

    `sealer` seals the texts of what is recorded; without it they stay clear, as where nothing is kept; `opener` opens
    those that were. `people` answers what is asked about people, who are not in the log. `eases`: which broken rules
    are only told, whatever their level.
    """

    def __init__(
        self,
        context: Context,
        streams: Streams,
        occurred_on: date | None,
        sealer: Sealer | None = None,
        people: People = ANYBODY,
        opener: Opener | None = None,
    ) -> None:
        self.context = context
        self.streams = streams
        self.people = people
        self._sealer = sealer
        self._opener = opener
        self._sealed: dict[int, tuple[Prose, Prose]] = {}
        self._known: dict[str, Prose] = {}
        self.occurred_on = occurred_on or context.today
        self.profile: MethodProfile | None = None
        self.notices: list[BrokenRule] = []
        self.waived: list[BrokenRule] = []
        self.irregular: list[BrokenRule] = []
        self._broken: list[BrokenRule] = []
        self._irregularities: tuple[Irregularity, ...] = ()
        self.eases: Callable[[BrokenRule], bool] = lambda rule: False
        if self.occurred_on > context.today:
            self._broken.append(BadBusinessDate(self.occurred_on, context.today))

    def within(self, streams: Streams, occurred_on: date | None) -> Case:
        """The same circumstances in which something else is decided, on other streams; what it tells is told here."""
        other = Case(self.context, streams, occurred_on, self._sealer, self.people, self._opener)
        other.notices, other.waived, other.irregular = self.notices, self.waived, self.irregular
        return other

    def proving(self, evidence: tuple[Evidence, ...], occurred_on: date) -> Case:
        """The same circumstances for one of several facts that a command records, of its day and with its documents."""
        other = self.within(self.streams, occurred_on)
        other.context, other.profile = replace(self.context, evidence=evidence), self.profile
        return other

    def find(self, kind: type[AggregateT], stream_id: UUID, field_name: str) -> AggregateT | None:
        """Another stream; when it does not exist the command is refused with `unknown-reference`."""
        found = self.streams.find(kind, stream_id)
        if found is None or not found.may_be_cited:
            self.broken(UnknownReference(field_name, str(stream_id)))
            return None
        self.streams.rely_on(found)
        return found

    def broken(self, *rules: BrokenRule) -> None:
        """Add broken rules; the verdict comes with `settle`."""
        self._broken.extend(rules)

    def breaks_if(self, condition: object, rule: BrokenRule) -> None:
        """Add the rule when the condition holds."""
        if condition:
            self._broken.append(rule)

    def weighed(self, is_waived: Callable[[BrokenRule], bool] = lambda rule: False) -> Weighed:
        """What the rules broken so far come to, at the levels of the pinned method where it overrides their own."""
        found = Weighed([], [], [], [])
        if not self._broken:
            return found
        levels: Mapping[str, str] = dict(self.profile.rule_levels) if self.profile else {}
        for rule in self._broken:
            level = rule.LEVEL if rule.LEVEL is Level.HARD else Level(levels.get(Code(rule.TEXT_KEY), rule.LEVEL.value))
            if level is Level.NOTICE or self.eases(rule):
                found.notices.append(rule)
            elif level is Level.HARD or (level is Level.WAIVABLE and not is_waived(rule)):
                found.refused.append(rule)
            elif level is Level.WAIVABLE or is_waived(rule):
                found.waived.append(rule)
            else:
                found.irregular.append(rule)
        return found

    def settle(self, is_waived: Callable[[BrokenRule], bool] = lambda rule: False) -> None:
        """Weigh what is broken: refuse (all at once), or keep irregularities and notices and go on.

        Raises `Refused`.
        """
        found = self.weighed(is_waived)
        self._broken = []
        self.notices += found.notices
        self.waived += found.waived
        self.irregular += found.irregular
        if found.refused:
            raise Refused(*found.refused)
        marks = (Irregularity(Code(rule.RULE), Code(rule.CODE)) for rule in found.irregular)
        self._irregularities = tuple(dict.fromkeys((*self._irregularities, *marks)))

    def seal(self, prose: Prose, event_id: UUID) -> Prose:
        """A text as the log holds it; one that this command has said before stays under the key of its first event."""
        if self._sealer is None or prose.token is not None:
            return prose
        if (same := self.as_before(prose)) is not prose:
            return same
        known = self._sealed.get(id(prose))
        if known is None:
            known = prose, Prose(token=self._sealer(prose.text or "", event_id))
            self._sealed[id(prose)] = known  # with the text itself, so that no other takes its identity
        return known[1]

    def keep_seals(self, said: Iterable[Prose]) -> None:
        """What is recorded from here on and says what one of these texts says is that text, under the seal it has.

        So that the fingerprint of what a stream says changes with its words only. A text that was erased says nothing.
        """
        tokens = {one.token: one for one in said if one.token is not None}
        if self._opener is not None and tokens:
            opened = self._opener(tokens)
            self._known |= {words: tokens[one] for one, words in opened.items() if words is not None}

    def words_of(self, said: Iterable[Prose]) -> Callable[[Prose], str | None]:
        """What reads some texts, opened together; None for one that was erased."""
        tokens = {one.token for one in said if one.token is not None}
        opened = self._opener(tokens) if self._opener is not None and tokens else {}
        return lambda prose: prose.text if prose.token is None else opened.get(prose.token)

    def as_before(self, prose: Prose) -> Prose:
        """The text that says the same words already, of those whose seals are kept; else itself."""
        return self._known.get(prose.text, prose) if prose.text is not None else prose

    def payload(self, event_class: type[Event], envelope: Envelope, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields of an event of this case with their texts sealed."""
        if self._sealer is None:
            return fields
        return sealed_payload(event_class, fields, lambda prose: self.seal(prose, envelope.event_id))

    def envelope(self, causation_id: UUID | None, occurred_on: date | None = None) -> Envelope:
        """The envelope of an event of this case; a consequence may be dated otherwise than its cause."""
        context = self.context
        event_id = uuid4()
        evidence, reason = context.evidence, context.reason
        if self._sealer is not None:
            evidence = tuple(replace(one, title=self.seal(one.title, event_id)) for one in evidence)
            reason = self.seal(reason, event_id) if reason is not None else None
        return Envelope(
            event_id=event_id,
            occurred_on=occurred_on or self.occurred_on,
            actor_id=context.actor.actor_id,
            actor_role=context.role,
            on_behalf_of=context.on_behalf_of,
            evidence=evidence,
            reason=reason,
            causation_id=causation_id or context.causation_id,
            correlation_id=context.correlation_id,
            irregularities=() if causation_id else self._irregularities,
            origin=context.origin,
        )


class Places(NamedTuple):
    """Where a stream belongs: by these its events are found again in the journal."""

    convention_id: UUID | None = None
    territory_id: UUID | None = None
    framework_id: UUID | None = None


NOWHERE: Final = Places()

AGGREGATES: dict[str, type[Aggregate]] = {}
"""Every aggregate class by its collection name, as in addresses of the API."""


class Aggregate(LibraryAggregate):
    """A stream of events and the state they lead to. `apply` only mutates; commands check."""

    TOPIC: ClassVar[str]
    COLLECTION: ClassVar[str] = "streams"
    CHANGES: ClassVar[bool] = True
    """Whether anything is ever added to such a stream; what never changes is kept in memory and relied on unguarded."""

    def __init__(self) -> None:
        """Subclasses set their empty state here."""

    @property
    def last_event_id(self) -> UUID | None:
        """The last event that led here, which tells this history from another of the same length."""
        return self.__dict__.get("_last_event_id")

    @last_event_id.setter
    def last_event_id(self, event_id: UUID) -> None:
        self.__dict__["_last_event_id"] = event_id

    @property
    def is_annulled(self) -> bool:
        """Whether what opened it was recorded by mistake: it is nothing that may be acted on or cited any more."""
        return bool(self.__dict__.get("_is_annulled", False))

    @is_annulled.setter
    def is_annulled(self, annulled: bool) -> None:
        self.__dict__.pop("_is_annulled", None)
        if annulled:
            self.__dict__["_is_annulled"] = True

    @property
    def may_be_cited(self) -> bool:
        """Whether what is recorded from now on may name it; not where something else answers for it."""
        return True

    @property
    def territory_id(self) -> UUID | None:
        """The territory whose roles decide who may act here; None for what belongs to no territory."""
        return None

    @property
    def whole_framework_id(self) -> UUID | None:
        """The framework whose roles decide who may act here, for what belongs to the whole of it."""
        return None

    def places(self) -> Places:
        """What its events are about, as its own state says; nothing in particular for what every convention shares."""
        return NOWHERE

    def follows(self, territory_id: UUID) -> bool:
        """Whether it is about all of a territory though it is not the territory's own, as a framework is."""
        return False

    @property
    def called(self) -> tuple[PublicName | Prose, ...]:
        """By what people call what it is about, in the order in which they say it; nothing for what has no name."""
        return ()

    def follow_up(self, case: Case, cause: Event) -> None:
        """Record what follows by itself from what is known now, and was not recorded; nothing by default."""

    def record(
        self,
        event_class: type[Event],
        case: Case,
        *,
        caused_by: Event | None = None,
        occurred_on: date | None = None,
        **payload: Any,
    ) -> Event:
        """Append a fact to the pending ones and apply it; `caused_by` names the event it is a consequence of."""
        recorded = self._next(event_class, case, caused_by, occurred_on, payload)
        recorded.mutate(self)
        self.pending_events.append(recorded)
        return recorded

    def note(
        self,
        event_class: type[Event],
        case: Case,
        *,
        caused_by: Event | None = None,
        occurred_on: date | None = None,
        **payload: Any,
    ) -> Event:
        """As `record`, without applying it: what corrects a history is only read with the whole of it."""
        return self.append(self._next(event_class, case, caused_by, occurred_on, payload))

    def append(self, recorded: Event, envelope: Envelope | None = None) -> Event:
        """Add an event to the pending ones under the next version, without applying it, in its envelope or another.

        Returns it as it is kept.
        """
        copy = object.__new__(type(recorded))
        own = {"originator_version": self.version + 1, "envelope": envelope or recorded.envelope}
        object.__setattr__(copy, "__dict__", {**vars(recorded), **own})
        self.version += 1
        self.pending_events.append(copy)
        return copy

    def _next(
        self,
        event_class: type[Event],
        case: Case,
        caused_by: Event | None,
        occurred_on: date | None,
        payload: dict[str, Any],
    ) -> Event:
        envelope = case.envelope(caused_by.envelope.event_id if caused_by else None, occurred_on)
        fields = case.payload(event_class, envelope, payload)
        # As the library's `trigger_event`, which looks a topic up and checks a protocol at each event.
        new: Any = event_class
        recorded = new(
            originator_id=self.id,
            originator_version=self.version + 1,
            timestamp=case.context.now,
            envelope=envelope,
            **fields,
        )
        return cast(Event, recorded)

    @classmethod
    def start(cls, stream_id: UUID, event_class: type[CreatedEvent], case: Case, **payload: Any) -> Any:
        """A new stream with its first fact. Returns the aggregate."""
        envelope = case.envelope(None)
        fields = case.payload(event_class, envelope, payload)
        return cls._create(event_class, id=stream_id, timestamp=case.context.now, envelope=envelope, **fields)


KindT = TypeVar("KindT", bound=type[Aggregate])


def aggregate(topic: str, collection: str) -> Callable[[KindT], KindT]:
    """Give an aggregate class its stable topic and its collection name."""

    def register(cls: KindT) -> KindT:
        cls.TOPIC = TOPIC_PREFIX + topic
        cls.COLLECTION = collection
        register_topic(TOPIC_PREFIX + topic, cls)
        AGGREGATES[collection] = cls
        return cls

    return register
