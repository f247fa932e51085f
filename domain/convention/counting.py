"""Which signatures count (R13, R14), and what follows when the last required one does (R15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from domain.convention.closed import Closing
from domain.convention.extended import ExtensionTooLate, lapses_on
from domain.convention.mandates import MandateDoesNotFit, MandateIsWithdrawn, MandateMissing, MandateNotExecutory
from domain.convention.state import CONVENTION, COVERS, PLAN, TerritorialConvention
from domain.convention.texts import SignaturesVoided, TextsAdopted
from domain.kernel import BrokenRule, Case, Event, Level, Part, event, part
from domain.values import Code, Sha256, ValidityPeriod


@dataclass(frozen=True)
class TextMismatch(BrokenRule):
    """R14: the signed text is not the adopted one."""

    RULE = "R14"
    LEVEL = Level.IRREGULAR
    FIELD = "text_sha256"
    partner_id: UUID
    text_sha256: str


@dataclass(frozen=True)
class Mandate:
    """A partner's own decision to sign; `executory_on` is when it may take effect, None while unknown."""

    kind: Code
    covers: frozenset[Code]
    fits: bool
    adopted_on: date
    executory_on: date | None
    executory_at: time | None


ADOPTED = Code("ADOPTED")
REFUSED = Code("REFUSED")
WITHDRAWN = Code("WITHDRAWN")


@dataclass(frozen=True)
class Refusal:
    """A partner's own body refused to let it sign."""

    covers: frozenset[Code]
    refused_on: date


@dataclass(frozen=True)
class Withdrawal:
    """A partner's own body withdrew the decisions to sign that it had taken before."""

    covers: frozenset[Code]
    withdrawn_on: date


@dataclass(frozen=True)
class AnswerGiven:
    """What a partner's own body answered last about one cover: ADOPTED, REFUSED or WITHDRAWN, and when."""

    outcome: Code
    on: date


@dataclass(frozen=True)
class Signature:
    """A partner's signature of one text."""

    partner_id: UUID
    covers: frozenset[Code]
    text_sha256: str
    signed_on: date
    signed_at: time | None


@part(TerritorialConvention, "signing")
@dataclass
class Signing(Part):
    """The mandates of each partner, what it refused or withdrew, the signatures given, and for each cover the day on
    which the last required one counted; the day the convention entered into force.

    `will_not_sign`: who is expected no more; `relaxed_on`: since when somebody who was required is not.
    `taken_over`: who had signed everything when the convention was taken over (R34), and since when at the latest.
    """

    mandates: dict[UUID, list[Mandate]] = field(default_factory=dict)
    refusals: dict[UUID, list[Refusal]] = field(default_factory=dict)
    withdrawals: dict[UUID, list[Withdrawal]] = field(default_factory=dict)
    signatures: list[Signature] = field(default_factory=list)
    signed_on: dict[Code, date] = field(default_factory=dict)
    activated_on: date | None = None
    will_not_sign: set[UUID] = field(default_factory=set)
    relaxed_on: date | None = None
    taken_over: dict[UUID, date] = field(default_factory=dict)


