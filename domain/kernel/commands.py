"""Commands and their registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, Final, NamedTuple, Self, TypeVar, get_type_hints
from uuid import UUID

from domain.kernel.aggregates import Aggregate, Case, Streams
from domain.kernel.context import Actor
from domain.kernel.events import CreatedEvent, Event
from domain.kernel.rules import kebab
from domain.values import InvalidValue, Prose


class Right(NamedTuple):
    """What the policy table is asked for one command: the action, for the partner whose record it is.

    `own`: it is about whoever acts and nobody else.
    """

    action: str
    partner_id: UUID | None = None
    own: bool = False


COMMANDS: dict[str, type[Command]] = {}
"""Every command by its kebab-case name, as in addresses of the API and of the forms."""

RECORDED_BY: dict[type[Event], type[Command]] = {}
"""The command that each event tells of; an event that comes by itself or with another one has none."""


@dataclass(frozen=True, kw_only=True)
class Command(ABC):
    """An intent on one stream. Decisions are imperative, facts of the world say `Record…`.

    `RECORDS` is the event that tells of it, `SHARED` the fields that both have.

    `stream_id`: the stream it acts on; the caller chooses it when `STARTS` is true.
    `occurred_on`: business date of the fact (Europe/Paris); today when absent.
    """

    NAME: ClassVar[str]
    AGGREGATE: ClassVar[type[Aggregate]]
    STARTS: ClassVar[bool] = False
    INTERNAL: ClassVar[bool] = False
    OF_PEOPLE: ClassVar[bool] = False
    RECORDS: ClassVar[type[Event] | None] = None
    SHARED: ClassVar[tuple[str, ...]] = ()

    stream_id: UUID
    occurred_on: date | None = None

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory whose roles must allow the command; None for what belongs to no territory."""
        return state.territory_id if state is not None else None

    def whole_framework(self, state: Aggregate | None) -> UUID | None:
        """The framework whose roles must allow the command, for what belongs to the whole of it."""
        return state.whole_framework_id if state is not None else None

    @property
    def acting_partner(self) -> UUID | None:
        """The partner whose own record this is (R33), None when it is nobody's in particular."""
        return None

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The line of the policy table that must allow the command to this actor."""
        return Right(self.NAME, self.acting_partner)

    @classmethod
    def again(cls, event: Event, caused: Sequence[Event] = ()) -> Self:
        """The command that an event of its own tells of; `caused`: what it recorded with it.

        Raises `InvalidValue` for what could not be said so today.
        """
        otherwise = cls.said_otherwise(event, caused)
        names = {one.name for one in fields(cls)} - {"stream_id", "occurred_on"} - otherwise.keys()
        said = {name: getattr(event, name) for name in names if hasattr(event, name)}
        return cls(stream_id=event.originator_id, occurred_on=event.occurred_on, **said, **otherwise)

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """The fields of the command that its event says under another name or in another shape."""
        return {}

    @classmethod
    def records_a_fact(cls) -> bool:
        """Whether it records a fact of the world, which is never refused for being irregular (domain.md 4.2b)."""
        return cls.__name__.startswith("Record")

    @abstractmethod
    def decide(self, state: Any, case: Case) -> Aggregate | None:
        """Check every rule, then record events on `state`; a command that starts a stream returns the new one.

        Raises `Refused` with all broken rules.
        """


CommandT = TypeVar("CommandT", bound=type[Command])


def command(
    kind: type[Aggregate],
    *,
    starts: bool = False,
    internal: bool = False,
    of_people: bool = False,
    records: type[Event] | None = None,
    derived: tuple[str, ...] = (),
) -> Callable[[CommandT], CommandT]:
    """Register a command on its aggregate. An `internal` one has no public operation (the engine sends it); one that is
    `of_people` is refused to keys.

    `records`: the event that tells of it, by `record_from` or `start_from`. Its fields are written once: each is the
    command's own field of the same name and type, or `derived` when it is decided. Raises TypeError for one that is
    neither.
    """

    def register(cls: CommandT) -> CommandT:
        cls.NAME = kebab(cls.__name__)
        cls.AGGREGATE = kind
        cls.STARTS = starts
        cls.INTERNAL = internal
        cls.OF_PEOPLE = of_people
        cls.RECORDS = records
        cls.SHARED = _shared(cls, records, derived) if records is not None else ()
        COMMANDS[cls.NAME] = cls
        if records is not None:
            RECORDED_BY[records] = cls
        return cls

    return register


_OF_THE_LOG: Final = frozenset({"originator_id", "originator_version", "originator_topic", "timestamp", "envelope"})


def _shared(cls: type[Command], records: type[Event], derived: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that an event takes from its command as they are."""
    said, asked = get_type_hints(records), get_type_hints(cls)
    payload = [field.name for field in fields(records) if field.name not in _OF_THE_LOG]
    unknown = set(derived) - set(payload)
    shared = tuple(name for name in payload if name not in derived)
    strange = [name for name in shared if asked.get(name) != said[name]]
    if unknown or strange:
        raise TypeError(f"{cls.__name__} does not say {records.__name__}.{', '.join([*strange, *sorted(unknown)])}")
    return shared


def record_from(command: Command, state: Aggregate, case: Case, **derived: Any) -> Event:
    """Record the event that tells of a command: what it says itself, and what was `derived`."""
    assert command.RECORDS is not None, f"{command.NAME} names no event"
    return state.record(command.RECORDS, case, **{name: getattr(command, name) for name in command.SHARED}, **derived)


def start_from(command: Command, case: Case, **derived: Any) -> Any:
    """A new stream, with the event that tells of the command. Returns the aggregate."""
    records = command.RECORDS
    assert records is not None and issubclass(records, CreatedEvent), f"{command.NAME} starts nothing"
    said = {name: getattr(command, name) for name in command.SHARED}
    return command.AGGREGATE.start(command.stream_id, records, case, **said, **derived)


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
