"""What a cell says, and what is asked of the person where it does not say it for sure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, Final

from domain.values import Code
from workflows.tables.cells import LONGEST, NOT_COMPUTED, Cell
from workflows.tables.cells_as import read_as
from workflows.tables.days import FIRST_YEAR, LAST_YEAR
from workflows.tables.fields import PRIORITY, TITLE, field_of
from workflows.tables.finding import Found, Passed
from workflows.tables.general import choices_of
from workflows.tables.heads import scale_of
from workflows.tables.identity import fingerprint_of
from workflows.tables.kinds import Kind, TableField
from workflows.tables.known import KnownPlan
from workflows.tables.names import read_priority
from workflows.tables.questions import OTHER, PARTNER_FIELDS, Question
from workflows.tables.reading import NONE, Choice, Read, asked, refused
from workflows.tables.taken import Fault, Mapped, TakenRow
from workflows.tables.words import folded

_NAMING: Final = (Kind.PARTNER, Kind.PARTNERS, Kind.PRIORITY, Kind.STATUS, Kind.WORD, Kind.STAGES, Kind.COMMUNES)
"""What names something: the words of a territory stand for the same the next time."""


_FROM_1904: Final = 1_462
"""Days between the two calendars of spreadsheets."""


class Asker:
    """Reads the cells of a table, and gathers what is asked. `prefix`: what sets its questions apart from those of
    another sheet of the file."""

    def __init__(self, table: Found, plan: KnownPlan, mapped: Mapped, prefix: str = "") -> None:
        self.table, self.plan, self.mapped, self.prefix = table, plan, mapped, prefix
        self.fields = [
            (column, found) for column, code in mapped.columns.items() if (found := field_of(code)) is not None
        ]
        self.questions: dict[str, Question] = {}
        self.first_of: dict[tuple[str, Code, str], str] = {}

    def place(self, row: int, code: str) -> Cell | None:
        """The cell of a row under a field, None where no column is it."""
        column = next((column for column, one in self.fields if one.code == code), None)
        return self.table.sheet.cell((row, column)) if column is not None else None

    def read(self, taken: TakenRow, field_: TableField, cells: list[Cell]) -> None:
        """The first cell of a field that says something: an axis stands in one of two columns."""
        cell = next((one for one in cells if not one.is_empty), None)
        base = self.mapped.identity.base_of(taken.key, field_.code) if taken.key else None
        if cell is None:
            if base not in (None, fingerprint_of("")):
                taken.faults.append(Fault(Code("emptied"), cells[0]))
            return
        if base == fingerprint_of(cell.shown):
            return  # nobody changed it since the export
        taken.cells[field_.code] = cell
        read = self._reading(field_, cell)
        if read.is_sure:
            taken.values[field_.code] = read.value
        elif read.fault is not None:
            taken.faults.append(Fault(read.fault, cell))
        else:
            self.ask(taken, field_, cell, read)

    def _reading(self, field_: TableField, cell: Cell) -> Read[Any]:
        if cell.error:
            return refused("not-computed" if cell.error == NOT_COMPUTED else "error")
        if isinstance(cell.value, str) and len(cell.value) > LONGEST:
            return refused("too-long-cell")
        late = self.table.sheet.counts_from_1904 and field_.kind in (Kind.DAY, Kind.SPAN)
        if late and isinstance(cell.value, int | float) and cell.value > LAST_YEAR:
            cell = replace(cell, value=cell.value + _FROM_1904)
        read = read_as(field_, _in_euros(field_, cell, self.table), self.plan)
        if read.is_sure and read.value is None and not folded(cell.shown):
            return asked("words", [])  # signs that say nothing here: "??", letters of another alphabet
        if cell.formula and read.is_sure:
            return asked("formula", [Choice("computed", read.value, True)])
        return read

    def ask(self, taken: TakenRow, field_: TableField, cell: Cell, read: Read[Any]) -> None:
        recorded = taken.recorded.get(field_.code)
        if recorded is not None and self._says(field_, cell, read, recorded):
            return  # it was asked before, and is recorded so
        assert read.doubt is not None, "only what is in doubt is asked"
        alike = (field_.code, read.doubt, folded(cell.shown) or cell.shown)
        key = self.first_of.setdefault(alike, f"{self.prefix}{cell.name}")
        if key not in self.questions:
            must = field_.code in (PRIORITY, TITLE)
            choices = tuple(one for one in read.choices if not must or one.answer != NONE)
            likely = read.likely.answer if read.likely in choices and read.likely is not None else ""
            before = self.mapped.before(field_.code, cell.shown) or likely if field_.kind in _NAMING else likely
            self.note(key, field_, read.doubt, choices, before, cell)
        self.settle(taken, field_, self.questions[key])

    def _says(self, field_: TableField, cell: Cell, read: Read[Any], recorded: Any) -> bool:
        """Whether what is recorded is a reading of the cell, or what its words stood for the last time."""
        if any(one.value == recorded for one in read.choices):
            return True
        return field_.kind in _NAMING and self.mapped.before(field_.code, cell.shown) == recorded

    def ask_in_general(self, taken: TakenRow, code: str, kind: str = "") -> None:
        """Of all rows that do not say what they have to; `kind`: of those of one kind, a code of `table-doubt`."""
        field_ = field_of(code)
        assert field_ is not None, "what is required is a field"
        key = f"{self.prefix}{code}.{kind}" if kind else f"{self.prefix}{code}"
        if key not in self.questions:
            choices = choices_of(code, self.plan, kind)
            likely = [one.answer for one in choices if one.is_likely]
            if code == PRIORITY and (axis := self._named_above()):
                likely = [axis]
            self.note(key, field_, Code(kind or "not-said"), choices, likely[0] if len(likely) == 1 else "", None)
        self.settle(taken, field_, self.questions[key])

    def _named_above(self) -> str:
        """The priority that the name of the sheet says, or a title above the table; empty for none."""
        above = [row for row, why in self.table.passed.items() if why is Passed.ABOVE]
        said = [self.table.sheet.name, *(cell.shown for row in above for cell in self.table.sheet.filled(row))]
        found = {read.value for one in said if (read := read_priority(one, self.plan.priorities)).value}
        return str(found.pop()) if len(found) == 1 else ""

    def note(
        self,
        key: str,
        field_: TableField,
        doubt: Code,
        choices: tuple[Choice[Any], ...],
        before: str,
        cell: Cell | None,
        **parameters: object,
    ) -> None:
        picks = field_.kind in (Kind.PARTNER, Kind.PRIORITY)
        answer = self.mapped.answers.get(key, before)
        answered = bool(answer) and key in self.mapped.answers
        types = field_.kind is Kind.DAY
        self.questions[key] = Question(
            key, field_.code, doubt, choices, cell, answer, answered, picks, types, parameters=parameters
        )

    def settle(self, taken: TakenRow, field_: TableField, question: Question) -> None:
        """Take the answer of the person, or note that it is awaited; one that no reading has is asked again."""
        if not question.rows or question.rows[-1] != taken.row:
            question.rows.append(taken.row)
        value = self._value(question) if question.is_answered else None
        if value is not None:
            taken.values[field_.code] = value
        elif not question.is_answered or question.answer != NONE:
            taken.asked.append(question.key)

    def _value(self, question: Question) -> Any:
        """What an answer stands for, None for nothing."""
        if question.answer == OTHER and question.types:
            return _typed_day(self.mapped.typed.get(question.key, ""))
        if (chosen := question.chosen()) is not None:
            return chosen.value
        several = self.plan.partners if question.code in PARTNER_FIELDS else self.plan.priorities
        if question.picks and any(one.reference == question.answer for one in several):
            return question.answer
        return None


def _in_euros(field_: TableField, cell: Cell, table: Found) -> Cell:
    """A bare number under a head that counts in thousands or in millions: "Budget (k€)"."""
    times = scale_of(table.heads.get(cell.place[1], "")) if field_.kind is Kind.MONEY else 1
    if times == 1 or isinstance(cell.value, bool | date):
        return cell
    if isinstance(cell.value, int | float):
        return replace(cell, value=cell.value * times)
    unit = "k€" if times == 1_000 else "M€"
    bare = re.fullmatch(r"[0-9][0-9\s.,]*", str(cell.value).strip())
    return replace(cell, value=f"{cell.value} {unit}") if bare else cell


def _typed_day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
