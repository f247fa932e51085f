"""Partners that say no: their own body refuses the mandate, or withdraws one that it had given (R13).

Both are facts. A refusal lets nothing count and may be voted again; a withdrawal lets nothing count that is signed
after it, and undoes no contract that was signed before.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.convention.authorising import OfPartner, Voted, check_mandate_kind
from domain.convention.counting import Refusal, Signing, Withdrawal, withdrawn_by
from domain.convention.deciding import NothingToTakeBack
from domain.convention.mandates import MandateDoesNotFit, WithdrawnBeforeAdoption
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    Case,
    DoesNotFit,
    Event,
    Surroundings,
    command,
    event,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.values import Code, Prose


@event("convention.mandate-refused")
class MandateRefused(Event):
    """A partner's own body refused on `occurred_on` to let it sign: what, by how many votes where they are known."""

    partner_id: UUID
    kind: Code
    covers: tuple[Code, ...]
    fits: bool
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None
    reference: Prose | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the answer; another body than the partner's own does not answer for it."""
        if not convention.withholds(self) and self.fits:
            refusal = Refusal(frozenset(self.covers), self.occurred_on)
            Signing.of(convention).refusals.setdefault(self.partner_id, []).append(refusal)


@event("convention.mandate-withdrawn")
class MandateWithdrawn(Event):
    """A partner's own body withdrew on `occurred_on` the mandates it had given before, and why."""

    partner_id: UUID
    covers: tuple[Code, ...]
    motive: Prose
    reference: Prose | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep it: which mandates it ends is a matter of days."""
        if not convention.withholds(self):
            withdrawal = Withdrawal(frozenset(self.covers), self.occurred_on)
            Signing.of(convention).withdrawals.setdefault(self.partner_id, []).append(withdrawal)


NO_MANDATE = Code("NO_MANDATE")
"""Why nothing of it is withdrawn: no mandate about it stands."""


@command(TerritorialConvention, records=MandateRefused, derived=("fits",))
@dataclass(frozen=True, kw_only=True)
class RecordMandateRefusal(Voted):
    """Record that a partner's own body refused; `occurred_on` is the day of its vote. It may be voted again."""

    kind: Code
    reference: Prose | None = None

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        rule = self.mandate_rule(state, case, profile)
        fits = check_mandate_kind(self.kind, rule, case, profile)
        if rule is not None and not fits:
            case.broken(MandateDoesNotFit(self.partner_id, self.kind, rule.mandate_kinds))
        new = Refusal(frozenset(self.covers), case.occurred_on)
        case.breaks_if(new in Signing.of(state).refusals.get(self.partner_id, ()), AlreadyExists(str(self.partner_id)))
        self.settle(state, case)
        record_from(self, state, case, fits=fits)


@command(TerritorialConvention, records=MandateWithdrawn)
@dataclass(frozen=True, kw_only=True)
class RecordMandateWithdrawal(OfPartner):
    """Record that a partner's own body withdrew its mandate; `occurred_on` is the day it decided so."""

    motive: Prose
    reference: Prose | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        required_text(self.motive, "motive")

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A mandate that is not withdrawn yet."""
        given = Signing.of(state).mandates
        standing = any(
            withdrawn_by(state, partner_id, mandate, cover) is None
            for partner_id, mandates in given.items()
            for mandate in mandates
            for cover in mandate.covers
        )
        case.breaks_if(not standing, NothingToTakeBack("partner_id"))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        known = self.mandate_rule(state, case, profile) is not None
        new = Withdrawal(frozenset(self.covers), case.occurred_on)
        case.breaks_if(
            new in Signing.of(state).withdrawals.get(self.partner_id, ()), AlreadyExists(str(self.partner_id))
        )
        given = [
            one for one in Signing.of(state).mandates.get(self.partner_id, ()) if one.adopted_on < case.occurred_on
        ]
        for cover in self.covers:
            standing = any(
                cover in one.covers and withdrawn_by(state, self.partner_id, one, cover) is None for one in given
            )
            if known and not standing:
                self._nothing_stands(state, case, cover)
        self.settle(state, case)
        record_from(self, state, case)

    def _nothing_stands(self, state: TerritorialConvention, case: Case, cover: Code) -> None:
        """Why nothing about a cover is withdrawn that day: it was adopted later, or there is no mandate."""
        days = [one.adopted_on for one in Signing.of(state).mandates.get(self.partner_id, ()) if cover in one.covers]
        later = [day for day in days if day >= case.occurred_on]
        if later:
            case.broken(WithdrawnBeforeAdoption(self.partner_id, min(later), case.occurred_on))
        else:
            case.broken(DoesNotFit("covers", cover, NO_MANDATE))
