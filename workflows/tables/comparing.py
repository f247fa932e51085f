"""What each row of a table would change: new, changed with old and new, unchanged, asked, refused.

A row is known again by the identity that our own export gave it, by the id that its first import made, or by its title;
so the same file again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final
from uuid import UUID

from domain.action_sheets.funding import PledgeFunding
from domain.action_sheets.paying import ReviseFunding
from domain.indicators.defining import DefineIndicator, RedefineIndicator
from domain.kernel import BrokenRule
from domain.values import Code, InvalidValue
from workflows.tables.acts import Act, acts_of_changed, acts_of_new, fields_taken
from workflows.tables.exporting import shown_thing
from workflows.tables.fields import BUDGET, BUDGET_YEAR, BY_YEARS, CERTAINTY, FUNDING, PRIORITY
from workflows.tables.identity import fingerprint_of
from workflows.tables.indicating import changes_of
from workflows.tables.indicator_acts import defined, redefined
from workflows.tables.indicator_fields import CHANGE_MOTIVE, INDICATOR
from workflows.tables.known import KnownPlan, KnownSheet
from workflows.tables.questions import FROM_FILE, KEPT, Question
from workflows.tables.reading import Choice
from workflows.tables.taken import Fault, Mapped, Taken, TakenRow
from workflows.texts import Texts


class Verdict(Enum):
    """What would become of a row, the worst first."""

    REFUSED = "refused"
    ASKED = "asked"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """A field that says something else than what is recorded."""

    code: str
    old: Any
    new: Any


@dataclass
class Judged:
    """A row with its verdict, what it changes, and the acts that would record it."""

    row: int
    title: str
    verdict: Verdict
    sheet_id: UUID | None = None
    changes: tuple[Change, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    asked: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    broken: tuple[BrokenRule, ...] = ()
    notices: tuple[BrokenRule, ...] = ()
    invalid: InvalidValue | None = None
    values: dict[str, Any] = field(default_factory=dict)
    table: str = ""
    """The sheet of the file, where it is one beside the plan."""


def judge(taken: Taken, plan: KnownPlan, mapped: Mapped) -> list[Judged]:
    """Every row in the order of the file. A sheet that two rows say is refused from the second on."""
    said: dict[UUID, TakenRow] = {}
    found = []
    for row in taken.rows:
        sheet_id = row.known.sheet_id if row.known is not None else plan.made_id(row.title)
        one = _judged(row, taken, plan, mapped, sheet_id)
        if row.title and sheet_id in said:
            _said_again(one, row, said[sheet_id])
        elif row.title:
            said[sheet_id] = row
        found.append(one)
    return found


def _said_again(one: Judged, row: TakenRow, first: TakenRow) -> None:
    """An action over several rows: those after the first one tell of more indicators and more money, and of nothing
    else."""
    more = {code for code, value in row.values.items() if value is not None and code not in _PER_ROW}
    differs = any(row.values[code] != first.values.get(code) for code in more)
    if differs or not (row.indicators or row.values.get(FUNDING) or row.asked):
        one.faults.append(Fault(Code("said-twice"), None, {"row": first.row + 1}))
        one.verdict, one.acts = Verdict.REFUSED, ()
    elif row.known is None and one.verdict is Verdict.NEW:
        one.acts = tuple(act for act in one.acts if isinstance(act, _OF_LINES))


_PER_ROW: Final = (FUNDING, BUDGET_YEAR, CERTAINTY, CHANGE_MOTIVE)
_OF_LINES: Final = (DefineIndicator, RedefineIndicator, PledgeFunding, ReviseFunding)


def gone(taken: Taken, plan: KnownPlan, mapped: Mapped) -> list[KnownSheet]:
    """The sheets of an export whose rows are no more: they stay, for whoever abandons an action says why."""
    here = {row.known.sheet_id for row in taken.rows if row.known is not None}
    return [one for one in plan.sheets if str(one.sheet_id) in mapped.identity.sheets and one.sheet_id not in here]


def _judged(row: TakenRow, taken: Taken, plan: KnownPlan, mapped: Mapped, sheet_id: UUID) -> Judged:
    one = Judged(row.row, row.title, Verdict.UNCHANGED, sheet_id, faults=list(row.faults), values=row.values)
    if row.faults:
        one.verdict = Verdict.REFUSED
    elif row.asked:
        one.verdict, one.asked = Verdict.ASKED, tuple(row.asked)
    elif row.known is None:
        one.verdict, one.acts = (
            Verdict.NEW,
            acts_of_new({**row.values, PRIORITY: row.would_be(PRIORITY)}, plan, sheet_id, mapped.identity.language),
        )
    else:
        _compare(one, row, row.known, taken, plan, mapped)
    if one.verdict not in (Verdict.REFUSED, Verdict.ASKED):
        _measure(one, row, plan, sheet_id, mapped.identity.language)
    return one


def _measure(one: Judged, row: TakenRow, plan: KnownPlan, sheet_id: UUID, language: str) -> None:
    """The indicators of a row that are new, or defined otherwise."""
    acts: list[Act] = []
    changes = []
    for said in row.indicators:
        if said.known is None:
            acts.append(defined(said.values, plan, sheet_id))
            changes.append(Change(INDICATOR, None, said.title))
        elif changed := changes_of(dict(said.values), said.known):
            acts.append(redefined(said.known, said.values, language))
            changes += [Change(code, said.known.values.get(code), new) for code, new in changed.items()]
    if acts:
        one.acts, one.changes = (*one.acts, *acts), (*one.changes, *changes)
        one.verdict = Verdict.CHANGED if one.verdict is Verdict.UNCHANGED else one.verdict


def _compare(one: Judged, row: TakenRow, known: KnownSheet, taken: Taken, plan: KnownPlan, mapped: Mapped) -> None:
    """What a row says otherwise than its sheet. Where the register changed too since the export, both are asked."""
    changes, waiting = [], []
    for code in fields_taken(row.values):
        new, old = row.values.get(code), known.values.get(code)
        if new is None or new == old or (code == BUDGET_YEAR and not _has_a_year(row, known)):
            continue
        base = mapped.identity.base_of(known.sheet_id, code)
        if base is not None and base != fingerprint_of(shown_thing(plan, known, code, Texts(mapped.identity.language))):
            answer = both(f"{code}.{row.row + 1}", row, code, old, new, taken.questions, mapped)
            if answer == KEPT:
                continue
            if answer != FROM_FILE:
                waiting.append(f"{code}.{row.row + 1}")
        changes.append(Change(code, old, new))
    one.changes = tuple(changes)
    if waiting:
        one.verdict, one.asked = Verdict.ASKED, tuple(waiting)
    elif changes:
        one.verdict = Verdict.CHANGED
        said = {change.code: change.new for change in changes}
        one.acts = acts_of_changed(said, row.values, plan, known, mapped.identity.language)


def _has_a_year(row: TakenRow, known: KnownSheet) -> bool:
    """Whether a year means anything to the need of a sheet: there is one, and it is of one year."""
    need = row.values.get(BUDGET) if row.values.get(BUDGET) is not None else known.values.get(BUDGET)
    return need is not None and not known.values.get(BY_YEARS)


def both(key: str, row: TakenRow, code: str, old: Any, new: Any, questions: dict[str, Question], mapped: Mapped) -> str:
    """What the person said of a field that both changed; empty while they said nothing."""
    choices = (Choice(KEPT, old), Choice(FROM_FILE, new))
    answer = mapped.answers.get(key, "")
    cell = row.cells.get(code)
    questions[key] = Question(key, code, Code("both-changed"), choices, cell, answer, bool(answer), rows=[row.row])
    return answer
