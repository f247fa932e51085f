"""Where does each signatory stand? Its mandate, its signature of the convention and of the plan, what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.earlier import SIGNED
from domain.convention.state import CONVENTION, PLAN
from domain.values import Code, Evidence
from projections.how_a_convention_does.known import Known
from projections.saying import Reason, Status
from projections.what_was_taken_over import TakenOverAsOf
from projections.which_facts_do_not_count import act_awaited, why_not
from projections.which_signatures_are_missing import MandateGiven, SaidNo, SignatoryState


@dataclass(frozen=True)
class SignatureStanding:
    """The signature of one text: the first that counts, else the last given, with why it does not count.

    `counts_on` is given only when it counts from a later day than it was signed. `days_late`: for how many
    calendar days one that counts is late; 0 when in time.
    """

    status: Status
    signed_on: date | None = None
    counts_on: date | None = None
    reasons: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    days_late: int = 0


@dataclass(frozen=True)
class SignatoryStanding:
    """One partner expected to sign. `mandate`: its last decision to sign, `said_no`: not to, where that is its answer
    now; `act`: what its signature waits for."""

    signatory: SignatoryState
    mandate: MandateGiven | None
    said_no: SaidNo | None
    mandate_status: Status
    convention: SignatureStanding
    plan: SignatureStanding
    act: Code | None

    @property
    def partner_id(self) -> UUID:
        """The partner."""
        return self.signatory.partner_id


def signatories(known: Known) -> tuple[SignatoryStanding, ...]:
    """Every partner expected to sign, in the order of the opening."""
    return tuple(_standing(known, one) for one in known.signatures.signatories)


def _standing(known: Known, one: SignatoryState) -> SignatoryStanding:
    mandate = one.mandates[-1] if one.mandates else None
    cover = known.cover_awaited(one)
    said_no = _said_no(one, cover)
    late = [each for each in known.late if each.partner_id == one.partner_id]
    days_late = max((each.days_late for each in late if each.is_signature), default=0)
    begun = {
        each for signatory in known.signatures.signatories for given in signatory.signatures for each in given.covers
    }
    return SignatoryStanding(
        one,
        mandate,
        said_no,
        "watch" if said_no is not None else _mandate_status(one, mandate, is_late=len(late) > 0),
        _signature(one, CONVENTION, days_late if CONVENTION in begun else 0, known.taken_over),
        _signature(one, PLAN, days_late if PLAN in begun else 0, known.taken_over),
        act_awaited(one, cover) if cover is not None and not one.will_not_sign else None,
    )


def _said_no(one: SignatoryState, cover: Code | None) -> SaidNo | None:
    """The refusal or the withdrawal that is its answer about what it has not signed."""
    answer = one.no_to(cover) if cover is not None else None
    if cover is None or answer is None:
        return None
    return next((no for no in one.said_no if (no.outcome, no.on) == (answer.outcome, answer.on)), None)


def _mandate_status(one: SignatoryState, mandate: MandateGiven | None, *, is_late: bool) -> Status:
    """Of who had signed before a take-over nobody asks under which mandate."""
    if mandate is None:
        if one.signed_before:
            return "unknown"
        return "late" if is_late else "not-started"
    if mandate.irregularities and not mandate.fits:
        return "irregular"
    return "done" if mandate.fits and mandate.executory_on is not None else "watch"


def _signature(
    one: SignatoryState, cover: Code, days_late: int, before: TakenOverAsOf | None = None
) -> SignatureStanding:
    """`days_late`: for how long the partner is late, when others have signed what this covers."""
    given = [each for each in one.signatures if cover in each.covers]
    counting = min(
        (each for each in given if cover in each.counts_on), key=lambda each: each.counts_on[cover], default=None
    )
    if counting is not None:
        counts_on = counting.counts_on[cover]
        later = counts_on if counts_on > counting.signed_on else None
        return SignatureStanding("done", counting.signed_on, later, evidence=counting.evidence)
    if before is not None and one.signed_before:
        signed = before.of(SIGNED)
        if signed.on is None:
            return SignatureStanding("unknown")
        return SignatureStanding("done" if signed.evidence else "unproven", signed.on, evidence=signed.evidence)
    if given:
        last = given[-1]
        return SignatureStanding("irregular", last.signed_on, None, why_not(one, last), last.evidence, days_late)
    return SignatureStanding("late" if days_late else "not-started", days_late=days_late)
