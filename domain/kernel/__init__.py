"""The machinery of every aggregate: events and their envelope, commands and their registry, rules and refusals.

The only package of the domain that knows the event-sourcing library.
"""

from domain.kernel.aggregates import (
    AGGREGATES,
    Aggregate,
    Case,
    Places,
    Streams,
    Weighed,
    aggregate,
)
from domain.kernel.commands import (
    COMMANDS,
    Command,
    command,
    record_from,
    required_text,
    start_from,
    unique,
)
from domain.kernel.context import (
    Actor,
    Context,
    RoleHeld,
)
from domain.kernel.events import (
    EVENTS,
    TOPIC_PREFIX,
    CreatedEvent,
    Envelope,
    Event,
    Irregularity,
    Origin,
    event,
    is_withheld,
)
from domain.kernel.parts import (
    Composed,
    Part,
    part,
)
from domain.kernel.rules import (
    RULES,
    AlreadyExists,
    BadBusinessDate,
    BrokenRule,
    DatedBeforeOpening,
    DecidedBeforeOpening,
    EndsBeforeStart,
    Level,
    NotEntitled,
    Refused,
    UnknownReference,
    VersionConflict,
    kebab,
)

__all__ = [
    "AGGREGATES",
    "COMMANDS",
    "EVENTS",
    "RULES",
    "TOPIC_PREFIX",
    "Actor",
    "Aggregate",
    "AlreadyExists",
    "BadBusinessDate",
    "BrokenRule",
    "Case",
    "Command",
    "Composed",
    "Context",
    "CreatedEvent",
    "DatedBeforeOpening",
    "DecidedBeforeOpening",
    "EndsBeforeStart",
    "Envelope",
    "Event",
    "Irregularity",
    "Level",
    "NotEntitled",
    "Origin",
    "Part",
    "Places",
    "Refused",
    "RoleHeld",
    "Streams",
    "UnknownReference",
    "VersionConflict",
    "Weighed",
    "aggregate",
    "command",
    "event",
    "is_withheld",
    "kebab",
    "part",
    "record_from",
    "required_text",
    "start_from",
    "unique",
]
