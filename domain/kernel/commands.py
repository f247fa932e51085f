"""Commands and their registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from domain.kernel.aggregates import Aggregate, Case
from domain.kernel.rules import kebab
from domain.values import InvalidValue, Prose

COMMANDS: dict[str, type[Command]] = {}
"""Every command by its kebab-case name, as in addresses of the API and of the forms."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """An intent on one stream. Decisions are imperative, facts of the world say `Record…`.

    `stream_id`: the stream it acts on; the caller chooses it when `STARTS` is true.
    `occurred_on`: business date of the fact (Europe/Paris); today when absent.
    """

    NAME: ClassVar[str]
    AGGREGATE: ClassVar[type[Aggregate]]
    STARTS: ClassVar[bool] = False
    INTERNAL: ClassVar[bool] = False

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
        cls.NAME = kebab(cls.__name__)
        cls.AGGREGATE = kind
        cls.STARTS = starts
        cls.INTERNAL = internal
        COMMANDS[cls.NAME] = cls
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
