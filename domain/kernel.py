"""The machinery of every aggregate: events and their envelope, commands and their registry, rules and refusals.

The only module of the domain that knows the event-sourcing library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar
from uuid import UUID, uuid4

from eventsourcing.domain import Aggregate as LibraryAggregate
from eventsourcing.domain import CanInitAggregate, CanMutateAggregate, DomainEvent
from eventsourcing.utils import register_topic

from domain.values import Code, Evidence, InvalidValue, Prose

if TYPE_CHECKING:
    from domain.method import MethodProfile

TOPIC_PREFIX = "ctg."


def kebab(name: str) -> str:
    """`ChoosePriority` gives `choose-priority`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


class Level(Enum):
    """What a broken rule does (domain.md 4.2b): refuse, refuse unless waived, record as irregular, tell."""

    HARD = "H"
    WAIVABLE = "W"
    IRREGULAR = "I"
    NOTICE = "N"


class Origin(Enum):
    """How a fact reached the log."""

    PERSON = "person"
    IMPORT = "import"
    REACTION = "reaction"
    LINK = "link"
    DEMO = "demo"


@dataclass(frozen=True)
class Irregularity:
    """A rule that a recorded fact breaks: the fact stays, its effect is withheld until regularised."""

    rule: Code
    code: Code


@dataclass(frozen=True)
class Envelope:
    """Who, in what role, for which partner, why, caused by what, on which documents (domain.md 4.1)."""

    event_id: UUID
    occurred_on: date
    actor_id: UUID
    actor_role: Code
    on_behalf_of: UUID | None
    evidence: tuple[Evidence, ...]
    reason: Prose | None
    causation_id: UUID | None
    correlation_id: UUID
    irregularities: tuple[Irregularity, ...]
    origin: Origin


# --- events ---------------------------------------------------------------------------------------------------------


class Event(CanMutateAggregate[UUID], DomainEvent):
    """A fact, past tense, immutable. `timestamp` is when it was recorded (UTC), `occurred_on` when it happened."""

    TOPIC: ClassVar[str]
    envelope: Envelope

    @property
    def occurred_on(self) -> date:
        """The business date, Europe/Paris."""
        return self.envelope.occurred_on

    @property
    def recorded_at(self) -> datetime:
        """The instant of recording, UTC."""
        return self.timestamp

    @property
    def withheld(self) -> bool:
        """Whether it has no effect, whatever comes later: dated before the opening of its convention (R03).

        The other irregularities are weighed again by what they withhold (a forum, a signature, a review).
        """
        return is_withheld(self.envelope.irregularities)


class CreatedEvent(CanInitAggregate[UUID], Event):
    """The first fact of a stream."""

    originator_topic: Code


EVENTS: dict[str, type[Event]] = {}
"""Every event class by its topic."""

EventT = TypeVar("EventT", bound=type[Event])


def event(topic: str) -> Callable[[EventT], EventT]:
    """Give an event class its stable topic `ctg.<aggregate>.<event-in-kebab>`, stored for ever."""

    def register(cls: EventT) -> EventT:
        cls.TOPIC = TOPIC_PREFIX + topic
        register_topic(cls.TOPIC, cls)
        EVENTS[cls.TOPIC] = cls
        return cls

    return register


# --- rules and refusals ---------------------------------------------------------------------------------------------

RULES: dict[str, type[BrokenRule]] = {}
"""Every way to break a rule, by the key of its text (several may belong to one rule id)."""


