"""A journal as a table for spreadsheets: the facts that its filters keep, one a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from api.pages.audit import Journal
from api.pages.audit_lines import Teller
from api.pages.contexts import AuditEntry
from api.pages.mistakes import Mistakes
from api.pages.rendering import PageWords
from workflows.texts import Texts

COLUMNS: Final = ("number", "happened", "recorded", "fact", "who", "role", "for", "why", "documents", "mark", "rules")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell may not begin with: a spreadsheet would reckon it."""


def table_of(journal: Journal) -> str:
    """Every fact asked for, the latest first, runs of reminders unfolded; what was refused is no fact and not in it."""
    texts = journal.ask.texts
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow(texts.t(f"page.audit.column.{name}") for name in COLUMNS)
    for entry in _entries(journal):
        rows.writerow(map(safe, _cells(texts, entry)))
    return written.getvalue()


def _entries(journal: Journal) -> Iterator[AuditEntry]:
    if journal.dossier is None:
        return
    teller = Teller(journal.ask, journal.dossier, Mistakes(journal.ask, journal.dossier), may_mend=False)
    lines = journal.facts
    teller.open(lines)
    for line in lines:
        for place in line.entries:
            yield teller.entry(place)


def _cells(texts: Texts, entry: AuditEntry) -> Iterator[str]:
    words = PageWords(texts)
    yield str(entry.position)
    yield entry.occurred_on.isoformat()
    yield entry.recorded_at.isoformat(timespec="seconds")
    yield words.capital(words.say(entry.sentence))
    yield entry.actor or ("" if entry.origin in ("PERSON", "LINK") else texts.t("page.audit.engine"))
    yield texts.word("role", entry.role) if entry.role else ""
    yield entry.on_behalf_of or ""
    yield texts.t("page.erased") if entry.reason_erased else entry.reason or ""
    yield " | ".join(f"{one.title or texts.t('page.erased')} ({one.sha256})" for one in entry.evidence)
    marks = [texts.t(f"mistake.mark.{entry.mended.stands}")] if entry.mended is not None else []
    yield " | ".join([*marks, *(texts.t(f"contested.mark.{one.state}") for one in entry.contested)])
    yield " ".join(one.text for one in entry.rules)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
