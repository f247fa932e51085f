"""The list of signatories, changed by the steering committee before the signature: required, optional, will not sign
(R15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.cited_decisions import check_decision, decision_awaited
from domain.convention.counting import Signing, counted_signatures
from domain.convention.deciding import ConventionCommand
from domain.convention.state import COVERS, Signatory, TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    DoesNotFit,
    Event,
    Level,
    Surroundings,
    command,
    event,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.partners import NOT_A_SIGNATORY, Partner
from domain.steering import SIGNATORIES_CHANGED, DecisionReference
from domain.values import Code, InvalidValue, Prose

REQUIRED: Final = Code("REQUIRED")
OPTIONAL: Final = Code("OPTIONAL")
WILL_NOT_SIGN: Final = Code("WILL_NOT_SIGN")
EXPECTATIONS: Final = (REQUIRED, OPTIONAL, WILL_NOT_SIGN)
"""What is expected of a partner: the plan waits for it, or does not, or nothing at all."""


@dataclass(frozen=True)
class SignatoriesAreSettled(BrokenRule):
    """R22: once every required signatory has signed all, an amendment changes who is required and who joins.

    That an optional one will not sign changes nothing of what is signed.
    """

    RULE = "R22"
    CODE = "amendment-needs-signatures"
    LEVEL = Level.HARD


@dataclass(frozen=True)
class SignatoryHasSigned(BrokenRule):
    """R15: nobody decides that a partner will not sign what it has signed."""

    RULE = "R15"
    LEVEL = Level.HARD
    FIELD = "expectation"
    partner_id: UUID


@dataclass(frozen=True)
class NoRequiredSignatory(BrokenRule):
    """R15: somebody has to be required, else nothing would ever say that all have signed."""

    RULE = "R15"
    LEVEL = Level.HARD
    FIELD = "expectation"
    partner_id: UUID


@event("convention.signatory-changed")
class SignatoryChanged(Event):
    """The committee decided on `occurred_on` what is expected of a partner, or of one that joins, and why."""

    partner_id: UUID
    kind: Code
    expectation: Code
    motive: Prose
    decided_in: DecisionReference

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep it in the list, whatever is expected of it: what it signs all the same is a fact."""
        known = convention.signatories.get(self.partner_id)
        required = self.expectation == REQUIRED
        convention.signatories[self.partner_id] = Signatory(self.partner_id, self.kind, required)
        signing = Signing.of(convention)
        if self.expectation == WILL_NOT_SIGN:
            signing.will_not_sign.add(self.partner_id)
        else:
            signing.will_not_sign.discard(self.partner_id)
        if known is not None and known.required and not required:
            signing.relaxed_on = max(self.occurred_on, signing.relaxed_on or self.occurred_on)


@command(TerritorialConvention, records=SignatoryChanged, derived=("kind",))
@dataclass(frozen=True, kw_only=True)
class ChangeSignatory(ConventionCommand):
    """Change what is expected of a signatory, or add one. When nobody required is missing any more, all is signed."""

    partner_id: UUID
    expectation: Code
    motive: Prose
    decided_in: DecisionReference

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")
        if self.expectation not in EXPECTATIONS:
            raise InvalidValue("unknown-code", field="expectation", value=self.expectation, allowed=EXPECTATIONS)

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R22: once all is signed, with nobody whose signature is optional."""
        optional = any(not one.required for one in state.signatories.values())
        case.breaks_if(_is_settled(state) and not optional, SignatoriesAreSettled())

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A decision of the committee."""
        decision_awaited(case, around, SIGNATORIES_CHANGED, state.home_territory_id, profile.deciding_bodies)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        partner = case.find(Partner, self.partner_id, "partner_id")
        known = state.signatories.get(self.partner_id)
        if known is None:
            stranger = self.expectation == WILL_NOT_SIGN
            case.breaks_if(stranger, DoesNotFit("partner_id", str(self.partner_id), NOT_A_SIGNATORY))
        else:
            case.breaks_if(expectation_of(state, known) == self.expectation, AlreadyExists(str(self.partner_id)))
        optional = [one for one in state.signatories.values() if not one.required]
        substantial = self.expectation == REQUIRED or known not in optional
        case.breaks_if(_is_settled(state) and optional and substantial, SignatoriesAreSettled())
        signed = any(self.partner_id in counted_signatures(state, cover) for cover in COVERS)
        case.breaks_if(self.expectation == WILL_NOT_SIGN and signed, SignatoryHasSigned(self.partner_id))
        others = any(one.required for one in state.signatories.values() if one.partner_id != self.partner_id)
        case.breaks_if(self.expectation != REQUIRED and not others, NoRequiredSignatory(self.partner_id))
        check_decision(case, self.decided_in, SIGNATORIES_CHANGED, state.home_territory_id, profile.deciding_bodies)
        self.settle(state, case)
        assert partner is not None
        changed = record_from(self, state, case, kind=partner.kind)
        state.follow_up(case, changed)


def expectation_of(convention: TerritorialConvention, signatory: Signatory) -> Code:
    """What is expected of a signatory."""
    if signatory.partner_id in Signing.of(convention).will_not_sign:
        return WILL_NOT_SIGN
    return REQUIRED if signatory.required else OPTIONAL


def _is_settled(convention: TerritorialConvention) -> bool:
    """Whether every required signatory has signed the convention and its plan."""
    return all(cover in Signing.of(convention).signed_on for cover in COVERS)
