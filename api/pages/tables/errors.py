"""The workbook of the rows that are not ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from api.pages.asking import Asking
from api.pages.tables.questions import label_of
from workflows.tables.cells import Cell, Value
from workflows.tables.comparing import Judged, Verdict
from workflows.tables.errors_book import ErrorHeads, ErrorRow, ErrorSheet, errors_workbook
from workflows.tables.fields import PRIORITY
from workflows.tables.finding import Found
from workflows.tables.looking import Checked
from workflows.tables.questions import Question
from workflows.tables.reading import NONE
from workflows.tables.wording import asked_in_words, reasons_of


def errors_of(ask: Asking, checked: Checked) -> bytes:
    """Its bytes, in the words of whoever asks: the plan first, then the sheets of money and of indicators."""
    texts = ask.texts
    parts = (
        (checked.table, checked.taken.questions, checked.judged),
        *((one.table, one.taken.questions, one.judged) for one in checked.annexes),
    )
    own_name = texts.t("page.table.error-head.book")
    found = []
    for table, questions, judged in parts:
        rows = list(_rows(ask, checked, table, questions, judged))
        if rows:
            found.append(ErrorSheet(table.sheet.name or own_name, table, rows))
    heads = ErrorHeads(
        *(texts.t(f"page.table.error-head.{name}") for name in ("sheet", "row", "cells", "said", "why", "mend"))
    )
    return errors_workbook(found, heads, checked.mapped.identity.only_of(_keys_left(checked)))


def _keys_left(checked: Checked) -> set[str]:
    """How an export names what the rows that are not ready say."""
    parts = (
        (checked.taken.rows, checked.judged),
        *((one.taken.rows, one.judged) for one in checked.annexes),
    )
    return {
        row.key
        for rows, judged in parts
        for row, one in zip(rows, judged, strict=True)
        if one.verdict in (Verdict.REFUSED, Verdict.ASKED)
    }


def _rows(
    ask: Asking, checked: Checked, table: Found, questions: Mapping[str, Question], judged: Sequence[Judged]
) -> Iterator[ErrorRow]:
    texts, axis = ask.texts, ""
    column = next((index for index, code in checked.mapped.columns.items() if code == PRIORITY), None)
    for one in judged:
        filled: dict[int, Value] = {}
        if table is checked.table and column is not None:
            own = table.cell(one.row, column)
            group = table.groups.get(one.row)
            axis = own.shown or (group.shown if group is not None else axis)
            filled = {column: axis} if axis else {}
        if one.verdict is Verdict.REFUSED:
            cells = [fault.cell for fault in one.faults if fault.cell is not None]
            mend = texts.t("page.table.error-mend.cells" if cells else "page.table.error-mend.row")
            yield ErrorRow(one.row, tuple(cells), " ".join(reasons_of(texts, one, ask.name)), mend, filled)
        elif one.verdict is Verdict.ASKED:
            asked = [questions[key] for key in dict.fromkeys(one.asked)]
            why = " ".join(asked_in_words(texts, each) for each in asked)
            yield ErrorRow(one.row, tuple(_cells(asked, one.row)), why, _readings(ask, checked, asked), filled)


def _cells(asked: Sequence[Question], row: int) -> Iterator[Cell]:
    """The cells of a row that are asked about: a question that many rows ask shows the first of them."""
    for one in asked:
        if one.cell is not None:
            column = one.cell.place[1]
            yield one.cell if one.cell.place[0] == row else Cell((row, column), one.cell.value)


def _readings(ask: Asking, checked: Checked, asked: Sequence[Question]) -> str:
    """What may be written in place of what is asked about."""
    texts = ask.texts
    told = []
    for one in asked:
        known = [label_of(ask, one, each, checked.plan) for each in one.choices if each.answer != NONE]
        if known:
            told.append(texts.t("page.table.error-mend.readings", readings=texts.t("page.table.or").join(known)))
    return " ".join(dict.fromkeys(told)) or texts.t("page.table.error-mend.asked")
