"""Which facts do not count yet, why, and which act mends them?

A fact of the world is recorded whatever it breaks; what the rules withhold is its effect, until it is regularised.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.authorising import MandateRecorded, RecordMandate
from domain.convention.complete_reviews import ReviewIncomplete, ReviewOutsideCommittee, ReviewWithoutMinutes
from domain.convention.counting import REFUSED, TextMismatch
from domain.convention.mandates import MandateDoesNotFit, MandateIsWithdrawn, MandateMissing, MandateNotExecutory
from domain.convention.reviewed import INCOMPLETE, NOT_A_PERIOD, NOT_ENDING, NOT_SIGNED
from domain.convention.reviews import RecordReview, does_not_count
from domain.convention.saying_no import MandateRefused
from domain.convention.signing import RecordSignature, SignatureRecorded
from domain.kernel import BrokenRule, DatedBeforeOpening, Irregularity
from domain.values import Code
from projections.saying import Reason
from projections.what_reviews_saw import Review
from projections.where_conventions_stand import Milestone
from projections.which_act_brings_it import ACT_OF
from projections.which_signatures_are_missing import (
    MandateGiven,
    SignatoryState,
    SignatureGiven,
    SignatureSheet,
)

CONVENTION_TOPIC: Final = "ctg.convention."
"""What a milestone's kind leaves out of its topic."""

_SIGNED: Final = SignatureRecorded.TOPIC.removeprefix(CONVENTION_TOPIC)

ANSWERS: Final = frozenset(one.TOPIC.removeprefix(CONVENTION_TOPIC) for one in (MandateRecorded, MandateRefused))
"""Kinds of facts by which a partner's own body answers: one that does not fit is replaced by a mandate that does."""
ONCE: Final = frozenset({"engagement-confirmed", "diagnosis-shared", "action-plan-validated", "convention-activated"})
"""Kinds of facts of which a later one, when it counts, stands in for one that does not."""

RULE_OF: Final = {
    rule.CODE: rule.RULE
    for rule in (
        DatedBeforeOpening,
        TextMismatch,
        MandateMissing,
        MandateDoesNotFit,
        MandateIsWithdrawn,
        MandateNotExecutory,
    )
}
"""The rule behind each reason why a signature does not count."""

BEFORE_MANDATE: Final = Code("before-mandate")
BEFORE_MANDATE_EXECUTORY: Final = Code("before-mandate-executory")
NOT_EXECUTORY: Final = Code("not-executory")
"""Cases of a signature given too early: before its mandate, whose day may be another; under one not executory yet."""
REVIEW_CASES: Final = {
    one: Code(f"review-{one.lower().replace('_', '-')}") for one in (NOT_SIGNED, NOT_A_PERIOD, NOT_ENDING)
}
"""Cases of a review that does not count (R20)."""
INCOMPLETE_REVIEW: Final = Code("review-incomplete")
OUTSIDE_COMMITTEE: Final = Code("review-outside-committee")
WITHOUT_MINUTES: Final = Code("review-without-minutes")
"""Cases of a review that lacks something to be complete (R21)."""
_INCOMPLETE_CASES: Final[Mapping[type[BrokenRule], Code]] = {
    ReviewOutsideCommittee: OUTSIDE_COMMITTEE,
    ReviewWithoutMinutes: WITHOUT_MINUTES,
}
UNFIT: Final = Code("mandate-unfit")
UNDER_UNFIT: Final = Code("under-unfit-mandate")
"""Cases of an act that is not one by which the partner decides: recorded as its mandate; a signature given under it."""
AFTER_REFUSAL: Final = Code("after-refusal")
AFTER_WITHDRAWAL: Final = Code("after-withdrawal")
"""Cases of a signature given although the partner's own body had refused it, or had withdrawn its mandate."""


@dataclass(frozen=True)
class Withheld:
    """A fact that does not count, or not in all it covers: why, and the act that mends it where one does."""

    event_id: UUID
    kind: Code
    occurred_on: date
    reasons: tuple[Reason, ...]
    act: Code | None
    partner_id: UUID | None
    covers: tuple[Code, ...]


