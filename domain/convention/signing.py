"""Signatures, what they need (R13, R16) and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from domain.calendar import is_older_than
from domain.convention.authorising import OfPartner
from domain.convention.counting import (
    Signature,
    Signing,
    TextMismatch,
    counted_signatures,
    is_executory,
    mandate_for,
    text_fits,
    unfitting,
    withdrawn_before,
)
from domain.convention.extended import ExtensionSignedTooLate, lapses_on
from domain.convention.mandates import (
    MandateAfterSignature,
    MandateCoversLess,
    MandateDoesNotFit,
    MandateIsWithdrawn,
    MandateMissing,
    MandateNotExecutory,
)
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    Event,
    Level,
    command,
    event,
    record_from,
)
from domain.method import MandateRule, MethodProfile
from domain.values import SHA256_PATTERN, Code, InvalidValue, Sha256


@dataclass(frozen=True)
class SameDaySignature(BrokenRule):
    """R13: signed the day the decision became executory, the hours being unknown."""

    RULE = "R13"
    LEVEL = Level.NOTICE
    partner_id: UUID


@dataclass(frozen=True)
class CountsOnceExecutory(BrokenRule):
    """R13: signed before the partner's decision took effect, on a day that is known: the signature counts from it."""

    RULE = "R13"
    LEVEL = Level.NOTICE
    partner_id: UUID
    executory_on: date


@dataclass(frozen=True)
class AlreadySigned(BrokenRule):
    """R16: a partner signs a version once."""

    RULE = "R16"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "partner_id"
    partner_id: UUID
    signed_on: date


@dataclass(frozen=True)
class LongRetroactivity(BrokenRule):
    """R18: the convention takes effect long before its first signature."""

    RULE = "R18"
    LEVEL = Level.NOTICE
    effective_from: date
    months: int


@event("convention.signature-recorded")
class SignatureRecorded(Event):
    """A partner signed on `occurred_on`: what it covers and the sha256 of the signed text."""

    partner_id: UUID
    covers: tuple[Code, ...]
    text_sha256: Sha256
    signed_at: time | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep it; whether it counts is derived."""
        if not convention.withholds(self):
            Signing.of(convention).signatures.append(
                Signature(self.partner_id, frozenset(self.covers), self.text_sha256, self.occurred_on, self.signed_at)
            )


@command(TerritorialConvention, records=SignatureRecorded)
@dataclass(frozen=True, kw_only=True)
class RecordSignature(OfPartner):
    """Record that a partner signed; `occurred_on` is the day of signing, `signed_at` the hour where known."""

    text_sha256: Sha256
    signed_at: time | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not SHA256_PATTERN.fullmatch(self.text_sha256):
            raise InvalidValue("sha256", field="text_sha256", value=self.text_sha256)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        rule = self.mandate_rule(state, case, profile)
        signature = Signature(
            self.partner_id, frozenset(self.covers), self.text_sha256, case.occurred_on, self.signed_at
        )
        self._check_once(state, case, signature)
        fits = all(text_fits(state, signature, cover) for cover in self.covers)
        case.breaks_if(not fits, TextMismatch(self.partner_id, self.text_sha256))
        if rule is not None:
            self._check_mandate(state, case, signature, rule)
        ends_on = state.period.effective_to
        late = case.occurred_on > ends_on and any(lapses_on(state, cover) is not None for cover in self.covers)
        case.breaks_if(late, ExtensionSignedTooLate(ends_on, case.occurred_on))
        if not Signing.of(state).signatures:
            self._check_retroactivity(state, case, profile)
        self.settle(state, case)
        recorded = record_from(self, state, case)
        state.follow_up(case, recorded)

    def _check_once(self, state: TerritorialConvention, case: Case, new: Signature) -> None:
        """R16: refused when the same signature is recorded, or when the same text is already signed for all of it."""
        signed = [
            counted
            for cover in self.covers
            if (counted := counted_signatures(state, cover).get(self.partner_id)) is not None
            and counted.signature.text_sha256 == self.text_sha256
        ]
        if len(signed) == len(self.covers):
            case.broken(AlreadySigned(self.partner_id, signed[0].signature.signed_on))
        else:
            case.breaks_if(new in Signing.of(state).signatures, AlreadySigned(self.partner_id, new.signed_on))

    def _check_mandate(self, state: TerritorialConvention, case: Case, signature: Signature, rule: MandateRule) -> None:
        """R13, for everything the signature covers; one mandate may be about all of it, or several about parts."""
        mandates = [mandate_for(state, signature, cover) for cover in self.covers]
        given = [one for one in mandates if one is not None]
        late = [one for one in given if not is_executory(one, signature)]
        if len(given) < len(mandates):
            lacking = tuple(cover for cover, one in zip(self.covers, mandates, strict=True) if one is None)
            case.broken(_why_no_mandate(state, signature, lacking, rule))
        elif any(one.executory_on is None for one in late):
            case.broken(MandateNotExecutory(self.partner_id, signature.signed_on))
        elif late:
            last = max(one.executory_on for one in late if one.executory_on is not None)
            case.broken(CountsOnceExecutory(self.partner_id, last))
        else:
            same_day = any(
                one.executory_on == signature.signed_on and None in (one.executory_at, signature.signed_at)
                for one in given
            )
            case.breaks_if(rule.acts_must_be_transmitted and same_day, SameDaySignature(self.partner_id))

    @staticmethod
    def _check_retroactivity(state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        start, limit = state.period.effective_from, profile.thresholds.long_retroactivity_months
        signed_on = case.occurred_on
        whole = (signed_on.year - start.year) * 12 + signed_on.month - start.month - (signed_on.day < start.day)
        case.breaks_if(is_older_than(start, limit, signed_on), LongRetroactivity(start, whole))


def _why_no_mandate(
    state: TerritorialConvention, signature: Signature, covers: tuple[Code, ...], rule: MandateRule
) -> BrokenRule:
    """R13: why no mandate lets a partner sign these: withdrawn, of a wrong kind, too late, about less, or none."""
    partner_id, signed_on = signature.partner_id, signature.signed_on
    days = [day for cover in covers if (day := withdrawn_before(state, signature, cover)) is not None]
    if days:
        return MandateIsWithdrawn(partner_id, signed_on, max(days))
    unfit = [one for cover in covers if (one := unfitting(state, signature, cover)) is not None]
    if unfit:
        return MandateDoesNotFit(partner_id, unfit[0].kind, rule.mandate_kinds)
    own = [one for one in Signing.of(state).mandates.get(partner_id, ()) if one.fits]
    late = [one.adopted_on for one in own if one.adopted_on > signed_on and one.covers & set(covers)]
    if late:
        return MandateAfterSignature(partner_id, signed_on, min(late))
    if any(one.adopted_on <= signed_on for one in own):
        return MandateCoversLess(partner_id, covers)
    return MandateMissing(partner_id, rule.mandate_kinds)
