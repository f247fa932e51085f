"""What is awaited although no deadline of the method runs for it? What nobody is reminded of is not "on time" for ever.

The method's deadlines start with facts: before an engagement, between a plan and the first signature, once all have
signed, none may run. What waits so for longer than the profile says is to be watched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_months
from domain.convention.diagnosis import RecordSharedDiagnosis
from domain.convention.forums import RecordForum
from domain.convention.opening import RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.state import PLAN
from projections.how_a_convention_does.known import Known
from projections.how_a_convention_does.possible import is_to_activate
from projections.saying import Said, Word
from projections.which_facts_do_not_count import fitting_mandates

OVER: Final = ("IN_FORCE", "EXPIRED", "CLOSED", "ANNULLED")
"""The phases in which no step of the method is awaited any more."""


@dataclass(frozen=True)
class Waiting:
    """What waits without a deadline, and from which day that is to be watched."""

    what: Said
    watched_from: date


def waiting(known: Known) -> Waiting | None:
    """What waits for the present step of a convention; None where a deadline runs for it, or nothing is awaited."""
    if known.phase in OVER:
        return None
    if known.plan_validated and known.missing_for(PLAN):
        return _signatures(known)
    for word, missing, command, after in _STEPS:
        if not _has(known, missing):
            runs = any(one.is_open for one in known.deadlines_for(command))
            since = _last_day(known, after)
            return None if runs or since is None else _waiting(known, Said(word=word, on=since), since)
    if is_to_activate(known) and known.standing.period is not None:
        signed_on = _last_day(known, ("convention-signed",))
        since = max(signed_on or date.min, known.standing.period.effective_from)
        return _waiting(known, Said(word="stalled-activation", on=since), since)
    return None


def stalled(known: Known) -> Said | None:
    """What has waited for so long without a deadline that it is to be watched."""
    found = waiting(known)
    return found.what if found is not None and found.watched_from <= known.today else None


_STEPS: Final[tuple[tuple[Word, str, str, tuple[str, ...]], ...]] = (
    ("stalled-engagement", "engagement-confirmed", RecordEngagement.NAME, ("convention-opened",)),
    ("stalled-diagnosis", "diagnosis-shared", RecordSharedDiagnosis.NAME, ("engagement-confirmed",)),
    ("stalled-forum", "forum-held", RecordForum.NAME, ("diagnosis-shared",)),
    ("stalled-priorities", "priority-chosen", ChoosePriority.NAME, ("forum-held", "priority-withdrawn")),
    ("stalled-plan", "action-plan-validated", ValidateActionPlan.NAME, ("priority-chosen", "priority-withdrawn")),
)
"""The steps in order: what is said of one that waits, the fact that reaches it, its act, the facts that it follows."""


def _has(known: Known, kind: str) -> bool:
    """Whether a step is reached, and nothing undid it since."""
    if kind == "priority-chosen":
        return bool(known.priorities)
    return known.plan_validated if kind == "action-plan-validated" else bool(known.facts(kind))


def _last_day(known: Known, kinds: Sequence[str]) -> date | None:
    return max((one.occurred_on for kind in kinds for one in known.facts(kind)), default=None)


def _waiting(known: Known, what: Said, since: date) -> Waiting:
    return Waiting(what, add_months(since, known.method.thresholds.stalled_months))


def _signatures(known: Known) -> Waiting | None:
    """The mandates that are missing, else the signatures, since the plan was validated."""
    missing = known.missing_for(PLAN)
    if any(one.is_open and one.partner_id in missing for one in known.sheet):
        return None
    since = _last_day(known, ("action-plan-validated",))
    if since is None:
        return None
    undecided = tuple(one for one in missing if not fitting_mandates(known.signatory(one), PLAN))
    word: Word = "stalled-mandates" if undecided else "stalled-signatures"
    partners: tuple[UUID, ...] = undecided or missing
    return _waiting(known, Said(word=word, partners=partners, on=since, count=len(partners)), since)
