"""Waivers: a rule of the method set aside by the committee, for a reason and until a day (R30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.cited_decisions import check_decision, decision_awaited
from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import ConventionCommand
from domain.convention.state import TerritorialConvention
from domain.convention.themes import every_theme, to_cross
from domain.convention.waived import Waiver, WaiversGranted
from domain.kernel import (
    BrokenRule,
    Case,
    EndsBeforeStart,
    Event,
    Level,
    Surroundings,
    UnknownReference,
    command,
    event,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.steering import WAIVER, DecisionReference
from domain.values import Code, LocalId, Prose


@dataclass(frozen=True)
class NotWaivable(BrokenRule):
    """R30: only rules that the method lists may be waived."""

    RULE = "R30"
    LEVEL = Level.HARD
    FIELD = "rule"
    waived_rule: Code
    waivable: tuple[Code, ...]


@event("convention.waiver-granted")
class WaiverGranted(Event):
    """The committee set a rule aside: for one subject (a theme, a forum) or all, why, decided where, until when."""

    rule: Code
    subject: Code | None
    motive: Prose
    decided_in: DecisionReference
    expires_on: date

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep it in force until it expires."""
        waiver = Waiver(self.rule, self.subject, self.occurred_on, self.expires_on)
        WaiversGranted.of(convention).waivers.append(waiver)
        if self.rule == "R04":
            subject = None if self.subject is None else LocalId(self.subject)
            ForumsHeld.of(convention).excuse(subject, self.expires_on)


@command(TerritorialConvention, records=WaiverGranted)
@dataclass(frozen=True, kw_only=True)
class GrantWaiver(ConventionCommand):
    """Set a rule aside; `subject` limits it to a theme (R06) or a forum (R04), nothing means the whole convention."""

    rule: Code
    subject: Code | None = None
    motive: Prose
    decided_in: DecisionReference
    expires_on: date

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A decision of the committee itself (R30)."""
        deciding = profile.deciding_bodies
        decision_awaited(case, around, WAIVER, state.home_territory_id, deciding, by_mandated_body=False)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        check_decision(
            case,
            self.decided_in,
            WAIVER,
            state.home_territory_id,
            profile.deciding_bodies,
            by_mandated_body=False,
        )
        if self.subject is not None:
            known = (self.rule == "R04" and ForumsHeld.of(state).knows(self.subject)) or (
                self.rule == "R06" and self.subject in to_cross(state, every_theme(state, profile), profile)
            )
            case.breaks_if(not known, UnknownReference("subject", self.subject))
        ends_before = EndsBeforeStart("expires_on", case.occurred_on, self.expires_on)
        case.breaks_if(self.expires_on < case.occurred_on, ends_before)
        case.breaks_if(not profile.is_waivable(self.rule), NotWaivable(self.rule, profile.waivable_rules))
        self.settle(state, case)
        record_from(self, state, case)
