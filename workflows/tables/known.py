"""What a table is compared with: the convention, its priorities, the partners and the sheets that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias
from uuid import UUID

from domain.indicators.terms import Terms
from domain.values import LocalId, deterministic_id
from workflows.tables.fields import (
    NUMBER,
)
from workflows.tables.words import folded

Opens: TypeAlias = Callable[[Iterable[str]], Mapping[str, str | None]]
"""Opens free texts by their tokens."""


@dataclass(frozen=True)
class Named:
    """Something that a cell may name: a partner by its id, a priority by the one inside its convention."""

    reference: str
    name: str


@dataclass(frozen=True)
class KnownSheet:
    """A sheet as it stands, by the codes of the fields of tables (`fields`)."""

    sheet_id: UUID
    version: int
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How exports name it."""
        return str(self.sheet_id)


@dataclass(frozen=True)
class KnownLine:
    """A line of a sheet's money as it stands, by the codes of the fields of tables."""

    line_id: LocalId
    sheet_id: UUID
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How exports name it."""
        return f"{self.sheet_id}/{self.line_id}"


@dataclass(frozen=True)
class KnownIndicator:
    """An indicator that runs, by the codes of the fields of tables; `sheet_ids`: the actions that it speaks of."""

    indicator_id: UUID
    title: str
    terms: Terms
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How exports name it."""
        return str(self.indicator_id)

    @property
    def sheet_ids(self) -> tuple[UUID, ...]:
        """The actions that it speaks of."""
        return self.terms.sheet_ids


@dataclass(frozen=True)
class KnownPlan:
    """A convention as tables are read against it; `priorities` are those that are live."""

    convention_id: UUID
    territory_id: UUID
    starts_on: date
    ends_on: date
    priorities: tuple[Named, ...]
    partners: tuple[Named, ...]
    sheets: tuple[KnownSheet, ...]
    communes: tuple[Named, ...] = ()
    lines: tuple[KnownLine, ...] = ()
    indicators: tuple[KnownIndicator, ...] = ()

    @cached_property
    def _by_id(self) -> Mapping[UUID, KnownSheet]:
        return {one.sheet_id: one for one in self.sheets}

    @cached_property
    def _by_title(self) -> Mapping[str, KnownSheet | None]:
        """Sheets by their title; None for a title that several have."""
        found: dict[str, KnownSheet | None] = {}
        for one in self.sheets:
            key = folded(one.title)
            found[key] = None if key in found else one
        return found

    def made_id(self, title: str) -> UUID:
        """The id of the sheet that a row of this title makes."""
        return deterministic_id("action-sheet", self.convention_id, "table", folded(title))

    def find(self, identity: str, title: str) -> KnownSheet | None:
        """The sheet that a row says: by the identity of an export, by what its first import made, or by its title."""
        if (known := self._by_id.get(_uuid(identity))) is not None:
            return known
        return self._by_id.get(self.made_id(title)) or self._by_title.get(folded(title))

    def priority(self, reference: str) -> LocalId:
        """The id of a priority that a table named."""
        return LocalId(reference)

    def made_indicator_id(self, sheet_id: UUID, title: str) -> UUID:
        """The id of the indicator of this name that a row of a sheet makes."""
        return deterministic_id("indicator", self.convention_id, "table", sheet_id, folded(title))

    def indicator(self, identity: str) -> KnownIndicator | None:
        """The one that an export named."""
        return next((one for one in self.indicators if one.key == identity), None)

    def indicator_of(self, sheet_id: UUID, title: str) -> KnownIndicator | None:
        """The one of this name that speaks of a sheet, or that its first import made."""
        made = self.made_indicator_id(sheet_id, title)
        found = [one for one in self.indicators if sheet_id in one.sheet_ids and folded(one.title) == folded(title)]
        return next((one for one in self.indicators if one.indicator_id == made), found[0] if len(found) == 1 else None)

    def line(self, identity: str) -> KnownLine | None:
        """The line of money that an export named."""
        return next((one for one in self.lines if one.key == identity), None)

    def lines_of(self, sheet_id: UUID) -> tuple[KnownLine, ...]:
        """The money that is written for a sheet."""
        return tuple(one for one in self.lines if one.sheet_id == sheet_id)

    def numbered(self, number: str) -> KnownSheet | None:
        """The only sheet of this number."""
        found = [one for one in self.sheets if one.values.get(NUMBER) == number]
        return found[0] if len(found) == 1 else None


def _uuid(said: str) -> UUID:
    """An id, the one of nothing where none is said."""
    try:
        return UUID(said)
    except ValueError:
        return UUID(int=0)
