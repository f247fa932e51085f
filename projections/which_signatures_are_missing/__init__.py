"""Which signatures are missing, or do not count, and why?

Whether a signature counts is the domain's rule (R13, R14, `domain/convention/counting.py`), applied to the rows kept
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, select

from domain.convention.counting import (
    Mandate,
    Signature,
    Signing,
    counted_signatures,
    counts_on,
    missing_signatories,
    why_not,
)
from domain.convention.state import COVERS, Signatory, TerritorialConvention
from domain.convention.texts import AdoptedText as Adopted
from domain.convention.texts import TextsAdopted
from domain.kernel import DatedBeforeOpening, Irregularity, is_withheld
from domain.method import MandateRule, MethodProfile
from domain.values import Code, Evidence, Prose, PublicName, Sha256
from projections.engine import (
    empty_convention,
)
from projections.which_signatures_are_missing.rows import (
    conventions,
    mandates,
    partners,
    profiles,
    signatories,
    signed,
    texts,
)


@dataclass(frozen=True)
class MandateGiven:
    """A partner's own decision to sign. `executory_on` None: not published and transmitted yet, as far as known."""

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
    """One partner expected to sign.

    `signed_on`: for each cover (CONVENTION, PLAN), the day of its signature that counts, None while there is none.
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


@dataclass(frozen=True)
class AdoptedText:
    """The text to sign for one cover, as the committee adopted it with the plan."""

    covers: Code
    text_sha256: Sha256
    adopted_on: date
    plan_hash: Sha256


@dataclass(frozen=True)
class SignatureSheet:
    """The signatures of one convention. `missing`: for each cover, the required partners that do not count yet."""

    convention_id: UUID
    texts: tuple[AdoptedText, ...]
    signatories: tuple[SignatoryState, ...]
    missing: dict[Code, tuple[UUID, ...]]


def signatures(connection: Connection, convention_id: UUID) -> SignatureSheet | None:
    """Who signed, who did not, what does not count and why; None when there is no such convention."""
    return signatures_of(connection, [convention_id]).get(convention_id)


def signatures_of(connection: Connection, convention_ids: Sequence[UUID]) -> dict[UUID, SignatureSheet]:
    """The same for several conventions, in as many statements as for one."""
    methods: dict[tuple[str, int], MethodProfile] = {
        (row.name, row.version): row.profile for row in connection.execute(select(profiles))
    }
    rows = connection.execute(select(conventions).where(conventions.c.convention_id.in_(convention_ids))).all()
    expected = _by_convention(
        connection,
        select(signatories, partners.c.name)
        .join(partners, partners.c.partner_id == signatories.c.partner_id)
        .where(signatories.c.convention_id.in_(convention_ids))
        .order_by(signatories.c.convention_id, signatories.c.place),
    )
    adopted, given, own = (
        _by_convention(
            connection, select(table).where(table.c.convention_id.in_(convention_ids)).order_by(*table.primary_key)
        )
        for table in (texts, mandates, signed)
    )
    return {
        row.convention_id: _sheet(
            row.convention_id,
            methods[row.profile_name, row.profile_version],
            expected.get(row.convention_id, []),
            adopted.get(row.convention_id, []),
            given.get(row.convention_id, []),
            own.get(row.convention_id, []),
        )
        for row in rows
    }


def _by_convention(connection: Connection, asked: Select[Any]) -> dict[UUID, list[Row[Any]]]:
    found: dict[UUID, list[Row[Any]]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.convention_id, []).append(row)
    return found


def _sheet(
    convention_id: UUID,
    profile: MethodProfile,
    expected: Sequence[Row[Any]],
    adopted: Sequence[Row[Any]],
    given: Sequence[Row[Any]],
    own: Sequence[Row[Any]],
) -> SignatureSheet:
    state = _state(expected, adopted, given, own)
    counted = {cover: counted_signatures(state, cover) for cover in COVERS}
    return SignatureSheet(
        convention_id,
        tuple(AdoptedText(one.covers, one.text_sha256, one.adopted_on, one.plan_hash) for one in adopted),
        tuple(
            _signatory(
                one,
                profile.mandate_rule(one.kind),
                [act for act in given if act.partner_id == one.partner_id],
                [_given(state, signature) for signature in own if signature.partner_id == one.partner_id],
                {
                    cover: by_partner[one.partner_id].signature.signed_on if one.partner_id in by_partner else None
                    for cover, by_partner in counted.items()
                },
            )
            for one in expected
        ),
        {cover: missing_signatories(state, cover) for cover in COVERS},
    )


def _signatory(
    row: Row[Any],
    rule: MandateRule,
    given: Sequence[Row[Any]],
    own: Sequence[SignatureGiven],
    signed_on: dict[Code, date | None],
) -> SignatoryState:
    return SignatoryState(
        partner_id=row.partner_id,
        partner_name=row.name,
        partner_kind=row.kind,
        required=row.required,
        mandate_kinds=rule.mandate_kinds,
        acts_must_be_transmitted=rule.acts_must_be_transmitted,
        mandates=tuple(
            MandateGiven(
                act.event_id,
                act.kind,
                act.covers,
                act.fits,
                act.adopted_on,
                act.executory_on,
                act.executory_at,
                act.reference,
                act.evidence,
                act.irregularities,
            )
            for act in given
        ),
        signatures=tuple(own),
        signed_on=signed_on,
    )


def _given(state: TerritorialConvention, row: Row[Any]) -> SignatureGiven:
    signature = _signature_of(row)
    reasons: list[str] = []
    days: dict[Code, date] = {}
    if is_withheld(row.irregularities):
        reasons.append(DatedBeforeOpening.CODE)
    else:
        for cover in row.covers:
            reasons += [code for code in why_not(state, signature, cover) if code not in reasons]
            day = counts_on(state, signature, cover)
            if day is not None:
                days[cover] = day
    return SignatureGiven(
        event_id=row.event_id,
        covers=row.covers,
        text_sha256=row.text_sha256,
        signed_on=row.signed_on,
        signed_at=row.signed_at,
        counts=not reasons,
        counts_on=days,
        why_not=tuple(Code(code) for code in reasons),
        evidence=row.evidence,
        irregularities=row.irregularities,
    )


def _signature_of(row: Row[Any]) -> Signature:
    return Signature(row.partner_id, frozenset(row.covers), row.text_sha256, row.signed_on, row.signed_at)


def _state(
    expected: Sequence[Row[Any]], adopted: Sequence[Row[Any]], given: Sequence[Row[Any]], own: Sequence[Row[Any]]
) -> TerritorialConvention:
    """The small state that the domain's rule reads."""
    state = empty_convention()
    state.signatories = {one.partner_id: Signatory(one.partner_id, one.kind, one.required) for one in expected}
    TextsAdopted.of(state).by_cover = {
        one.covers: Adopted(one.text_sha256, one.plan_hash, one.adopted_on) for one in adopted
    }
    for one in given:
        if is_withheld(one.irregularities):
            continue
        Signing.of(state).mandates.setdefault(one.partner_id, []).append(
            Mandate(one.kind, frozenset(one.covers), one.fits, one.adopted_on, one.executory_on, one.executory_at)
        )
    Signing.of(state).signatures = [_signature_of(one) for one in own if not is_withheld(one.irregularities)]
    return state