@event("convention.convention-signed")
class ConventionSigned(Event):
    """The last required signature of the convention counts. A consequence, once."""

    DERIVED = True

    signed_by: tuple[UUID, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the day."""
        Signing.of(convention).signed_on[CONVENTION] = self.occurred_on


@event("convention.action-plan-signed")
class ActionPlanSigned(Event):
    """The last required signature of the plan counts. A consequence, once."""

    DERIVED = True

    plan_version: Sha256
    signed_by: tuple[UUID, ...]
    period: ValidityPeriod

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the day."""
        Signing.of(convention).signed_on[PLAN] = self.occurred_on


@dataclass(frozen=True)
class Counted:
    """A signature that counts for one cover, and from which day."""

    signature: Signature
    counts_on: date


def is_executory(mandate: Mandate, signature: Signature) -> bool:
    """Whether the mandate could take effect when the signature was given.

    On one same day the hours decide when both are known, otherwise the day is ordinary (R13).
    """
    if mandate.executory_on is None or mandate.executory_on > signature.signed_on:
        return False
    if mandate.executory_on < signature.signed_on or mandate.executory_at is None or signature.signed_at is None:
        return True
    return mandate.executory_at <= signature.signed_at


def withdrawn_by(convention: TerritorialConvention, partner_id: UUID, mandate: Mandate, cover: Code) -> date | None:
    """The day on which a mandate was withdrawn for one cover, None while it stands.

    One adopted the same day stands: a council withdraws its decision and takes another in one sitting.
    """
    days = (
        one.withdrawn_on
        for one in Signing.of(convention).withdrawals.get(partner_id, ())
        if cover in one.covers and mandate.adopted_on < one.withdrawn_on
    )
    return min(days, default=None)


def last_answer(convention: TerritorialConvention, partner_id: UUID, cover: Code) -> AnswerGiven | None:
    """What a partner's own body answered last about one cover, None before it did."""
    signing = Signing.of(convention)
    given = [(one.refused_on, 0, REFUSED) for one in signing.refusals.get(partner_id, ()) if cover in one.covers]
    for mandate in signing.mandates.get(partner_id, ()):
        if mandate.fits and cover in mandate.covers:
            given.append((mandate.adopted_on, 2, ADOPTED))
            if (day := withdrawn_by(convention, partner_id, mandate, cover)) is not None:
                given.append((day, 1, WITHDRAWN))
    if not given:
        return None
    day, _, outcome = max(given)
    return AnswerGiven(outcome, day)


def resumed_on(convention: TerritorialConvention, partner_id: UUID, cover: Code) -> date | None:
    """The day on which a partner that had said no about one cover decided to sign after all; None for all others."""
    answer = last_answer(convention, partner_id, cover)
    if answer is None or answer.outcome != ADOPTED:
        return None
    signing = Signing.of(convention)
    said_no = any(cover in one.covers for one in signing.refusals.get(partner_id, ()))
    said_no = said_no or any(cover in one.covers for one in signing.withdrawals.get(partner_id, ()))
    return answer.on if said_no else None


def _lets_sign(convention: TerritorialConvention, mandate: Mandate, signature: Signature, cover: Code) -> bool:
    """Whether a mandate was not withdrawn too soon for a signature: before it was given, or before it could count.

    What was signed before is a contract, which a withdrawal does not undo.
    """
    day = withdrawn_by(convention, signature.partner_id, mandate, cover)
    if day is None:
        return True
    return signature.signed_on <= day and mandate.executory_on is not None and mandate.executory_on <= day


def _decided_before(convention: TerritorialConvention, signature: Signature, cover: Code) -> list[Mandate]:
    """The mandates adopted on or before the day of a signature, withdrawn or not, that fit the partner."""
    return [
        one
        for one in Signing.of(convention).mandates.get(signature.partner_id, ())
        if one.fits and cover in one.covers and one.adopted_on <= signature.signed_on
    ]


def withdrawn_before(convention: TerritorialConvention, signature: Signature, cover: Code) -> date | None:
    """The day on which the mandate was withdrawn under which a signature was given; None when none was."""
    decided = _decided_before(convention, signature, cover)
    days = (withdrawn_by(convention, signature.partner_id, one, cover) for one in decided)
    return max((day for day in days if day is not None), default=None)


def unfitting(convention: TerritorialConvention, signature: Signature, cover: Code) -> Mandate | None:
    """The last act, adopted before a signature, of a kind by which its partner decides nothing; None when none was."""
    given = (
        one
        for one in Signing.of(convention).mandates.get(signature.partner_id, ())
        if not one.fits and cover in one.covers and one.adopted_on <= signature.signed_on
    )
    return max(given, key=lambda one: one.adopted_on, default=None)


def mandate_for(convention: TerritorialConvention, signature: Signature, cover: Code) -> Mandate | None:
    """The mandate under which a signature was given for one cover, the one that lets it count soonest.

    It fits the partner, is about this cover, and was adopted on or before the day of signing; it may become executory
    later. None when the partner had not decided, or had withdrawn its decision: it must sign again.
    """
    decided = _decided_before(convention, signature, cover)
    adopted = [one for one in decided if _lets_sign(convention, one, signature, cover)]
    return min(adopted, key=lambda one: (not is_executory(one, signature), one.executory_on or date.max), default=None)


def text_to_sign(convention: TerritorialConvention, cover: Code) -> str | None:
    """R14: the sha256 of the text to sign, None while there is none to compare with.

    A convention may be signed before its plan is adopted: then its text is the one that the first required signatory
    to sign under a mandate of its own has signed.
    """
    adopted = TextsAdopted.of(convention).by_cover.get(cover)
    if adopted is not None:
        return adopted.text_sha256
    for one in Signing.of(convention).signatures:
        signatory = convention.signatories.get(one.partner_id)
        required = signatory is not None and signatory.required
        if cover == CONVENTION and cover in one.covers and required and mandate_for(convention, one, cover):
            return one.text_sha256
    return None


def text_fits(convention: TerritorialConvention, signature: Signature, cover: Code) -> bool:
    """R14: whether the signed text is the one to sign for this cover; a plan needs an adopted text."""
    text = text_to_sign(convention, cover)
    return text == signature.text_sha256 or (text is None and cover == CONVENTION)


def signed_as_adopted(convention: TerritorialConvention, cover: Code) -> tuple[Signature, ...]:
    """The signatures given on the text to sign for one cover: another text would void them (R14)."""
    given = (one for one in Signing.of(convention).signatures if cover in one.covers)
    return tuple(one for one in given if text_fits(convention, one, cover))


def voided_by(
    convention: TerritorialConvention, covers: Iterable[Code], text_sha256: str | None = None
) -> SignaturesVoided | None:
    """The signatures that another text for these covers would void, or none at all; None when it voids none."""
    partners: dict[UUID, None] = {}
    lost = []
    for cover in covers:
        void = [one.partner_id for one in signed_as_adopted(convention, cover) if one.text_sha256 != text_sha256]
        partners |= dict.fromkeys(void)
        lost += [cover] if void else []
    return SignaturesVoided(tuple(partners), tuple(lost)) if partners else None


def why_not(convention: TerritorialConvention, signature: Signature, cover: Code) -> tuple[str, ...]:
    """The codes of the rules that keep a signature from counting for one cover; empty when it counts."""
    codes = [] if text_fits(convention, signature, cover) else [TextMismatch.CODE]
    mandate = mandate_for(convention, signature, cover)
    if mandate is None:
        codes.append(_lacking_mandate(convention, signature, cover))
    elif mandate.executory_on is None:
        codes.append(MandateNotExecutory.CODE)
    last_day = lapses_on(convention, cover)
    if not codes and last_day is not None and _counts_from(convention, signature, cover) > last_day:
        codes.append(ExtensionTooLate.CODE)
    return tuple(codes)


def _lacking_mandate(convention: TerritorialConvention, signature: Signature, cover: Code) -> str:
    """The code of why no mandate lets a signature count: withdrawn, of a kind that does not fit, or none was there."""
    if withdrawn_before(convention, signature, cover) is not None:
        return MandateIsWithdrawn.CODE
    return MandateMissing.CODE if unfitting(convention, signature, cover) is None else MandateDoesNotFit.CODE


def counts_on(convention: TerritorialConvention, signature: Signature, cover: Code) -> date | None:
    """From which day a signature counts for one cover, None while it does not.

    The day it was given, or later: the day its mandate became executory (R13), or the day its text was adopted (R14).
    One of an extension counts before the term, or never (R26).
    """
    return None if why_not(convention, signature, cover) else _counts_from(convention, signature, cover)


def _counts_from(convention: TerritorialConvention, signature: Signature, cover: Code) -> date:
    """As far as its mandate and its text are concerned."""
    mandate = mandate_for(convention, signature, cover)
    adopted = TextsAdopted.of(convention).by_cover.get(cover)
    days = [signature.signed_on]
    if mandate is not None and mandate.executory_on is not None:
        days.append(mandate.executory_on)
    if adopted is not None:
        days.append(adopted.adopted_on)
    return max(days)


def counted_signatures(convention: TerritorialConvention, cover: Code) -> dict[UUID, Counted]:
    """The signature of each partner that counts for this, the one that does so first.

    Of who had signed before a take-over (R34) nobody knows the text: their signature is of whatever it was, and of no
    extension since.
    """
    signing = Signing.of(convention)
    counted = {
        partner_id: Counted(Signature(partner_id, frozenset(COVERS), "", day, None), day)
        for partner_id, day in signing.taken_over.items()
        if cover in COVERS
    }
    for signature in signing.signatures:
        day = counts_on(convention, signature, cover) if cover in signature.covers else None
        known = counted.get(signature.partner_id)
        if day is not None and (known is None or day < known.counts_on):
            counted[signature.partner_id] = Counted(signature, day)
    return counted


def missing_signatories(convention: TerritorialConvention, cover: Code, by: date = date.max) -> tuple[UUID, ...]:
    """The required signatories whose signature does not count yet (on a day: `by`), in the order of the list."""
    counted = counted_signatures(convention, cover)
    return tuple(
        partner_id
        for partner_id, signatory in convention.signatories.items()
        if signatory.required and (partner_id not in counted or counted[partner_id].counts_on > by)
    )


def record_consequences(state: TerritorialConvention, case: Case, cause: Event) -> None:
    """R15: `ConventionSigned` and `ActionPlanSigned` come by themselves, each once, when the last required
    signature counts: at a signature, at a mandate that becomes executory, at the adoption of a text signed early, at a
    list of signatories that waits for nobody else."""
    if Closing.of(state).closed_on is not None:
        return  # nothing is signed any more: another convention may cover the perimeter
    if CONVENTION not in Signing.of(state).signed_on and (done := completed(state, CONVENTION)) is not None:
        signed_by, signed_on = done
        state.record(ConventionSigned, case, caused_by=cause, occurred_on=signed_on, signed_by=signed_by)
    if PLAN not in Signing.of(state).signed_on and (done := completed(state, PLAN)) is not None:
        signed_by, signed_on = done
        state.record(
            ActionPlanSigned,
            case,
            caused_by=cause,
            occurred_on=signed_on,
            plan_version=TextsAdopted.of(state).by_cover[PLAN].plan_hash,
            signed_by=signed_by,
            period=state.period,
        )


def completed(convention: TerritorialConvention, cover: Code) -> tuple[tuple[UUID, ...], date] | None:
    """Who signed and the day from which the last required signature counts, once none is missing; None before.

    Not before the day on which the committee ceased to wait for somebody else.
    """
    required = [one for one, signatory in convention.signatories.items() if signatory.required]
    if not required or missing_signatories(convention, cover):
        return None
    counted = counted_signatures(convention, cover)
    relaxed_on = Signing.of(convention).relaxed_on or date.min
    return tuple(counted), max(relaxed_on, *(counted[one].counts_on for one in required))


TerritorialConvention.FOLLOWS.append(record_consequences)