def withheld(
    milestones: Sequence[Milestone],
    counting: Container[str],
    signatures: SignatureSheet,
    reviews: Iterable[Review],
) -> tuple[Withheld, ...]:
    """The facts whose effect is withheld, in order; one leaves the list once all that it covers takes effect.

    `counting`: the forums that count.
    """
    given = {each.event_id: (one, each) for one in signatures.signatories for each in one.signatures}
    states = {one.partner_id: one for one in signatures.signatories}
    done = {one.event_id: one for one in reviews}
    standing_in = {fact.kind for fact in milestones if fact.kind in ONCE and not fact.withheld}
    found = []
    for fact in milestones:
        if fact.kind == _SIGNED and fact.event_id in given:
            signatory, signature = given[fact.event_id]
            if is_withheld(signatory, signature):
                found.append(_signature(fact, signatory, signature))
        elif fact.event_id in done and not fact.withheld:
            review = done[fact.event_id]
            if review.cause is not None and review.replaced_by is None:
                found.append(_withheld(fact, (reason_of(review, review.cause),), RecordReview.NAME, None))
        elif fact.irregularities and fact.kind not in standing_in and not _takes_effect(fact, counting, states):
            act = ACT_OF.get(f"{CONVENTION_TOPIC}{fact.kind}")
            reasons = tuple(_of_answer(fact, one, states) for one in marks(fact.irregularities))
            found.append(_withheld(fact, reasons, act, _partner_of(fact)))
    return tuple(found)


def marks(irregularities: Iterable[Irregularity]) -> tuple[Reason, ...]:
    """The irregularities that a fact was recorded with."""
    return tuple(Reason(mark.rule, mark.code) for mark in irregularities)


def is_withheld(signatory: SignatoryState, signature: SignatureGiven) -> bool:
    """Whether something that a signature covers is not signed yet: neither by it nor by a later one."""
    return not all(cover in signature.counts_on or signatory.signed_on.get(cover) for cover in signature.covers)


def _takes_effect(fact: Milestone, counting: Container[str], states: Mapping[UUID, SignatoryState]) -> bool:
    """Whether a fact recorded as irregular counts all the same by now: its forum does, its mandate was replaced."""
    if fact.facts.get("forum_id") in counting:
        return True
    partner_id = _partner_of(fact)
    if fact.kind in ANSWERS and partner_id is not None and partner_id in states:
        return all(fitting_mandates(states[partner_id], cover) for cover in _covers_of(fact))
    return False


def _withheld(fact: Milestone, reasons: tuple[Reason, ...], act: str | None, partner_id: UUID | None) -> Withheld:
    mends = Code(act) if act is not None else None
    return Withheld(fact.event_id, fact.kind, fact.occurred_on, reasons, mends, partner_id, _covers_of(fact))


def _partner_of(fact: Milestone) -> UUID | None:
    partner_id = fact.facts.get("partner_id")
    return UUID(str(partner_id)) if partner_id is not None else None


def _covers_of(fact: Milestone) -> tuple[Code, ...]:
    return tuple(map(Code, fact.facts.get("covers", ())))


def _of_answer(fact: Milestone, reason: Reason, states: Mapping[UUID, SignatoryState]) -> Reason:
    """Why the answer of a partner's own body does not count, with the acts that would fit; any other fact as marked."""
    partner_id = _partner_of(fact)
    if reason.code != MandateDoesNotFit.CODE or partner_id is None or partner_id not in states:
        return reason
    fitting = states[partner_id].mandate_kinds
    return replace(reason, case=UNFIT, adopted_on=fact.occurred_on, kind=fact.facts["kind"], fitting=fitting)


# --- signatures -------------------------------------------------------------------------------------------------------


def fitting_mandates(signatory: SignatoryState, cover: Code) -> tuple[MandateGiven, ...]:
    """The partner's own decisions that may let it sign this, oldest first; those withdrawn may not."""
    return tuple(
        one for one in signatory.mandates if one.fits and cover in one.covers and cover not in one.withdrawn_on
    )


def mandate_to_date(signatory: SignatoryState, cover: Code) -> MandateGiven | None:
    """The decision that a partner's signature of this waits for, where only the day it became executory is missing."""
    mandates = fitting_mandates(signatory, cover)
    if act_awaited(signatory, cover) != RecordMandate.NAME:
        return None
    return next((one for one in reversed(mandates) if one.executory_on is None), None)