@dataclass(frozen=True)
class BrokenRule:
    """One rule of domain.md 4.3, broken: its fields are the parameters of its text in the catalogues.

    `field_at_fault` names the field of the command to mend, when there is one. `code` is the stable code given to
    programs; `text_key` names its text, where one code has two (a date in the future, a date before the opening).
    `rule` is empty for what no rule of the method says: an id that does not exist, or that is taken (domain.md 4.2b).
    """

    rule: ClassVar[str]
    code: ClassVar[str]
    text_key: ClassVar[str]
    level: ClassVar[Level]
    field_at_fault: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.text_key = kebab(cls.__name__)
        if "code" not in cls.__dict__:
            cls.code = cls.text_key
        RULES[cls.text_key] = cls

    @classmethod
    def allowed_levels(cls) -> tuple[Level, ...]:
        """The levels that a method profile may give it: a fact stays recorded, a decision stays weighed."""
        return {
            Level.HARD: (Level.HARD,),
            Level.WAIVABLE: (Level.WAIVABLE, Level.HARD),
            Level.IRREGULAR: (Level.IRREGULAR, Level.NOTICE),
            Level.NOTICE: (Level.NOTICE,),
        }[cls.level]

    @property
    def parameters(self) -> dict[str, Any]:
        """The values shown with the text."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @property
    def subject(self) -> str | None:
        """What a waiver of this rule may be limited to (a theme, a forum…); None when it has no part."""
        return None


class Refused(Exception):
    """The command breaks rules; nothing was appended. All of them are given, not only the first."""

    def __init__(self, *broken: BrokenRule) -> None:
        super().__init__(", ".join(rule.code for rule in broken))
        self.broken = broken


@dataclass(frozen=True)
class NotEntitled(BrokenRule):
    """R33: a partner writes only what is its own; milestones only by pilot, co-pilot or cooperation officer."""

    rule = "R33"
    level = Level.HARD
    command: str


@dataclass(frozen=True)
class VersionConflict(BrokenRule):
    """R31: the caller decided on a version of the stream that is no longer the last one."""

    rule = "R31"
    level = Level.HARD
    expected: int
    actual: int


@dataclass(frozen=True)
class BadBusinessDate(BrokenRule):
    """R03: a fact cannot be dated in the future."""

    rule = "R03"
    level = Level.HARD
    field_at_fault = "occurred_on"
    occurred_on: date
    today: date


@dataclass(frozen=True)
class DatedBeforeOpening(BrokenRule):
    """R03: a fact dated before the convention was opened is recorded as irregular, and has no effect."""

    rule = "R03"
    code = "bad-business-date"
    level = Level.IRREGULAR
    field_at_fault = "occurred_on"
    occurred_on: date
    opened_on: date


@dataclass(frozen=True)
class DecidedBeforeOpening(BrokenRule):
    """R03: a decision, unlike a fact, is refused when it is dated before the convention was opened."""

    rule = "R03"
    code = "bad-business-date"
    level = Level.HARD
    field_at_fault = "occurred_on"
    occurred_on: date
    opened_on: date


@dataclass(frozen=True)
class UnknownReference(BrokenRule):
    """domain.md 4.2b: a cited id that does not exist or does not fit is refused."""

    rule = ""
    level = Level.HARD
    field: str
    reference: str


@dataclass(frozen=True)
class AlreadyExists(BrokenRule):
    """The id was already used to start a stream; a new thing needs a new id."""

    rule = ""
    level = Level.HARD
    reference: str


@dataclass(frozen=True)
class EndsBeforeStart(BrokenRule):
    """A day that comes before the one it cannot precede."""

    rule = ""
    level = Level.HARD
    field: str
    starts_on: date
    ends_on: date


def is_withheld(irregularities: Iterable[Irregularity]) -> bool:
    """Whether a fact with these marks has no effect, whatever comes later: see `Event.withheld`."""
    return any(mark.code == DatedBeforeOpening.code for mark in irregularities)


# --- who acts, and in what circumstances ----------------------------------------------------------------------------


@dataclass(frozen=True)
class RoleHeld:
    """A role that someone holds today: on one territory, or on the whole framework when `territory_id` is None."""

    role: Code
    territory_id: UUID | None = None
    partner_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a person, a partner's tool or the engine itself; ids only, no name."""

    actor_id: UUID
    roles: tuple[RoleHeld, ...]


