"""A convention read as tables are compared with it: its sheets, their money, its indicators, all texts opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.action_sheets.describing import LIFE_STAGES as STAGES
from domain.action_sheets.describing import Description
from domain.action_sheets.following import Progress
from domain.action_sheets.funding import Funding
from domain.action_sheets.state import ActionSheet
from domain.indicators.indicator import Indicator
from domain.values import Prose
from projections import what_the_plan_rests_on, which_partners_and_places_are_known
from projections.engine import Dossier, prose_tokens
from workflows.tables.fields import (
    AMOUNT,
    BUDGET,
    BUDGET_YEAR,
    BY_YEARS,
    CERTAINTY,
    COMMUNES,
    DESCRIPTION,
    ENDS,
    FUNDER,
    HUMAN_MEANS,
    LIFE_STAGES,
    LINKS,
    MATERIAL_MEANS,
    MOTIVE,
    NUMBER,
    OBJECTIVE,
    OWNER,
    PARTNERS,
    PRIORITY,
    PROGRESS,
    PUBLIC,
    RISKS,
    STARTS,
    STATUS,
    STRATEGIC,
    TITLE,
    budget_field,
)
from workflows.tables.indicator_fields import (
    BASELINE,
    BASELINE_ON,
    DATA_OWNER,
    DIRECTION,
    FREQUENCY,
    INDICATOR,
    KIND,
    PERSONS,
    SOURCE,
    TARGET,
    UNIT,
    UNIT_LABEL,
)
from workflows.tables.known import KnownIndicator, KnownLine, KnownPlan, KnownSheet, Named, Opens


def _lines(sheet: ActionSheet, title: str) -> list[KnownLine]:
    """Its lines of money."""
    return [
        KnownLine(
            line_id,
            sheet.id,
            title,
            {FUNDER: str(one.partner_id), BUDGET_YEAR: one.year, AMOUNT: one.amount_cents, CERTAINTY: one.certainty},
        )
        for line_id, one in Funding.of(sheet).lines.items()
    ]


def _indicator(one: Indicator, said: Callable[[Prose], str]) -> KnownIndicator:
    """An indicator as it is defined."""
    terms = one.terms
    values: dict[str, Any] = {
        INDICATOR: said(terms.title),
        KIND: terms.kind,
        UNIT: terms.unit,
        UNIT_LABEL: said(terms.unit_label) if terms.unit_label is not None else None,
        PERSONS: terms.counts_persons,
        DIRECTION: terms.direction,
        FREQUENCY: terms.frequency,
        DATA_OWNER: str(terms.owner_id),
        SOURCE: said(terms.source) if terms.source is not None else None,
        BASELINE: terms.baseline_value,
        BASELINE_ON: terms.baseline_on,
        **{f"{TARGET}.{each.year}": each.value for each in terms.targets},
    }
    return KnownIndicator(one.id, values[INDICATOR], terms, values)


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
        **{budget_field(one.year).code: one.amount_cents for one in budget},
        LIFE_STAGES: tuple(one for one in STAGES if one in description.life_stages) or None,
        COMMUNES: tuple(sorted(description.communes)) or None,
        LINKS: tuple(map(said, description.links)) or None,
        RISKS: tuple(map(said, description.risks)) or None,
        PARTNERS: tuple(sorted(map(str, description.contributor_ids))) or None,
        STATUS: progress.status if followed else None,
        PROGRESS: progress.progress_percent,
        MOTIVE: said(progress.motive) if progress.motive is not None else None,
    }


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
    running = [one for one in dossier.states(Indicator) if one.retired_on is None]
    told |= opens(prose_tokens([one.terms for one in running]))
    names = dossier.register.communes
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
        tuple(Named(one, names.get(one, one)) for one in sorted(dossier.convention.communes)),
        tuple(line for one in basis.sheets for line in _lines(states[one.sheet_id], said(one.title))),
        tuple(_indicator(one, said) for one in running),
    )
