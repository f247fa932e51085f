"""What was said of a table, and what its rows are once they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.values import Code
from workflows.tables.cells import Cell
from workflows.tables.identity import Identity
from workflows.tables.known import KnownIndicator, KnownLine, KnownSheet
from workflows.tables.questions import Question


@dataclass(frozen=True)
class Mapped:
    """What the person said of a table: columns by their number, answers by the name of a cell or of a field."""

    columns: Mapping[int, str]
    answers: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[str, str], str | None] = field(default=lambda code, words: None)
    """What the words of a cell stood for the last time, by the code of the field."""
    identity: Identity = field(default_factory=Identity)


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken: in which cell, and a code of `table-fault`."""

    code: Code
    cell: Cell | None
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass
class TakenRow:
    """A row: what it says by field, the keys of what is asked of it, why it is refused."""

    row: int
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    known: KnownSheet | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    thing: KnownLine | KnownIndicator | None = None
    """The line or the indicator that a part of a row says, where it is recorded."""

    sheet_id: UUID | None = None
    """The action to which a line is added."""

    above: TakenRow | None = None
    """The first row of the same action."""

    indicators: list[SaidIndicator] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How an export names what it says, empty where nothing is recorded."""
        known = self.thing or self.known
        return known.key if known is not None else ""

    def would_be(self, code: str) -> Any:
        """What a field says once the row is taken: an action over several rows says it on the first one."""
        above = self.above.values.get(code) if self.above is not None else None
        return self.values.get(code) or above or self.recorded.get(code)

    @property
    def recorded(self) -> Mapping[str, Any]:
        """What is recorded of it."""
        known = self.thing or self.known
        return known.values if known is not None else {}


@dataclass(frozen=True)
class SaidFunding:
    """What a partner brings in a year, as a row says it; `revises`: the line that it says otherwise."""

    partner: str
    year: int
    amount: int
    certainty: str
    revises: KnownLine | None = None


@dataclass(frozen=True)
class SaidIndicator:
    """An indicator as a row says it, by the codes of the fields of tables."""

    title: str
    values: Mapping[str, Any]
    known: KnownIndicator | None


@dataclass
class Taken:
    """All rows of a table, and all that is asked."""

    rows: list[TakenRow]
    questions: dict[str, Question]
