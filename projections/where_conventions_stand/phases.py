"""When each phase was entered: derived from milestones and today (domain.md 2.1 and 4.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.convention.crossing import ForumsHeld
from domain.kernel import Irregularity, is_withheld
from domain.method import MethodProfile
from domain.values import (
    AnalysisSide,
    Attendance,
    Cell,
    Code,
    Evidence,
    Expertise,
    LocalId,
    Prose,
)
from projections.engine import (
    empty_convention,
)

NOT_COVERED = Code("NOT_COVERED")
PREPARATION = Code("PREPARATION")
DIAGNOSIS = Code("DIAGNOSIS")
FORUMS = Code("FORUMS")
PRIORITISATION = Code("PRIORITISATION")
PLANNING = Code("PLANNING")
SIGNING = Code("SIGNING")
IN_FORCE = Code("IN_FORCE")
EXPIRED = Code("EXPIRED")


@dataclass(frozen=True)
class Milestone:
    """One fact of the chain. `kind` is its topic without `ctg.convention.`; `facts` its payload, prose sealed."""

    event_id: UUID
    kind: Code
    occurred_on: date
    recorded_at: datetime
    actor_id: UUID
    actor_role: Code
    on_behalf_of: UUID | None
    reason: Prose | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    facts: dict[str, Any]

    @property
    def withheld(self) -> bool:
        """Whether it has no effect, whatever comes later (`domain.kernel.Event.withheld`)."""
        return is_withheld(self.irregularities)


PHASES = (PREPARATION, DIAGNOSIS, FORUMS, PRIORITISATION, PLANNING, SIGNING, IN_FORCE, EXPIRED)


def phases_reached(
    opened_on: date, effective_to: date, facts: Sequence[Milestone], profile: MethodProfile, today: date
) -> dict[Code, date]:
    """The day each phase was entered (its entry condition of domain.md 2.1), for those that were."""

    facts = [one for one in facts if not one.withheld]

    def first(*kinds: str) -> date | None:
        return min((one.occurred_on for one in facts if one.kind in kinds), default=None)

    entered: dict[Code, date | None] = {
        PREPARATION: opened_on,
        DIAGNOSIS: first("engagement-confirmed"),
        FORUMS: first("diagnosis-shared"),
        PRIORITISATION: _first_crossed_on(facts, profile),
        PLANNING: first("priority-chosen"),
        SIGNING: first("action-plan-validated", "signature-recorded", "mandate-recorded"),
        IN_FORCE: first("convention-activated"),
        EXPIRED: effective_to + timedelta(days=1) if today > effective_to else None,
    }
    return {phase: day for phase, day in entered.items() if day is not None}


def _first_crossed_on(facts: Sequence[Milestone], profile: MethodProfile) -> date | None:
    """The day a first theme was crossed by forums that count, or R06 was waived (R04, R07)."""
    forums = ForumsHeld.of(empty_convention())
    days: list[tuple[date, frozenset[Code]]] = []
    for one in facts:
        if one.kind == "diagnosis-shared":
            forums.share_diagnosis(one.occurred_on)
        elif one.kind == "waiver-granted" and one.facts["rule"] == "R04":
            forums.excuse(one.facts["subject"], date.fromisoformat(one.facts["expires_on"]))
        elif one.kind == "forum-held":
            themes = frozenset(Code(theme) for theme in one.facts["themes"])
            cells = frozenset(
                Cell(Expertise(cell["expertise"]), AnalysisSide(cell["side"])) for cell in one.facts["cells_covered"]
            )
            attendance = Attendance(**one.facts["attendance_by_expertise"])
            forums.hold(LocalId(one.facts["forum_id"]), one.occurred_on, one.facts["themes"], attendance, cells)
            days.append((one.occurred_on, themes))
    found = [one.occurred_on for one in facts if one.kind == "waiver-granted" and one.facts["rule"] == "R06"]
    for day, themes in days:
        if any(forums.missing_by(theme, profile, day) == (frozenset(), frozenset()) for theme in themes):
            found.append(day)
    return min(found, default=None)
