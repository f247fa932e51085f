"""Which signatures are missing, or do not count, and why?

Whether a signature counts is the domain's rule (R13, R14, `domain/convention/counting.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final
from uuid import UUID

from domain.convention.authorising import MandateRecorded
from domain.convention.counting import (
    ADOPTED,
    REFUSED,
    WITHDRAWN,
    AnswerGiven,
    Counted,
    Signature,
    Signing,
    counts_on,
    last_answer,
    missing_signatories,
    why_not,
    withdrawn_by,
)
from domain.convention.extended import covers_of, lapsed_cover
from domain.convention.saying_no import MandateRefused, MandateWithdrawn
from domain.convention.signing import SignatureRecorded
from domain.convention.state import Signatory
from domain.convention.texts import TextsAdopted
from domain.kernel import DatedBeforeOpening, Irregularity
from domain.values import Code, Evidence, Prose, PublicName, Sha256
from projections.engine import Dossier


@dataclass(frozen=True)
class Votes:
    """How a partner's own body voted; None where nobody said."""

    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None


NOT_COUNTED: Final = Votes()


@dataclass(frozen=True)
class MandateGiven:
    """A partner's own decision to sign. `executory_on` None: not published and transmitted yet, as far as known.

    `withdrawn_on`: since when it is withdrawn, for each cover for which it is.
    """

    event_id: UUID
    kind: Code
    covers: tuple[Code, ...]
    fits: bool
    adopted_on: date
    executory_on: date | None
    executory_at: time | None
    reference: Prose | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    votes: Votes = NOT_COUNTED
    withdrawn_on: dict[Code, date] = field(default_factory=dict)


@dataclass(frozen=True)
class SaidNo:
    """A partner's own body refused to let it sign, or withdrew what it had decided: `outcome`, on which day and why."""

    event_id: UUID
    outcome: Code
    on: date
    covers: tuple[Code, ...]
    kind: Code | None
    votes: Votes
    motive: Prose | None
    reference: Prose | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]


@dataclass(frozen=True)
class SignatureGiven:
    """A signature. `counts` now for all it covers, or `why_not` (codes of R03, R13, R14); the marks it was recorded
    with stay. `counts_on`: for each cover that counts, from which day: when its mandate became executory, or its text
    was adopted, after it was given."""

    event_id: UUID
    covers: tuple[Code, ...]
    text_sha256: Sha256
    signed_on: date
    signed_at: time | None
    counts: bool
    counts_on: dict[Code, date]
    why_not: tuple[Code, ...]
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]


@dataclass(frozen=True)
class SignatoryState:
    """One partner of the list; `will_not_sign`: nothing is expected of it any more; `signed_before`: it had signed all
    when the convention was taken over (R34), on a day that may be unknown.

    `said_no`: its refusals and withdrawals; `answers`: what it answered last about each cover (ADOPTED, REFUSED or
    WITHDRAWN).
    `signed_on`: for each cover (CONVENTION, PLAN, an extension), the day of its signature that counts, None while there
    is none.
    `mandate_kinds`: the acts that fit it; `acts_must_be_transmitted`: whether they are executory only once they are.
    """

    partner_id: UUID
    partner_name: PublicName
    partner_kind: Code
    required: bool
    mandate_kinds: tuple[Code, ...]
    acts_must_be_transmitted: bool
    mandates: tuple[MandateGiven, ...]
    signatures: tuple[SignatureGiven, ...]
    signed_on: dict[Code, date | None]
    said_no: tuple[SaidNo, ...] = ()
    answers: dict[Code, AnswerGiven] = field(default_factory=dict)
    will_not_sign: bool = False
    signed_before: bool = False

    @property
    def unsigned(self) -> tuple[Code, ...]:
        """What its signature does not count for yet."""
        return tuple(cover for cover, day in self.signed_on.items() if day is None)

    def no_to(self, cover: Code) -> AnswerGiven | None:
        """Its answer about a cover that it has not signed, when that is no: it waits for another vote, or for a
        decision of the committee."""
        answer = self.answers.get(cover)
        if self.signed_on.get(cover) is not None or answer is None or answer.outcome == ADOPTED:
            return None
        return answer


@dataclass(frozen=True)
class AdoptedText:
    """The text to sign for one cover, as the committee adopted it; with a plan, where it did."""

    covers: Code
    text_sha256: Sha256
    adopted_on: date
    plan_hash: Sha256 | None


@dataclass(frozen=True)
class SignatureSheet:
    """The signatures of one convention. `missing`: for each cover, the required partners that do not count yet."""

    convention_id: UUID
    texts: tuple[AdoptedText, ...]
    signatories: tuple[SignatoryState, ...]
    missing: dict[Code, tuple[UUID, ...]]


