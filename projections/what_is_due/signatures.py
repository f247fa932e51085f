"""Deadlines of each signatory: its signature (D11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.counting import (
    ADOPTED,
    Signature,
    Signing,
    last_answer,
    resumed_on,
)
from domain.convention.extended import covers_of, lapses_on
from domain.convention.signatories import SignatoryChanged
from domain.convention.signing import SignatureRecorded
from domain.method import DeadlineRule
from domain.values import Code
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, key

SIGNATURE: Final = "COUNTED_SIGNATURE"


@named(conditions=(SIGNATURE,))
def signatures_missing(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D11: once somebody signed, every signatory is expected to; each text that is signed apart starts anew.

    One whose own body said no is asked no more: another vote opens it again, counted from that vote. One that the
    committee added or asked anew is expected from then on, and one that will not sign is not. An extension is signed
    while the convention runs, and asked for no longer (R26).
    """
    signed = dossier.effective(SignatureRecorded)
    found: list[Start] = []
    started: set[Code] = set()
    changed = {one.partner_id: one.occurred_on for one in dossier.effective(SignatoryChanged)}
    will_not_sign = Signing.of(dossier.convention).will_not_sign
    there_is = set(covers_of(dossier.convention))  # an extension whose decision was annulled is signed by nobody more
    for first in signed:
        covers = (set(first.covers) & there_is) - started
        if not covers:
            continue
        started |= covers
        trigger = min(one.occurred_on for one in signed if covers & set(one.covers))
        counted = {cover: dossier.counted(cover) for cover in sorted(covers)}
        for partner_id, signatory in dossier.convention.signatories.items():
            missing = [cover for cover, by_partner in counted.items() if partner_id not in by_partner]
            own = [by_partner[partner_id] for by_partner in counted.values() if partner_id in by_partner]
            if missing and partner_id in will_not_sign:
                continue
            last = max(own, key=lambda one: one.counts_on) if not missing else None
            met_on, met_by = (last.counts_on, _event_of(last.signature, signed)) if last else (None, None)
            lost = [one for one in dossier.annulled(SignatureRecorded) if one.partner_id == partner_id]
            said = key(dossier.first_said(first), lost)
            day = max(trigger, resumed(dossier, partner_id, missing), changed.get(partner_id, trigger))
            said_no, obliged = said_no_on(dossier, partner_id, missing), signatory.required
            found.append(
                Start(
                    partner_id,
                    said,
                    day,
                    met_on,
                    met_by,
                    answered_on=said_no,
                    obliged=obliged,
                    asked_until=_countable_until(dossier, missing),
                )
            )
    return found


def said_no_on(dossier: Dossier, partner_id: UUID, covers: Iterable[Code]) -> date | None:
    """Since when a partner's own body says no to one of these, None while it does not."""
    answers = (last_answer(dossier.convention, partner_id, cover) for cover in covers)
    return min((one.on for one in answers if one is not None and one.outcome != ADOPTED), default=None)


def _countable_until(dossier: Dossier, covers: Sequence[Code]) -> date | None:
    """The last day on which signatures of these may count, None where one may at any time."""
    days = [lapses_on(dossier.convention, cover) for cover in covers]
    lapsing = [day for day in days if day is not None]
    return max(lapsing) if lapsing and len(lapsing) == len(days) else None


def resumed(dossier: Dossier, partner_id: UUID, covers: Iterable[Code]) -> date:
    """The day on which a partner that had said no decided to sign after all; long ago for all others."""
    days = (resumed_on(dossier.convention, partner_id, cover) for cover in covers)
    return max((day for day in days if day is not None), default=date.min)


def _event_of(signature: Signature, signed: Sequence[SignatureRecorded]) -> UUID | None:
    own = (one for one in signed if one.partner_id == signature.partner_id and one.occurred_on == signature.signed_on)
    return next((one.envelope.event_id for one in own), None)
