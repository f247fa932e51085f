"""Which signatures count (R13, R14), and what follows when the last required one does (R15)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.convention.state import CONVENTION, PLAN, Mandate, Signature, TerritorialConvention
from domain.kernel import Case, Event, event
from domain.values import Code, Sha256, ValidityPeriod


@event("convention.convention-signed")
class ConventionSigned(Event):
    """The last required signature of the convention counts. A consequence, once."""

    signed_by: tuple[UUID, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the day."""
        convention.milestones.convention_signed_on = self.occurred_on


@event("convention.action-plan-signed")
class ActionPlanSigned(Event):
    """The last required signature of the plan counts. A consequence, once."""

    plan_version: Sha256
    signed_by: tuple[UUID, ...]
    period: ValidityPeriod

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the day."""
        convention.milestones.plan_signed_on = self.occurred_on


def covering_mandate(convention: TerritorialConvention, signature: Signature) -> Mandate | None:
    """The mandate that lets this signature count, if there is one.

    A mandate serves what it covers, when it fits the partner and was executory on the day of signing; on one
    same day the hours decide when both are known, otherwise the day is ordinary (R13).
    """
    for mandate in convention.mandates.get(signature.partner_id, ()):
        if mandate.fits and signature.covers <= mandate.covers and is_executory(mandate, signature):
            return mandate
    return None


def is_executory(mandate: Mandate, signature: Signature) -> bool:
    """Whether the mandate could take effect when the signature was given."""
    if mandate.executory_on is None or mandate.executory_on > signature.signed_on:
        return False
    if mandate.executory_on < signature.signed_on or mandate.executory_at is None or signature.signed_at is None:
        return True
    return mandate.executory_at <= signature.signed_at


def text_fits(convention: TerritorialConvention, signature: Signature) -> bool:
    """R14: the signed text is the adopted one. A plan needs an adopted text; a convention signed before its plan
    takes the text of its first signature."""
    for cover in signature.covers:
        adopted = convention.adopted_texts.get(cover)
        if adopted is None and cover == CONVENTION:
            adopted = next((one.text_sha256 for one in convention.signatures if CONVENTION in one.covers), None)
            adopted = adopted or signature.text_sha256
        if adopted != signature.text_sha256:
            return False
    return True


def counted_signatures(convention: TerritorialConvention, cover: Code) -> dict[UUID, Signature]:
    """The signature of each partner that counts for this, the first one."""
    counted: dict[UUID, Signature] = {}
    for signature in convention.signatures:
        fits = cover in signature.covers and text_fits(convention, signature)
        if fits and signature.partner_id not in counted and covering_mandate(convention, signature) is not None:
            counted[signature.partner_id] = signature
    return counted


def missing_signatories(convention: TerritorialConvention, cover: Code) -> tuple[UUID, ...]:
    """The required signatories whose signature does not count yet, in the order of the list."""
    counted = counted_signatures(convention, cover)
    return tuple(
        partner_id
        for partner_id, signatory in convention.signatories.items()
        if signatory.required and partner_id not in counted
    )


def completed(convention: TerritorialConvention, cover: Code) -> tuple[tuple[UUID, ...], date] | None:
    """Who signed and the day of the last required signature, once none is missing; None before."""
    if missing_signatories(convention, cover):
        return None
    counted = counted_signatures(convention, cover)
    last = max(counted[one].signed_on for one, signatory in convention.signatories.items() if signatory.required)
    return tuple(counted), last


def record_consequences(state: TerritorialConvention, case: Case, cause: Event, not_before: date = date.min) -> None:
    """R15: `ConventionSigned` and `ActionPlanSigned` come by themselves, each once, when the last required
    signature counts. A mandate that regularises a signature may be what completes them, or the adoption of a text
    that was signed too early: then they are not dated before it (`not_before`)."""
    if state.milestones.convention_signed_on is None and (done := completed(state, CONVENTION)) is not None:
        signed_by, last_signed_on = done
        state.record(
            ConventionSigned, case, caused_by=cause, occurred_on=max(last_signed_on, not_before), signed_by=signed_by
        )
    if state.milestones.plan_signed_on is None and state.plan_versions and (done := completed(state, PLAN)) is not None:
        signed_by, last_signed_on = done
        state.record(
            ActionPlanSigned,
            case,
            caused_by=cause,
            occurred_on=max(last_signed_on, not_before),
            plan_version=state.plan_versions[-1],
            signed_by=signed_by,
            period=state.period,
        )