def signatures(dossier: Dossier) -> SignatureSheet:
    """Who signed, who did not, what does not count and why."""
    state = dossier.convention
    lapsed = lapsed_cover(state)
    counted = {cover: dossier.counted(cover) for cover in covers_of(state) if cover != lapsed}
    return SignatureSheet(
        state.id,
        tuple(
            AdoptedText(cover, text.text_sha256, text.adopted_on, text.plan_hash)
            for cover, text in sorted(TextsAdopted.of(state).by_cover.items())
        ),
        tuple(_signatory(dossier, one, counted) for one in state.signatories.values()),
        {cover: missing_signatories(state, cover) for cover in counted},
    )


def _signatory(dossier: Dossier, one: Signatory, counted: Mapping[Code, Mapping[UUID, Counted]]) -> SignatoryState:
    rule = dossier.method.mandate_rule(one.kind)
    own = {cover: by_partner.get(one.partner_id) for cover, by_partner in counted.items()}
    return SignatoryState(
        partner_id=one.partner_id,
        partner_name=dossier.register.partners[one.partner_id].name,
        partner_kind=one.kind,
        required=one.required,
        mandate_kinds=rule.mandate_kinds,
        acts_must_be_transmitted=rule.acts_must_be_transmitted,
        mandates=tuple(
            _mandate(dossier, given)
            for _, given in dossier.facts(MandateRecorded)
            if given.partner_id == one.partner_id
        ),
        signatures=tuple(
            _given(dossier, given)
            for _, given in dossier.facts(SignatureRecorded)
            if given.partner_id == one.partner_id
        ),
        signed_on={cover: each.signature.signed_on if each is not None else None for cover, each in own.items()},
        said_no=_said_no(dossier, one.partner_id),
        answers={
            cover: answer
            for cover in counted
            if (answer := last_answer(dossier.convention, one.partner_id, cover)) is not None
        },
        will_not_sign=one.partner_id in Signing.of(dossier.convention).will_not_sign,
        signed_before=one.partner_id in Signing.of(dossier.convention).taken_over,
    )


def _said_no(dossier: Dossier, partner_id: UUID) -> tuple[SaidNo, ...]:
    """Its refusals and withdrawals, by day."""
    refused = (_refusal(one) for _, one in dossier.facts(MandateRefused) if one.partner_id == partner_id)
    withdrawn = (_withdrawal(one) for _, one in dossier.facts(MandateWithdrawn) if one.partner_id == partner_id)
    return tuple(sorted((*refused, *withdrawn), key=lambda one: one.on))


def _refusal(given: MandateRefused) -> SaidNo:
    return SaidNo(
        given.envelope.event_id,
        REFUSED,
        given.occurred_on,
        given.covers,
        given.kind,
        Votes(given.votes_for, given.votes_against, given.abstentions),
        None,
        given.reference,
        given.envelope.evidence,
        given.envelope.irregularities,
    )


def _withdrawal(given: MandateWithdrawn) -> SaidNo:
    return SaidNo(
        given.envelope.event_id,
        WITHDRAWN,
        given.occurred_on,
        given.covers,
        None,
        NOT_COUNTED,
        given.motive,
        given.reference,
        given.envelope.evidence,
        given.envelope.irregularities,
    )


def _mandate(dossier: Dossier, given: MandateRecorded) -> MandateGiven:
    state = dossier.convention
    ended = {cover: withdrawn_by(state, given.partner_id, given.mandate, cover) for cover in given.covers}
    return MandateGiven(
        given.envelope.event_id,
        given.kind,
        given.covers,
        given.fits,
        given.occurred_on,
        given.executory_on,
        given.executory_at,
        given.reference,
        given.envelope.evidence,
        given.envelope.irregularities,
        Votes(given.votes_for, given.votes_against, given.abstentions),
        {cover: day for cover, day in ended.items() if day is not None},
    )


def _given(dossier: Dossier, given: SignatureRecorded) -> SignatureGiven:
    state = dossier.convention
    signature = Signature(
        given.partner_id, frozenset(given.covers), given.text_sha256, given.occurred_on, given.signed_at
    )
    reasons: list[str] = []
    days: dict[Code, date] = {}
    if state.withholds(given):
        reasons.append(DatedBeforeOpening.CODE)
    else:
        for cover in given.covers:
            reasons += [code for code in why_not(state, signature, cover) if code not in reasons]
            day = counts_on(state, signature, cover)
            if day is not None:
                days[cover] = day
    return SignatureGiven(
        event_id=given.envelope.event_id,
        covers=given.covers,
        text_sha256=given.text_sha256,
        signed_on=given.occurred_on,
        signed_at=given.signed_at,
        counts=not reasons,
        counts_on=days,
        why_not=tuple(Code(code) for code in reasons),
        evidence=given.envelope.evidence,
        irregularities=given.envelope.irregularities,
    )
