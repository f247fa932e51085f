"""The sheets of an export beside its plan: a row is a line of money or an indicator, and names the action it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.values import Code
from workflows.tables.asking import Asker
from workflows.tables.columns import propose
from workflows.tables.comparing import Change, Judged, Verdict, both
from workflows.tables.exporting import shown_thing
from workflows.tables.fields import AMOUNT, BUDGET_YEAR, CERTAINTY, FUNDER, IDENTITY, OWNER, TITLE
from workflows.tables.finding import Found
from workflows.tables.identity import FUNDING_LINES, fingerprint_of
from workflows.tables.indicating import complete
from workflows.tables.indicator_acts import defined, pledged, redefined, revised
from workflows.tables.indicator_fields import CHANGE_MOTIVE, INDICATOR
from workflows.tables.kinds import Kind, TableField
from workflows.tables.known import KnownIndicator, KnownLine, KnownPlan
from workflows.tables.questions import FROM_FILE, KEPT
from workflows.tables.taken import Fault, Mapped, Taken, TakenRow
from workflows.texts import Texts

_MONEY: Final = (FUNDER, BUDGET_YEAR, AMOUNT, CERTAINTY)
_NAME: Final = TableField(INDICATOR, Kind.TEXT, "")


@dataclass
class Annex:
    """A sheet beside the plan, as it is understood now."""

    table: Found
    taken: Taken
    judged: list[Judged]
    gone: list[str]


def read_annex(table: Found, plan: KnownPlan, mapped: Mapped, kind: str, number: int) -> Annex:
    """Read and judge the lines of one of the sheets of an export; `number`: what tells its questions apart."""
    columns = {one.index: one.field for one in propose(table, mapped.identity.field_of) if one.field}
    own = Mapped(columns, mapped.answers, mapped.typed, mapped.before, mapped.identity)
    reading = _Lines(table, plan, own, f"{number}!")
    rows = [reading.row(row, kind) for row in table.rows]
    judged = [reading.judge(one) for one in rows]
    here = {one.key for one in rows}
    things: tuple[KnownLine | KnownIndicator, ...] = plan.lines if kind == FUNDING_LINES else plan.indicators
    gone = [one.title for one in things if one.key in mapped.identity.sheets and one.key not in here]
    return Annex(table, Taken(rows, reading.questions), judged, gone)


class _Lines(Asker):
    def row(self, row: int, kind: str) -> TakenRow:
        """What a row says; a row without the identity of the export is added to the action that it names."""
        identity, title = self._said(row, IDENTITY), self._said(row, TITLE)
        find = self.plan.line if kind == FUNDING_LINES else self.plan.indicator
        taken = TakenRow(row, title, thing=find(identity))
        told = [(column, one) for column, one in self.fields if one.code not in (IDENTITY, TITLE)]
        for column, field_ in told:
            self.read(taken, _NAME if field_.code == INDICATOR else field_, [self.table.cell(row, column)])
        sheet = self.plan.find("", title) if taken.thing is None else None
        if taken.thing is None and sheet is None:
            taken.faults.append(Fault(Code("no-such-sheet"), self.place(row, TITLE)))
        taken.sheet_id = sheet.sheet_id if sheet is not None else None
        if kind == FUNDING_LINES:
            self._money(taken)
        else:
            taken.title = taken.values.get(INDICATOR) or (taken.thing.title if taken.thing is not None else "")
            if not taken.title:
                taken.faults.append(Fault(Code("no-indicator"), self.place(row, INDICATOR)))
            complete(self, taken, told, sheet.values.get(OWNER) if sheet is not None else None)
        return taken

    def _said(self, row: int, code: str) -> str:
        return one.shown if (one := self.place(row, code)) is not None else ""

    def _money(self, taken: TakenRow) -> None:
        """Ask for what a line lacks; whose money it is does not change."""
        unsettled = {self.questions[key].code for key in taken.asked}
        if taken.thing is None:
            for code in _MONEY:
                if taken.values.get(code) is None and code not in unsettled:
                    if code == AMOUNT:
                        taken.faults.append(Fault(Code("no-amount"), self.place(taken.row, code)))
                    else:
                        self.ask_in_general(taken, code)
            return
        if taken.values.get(FUNDER) not in (None, taken.recorded[FUNDER]):
            taken.faults.append(Fault(Code("funder-changed"), self.place(taken.row, FUNDER)))
        changed = any(taken.values.get(code) not in (None, taken.recorded[code]) for code in _MONEY)
        if changed and not taken.values.get(CHANGE_MOTIVE):
            self.ask_in_general(taken, CHANGE_MOTIVE)

    def judge(self, taken: TakenRow) -> Judged:
        """What becomes of a row."""
        name = self.table.sheet.name
        one = Judged(taken.row, taken.title, Verdict.UNCHANGED, faults=list(taken.faults), table=name)
        thing, values = taken.thing, taken.values
        if taken.faults:
            one.verdict = Verdict.REFUSED
        elif taken.asked:
            one.verdict, one.asked = Verdict.ASKED, tuple(taken.asked)
        elif thing is None and taken.sheet_id is not None:
            one.verdict = Verdict.NEW
            made = (
                defined(values, self.plan, taken.sheet_id) if INDICATOR in values else pledged(values, taken.sheet_id)
            )
            one.acts = (made,)
        elif thing is not None:
            self._compare(one, taken, thing, values)
        return one

    def _compare(
        self, one: Judged, taken: TakenRow, thing: KnownLine | KnownIndicator, values: Mapping[str, Any]
    ) -> None:
        said = dict(values)
        waiting = []
        language = self.mapped.identity.language
        for code, new in values.items():
            old = thing.values.get(code)
            if code == CHANGE_MOTIVE or new is None or new == old:
                continue
            base = self.mapped.identity.base_of(thing.key, code)
            if base is not None and base != fingerprint_of(shown_thing(self.plan, thing, code, Texts(language))):
                key = f"{self.prefix}{code}.{taken.row + 1}"
                answer = both(key, taken, code, old, new, self.questions, self.mapped)
                if answer == KEPT:
                    del said[code]
                elif answer != FROM_FILE:
                    waiting.append(key)
        changed = {code: new for code, new in said.items() if code != CHANGE_MOTIVE and new != thing.values.get(code)}
        one.changes = tuple(Change(code, thing.values.get(code), new) for code, new in changed.items())
        if waiting:
            one.verdict, one.asked = Verdict.ASKED, tuple(waiting)
        elif changed:
            one.verdict = Verdict.CHANGED
            act = revised(thing, said, language) if isinstance(thing, KnownLine) else redefined(thing, said, language)
            one.acts = (act,)
