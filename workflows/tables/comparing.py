"""What each row of a table would change: new, changed with old and new, unchanged, asked, refused.

A row is known again by the identity that our own export gave it, by the id that its first import made, or by its title;
so the same file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

from domain.kernel import BrokenRule
from domain.values import Code, InvalidValue, deterministic_id
from workflows.tables.acts import FIELDS_TAKEN, Act, acts_of_new
from workflows.tables.fields import IDENTITY
from workflows.tables.known import KnownPlan, KnownSheet
from workflows.tables.taking import Fault, Taken, TakenRow
from workflows.tables.words import folded


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


def judge(taken: Taken, plan: KnownPlan) -> list[Judged]:
    """Every row in the order of the file. A sheet that two rows say is refused from the second on."""
    by_id = {one.sheet_id: one for one in plan.sheets}
    by_title = _by_title(plan.sheets)
    said: dict[UUID, int] = {}
    found = []
    for row in taken.rows:
        sheet_id, known = _sheet_of(row, plan, by_id, by_title)
        one = _judged(row, plan, sheet_id, known)
        if row.title and sheet_id in said:
            one.faults.append(Fault(Code("said-twice"), None, {"row": said[sheet_id] + 1}))
            one.verdict, one.acts = Verdict.REFUSED, ()
        elif row.title:
            said[sheet_id] = row.row
        found.append(one)
    return found


def _by_title(sheets: Sequence[KnownSheet]) -> dict[str, KnownSheet | None]:
    """Sheets by their title; None for a title that several have."""
    found: dict[str, KnownSheet | None] = {}
    for one in sheets:
        key = folded(one.title)
        found[key] = None if key in found else one
    return found


def _sheet_of(
    row: TakenRow, plan: KnownPlan, by_id: dict[UUID, KnownSheet], by_title: dict[str, KnownSheet | None]
) -> tuple[UUID, KnownSheet | None]:
    identity = _uuid(row.values.get(IDENTITY))
    if identity is not None and identity in by_id:
        return identity, by_id[identity]
    made = deterministic_id("action-sheet", plan.convention_id, "table", folded(row.title))
    if made in by_id:
        return made, by_id[made]
    known = by_title.get(folded(row.title))
    return (known.sheet_id, known) if known is not None else (made, None)


def _uuid(said: Any) -> UUID | None:
    try:
        return UUID(str(said)) if said else None
    except ValueError:
        return None


def _judged(row: TakenRow, plan: KnownPlan, sheet_id: UUID, known: KnownSheet | None) -> Judged:
    one = Judged(row.row, row.title, Verdict.UNCHANGED, sheet_id, faults=list(row.faults), values=row.values)
    if row.faults:
        one.verdict = Verdict.REFUSED
    elif row.asked:
        one.verdict, one.asked = Verdict.ASKED, tuple(row.asked)
    elif known is None:
        one.verdict, one.acts = Verdict.NEW, acts_of_new(row.values, plan, sheet_id)
    else:
        one.changes = tuple(
            Change(code, known.values.get(code), row.values[code])
            for code in FIELDS_TAKEN
            if row.values.get(code) is not None and row.values[code] != known.values.get(code)
        )
        if one.changes:
            one.verdict = Verdict.REFUSED
            one.faults.append(Fault(Code("differs"), None, {"fields": tuple(change.code for change in one.changes)}))
    return one
