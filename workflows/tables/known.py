"""What a table is compared with: the convention, its priorities, the partners and the sheets that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias
from uuid import UUID

from domain.action_sheets.describing import Description
from domain.action_sheets.following import Progress
from domain.action_sheets.funding import Funding
from domain.action_sheets.state import ActionSheet
from domain.values import LocalId, Prose, deterministic_id
from projections import what_the_plan_rests_on, which_partners_and_places_are_known
from projections.engine import Dossier, prose_tokens
from workflows.tables.fields import (
    BUDGET,
    BUDGET_YEAR,
    BY_YEARS,
    DESCRIPTION,
    ENDS,
    FUNDING,
    HUMAN_MEANS,
    MATERIAL_MEANS,
    MOTIVE,
    NUMBER,
    OBJECTIVE,
    OWNER,
    PARTNERS,
    PRIORITY,
    PROGRESS,
    PUBLIC,
    STARTS,
    STATUS,
    STRATEGIC,
    TITLE,
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


def _more(sheet: ActionSheet, said: Callable[[Prose], str]) -> dict[str, Any]:
    """What is told of an action beside its terms, and how it stands where anybody said it."""
    description, progress = Description.of(sheet), Progress.of(sheet)
    words = {
        code: said(text) if (text := getattr(description, code)) is not None else None
        for code in (DESCRIPTION, STRATEGIC, OBJECTIVE, PUBLIC, HUMAN_MEANS, MATERIAL_MEANS)
    }
    followed = progress.status_on is not None
    budget = Funding.of(sheet).budget
    return {
        **words,
        NUMBER: description.number,
        BUDGET: sum(one.amount_cents for one in budget) if budget else None,
        BUDGET_YEAR: budget[0].year if len(budget) == 1 else None,
        BY_YEARS: len(budget) > 1,
        FUNDING: tuple((str(one.partner_id), one.amount_cents) for one in Funding.of(sheet).lines.values()),
        PARTNERS: tuple(sorted(map(str, description.contributor_ids))) or None,
        STATUS: progress.status if followed else None,
        PROGRESS: progress.progress_percent,
        MOTIVE: said(progress.motive) if progress.motive is not None else None,
    }


def _uuid(said: str) -> UUID:
    """An id, the one of nothing where none is said."""
    try:
        return UUID(said)
    except ValueError:
        return UUID(int=0)


def known_plan(dossier: Dossier, opens: Opens) -> KnownPlan:
    """A convention as it stands, its texts opened; the partners of its territory come first."""
    basis = what_the_plan_rests_on.basis(dossier)
    told: dict[str, str | None] = {}
    told |= opens({*prose_tokens(basis.priorities), *prose_tokens(basis.sheets)})

    def said(text: Prose) -> str:
        return (told.get(text.token) if text.token is not None else text.text) or ""

    partners = which_partners_and_places_are_known.partners(dossier.register)
    near = sorted(partners, key=lambda one: one.territory_id != dossier.territory_id)
    states = {one.id: one for one in dossier.sheets}
    told |= opens(prose_tokens([(Description.of(one), Progress.of(one)) for one in dossier.sheets]))
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
                states[one.sheet_id].version,
                said(one.title),
                {
                    TITLE: said(one.title),
                    PRIORITY: one.priority_id,
                    OWNER: str(one.owner_id) if one.owner_id is not None else None,
                    STARTS: one.calendar.effective_from if one.calendar is not None else None,
                    ENDS: one.calendar.effective_to if one.calendar is not None else None,
                    **_more(states[one.sheet_id], said),
                },
            )
            for one in basis.sheets
        ),
    )
