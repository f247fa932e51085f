"""What was decided and of which nothing is heard (S07): asked of the partner that sees to it, of all its decisions at
once; of those that nobody sees to, of whoever steers.

One that has its day is asked for on that day, and not before.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from domain.calendar import add_period
from domain.method import DeadlineRule, Period
from projections.engine import Dossier
from projections.what_became_of_decisions import SILENCE, DecisionStanding, decisions
from projections.what_is_due.naming import named
from projections.what_is_due.starting import NEWS, Start


@named(trigger=SILENCE, conditions=("NEWS_OF_DECISION",))
def silent_decisions(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """S07: of what was decided while the convention runs, and is neither acted nor ended."""
    by_owner: dict[UUID | None, list[tuple[date, UUID]]] = defaultdict(list)
    for one in dossier.once(_open):
        by_owner[one.owner_id].append((silent_since(one, rule.offset), one.event_id))
    found = []
    for owner_id, heard in by_owner.items():
        since = tuple(sorted(heard))
        subject = owner_id or dossier.convention_id
        found.append(Start(subject, NEWS, since[0][0], None, None, owner_id=owner_id, heard=since))
    return found


def _open(dossier: Dossier) -> tuple[DecisionStanding, ...]:
    """Those that wait, whatever the day: nobody is asked of a day before a take-over."""
    convention = dossier.convention
    first = max(convention.opened_on, convention.taken_over_on or date.min)
    found = decisions(dossier, (dossier,), None, date.max)
    return tuple(one for one in found if one.is_open and first <= one.decided_on <= convention.period.effective_to)


def silent_since(one: DecisionStanding, silence: Period) -> date:
    """From when on it is silent: so long before its due day, where that is ahead of the last news of it."""
    if one.due_on is not None and one.due_on >= one.heard_on:
        return add_period(one.due_on, Period(-silence.months, -silence.days, -silence.working_days), frozenset())
    return one.heard_on
