"""What a signatory owes before it can sign: its own decision (D09), then the day that decision took effect (D10).

Once somebody has signed, the missing signature (D11) asks each partner for what it lacks, be it its decision or that
day: from then on these two stay on the sheet and say nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from domain.convention.authorising import MandateRecorded
from domain.convention.counting import Signing, withdrawn_by
from domain.convention.signatories import SignatoryChanged
from domain.convention.signing import SignatureRecorded
from domain.convention.state import COVERS
from domain.method import DeadlineRule
from domain.values import Code
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.signatures import SIGNATURE, resumed, said_no_on
from projections.what_is_due.starting import Start, facts_of, key


@named(conditions=("ADOPTED_MANDATE",))
def mandates_missing(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D09: each signatory is to decide for all that is to be signed, met when its last decision is taken.

    One whose own body said no is asked no more: another vote opens it again, counted from that vote.
    """
    triggers = facts_of(dossier, rule.trigger)
    if not triggers:
        return []
    first, convention = triggers[0], dossier.convention
    since = {one.partner_id: one.occurred_on for one in dossier.effective(SignatoryChanged)}
    signing = Signing.of(convention)
    found = []
    for partner_id, signatory in convention.signatories.items():
        if partner_id in signing.taken_over:  # it had signed before the take-over (R34), under whatever decision
            continue
        given = [one for one in _given(dossier, partner_id) if _standing(dossier, one)]
        lacking = [cover for cover in COVERS if not any(cover in _standing(dossier, one) for one in given)]
        if lacking and partner_id in signing.will_not_sign:
            continue
        deciding = None if lacking else _last_needed(dossier, given)
        lost = [one for one in dossier.annulled(MandateRecorded) if one.partner_id == partner_id]
        found.append(
            Start(
                partner_id,
                key(dossier.first_said(first), lost),
                max(first.occurred_on, since.get(partner_id, date.min), resumed(dossier, partner_id, lacking)),
                deciding.occurred_on if deciding is not None else None,
                deciding.envelope.event_id if deciding is not None else None,
                answered_on=said_no_on(dossier, partner_id, lacking),
                obliged=signatory.required,
                silent_from=_asked_to_sign_from(dossier, lacking),
            )
        )
    return found


@named(conditions=("EXECUTORY_MANDATE",))
def proofs_missing(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D10: each sitting at which a partner decided, met by the day its decision took effect.

    Only of partners whose acts must be published and transmitted. A decision withdrawn since, or taken anew and already
    in force, is not asked for.
    """
    convention = dossier.convention
    will_not_sign = Signing.of(convention).will_not_sign
    found = []
    for partner_id, signatory in convention.signatories.items():
        if not dossier.method.acts_must_be_transmitted(signatory.kind):
            continue
        given = _given(dossier, partner_id)
        in_force = {cover for one in given if one.executory_on is not None for cover in _standing(dossier, one)}
        for sitting in sorted({one.occurred_on for one in given}):
            own = [one for one in given if one.occurred_on == sitting]
            standing = {cover for one in own for cover in _standing(dossier, one)}
            taken = standing or {cover for one in own for cover in one.covers}
            proved = {cover for one in own if one.executory_on is not None for cover in one.covers}
            waiting = standing - in_force
            is_proved = taken <= proved
            if not is_proved and (not waiting or partner_id in will_not_sign):
                continue
            last = max(own, key=lambda one: one.executory_on or date.min)
            first = min(own, key=lambda one: one.originator_version)
            found.append(
                Start(
                    partner_id,
                    key(dossier.first_said(first), []),
                    sitting,
                    last.executory_on if is_proved else None,
                    last.envelope.event_id if is_proved else None,
                    obliged=signatory.required,
                    silent_from=_asked_to_sign_from(dossier, waiting),
                )
            )
    return found


def _given(dossier: Dossier, partner_id: UUID) -> list[MandateRecorded]:
    """The decisions of a partner by acts of its own, the oldest first."""
    given = [one for one in dossier.effective(MandateRecorded) if one.partner_id == partner_id and one.fits]
    return sorted(given, key=lambda one: one.occurred_on)


def _standing(dossier: Dossier, given: MandateRecorded) -> frozenset[Code]:
    """What a decision is about and was not withdrawn for."""
    convention, partner_id = dossier.convention, given.partner_id
    return frozenset(
        cover for cover in given.covers if withdrawn_by(convention, partner_id, given.mandate, cover) is None
    )


def _last_needed(dossier: Dossier, given: Sequence[MandateRecorded]) -> MandateRecorded:
    """The decision with which the partner had decided for everything."""
    lacking = set(COVERS)
    for one in given:
        lacking -= _standing(dossier, one)
        if not lacking:
            return one
    raise AssertionError("a partner that lacks a decision")


def _asked_to_sign_from(dossier: Dossier, covers: Iterable[Code]) -> date | None:
    """Since when the missing signature asks for the same; None while nobody signed any of it, or where the method does
    not ask."""
    if not any(SIGNATURE in rule.met_by for rule in dossier.method.active_deadlines):
        return None
    asked = set(covers)
    return min(
        (one.occurred_on for one in dossier.effective(SignatureRecorded) if asked & set(one.covers)), default=None
    )
