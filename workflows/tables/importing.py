"""A table weighed and recorded: the ordinary acts of its rows, all of them in one transaction or none.

Every event carries the file as evidence and says that it came by an import.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from domain.kernel import Context, Origin, Refused
from domain.values import Code, Evidence, InvalidValue, Prose, Sha256, deterministic_id
from workflows import bulk
from workflows.answers import Answer
from workflows.application import Steering
from workflows.bulk import Line, Outcome
from workflows.tables.cells import Workbook
from workflows.tables.comparing import Judged, Verdict
from workflows.tables.taken import Fault

MOST_ROWS: Final = 1_000
"""Rows that are recorded at once."""


def evidence_of(workbook: Workbook) -> Evidence:
    """The file that a table came in."""
    sha256 = Sha256(workbook.sha256)
    return Evidence(deterministic_id("document", sha256), sha256, Prose(workbook.name))


def context_of(context: Context, workbook: Workbook) -> Context:
    """The circumstances of an import of this file."""
    return replace(context, origin=Origin.IMPORT, evidence=(evidence_of(workbook),))


def lines_of(judged: Sequence[Judged], context: Context, on: date | None) -> list[tuple[Judged, Line]]:
    """The acts of the rows that change something, in the order of the file."""
    return [
        (one, Line(replace(act, occurred_on=on), context))
        for one in judged
        if one.verdict in (Verdict.NEW, Verdict.CHANGED)
        for act in one.acts
    ]


def weigh(steering: Steering, judged: Sequence[Judged], context: Context, on: date | None) -> None:
    """Refuse the rows that a rule refuses; nothing is recorded."""
    lines = lines_of(judged, context, on)
    if lines:
        _note([one for one, _ in lines], bulk.weighed(steering, [line for _, line in lines]))


def record(
    steering: Steering,
    judged: Sequence[Judged],
    context: Context,
    on: date | None,
    key: str,
    whole: bulk.Beside | None = None,
) -> bool:
    """Record all rows that change something, or none: then they are refused with their reasons. `whole`: what is
    written with them."""
    lines = lines_of(judged, context, on)
    if not lines:
        return True
    keyed = [bulk.under(line, one) for (_, line), one in zip(lines, bulk.keys_of(key, len(lines)), strict=True)]
    outcomes = bulk.together(steering, keyed, whole)
    _note([one for one, _ in lines], outcomes)
    return all(isinstance(one, Answer) for one in outcomes)


def _note(rows: Sequence[Judged], outcomes: Sequence[Outcome]) -> None:
    for one, outcome in zip(rows, outcomes, strict=True):
        if isinstance(outcome, Answer):
            one.notices = (*one.notices, *outcome.notices)
            continue
        one.verdict = Verdict.REFUSED
        if isinstance(outcome, Refused):
            one.broken = (*one.broken, *outcome.broken)
        elif isinstance(outcome, InvalidValue):
            one.invalid = outcome
        else:
            one.faults.append(Fault(Code("not-recorded"), None))
