"""When each phase was entered: derived from milestones and today (domain.md 2.1 and 4.1)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from domain.calendar import add_days
from domain.convention import earlier
from domain.convention.activating import ConventionActivated
from domain.convention.authorising import MandateRecorded
from domain.convention.closed import Closing
from domain.convention.counting import Signing
from domain.convention.crossing import ForumsHeld
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.earlier import EarlierFacts
from domain.convention.opening import EngagementConfirmed
from domain.convention.saying_no import MandateRefused
from domain.convention.signing import SignatureRecorded
from domain.convention.state import TerritorialConvention
from domain.convention.themes import to_cross
from domain.convention.waivers import WaiverGranted
from domain.kernel import Event
from domain.values import Code
from projections import what_still_stands
from projections.engine import Dossier
from projections.which_themes_are_crossed import crossed_on

NOT_COVERED = Code("NOT_COVERED")
UNKNOWN = Code("UNKNOWN")
ANNULLED = Code("ANNULLED")
"""Of a convention that was opened by mistake."""
"""A convention that cannot be read now."""
PREPARATION = Code("PREPARATION")
DIAGNOSIS = Code("DIAGNOSIS")
FORUMS = Code("FORUMS")
PRIORITISATION = Code("PRIORITISATION")
PLANNING = Code("PLANNING")
SIGNING = Code("SIGNING")
IN_FORCE = Code("IN_FORCE")
EXPIRED = Code("EXPIRED")
CLOSED = Code("CLOSED")
_ENTERED_BY: Final = {
    earlier.ENGAGEMENT: DIAGNOSIS,
    earlier.DIAGNOSIS: FORUMS,
    earlier.FORUMS: PRIORITISATION,
    earlier.PRIORITIES: PLANNING,
    earlier.PLAN: SIGNING,
}
"""The phase that each milestone of before a take-over opened."""
PHASES = (PREPARATION, DIAGNOSIS, FORUMS, PRIORITISATION, PLANNING, SIGNING, IN_FORCE, EXPIRED, CLOSED)


def phases_reached(dossier: Dossier, today: date) -> dict[Code, date]:
    """The day each phase was entered (its entry condition of domain.md 2.1), for those that were."""

    def first(*kinds: type[Event]) -> date | None:
        return min([one.occurred_on for kind in kinds for one in dossier.effective(kind)], default=None)

    state = dossier.convention
    ends_on = state.period.effective_to
    entered: dict[Code, date | None] = {
        PREPARATION: state.opened_on,
        DIAGNOSIS: first(EngagementConfirmed),
        FORUMS: first(DiagnosisShared),
        PRIORITISATION: _first_crossed_on(dossier),
        PLANNING: _first_of(what_still_stands.choices(dossier)),
        SIGNING: min(
            (
                day
                for day in (
                    _first_of(what_still_stands.plans(dossier)),
                    first(SignatureRecorded, MandateRecorded, MandateRefused),
                )
                if day
            ),
            default=None,
        ),
        IN_FORCE: first(ConventionActivated),
        EXPIRED: add_days(ends_on, 1) if today > ends_on else None,
        CLOSED: Closing.of(state).closed_on,
    }
    for phase, day in _known_before(state).items():
        entered[phase] = min(day, entered[phase] or day)
    return {phase: day for phase, day in entered.items() if day is not None}


def _known_before(state: TerritorialConvention) -> dict[Code, date]:
    """The phases that a convention taken over had entered, as far as known (R34); it is in force in any case."""
    if state.taken_over_on is None:
        return {}
    known = EarlierFacts.of(state).known_on
    days = {phase: known[fact] for fact, phase in _ENTERED_BY.items() if fact in known}
    return {**days, IN_FORCE: Signing.of(state).activated_on or state.taken_over_on}


def _first_of(standing: what_still_stands.Standing[Any]) -> date | None:
    return min((one.occurred_on for one in standing.facts), default=None)


def _first_crossed_on(dossier: Dossier) -> date | None:
    """The day a first theme was crossed by forums that count, or R06 was waived (R04, R07)."""
    waived = (one.occurred_on for one in dossier.effective(WaiverGranted) if one.rule == "R06")
    convention = dossier.convention
    themes = to_cross(convention, ForumsHeld.of(convention).themes, dossier.method)
    crossed = (crossed_on(dossier, theme) for theme in themes)
    return min((*waived, *(day for day in crossed if day is not None)), default=None)