@dataclass(frozen=True, kw_only=True)
class Context:
    """The circumstances of one command, given by the door that received it.

    `role` is empty until the policy has said in which of the actor's roles the command is allowed.
    `idempotency_key` is required by the doors of people and tools; the engine's own commands have deterministic ids.
    """

    actor: Actor
    today: date
    now: datetime
    role: Code = Code("")
    on_behalf_of: UUID | None = None
    reason: Prose | None = None
    evidence: tuple[Evidence, ...] = ()
    correlation_id: UUID = field(default_factory=uuid4)
    causation_id: UUID | None = None
    expected_version: int | None = None
    idempotency_key: str | None = None
    origin: Origin = Origin.PERSON


AggregateT = TypeVar("AggregateT", bound="Aggregate")


class Streams(Protocol):
    """The other streams that a decision may look at or change in the same transaction."""

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """The aggregate as it stands, or None; it is not saved."""

    def change(self, aggregate: Aggregate) -> None:
        """Save this aggregate together with the one that decides."""


class Case:
    """One command being decided: it gathers every broken rule, then settles once."""

    def __init__(self, context: Context, streams: Streams, occurred_on: date | None) -> None:
        self.context = context
        self.streams = streams
        self.occurred_on = occurred_on or context.today
        self.profile: MethodProfile | None = None
        self.notices: list[BrokenRule] = []
        self.waived: list[BrokenRule] = []
        self._broken: list[BrokenRule] = []
        self._irregularities: tuple[Irregularity, ...] = ()
        if self.occurred_on > context.today:
            self._broken.append(BadBusinessDate(self.occurred_on, context.today))

    def find(self, kind: type[AggregateT], stream_id: UUID, field_name: str) -> AggregateT | None:
        """Another stream; when it does not exist the command is refused with `unknown-reference`."""
        found = self.streams.find(kind, stream_id)
        if found is None:
            self.broken(UnknownReference(field_name, str(stream_id)))
        return found

    def broken(self, *rules: BrokenRule) -> None:
        """Add broken rules; the verdict comes with `settle`."""
        self._broken.extend(rules)

    def breaks_if(self, condition: object, rule: BrokenRule) -> None:
        """Add the rule when the condition holds."""
        if condition:
            self._broken.append(rule)

    def settle(self, is_waived: Callable[[BrokenRule], bool] = lambda rule: False) -> None:
        """Weigh what is broken: refuse (all at once), or keep irregularities and notices and go on.

        Levels come from the pinned method profile where it overrides the rule's own.
        Raises `Refused`.
        """
        levels: Mapping[str, str] = dict(self.profile.rule_levels) if self.profile else {}
        refused: list[BrokenRule] = []
        irregular: list[Irregularity] = []
        for rule in self._broken:
            level = rule.level if rule.level is Level.HARD else Level(levels.get(Code(rule.text_key), rule.level.value))
            if level is Level.NOTICE:
                self.notices.append(rule)
            elif level is Level.HARD or (level is Level.WAIVABLE and not is_waived(rule)):
                refused.append(rule)
            elif level is Level.WAIVABLE or is_waived(rule):
                self.waived.append(rule)
            else:
                mark = Irregularity(Code(rule.rule), Code(rule.code))
                if mark not in irregular:
                    irregular.append(mark)
        self._broken = []
        if refused:
            raise Refused(*refused)
        self._irregularities = (*self._irregularities, *irregular)

    def envelope(self, causation_id: UUID | None, occurred_on: date | None = None) -> Envelope:
        """The envelope of an event of this case; a consequence may be dated otherwise than its cause."""
        context = self.context
        return Envelope(
            event_id=uuid4(),
            occurred_on=occurred_on or self.occurred_on,
            actor_id=context.actor.actor_id,
            actor_role=context.role,
            on_behalf_of=context.on_behalf_of,
            evidence=context.evidence,
            reason=context.reason,
            causation_id=causation_id or context.causation_id,
            correlation_id=context.correlation_id,
            irregularities=() if causation_id else self._irregularities,
            origin=context.origin,
        )


