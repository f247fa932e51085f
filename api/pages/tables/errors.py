"""The workbook of the rows that are not ready."""

from __future__ import annotations

from api.pages.asking import Asking
from workflows.tables.comparing import Verdict
from workflows.tables.errors_book import ErrorHeads, ErrorRow, errors_workbook
from workflows.tables.looking import Checked
from workflows.tables.wording import asked_in_words, reasons_of


def errors_of(ask: Asking, checked: Checked) -> bytes:
    """Its bytes, in the words of whoever asks."""
    texts = ask.texts
    rows = []
    for one in checked.judged:
        if one.verdict is Verdict.REFUSED:
            cells = tuple(fault.cell.name for fault in one.faults if fault.cell is not None)
            rows.append(ErrorRow(one.row, " ".join(reasons_of(texts, one, ask.name)), cells))
        elif one.verdict is Verdict.ASKED:
            asked = [checked.taken.questions[key] for key in one.asked]
            said = [asked_in_words(texts, each) for each in asked]
            cells = tuple(each.cell.name for each in asked if each.cell is not None)
            rows.append(ErrorRow(one.row, " ".join(said), cells))
    heads = ErrorHeads(*(texts.t(f"page.table.error-head.{name}") for name in ("sheet", "row", "why", "cells")))
    return errors_workbook(checked.table, rows, heads)
