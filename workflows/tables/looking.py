"""A file looked at: read, found, mapped as it was said, judged; nothing is weighed nor recorded yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workflows.tables.cells import Workbook
from workflows.tables.columns import Column, propose
from workflows.tables.comparing import Judged, Verdict, gone, judge
from workflows.tables.finding import Found, is_turned, tables_of, with_axes
from workflows.tables.identity import FUNDING_LINES, INDICATORS, Identity
from workflows.tables.importing import MOST_ROWS
from workflows.tables.known import KnownPlan, KnownSheet
from workflows.tables.lines import Annex, read_annex
from workflows.tables.names import read_priority
from workflows.tables.questions import Question
from workflows.tables.refusals import NO_TABLE, TOO_MANY_CELLS, TURNED, TableRefused
from workflows.tables.remembering import Remembered, of_head, of_words
from workflows.tables.taken import Mapped, Taken
from workflows.tables.taking import take


@dataclass(frozen=True)
class Said:
    """What the person said of a file: the sheet, columns by their number, answers and days by the key of the question,
    since when the facts are known."""

    sheet: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None


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
    annexes: tuple[Annex, ...] = ()

    def count(self, *verdicts: Verdict) -> int:
        """How many rows have one of these verdicts."""
        return sum(one.verdict in verdicts for one in self.judged)

    @property
    def lines(self) -> list[Judged]:
        """The rows of the sheets beside the plan: money and indicators."""
        return [one for annex in self.annexes for one in annex.judged]

    @property
    def everything(self) -> list[Judged]:
        """Every row, in the order in which it is recorded."""
        return [*self.judged, *self.lines]

    @property
    def questions(self) -> list[Question]:
        """All that is asked, in the order of the sheets."""
        return [
            one for taken in (self.taken, *(each.taken for each in self.annexes)) for one in taken.questions.values()
        ]

    @property
    def left_out(self) -> int:
        """How many rows are asked or refused."""
        return sum(one.verdict in (Verdict.ASKED, Verdict.REFUSED) for one in self.everything)

    @property
    def gone(self) -> list[KnownSheet]:
        """The sheets of an export whose rows are no more."""
        return gone(self.taken, self.plan, self.mapped)

    @property
    def waits(self) -> bool:
        """Whether rows are asked or refused."""
        return self.left_out > 0

    def to_remember(self) -> Mapping[str, str]:
        """What was said of heads and of words, to be kept for the next table of the territory."""
        territory_id = self.plan.territory_id
        heads = {
            of_head(territory_id, one.head): self.mapped.columns.get(one.index, "") for one in self.columns if one.head
        }
        words = {
            of_words(territory_id, one.code, one.cell.shown): one.answer
            for one in self.questions
            if one.is_answered and one.picks and one.cell is not None
        }
        return {**heads, **words}


def look_at(workbook: Workbook, plan: KnownPlan, said: Said, before: Remembered) -> Checked:
    """The rows of a file with their verdicts, before any rule was asked. Raises `TableRefused`."""
    identity = Identity(workbook.identity)
    identity.require_from(plan)
    every = tables_of(workbook.sheets)
    kinds = (FUNDING_LINES, INDICATORS)
    beside = [one for kind in kinds for one in every if identity.kind_of(one.sheet.name) == kind]
    tables = tuple(one for one in every if one not in beside)
    if not tables:
        raise TableRefused(NO_TABLE)
    tables = tuple(with_axes(one, lambda said: _is_axis(said, plan)) for one in tables)
    table = next((one for one in tables if one.sheet.name == said.sheet), tables[0])
    called = table.sheet.name or workbook.name  # what is one table by itself is called as its file is
    if is_turned(table.sheet):
        raise TableRefused(TURNED, sheet=called)
    if len(table.rows) > MOST_ROWS:
        raise TableRefused(TOO_MANY_CELLS, sheet=called, rows=MOST_ROWS, columns=table.sheet.width)
    proposed = propose(table, lambda head: identity.field_of(head) or before.field_of(head), plan.partners)
    columns = {one.index: code for one in proposed if (code := said.columns.get(one.index, one.field))}
    answers = {key: value for key, value in said.answers.items() if value}
    mapped = Mapped(columns, answers, said.typed, before.answer_of, identity)
    taken = take(table, plan, mapped)
    annexes = tuple(
        read_annex(one, plan, mapped, kind := identity.kind_of(one.sheet.name), kinds.index(kind) + 2) for one in beside
    )
    return Checked(workbook, tables, table, proposed, mapped, plan, taken, judge(taken, plan, mapped), said.on, annexes)


def _is_axis(said: str, plan: KnownPlan) -> bool:
    """Whether words are the name of a priority, its number before it or not."""
    return read_priority(said, plan.priorities).value is not None