# --- aggregates -----------------------------------------------------------------------------------------------------

AGGREGATES: dict[str, type[Aggregate]] = {}
"""Every aggregate class by its collection name, as in addresses of the API."""


class Aggregate(LibraryAggregate):
    """A stream of events and the state they lead to. `apply` only mutates; commands check."""

    COLLECTION: ClassVar[str]

    def __init__(self) -> None:
        """Subclasses set their empty state here."""

    @property
    def territory_id(self) -> UUID | None:
        """The territory whose roles decide who may act here; None for what belongs to the whole framework."""
        return None

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
        self.trigger_event(
            event_class,
            timestamp=case.context.now,
            envelope=case.envelope(caused_by.envelope.event_id if caused_by else None, occurred_on),
            **payload,
        )
        recorded = self.pending_events[-1]
        assert isinstance(recorded, Event)
        return recorded

    @classmethod
    def start(cls, stream_id: UUID, event_class: type[CreatedEvent], case: Case, **payload: Any) -> Any:
        """A new stream with its first fact. Returns the aggregate."""
        return cls._create(
            event_class, id=stream_id, timestamp=case.context.now, envelope=case.envelope(None), **payload
        )


KindT = TypeVar("KindT", bound=type[Aggregate])


def aggregate(topic: str, collection: str) -> Callable[[KindT], KindT]:
    """Give an aggregate class its stable topic and its collection name."""

    def register(cls: KindT) -> KindT:
        cls.TOPIC = TOPIC_PREFIX + topic  # type: ignore[attr-defined]
        cls.COLLECTION = collection
        register_topic(TOPIC_PREFIX + topic, cls)
        AGGREGATES[collection] = cls
        return cls

    return register


# --- commands -------------------------------------------------------------------------------------------------------

COMMANDS: dict[str, type[Command]] = {}
"""Every command by its kebab-case name, as in addresses of the API and of the forms."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """An intent on one stream. Decisions are imperative, facts of the world say `Record…`.

    `stream_id`: the stream it acts on; the caller chooses it when `starts` is true.
    `occurred_on`: business date of the fact (Europe/Paris); today when absent.
    """

    name: ClassVar[str]
    kind: ClassVar[type[Aggregate]]
    starts: ClassVar[bool] = False
    internal: ClassVar[bool] = False

    stream_id: UUID
    occurred_on: date | None = None

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory whose roles must allow the command; None for the whole framework."""
        return state.territory_id if state is not None else None

    @property
    def acting_partner(self) -> UUID | None:
        """The partner whose own record this is (R33), None when it is nobody's in particular."""
        return None

    @classmethod
    def records_a_fact(cls) -> bool:
        """Whether it records a fact of the world, which is never refused for being irregular (domain.md 4.2b)."""
        return cls.__name__.startswith("Record")

    def decide(self, state: Any, case: Case) -> Aggregate | None:
        """Check every rule, then record events on `state`; a command that starts a stream returns the new one.

        Raises `Refused` with all broken rules.
        """
        raise NotImplementedError


CommandT = TypeVar("CommandT", bound=type[Command])


def command(kind: type[Aggregate], *, starts: bool = False, internal: bool = False) -> Callable[[CommandT], CommandT]:
    """Register a command on its aggregate. An `internal` one has no public operation (the engine sends it)."""

    def register(cls: CommandT) -> CommandT:
        cls.name = kebab(cls.__name__)
        cls.kind = kind
        cls.starts = starts
        cls.internal = internal
        COMMANDS[cls.name] = cls
        return cls

    return register


def required_text(prose: Prose | None, field_name: str) -> None:
    """Refuse an empty text. Raises `InvalidValue("text-required")`."""
    if not prose:
        raise InvalidValue("text-required", field=field_name)


def unique(ids: Iterable[str], field_name: str) -> None:
    """Refuse two equal ids in one command. Raises `InvalidValue("repeated-id")`."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise InvalidValue("repeated-id", field=field_name, value=one)
        seen.add(one)
