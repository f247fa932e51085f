"""A plan as a table in the shape that the import reads, with what makes it known again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.action_sheets.state import ACTION_STATUSES
from domain.money import CERTAINTIES
from workflows.tables.acts import FIELDS_GIVEN
from workflows.tables.cells import shown
from workflows.tables.closed_words import VOCABULARY_OF, shown_word
from workflows.tables.fields import (
    AMOUNT,
    BUDGET_YEAR,
    CERTAINTY,
    FUNDER,
    IDENTITY,
    OWNER,
    PRIORITY,
    STATUS,
    TITLE,
    budget_field,
    field_of,
    year_of_budget,
)
from workflows.tables.identity import FUNDING_LINES, INDICATORS, PLAN, Identity
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
    TARGET,
    UNIT,
    UNIT_LABEL,
    year_of_target,
)
from workflows.tables.kinds import Kind
from workflows.tables.known import KnownIndicator, KnownLine, KnownPlan, KnownSheet, Named
from workflows.texts import Texts

_LINE: Final = (FUNDER, BUDGET_YEAR, AMOUNT, CERTAINTY)
_INDICATOR: Final = (
    INDICATOR,
    KIND,
    UNIT,
    UNIT_LABEL,
    PERSONS,
    DIRECTION,
    FREQUENCY,
    DATA_OWNER,
    SOURCE,
    BASELINE,
    BASELINE_ON,
)


@dataclass(frozen=True)
class Page:
    """A table to write: heads and rows by field, the closed lists of some."""

    title: str
    heads: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]
    lists: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Exported(Page):
    """The plan, the sheets beside it, and the hidden identity."""

    identity: Identity
    annexes: tuple[Page, ...] = ()


def cell_of(plan: KnownPlan, code: str, value: Any, texts: Texts) -> Any:
    """What a cell of an export says: a real date, a real number, else the words that people know it by."""
    field_ = field_of(code)
    if value is None or field_ is None:
        return ""
    if code == PRIORITY or field_.kind is Kind.PARTNER:
        several = plan.priorities if code == PRIORITY else plan.partners
        return next((one.name for one in several if one.reference == value), "")
    if field_.kind in (Kind.PARTNERS, Kind.COMMUNES):
        names = {one.reference: one.name for one in (plan.partners if field_.kind is Kind.PARTNERS else plan.communes)}
        return ", ".join(names.get(one, "") for one in value)
    if field_.kind in (Kind.PERCENT, Kind.MONEY):
        return value / 100
    if field_.kind is Kind.VALUE:
        return float(value)
    if field_.kind is Kind.STAGES:
        return ", ".join(texts.word("life-stage", one) for one in value)
    if field_.kind is Kind.TRUTH:
        return texts.word("table-truth", "yes" if value else "no")
    if field_.kind is Kind.WORD:
        return shown_word(code, value, texts)
    if field_.kind in _VOCABULARIES:
        return texts.word(_VOCABULARIES[field_.kind], value)
    return "\n".join(value) if isinstance(value, tuple) else value


_VOCABULARIES: Final = {Kind.STATUS: "action-status", Kind.CERTAINTY: "money-certainty"}


def shown_thing(plan: KnownPlan, thing: KnownSheet | KnownLine | KnownIndicator, code: str, texts: Texts) -> str:
    """The same as it is read back."""
    return shown(cell_of(plan, code, thing.values.get(code), texts))


def export(plan: KnownPlan, texts: Texts, territory_name: str, cursor: str) -> Exported:
    """The plan as it stands, in the language of whoever asks."""
    given = (*FIELDS_GIVEN, *_costs(plan))
    heads = _heads((IDENTITY, *given), texts)
    funding, indicators = _funding(plan, texts), _indicators(plan, texts)
    cells = {
        (thing.key, code): shown_thing(plan, thing, code, texts)
        for things, codes in (
            (plan.sheets, given),
            (plan.lines, _LINE),
            (plan.indicators, (*_INDICATOR, *_targets(plan))),
        )
        for thing in things
        for code in codes
    }
    title = texts.t("page.table.export-sheet")
    kinds = {title: PLAN, funding.title: FUNDING_LINES, indicators.title: INDICATORS}
    every = {head: code for page in (funding.heads, indicators.heads, heads) for code, head in page.items()}
    return Exported(
        title,
        heads,
        tuple(_row(plan, one, given, texts) for one in plan.sheets),
        {
            PRIORITY: _names(plan.priorities),
            OWNER: _names(plan.partners),
            STATUS: tuple(texts.word("action-status", one) for one in ACTION_STATUSES),
        },
        Identity.made(plan, territory_name, cursor, texts.language, every, cells, kinds),
        (funding, indicators),
    )


def _row(
    plan: KnownPlan, thing: KnownSheet | KnownLine | KnownIndicator, codes: Sequence[str], texts: Texts
) -> Mapping[str, Any]:
    return {IDENTITY: thing.key, **{code: cell_of(plan, code, thing.values.get(code), texts) for code in codes}}


def _funding(plan: KnownPlan, texts: Texts) -> Page:
    """The lines of money, each with the action it is of."""
    return Page(
        texts.t("page.table.export-funding"),
        _heads((IDENTITY, TITLE, *_LINE, CHANGE_MOTIVE), texts)
        | {TITLE: texts.t("page.table.export-of"), BUDGET_YEAR: texts.t("page.table.export-year")},
        tuple({**_row(plan, one, _LINE, texts), TITLE: one.title} for one in plan.lines),
        {FUNDER: _names(plan.partners), CERTAINTY: tuple(texts.word("money-certainty", one) for one in CERTAINTIES)},
    )


def _indicators(plan: KnownPlan, texts: Texts) -> Page:
    """The indicators, each with the actions that it speaks of, and a column for each year of the plan."""
    titles = {one.sheet_id: one.title for one in plan.sheets}
    codes = (*_INDICATOR, *_targets(plan))
    return Page(
        texts.t("page.table.export-indicators"),
        _heads((IDENTITY, TITLE, *codes, CHANGE_MOTIVE), texts) | {TITLE: texts.t("page.table.export-of")},
        tuple(
            {
                **_row(plan, one, codes, texts),
                TITLE: "\n".join(titles[each] for each in one.sheet_ids if each in titles),
            }
            for one in plan.indicators
        ),
        {
            **{
                code: tuple(texts.word(family, one) for one in words) for code, (family, words) in VOCABULARY_OF.items()
            },
            PERSONS: tuple(texts.word("table-truth", one) for one in ("yes", "no")),
            DATA_OWNER: _names(plan.partners),
        },
    )


def _targets(plan: KnownPlan) -> tuple[str, ...]:
    """The years of the plan, and those of targets beyond it."""
    told = {year for one in plan.indicators for code in one.values if (year := year_of_target(code)) is not None}
    return tuple(f"{TARGET}.{year}" for year in _years(plan, told))


def _costs(plan: KnownPlan) -> tuple[str, ...]:
    """What each action costs: the years of the plan, and those of costs beyond it."""
    told = {year for one in plan.sheets for code in one.values if (year := year_of_budget(code)) is not None}
    return tuple(budget_field(year).code for year in _years(plan, told))


def _years(plan: KnownPlan, told: set[int]) -> list[int]:
    return sorted({*range(plan.starts_on.year, plan.ends_on.year + 1), *told})


def _heads(codes: Sequence[str], texts: Texts) -> dict[str, str]:
    return {code: head_of(code, texts) for code in codes}


def head_of(code: str, texts: Texts) -> str:
    """The words of a field."""
    word, _, year = code.partition(".")
    return texts.t(f"table-field-{word}", year=year) if year else texts.word("table-field", code)


def _names(several: Sequence[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in several))
