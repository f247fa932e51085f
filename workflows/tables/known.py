"""What a table is compared with: the convention, its priorities, the partners and the sheets that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.values import LocalId


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

    def priority(self, reference: str) -> LocalId:
        """The id of a priority that a table named."""
        return LocalId(reference)
