"""The indicators that a row of a plan says, in columns of their own: read, completed by what is asked, known again."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from domain.indicators.terms import PARTS_OF
from domain.values import Code
from workflows.tables.asking import Asker
from workflows.tables.cells_as import lines_in
from workflows.tables.fields import OWNER
from workflows.tables.general import COUNTS, OF_PERSONS, OF_THINGS, RATES, ROW_OWNER
from workflows.tables.indicator_fields import (
    BASELINE,
    BASELINE_ON,
    CHANGE_MOTIVE,
    DATA_OWNER,
    INDICATOR,
    PERSONS,
    REQUIRED,
    TARGET,
    UNIT,
    UNIT_LABEL,
    Fields,
    groups_of,
)
from workflows.tables.kinds import Kind
from workflows.tables.known import KnownIndicator
from workflows.tables.reading import Choice, asked
from workflows.tables.taken import Fault, SaidIndicator, TakenRow
from workflows.tables.words import folded

_COUNTS: Final = re.compile(r"(nombre|nb|nbre|total|volume|number)\b.*")
_RATES: Final = re.compile(r"(taux|part|pourcentage|proportion|%)\b.*|.*%.*")
_PERSONS: Final = re.compile(
    r".*\b(personnes?|familles?|enfants?|jeunes|habitants?|parents|participants?|participantes|beneficiaires?|usagers?"
    r"|publics?|seniors?|adolescents?|eleves|allocataires|adherents?|benevoles|professionnels?|inscrits)\b.*"
)


def indicate(asker: Asker, taken: TakenRow, sheet_id: UUID) -> None:
    """Read the indicators of a row into it."""
    groups = groups_of(asker.fields)
    for column, one in asker.fields if not groups else ():
        if one.kind is Kind.VALUE and not (cell := asker.table.cell(taken.row, column)).is_empty:
            taken.faults.append(Fault(Code("no-indicator"), cell))
    for group in groups:
        cell = asker.table.cell(taken.row, group[0][0])
        told = [(column, one) for column, one in group[1:] if not asker.table.cell(taken.row, column).is_empty]
        if cell.error:
            taken.faults.append(Fault(Code("error"), cell))
            continue
        titles = lines_in(cell.shown)
        if not titles and any(one.kind is Kind.VALUE for _, one in told):
            taken.faults.append(Fault(Code("no-indicator"), cell))
        elif len(titles) > 1 and told:
            taken.faults.append(Fault(Code("several-indicators"), cell))
        else:
            for title in titles:
                _say(asker, taken, title, told, sheet_id)


def _say(asker: Asker, taken: TakenRow, title: str, told: Fields, sheet_id: UUID) -> None:
    known = asker.plan.indicator_of(sheet_id, title)
    if any(one.title == title for one in taken.indicators):
        return
    part = TakenRow(taken.row, title, thing=known)
    for column, one in told:
        asker.read(part, one, [asker.table.cell(taken.row, column)])
    complete(asker, part, told, taken.would_be(OWNER))
    taken.asked += part.asked
    taken.faults += part.faults
    if not part.asked and not part.faults:
        taken.indicators.append(SaidIndicator(title, {**part.values, INDICATOR: title}, known))


def complete(asker: Asker, part: TakenRow, told: Fields, row_owner: str | None) -> None:
    """Ask for what the definition of an indicator lacks; `row_owner`: the partner that owns the action."""
    values, known = part.values, part.thing if isinstance(part.thing, KnownIndicator) else None
    if (value := values.pop(TARGET, None)) is not None:
        asker.ask_in_general(part, TARGET)
        year = values.pop(TARGET, None)
        if year is not None:
            values[f"{TARGET}.{year}"] = value
    unsettled = {asker.questions[key].code for key in part.asked}
    for code in REQUIRED if known is None else ():
        if values.get(code) is None and code not in unsettled:
            asker.ask_in_general(part, code, _kind_of(code, part.title))
    unlabelled = UNIT_LABEL not in values and part.recorded.get(UNIT_LABEL) is None
    if values.get(UNIT) == "NUMBER" and unlabelled and (label := _label(asker, part, told)):
        values[UNIT_LABEL] = label
    if values.get(DATA_OWNER) == ROW_OWNER:
        values[DATA_OWNER] = row_owner
        if row_owner is None:
            part.faults.append(Fault(Code("no-data-owner"), None))
    _parts_of_one(asker, part, told)
    dated = values.get(BASELINE_ON) or part.recorded.get(BASELINE_ON) or BASELINE_ON in unsettled
    if values.get(BASELINE) is not None and not dated:
        asker.ask_in_general(part, BASELINE_ON)
    if known is not None and changes_of(values, known) and not values.get(CHANGE_MOTIVE):
        asker.ask_in_general(part, CHANGE_MOTIVE)


def changes_of(values: dict[str, Any], known: KnownIndicator) -> dict[str, Any]:
    """What is said otherwise than it is defined."""
    return {
        code: value
        for code, value in values.items()
        if code != CHANGE_MOTIVE and value is not None and value != known.values.get(code)
    }


def _kind_of(code: str, title: str) -> str:
    """Of which indicators it is asked at once: those whose names say the same of it."""
    said = folded(title)
    if code == UNIT:
        return COUNTS if _COUNTS.fullmatch(said) else RATES if _RATES.fullmatch(said) else ""
    if code == PERSONS:
        return OF_PERSONS if _PERSONS.fullmatch(said) else OF_THINGS
    return ""


def _label(asker: Asker, part: TakenRow, told: Fields) -> str:
    """What is counted, where the cell of the unit says more than that it is a number."""
    said = next((asker.table.cell(part.row, column).shown for column, one in told if one.code == UNIT), "")
    return said if said and not _COUNTS.fullmatch(folded(said)) and not folded(said).startswith("unite") else ""


def _parts_of_one(asker: Asker, part: TakenRow, told: Fields) -> None:
    """A spreadsheet keeps "45 %" as 0,45: of a rate it is asked which of them it is."""
    unit = part.values.get(UNIT) or part.recorded.get(UNIT)
    if unit not in PARTS_OF:
        return
    for column, one in told:
        cell, value = asker.table.cell(part.row, column), part.values.get(one.code)
        if one.kind is Kind.VALUE and value is not None and isinstance(cell.value, float) and 0 < value <= 1:
            whole = (value * PARTS_OF[unit]).normalize()
            del part.values[one.code]
            choices = [Choice(f"{whole:f}", whole), Choice(f"{value:f}", value)]
            asker.ask(part, one, cell, asked("part-of-one", choices))
