"""Mandates, signatures and their consequences, and the entry into force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from domain.calendar import is_older_than
from domain.convention.counting import (
    Mandate,
    Signature,
    Signing,
    TextMismatch,
    counted_signatures,
    is_executory,
    mandate_for,
    missing_signatories,
    record_consequences,
    text_fits,
    unfitting,
    withdrawn_before,
)
from domain.convention.deciding import ConventionCommand
from domain.convention.mandates import (
    MandateAfterSignature,
    MandateCoversLess,
    MandateDoesNotFit,
    MandateIsWithdrawn,
    MandateMissing,
    MandateNotExecutory,
)
from domain.convention.plan import check_covers
from domain.convention.state import CONVENTION, COVERS, TerritorialConvention
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
from domain.values import SHA256_PATTERN, Code, InvalidValue, Prose, Sha256


@dataclass(frozen=True)
class SameDaySignature(BrokenRule):
    """R13: signed the day the decision became executory, the hours being unknown."""

    RULE = "R13"
    LEVEL = Level.NOTICE
    partner_id: UUID


@dataclass(frozen=True)
class RequiredSignatureMissing(BrokenRule):
    """R15: a required signatory's signature does not count yet."""

    RULE = "R15"
    LEVEL = Level.HARD
    MENDED_BY = "record-signature"
    partners: tuple[UUID, ...]


@dataclass(frozen=True)
class SignaturesCountLater(BrokenRule):
    """R15: every required signatory has signed, and the last of these signatures counts from a later day."""

    RULE = "R15"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    counts_on: date

    @property
    def opens_on(self) -> date:
        return self.counts_on


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


@dataclass(frozen=True)
class ExecutoryBeforeAdoption(BrokenRule):
    """R13: a decision cannot be executory before it was adopted: one of the dates is mistaken."""

    RULE = "R13"
    LEVEL = Level.HARD
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


@dataclass(frozen=True)
class NotInEffectYet(BrokenRule):
    """R15: a convention is in force from its effective date at the earliest."""

    RULE = "R15"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    effective_from: date

    @property
    def opens_on(self) -> date:
        return self.effective_from


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
        if not self.withheld:
            Signing.of(convention).mandates.setdefault(self.partner_id, []).append(self.mandate)

    @property
    def mandate(self) -> Mandate:
        """What the rules look at."""
        return Mandate(
            self.kind, frozenset(self.covers), self.fits, self.occurred_on, self.executory_on, self.executory_at
        )


@event("convention.signature-recorded")
class SignatureRecorded(Event):
    """A partner signed on `occurred_on`: what it covers and the sha256 of the signed text."""

    partner_id: UUID
    covers: tuple[Code, ...]
    text_sha256: Sha256
    signed_at: time | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep it; whether it counts is derived."""
        if not self.withheld:
            Signing.of(convention).signatures.append(
                Signature(self.partner_id, frozenset(self.covers), self.text_sha256, self.occurred_on, self.signed_at)
            )


@event("convention.convention-activated")
class ConventionActivated(Event):
    """The convention is in force."""

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the day."""
        Signing.of(convention).activated_on = self.occurred_on


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
        record_consequences(state, case, recorded)


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
        if not Signing.of(state).signatures:
            self._check_retroactivity(state, case, profile)
        self.settle(state, case)
        recorded = record_from(self, state, case)
        record_consequences(state, case, recorded)

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


@command(TerritorialConvention, records=ConventionActivated)
@dataclass(frozen=True, kw_only=True)
class ActivateConvention(ConventionCommand):
    """Put the convention in force: every required signature counts and its effective date has come, that day (R15)."""

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R15, of which nothing depends on the form but the day."""
        signing = Signing.of(state)
        case.breaks_if(signing.activated_on is not None, AlreadyExists(str(state.id)))
        signed_on = signing.signed_on.get(CONVENTION)
        if signed_on is None:
            case.broken(RequiredSignatureMissing(missing_signatories(state, CONVENTION)))
        elif case.occurred_on < signed_on:
            case.broken(SignaturesCountLater(signed_on))
        effective_from = state.period.effective_from
        case.breaks_if(case.occurred_on < effective_from, NotInEffectYet(effective_from))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.settle(state, case)
        record_from(self, state, case)
