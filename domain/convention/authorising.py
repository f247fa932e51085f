"""Mandates: a partner's own decision to sign, adopted, then executory (R13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from domain.convention.counting import (
    Mandate,
    Signing,
)
from domain.convention.deciding import ConventionCommand
from domain.convention.mandates import (
    MandateDoesNotFit,
)
from domain.convention.plan import check_covers
from domain.convention.state import COVERS, TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    DoesNotFit,
    Event,
    Level,
    UnknownReference,
    command,
    event,
    record_from,
)
from domain.method import MandateRule, MethodProfile
from domain.partners import NOT_A_SIGNATORY
from domain.values import Code, InvalidValue, Prose


@dataclass(frozen=True)
class ExecutoryBeforeAdoption(BrokenRule):
    """R13: a decision cannot be executory before it was adopted: one of the dates is mistaken."""

    RULE = "R13"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "executory_on"
    adopted_on: date
    executory_on: date


@dataclass(frozen=True)
class ExecutoryInFuture(BrokenRule):
    """R03: the day a decision became executory is a fact, and cannot be to come."""

    RULE = "R03"
    CODE = "bad-business-date"
    LEVEL = Level.HARD
    FIELD = "executory_on"
    executory_on: date
    today: date


@event("convention.mandate-recorded")
class MandateRecorded(Event):
    """A partner's own body adopted its decision on `occurred_on`; executory from `executory_on`, if known."""

    partner_id: UUID
    kind: Code
    covers: tuple[Code, ...]
    fits: bool
    executory_on: date | None
    executory_at: time | None
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None
    reference: Prose | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep it with the partner's others."""
        if not convention.withholds(self):
            Signing.of(convention).mandates.setdefault(self.partner_id, []).append(self.mandate)

    @property
    def mandate(self) -> Mandate:
        """What the rules look at."""
        return Mandate(
            self.kind, frozenset(self.covers), self.fits, self.occurred_on, self.executory_on, self.executory_at
        )


@dataclass(frozen=True, kw_only=True)
class OfPartner(ConventionCommand):
    """A record that belongs to one signatory (R33)."""

    partner_id: UUID
    covers: tuple[Code, ...] = COVERS

    def __post_init__(self) -> None:
        check_covers(self.covers, "covers")

    @property
    def acting_partner(self) -> UUID:
        """The partner may record it itself."""
        return self.partner_id

    def mandate_rule(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> MandateRule | None:
        """How this partner authorises its signature; unknown partners are refused."""
        signatory = state.signatories.get(self.partner_id)
        if signatory is None:
            case.broken(DoesNotFit("partner_id", str(self.partner_id), NOT_A_SIGNATORY))
            return None
        return profile.mandate_rule(signatory.kind)


@dataclass(frozen=True, kw_only=True)
class Voted(OfPartner):
    """What a partner's own body decided, by how many votes where they are known."""

    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("votes_for", "votes_against", "abstentions"):
            votes = getattr(self, name)
            if votes is not None and votes < 0:
                raise InvalidValue("negative-count", field=name)


def check_mandate_kind(kind: Code, rule: MandateRule | None, case: Case, profile: MethodProfile) -> bool:
    """Whether an act of this kind is the partner's own (R13); one that the method does not know is refused."""
    known = {kind for one in profile.mandate_rules for kind in one.mandate_kinds}
    case.breaks_if(kind not in known, UnknownReference("kind", kind))
    return rule is None or kind in rule.mandate_kinds


@command(TerritorialConvention, records=MandateRecorded, derived=("fits", "executory_on"))
@dataclass(frozen=True, kw_only=True)
class RecordMandate(Voted):
    """Record a partner's authorising decision; `occurred_on` is the day it was adopted.

    `executory_on`: the day it was published and transmitted, where the partner's acts must be; leave it empty
    until then and record the mandate again. Elsewhere it is executory when adopted.
    """

    kind: Code
    executory_on: date | None = None
    executory_at: time | None = None
    reference: Prose | None = None

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        rule = self.mandate_rule(state, case, profile)
        fits = check_mandate_kind(self.kind, rule, case, profile)
        case.breaks_if(
            self.executory_on is not None and self.executory_on < case.occurred_on,
            ExecutoryBeforeAdoption(case.occurred_on, self.executory_on or case.occurred_on),
        )
        today = case.context.today
        case.breaks_if(
            self.executory_on is not None and self.executory_on > today,
            ExecutoryInFuture(self.executory_on or today, today),
        )
        if rule is not None and not fits:
            case.broken(MandateDoesNotFit(self.partner_id, self.kind, rule.mandate_kinds))
        executory_on = self.executory_on
        if rule is not None and not rule.acts_must_be_transmitted:
            executory_on = executory_on or case.occurred_on
        new = Mandate(self.kind, frozenset(self.covers), fits, case.occurred_on, executory_on, self.executory_at)
        given = Signing.of(state).mandates.get(self.partner_id, [])
        case.breaks_if(new in given, AlreadyExists(str(self.partner_id)))
        self.settle(state, case)
        recorded = record_from(self, state, case, fits=fits, executory_on=executory_on)
        state.follow_up(case, recorded)
