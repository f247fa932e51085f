"""A plan as a table in the shape that the import reads, with what makes it known again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from domain.action_sheets.state import ACTION_STATUSES
from workflows.tables.acts import FIELDS_GIVEN
from workflows.tables.cells import shown
from workflows.tables.fields import IDENTITY, OWNER, PRIORITY, STATUS, Kind, field_of
from workflows.tables.identity import Identity
from workflows.tables.known import KnownPlan, KnownSheet, Named
from workflows.texts import Texts

COLUMNS: Final = (IDENTITY, *FIELDS_GIVEN)


@dataclass(frozen=True)
class Exported:
    """A table to write: heads and rows by field, the closed lists of some, and the hidden identity."""

    title: str
    heads: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]
    lists: Mapping[str, tuple[str, ...]]
    identity: Identity


def cell_of(plan: KnownPlan, sheet: KnownSheet, code: str, texts: Texts) -> Any:
    """What a cell of an export says: a real date, a real number, else the words that people know it by."""
    value = sheet.values.get(code)
    field_ = field_of(code)
    if value is None or field_ is None:
        return ""
    if code in (PRIORITY, OWNER):
        several = plan.priorities if code == PRIORITY else plan.partners
        return next((one.name for one in several if one.reference == value), "")
    if field_.kind is Kind.PARTNERS:
        names = {one.reference: one.name for one in plan.partners}
        return ", ".join(names.get(one, "") for one in value)
    if field_.kind is Kind.STATUS:
        return texts.word("action-status", value)
    if field_.kind is Kind.PERCENT:
        return value / 100
    if field_.kind is Kind.MONEY:
        return value / 100
    return value


def shown_of(plan: KnownPlan, sheet: KnownSheet, code: str, texts: Texts) -> str:
    """The same as it is read back."""
    value = cell_of(plan, sheet, code, texts)
    return shown(value)


def export(plan: KnownPlan, texts: Texts, territory_name: str, cursor: str) -> Exported:
    """The plan as it stands, in the language of whoever asks."""
    heads = {code: texts.word("table-field", code) for code in COLUMNS}
    cells: dict[tuple[UUID, str], str] = {
        (sheet.sheet_id, code): shown_of(plan, sheet, code, texts) for sheet in plan.sheets for code in FIELDS_GIVEN
    }
    return Exported(
        texts.t("page.table.export-sheet"),
        heads,
        tuple(
            {IDENTITY: str(sheet.sheet_id), **{code: cell_of(plan, sheet, code, texts) for code in FIELDS_GIVEN}}
            for sheet in plan.sheets
        ),
        {
            PRIORITY: _names(plan.priorities),
            OWNER: _names(plan.partners),
            STATUS: tuple(texts.word("action-status", one) for one in ACTION_STATUSES),
        },
        Identity.made(plan, territory_name, cursor, texts.language, heads, cells),
    )


def _names(several: Sequence[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in several))
