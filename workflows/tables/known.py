"""What a table is compared with: the convention, its priorities, the partners and the sheets that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from domain.values import LocalId, Prose
from projections import what_the_plan_rests_on, which_partners_and_places_are_known
from projections.engine import Dossier, prose_tokens
from workflows.tables.fields import ENDS, OWNER, PRIORITY, STARTS, TITLE

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


def known_plan(dossier: Dossier, opens: Opens) -> KnownPlan:
    """A convention as it stands, its texts opened; the partners of its territory come first."""
    basis = what_the_plan_rests_on.basis(dossier)
    told = opens({*prose_tokens(basis.priorities), *prose_tokens(basis.sheets)})

    def said(text: Prose) -> str:
        return (told.get(text.token) if text.token is not None else text.text) or ""

    partners = which_partners_and_places_are_known.partners(dossier.register)
    near = sorted(partners, key=lambda one: one.territory_id != dossier.territory_id)
    versions = {one.id: one.version for one in dossier.sheets}
    return KnownPlan(
        dossier.convention_id,
        dossier.territory_id,
        dossier.convention.period.effective_from,
        dossier.convention.period.effective_to,
        tuple(Named(one.priority_id, said(one.title)) for one in basis.priorities if one.withdrawn_on is None),
        tuple(Named(str(one.partner_id), one.name) for one in near),
        tuple(
            KnownSheet(
                one.sheet_id,
                versions[one.sheet_id],
                said(one.title),
                {
                    TITLE: said(one.title),
                    PRIORITY: one.priority_id,
                    OWNER: str(one.owner_id) if one.owner_id is not None else None,
                    STARTS: one.calendar.effective_from if one.calendar is not None else None,
                    ENDS: one.calendar.effective_to if one.calendar is not None else None,
                },
            )
            for one in basis.sheets
        ),
    )