def act_awaited(signatory: SignatoryState, cover: Code) -> Code:
    """What the partner's signature of this waits for: a mandate or the day it becomes executory, else a signature."""
    mandates = fitting_mandates(signatory, cover)
    given = [one for one in signatory.signatures if cover in one.covers]
    if not mandates or (given and given[-1].why_not == (MandateNotExecutory.CODE,)):
        return Code(RecordMandate.NAME)
    executory = any(one.executory_on is not None for one in mandates)
    return Code(RecordSignature.NAME if given or executory else RecordMandate.NAME)


def why_not(signatory: SignatoryState, signature: SignatureGiven) -> tuple[Reason, ...]:
    """Why a signature does not count: what was true when it was given, and what mends it."""
    return tuple(_reason(code, signatory, signature) for code in signature.why_not)


def _reason(code: Code, signatory: SignatoryState, signature: SignatureGiven) -> Reason:
    rule, signed = Code(RULE_OF[code]), signature.signed_on
    mandates = [one for one in signatory.mandates if one.fits and set(signature.covers) & set(one.covers)]
    if code == MandateIsWithdrawn.CODE:
        days = [day for one in mandates for day in one.withdrawn_on.values()]
        return Reason(rule, code, AFTER_WITHDRAWAL, signed, answered_on=max(days, default=None))
    refused = [one.on for one in signatory.said_no if one.outcome == REFUSED and one.on <= signed]
    if code == MandateMissing.CODE and refused and not mandates:
        return Reason(rule, code, AFTER_REFUSAL, signed, answered_on=refused[-1])
    if code == MandateDoesNotFit.CODE:
        unfit = [one for one in signatory.mandates if not one.fits and one.adopted_on <= signed][-1]
        reason = Reason(rule, code, UNDER_UNFIT, signed, unfit.adopted_on)
        return replace(reason, kind=unfit.kind, fitting=signatory.mandate_kinds)
    if code == MandateMissing.CODE and mandates:
        last = mandates[-1]
        if last.executory_on is not None and last.executory_on != last.adopted_on:
            return Reason(rule, code, BEFORE_MANDATE_EXECUTORY, signed, last.adopted_on, last.executory_on)
        return Reason(rule, code, BEFORE_MANDATE, signed, last.adopted_on)
    if code == MandateNotExecutory.CODE and mandates:
        adopted = [one.adopted_on for one in mandates if one.adopted_on <= signed and one.executory_on is None]
        return Reason(rule, code, NOT_EXECUTORY, signed, adopted[-1])
    if code == DatedBeforeOpening.CODE:
        return Reason(rule, code)
    return Reason(rule, code, code, signed)


def _signature(fact: Milestone, signatory: SignatoryState, signature: SignatureGiven) -> Withheld:
    lacking = [cover for cover in signature.covers if not signatory.signed_on.get(cover)]
    act = act_awaited(signatory, lacking[0]) if lacking else None
    return _withheld(fact, why_not(signatory, signature), act, signatory.partner_id)


# --- reviews ----------------------------------------------------------------------------------------------------------


def reviews_not_counting(reviews: Iterable[Review]) -> dict[UUID, BrokenRule]:
    """For each review that does not count today, by its event: which rule keeps it from counting (R20, R21).

    One that was done again is not told: the other one counts.
    """
    return {
        one.event_id: _broken_by(one, one.cause) for one in reviews if one.cause is not None and one.replaced_by is None
    }


def _broken_by(review: Review, cause: Code) -> BrokenRule:
    if cause != INCOMPLETE:
        return does_not_count(review.period, cause, review.counts_from)
    lacking = review.lacking
    if lacking.body_kind is not None:
        return ReviewOutsideCommittee(lacking.body_kind)
    if lacking.minutes_due_on is not None:
        return ReviewWithoutMinutes(review.held_on, lacking.minutes_due_on)
    return ReviewIncomplete(lacking.sheets)


def reason_of(review: Review, cause: Code) -> Reason:
    """Why a review does not count, as what is told of facts says it."""
    rule = _broken_by(review, cause)
    if cause == INCOMPLETE:
        case = _INCOMPLETE_CASES.get(type(rule), INCOMPLETE_REVIEW)
    else:
        case = REVIEW_CASES[cause]
    return Reason(Code(rule.RULE), Code(rule.CODE), case, review.held_on, counts_from=review.counts_from)
