"""A file looked at anew: read, found, mapped as typed, judged and weighed; nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.pages.asking import Asking
from api.pages.tables.typed import SHEET, TableTyped
from domain.kernel import Context
from workflows.tables.cells import Workbook
from workflows.tables.columns import Column, propose
from workflows.tables.comparing import Judged, Verdict, gone, judge
from workflows.tables.finding import Found, tables_of
from workflows.tables.identity import Identity
from workflows.tables.importing import MOST_ROWS, context_of, weigh
from workflows.tables.known import KnownPlan, KnownSheet, known_plan
from workflows.tables.refusals import NO_TABLE, TOO_MANY_CELLS, TableRefused
from workflows.tables.remembering import Remembered, of_head, of_words, remembered
from workflows.tables.taking import Mapped, Taken, take


@dataclass
class Checked:
    """A table as it is understood now."""

    workbook: Workbook
    tables: tuple[Found, ...]
    table: Found
    columns: tuple[Column, ...]
    mapped: Mapped
    plan: KnownPlan
    taken: Taken
    judged: list[Judged]
    on: date | None

    def count(self, *verdicts: Verdict) -> int:
        """How many rows have one of these verdicts."""
        return sum(one.verdict in verdicts for one in self.judged)

    @property
    def gone(self) -> list[KnownSheet]:
        """The sheets of an export whose rows are no more."""
        return gone(self.taken, self.plan, self.mapped)

    @property
    def waits(self) -> bool:
        """Whether rows are asked or refused."""
        return self.count(Verdict.ASKED, Verdict.REFUSED) > 0

    def to_remember(self) -> Mapping[str, str]:
        """What was said of heads and of words, to be kept for the next table of the territory."""
        territory_id = self.plan.territory_id
        heads = {
            of_head(territory_id, one.head): self.mapped.columns.get(one.index, "") for one in self.columns if one.head
        }
        words = {
            of_words(territory_id, one.code, one.cell.shown): one.answer
            for one in self.taken.questions.values()
            if one.is_answered and one.picks and one.cell is not None
        }
        return {**heads, **words}


def plan_of(ask: Asking, convention_id: UUID) -> KnownPlan:
    """The convention as tables are read against it."""
    return known_plan(ask.dossier(convention_id), lambda tokens: ask.services.vault.open_texts(tokens, ask.connection))


def check(ask: Asking, plan: KnownPlan, workbook: Workbook, typed: TableTyped) -> Checked:
    """Read a file as it was mapped. Raises `TableRefused`."""
    before = remembered(ask.services.engine, plan.territory_id)
    found = read(workbook, plan, typed, before, ask.today)
    weigh(ask.services.steering, found.judged, import_context(ask.context, found), found.on)
    return found


def read(workbook: Workbook, plan: KnownPlan, typed: TableTyped, before: Remembered, today: date) -> Checked:
    """The rows of a file with their verdicts, before any rule was asked. Raises `TableRefused`."""
    identity = Identity(workbook.identity)
    identity.require_from(plan)
    tables = tuple(tables_of(workbook.sheets))
    if not tables:
        raise TableRefused(NO_TABLE)
    wanted = typed.one(SHEET)
    table = next((one for one in tables if one.sheet.name == wanted), tables[0])
    if len(table.rows) > MOST_ROWS:
        raise TableRefused(TOO_MANY_CELLS, sheet=table.sheet.name, rows=MOST_ROWS, columns=table.sheet.width)
    columns = propose(table, lambda head: identity.field_of(head) or before.field_of(head))
    mapped = typed.mapped(columns, Mapped({}, before=before.answer_of, identity=identity))
    taken = take(table, plan, mapped)
    return Checked(workbook, tables, table, columns, mapped, plan, taken, judge(taken, plan, mapped), typed.day(today))


def import_context(context: Context, checked: Checked) -> Context:
    """The circumstances of what this file says."""
    return context_of(context, checked.workbook)
