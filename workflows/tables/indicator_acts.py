"""Which acts record what tables say of indicators and of lines of money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from domain.action_sheets.funding import PledgeFunding
from domain.action_sheets.paying import ReviseFunding
from domain.indicators.defining import DefineIndicator, RedefineIndicator
from domain.indicators.terms import Target, Terms
from domain.kernel import Command
from domain.values import Code, Prose, local_id
from workflows.tables.fields import AMOUNT, BUDGET_YEAR, CERTAINTY, FUNDER
from workflows.tables.general import MOTIVES
from workflows.tables.indicator_fields import (
    BASELINE,
    BASELINE_ON,
    CHANGE_MOTIVE,
    DATA_OWNER,
    DIRECTION,
    FREQUENCY,
    INDICATOR,
    KIND,
    PERSONS,
    SOURCE,
    UNIT,
    UNIT_LABEL,
    year_of_target,
)
from workflows.tables.known import KnownIndicator, KnownLine, KnownPlan
from workflows.texts import Texts


def defined(values: Mapping[str, Any], plan: KnownPlan, sheet_id: UUID) -> Command:
    """An indicator that is not recorded yet."""
    return DefineIndicator(
        stream_id=plan.made_indicator_id(sheet_id, values[INDICATOR]),
        convention_id=plan.convention_id,
        home_territory_id=plan.territory_id,
        **_terms(values, (sheet_id,)),
    )


def redefined(known: KnownIndicator, values: Mapping[str, Any], language: str) -> Command:
    """One that is defined otherwise: what the table does not say of it stays."""
    kept: dict[str, Any] = {one.name: getattr(known.terms, one.name) for one in fields(Terms)}
    said = {code: value for code, value in values.items() if value is not None}
    now = _terms({**known.values, **said}, known.sheet_ids)
    for name, code in (("title", INDICATOR), ("unit_label", UNIT_LABEL), ("source", SOURCE)):
        if said.get(code) in (None, known.values.get(code)):
            now[name] = kept[name]  # the same sealed text
    if now["baseline_value"] is not None:
        kept["baseline_promised_by"] = None
    return RedefineIndicator(stream_id=known.indicator_id, motive=_motive(values, language), **{**kept, **now})


def _terms(values: Mapping[str, Any], sheet_ids: tuple[UUID, ...]) -> dict[str, Any]:
    targets = [(year, value) for code, value in values.items() if (year := year_of_target(code)) and value is not None]
    return {
        "title": Prose(values[INDICATOR]),
        "unit": Code(values[UNIT]),
        "unit_label": _prose(values.get(UNIT_LABEL)),
        "counts_persons": values[PERSONS],
        "kind": Code(values[KIND]),
        "direction": Code(values[DIRECTION]),
        "owner_id": UUID(values[DATA_OWNER]),
        "frequency": Code(values[FREQUENCY]),
        "baseline_value": values.get(BASELINE),
        "baseline_on": values.get(BASELINE_ON),
        "targets": tuple(Target(year, value) for year, value in sorted(targets)),
        "sheet_ids": sheet_ids,
        "source": _prose(values.get(SOURCE)),
    }


def _prose(text: str | None) -> Prose | None:
    return Prose(text) if text else None


def _motive(values: Mapping[str, Any], language: str) -> Prose:
    """Why it changes: as it was written, or the words of the answer that was chosen."""
    said = values[CHANGE_MOTIVE]
    return Prose(Texts(language).word("table-motive", said) if said in MOTIVES else said)


def pledged(values: Mapping[str, Any], sheet_id: UUID) -> Command:
    """A line of money that is not recorded yet."""
    partner, year, amount = values[FUNDER], values[BUDGET_YEAR], values[AMOUNT]
    return PledgeFunding(
        stream_id=sheet_id,
        line_id=local_id("table", partner, year, amount),
        partner_id=UUID(partner),
        year=year,
        amount_cents=amount,
        certainty=Code(values[CERTAINTY]),
    )


def revised(known: KnownLine, values: Mapping[str, Any], language: str) -> Command:
    """One that says something else now."""
    said = {**known.values, **{code: value for code, value in values.items() if value is not None}}
    return ReviseFunding(
        stream_id=known.sheet_id,
        line_id=known.line_id,
        year=said[BUDGET_YEAR],
        amount_cents=said[AMOUNT],
        certainty=Code(said[CERTAINTY]),
        motive=_motive(values, language),
    )
