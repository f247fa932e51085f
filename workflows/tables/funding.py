"""The money that a row says, funder by funder and year by year: new, recorded already, or said otherwise than it is."""

from __future__ import annotations

from typing import Any, Final

from domain.values import Code
from workflows.tables.asking import Asker
from workflows.tables.cells import Cell
from workflows.tables.choices import read_certainty
from workflows.tables.fields import AMOUNT, BUDGET_YEAR, CERTAINTY, FUNDER, FUNDING, field_of
from workflows.tables.heads import certainty_in, funder_in, only_year
from workflows.tables.indicator_fields import CHANGE_MOTIVE
from workflows.tables.kinds import TableField
from workflows.tables.known import KnownLine
from workflows.tables.paired import Pair
from workflows.tables.questions import BESIDE, REVISED
from workflows.tables.reading import NONE, Choice
from workflows.tables.taken import Fault, SaidFunding, TakenRow

_SAID: Final = (FUNDER, AMOUNT, BUDGET_YEAR, CERTAINTY)


def fund(asker: Asker, taken: TakenRow, pairs: list[Pair]) -> None:
    """Read the money of each funder into a row. What is recorded already is not said again; what is recorded
    otherwise is asked, for the same euro never counts twice in silence."""
    recorded = asker.plan.lines_of(taken.known.sheet_id) if taken.known is not None else ()
    found = [one for pair in pairs if (one := _line(asker, taken, pair, recorded)) is not None]
    if found:
        taken.values[FUNDING] = tuple(found)
    if any(_promises_nothing(asker, taken, column, pairs) for column in dict.fromkeys(one.funder for one in pairs)):
        key = f"{asker.prefix}{FUNDING}.without-amount"
        if key not in asker.questions:
            asker.note(key, _field(AMOUNT), Code("funder-without-amount"), (Choice(NONE, None),), "", None)
        asker.settle(TakenRow(taken.row, ""), _field(AMOUNT), asker.questions[key])
        if not asker.questions[key].is_answered:
            taken.asked.append(key)


def _promises_nothing(asker: Asker, taken: TakenRow, column: int | None, pairs: list[Pair]) -> bool:
    """Whether a row names a funder, and no amount of any year beside it."""
    if column is None or asker.table.cell(taken.row, column).is_empty:
        return False
    return all(asker.table.cell(taken.row, one.amount).is_empty for one in pairs if one.funder == column)


def _line(asker: Asker, taken: TakenRow, pair: Pair, recorded: tuple[KnownLine, ...]) -> SaidFunding | None:
    cell = asker.table.cell(taken.row, pair.amount)
    if cell.is_empty:
        return None
    part = _read(asker, taken, pair, cell)
    if part.asked or part.faults or not part.values.get(AMOUNT):  # nothing, or no money at all
        return None
    if not part.values.get(FUNDER):
        own = asker.table.cell(taken.row, pair.funder) if pair.funder is not None else cell
        taken.faults.append(Fault(Code("no-funder"), own))
        return None
    partner, amount = part.values[FUNDER], part.values[AMOUNT]
    year, certainty = (part.values.get(code) or taken.values.get(code) for code in (BUDGET_YEAR, CERTAINTY))
    its = [one for one in recorded if one.values[FUNDER] == partner and year in (None, one.values[BUDGET_YEAR])]
    if any(one.values[AMOUNT] == amount and certainty in (None, one.values[CERTAINTY]) for one in its):
        return None
    for code, said in ((BUDGET_YEAR, year), (CERTAINTY, certainty)):
        if said is None and code not in _awaited(asker, taken):
            asker.ask_in_general(taken, code)
    year, certainty = year or taken.values.get(BUDGET_YEAR), certainty or taken.values.get(CERTAINTY)
    if year is None or certainty is None:
        return None
    line = next((one for one in its if one.values[BUDGET_YEAR] == year), None)
    if line is not None and not _otherwise(asker, taken, cell, line):
        return None
    revises = line if line is not None and asker.mapped.answers[_key(cell)] == REVISED else None
    return SaidFunding(partner, year, amount, certainty, revises)


def _awaited(asker: Asker, taken: TakenRow) -> set[str]:
    return {asker.questions[key].code for key in taken.asked}


def _read(asker: Asker, taken: TakenRow, pair: Pair, cell: Cell) -> TakenRow:
    """What the columns of one line say; its questions and faults are those of the row."""
    part = TakenRow(taken.row, "")
    columns = ((FUNDER, pair.funder), (AMOUNT, pair.amount), (BUDGET_YEAR, pair.year), (CERTAINTY, pair.certainty))
    for code, column in columns:
        if column is not None:
            asker.read(part, _field(code), [asker.table.cell(taken.row, column)])
    head = asker.table.heads.get(pair.amount, "")
    if pair.in_head and (name := funder_in(head)):
        place = (asker.table.head_row, pair.amount)
        asker.read(part, _field(FUNDER), [Cell(place, name)])
    if (year := only_year(head)) is not None:
        part.values.setdefault(BUDGET_YEAR, year)
    if sure := read_certainty(Cell(cell.place, certainty_in(head))).value:
        part.values.setdefault(CERTAINTY, sure)
    taken.asked += part.asked
    taken.faults += part.faults
    return part


def _field(code: str) -> TableField:
    found = field_of(code)
    assert found is not None, "a field of ours"
    return found


def _key(cell: Cell) -> str:
    return f"{FUNDING}.{cell.name}"


def _otherwise(asker: Asker, taken: TakenRow, cell: Cell, line: KnownLine) -> bool:
    """Whether a line that is recorded otherwise is to be said: revised, with its reason, or another one beside it."""
    key = _key(cell)
    choices: tuple[Choice[Any], ...] = (Choice(REVISED, REVISED), Choice(BESIDE, BESIDE), Choice(NONE, None))
    told: dict[str, Any] = {"amount": line.values[AMOUNT] / 100, "year": str(line.values[BUDGET_YEAR])}
    asker.note(key, _field(AMOUNT), Code("funded-otherwise"), choices, "", cell, **told)
    part = TakenRow(taken.row, "")
    asker.settle(part, _field(AMOUNT), asker.questions[key])
    taken.asked += part.asked
    said = part.values.get(AMOUNT)
    if said == REVISED and not taken.values.get(CHANGE_MOTIVE):
        asker.ask_in_general(taken, CHANGE_MOTIVE)
    return said is not None and (said == BESIDE or bool(taken.values.get(CHANGE_MOTIVE)))
