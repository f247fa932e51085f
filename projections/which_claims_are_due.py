"""Which claims are due? What each operator is to send to its funders, by when, and what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.claims.calendar import ClaimDatesStated, Claims, claim_id_of, claims_stream
from domain.values import Code, LocalId
from projections.engine import Dossier

SENT: Final = Code("SENT")
LATE: Final = Code("LATE")
AWAITED: Final = Code("AWAITED")
CLAIM_STATES: Final = (LATE, AWAITED, SENT)
"""In the order in which they are told."""


@dataclass(frozen=True)
class ClaimTold:
    """One claim. `moved_from`: the dates that it had before, the first one first; `days_late`: how long it is awaited
    past its date, or was, once it is sent."""

    stream_id: UUID
    claim_id: LocalId
    funder_id: UUID
    operator_id: UUID
    year: int
    claim: Code
    due_on: date
    sent_on: date | None
    state: Code
    days_late: int
    moved_from: tuple[date, ...]


def claims(dossier: Dossier, today: date) -> tuple[ClaimTold, ...]:
    """Every claim of a convention: the late ones first, then by date; what was sent comes last, the latest first."""
    stream_id = claims_stream(dossier.convention_id)
    had: dict[LocalId, list[date]] = {}
    for _, stated in dossier.of(Claims, ClaimDatesStated):
        for date_of in stated.dates:
            days = had.setdefault(claim_id_of(stated.funder_id, stated.operator_id, stated.year, date_of.claim), [])
            if not days or days[-1] != date_of.due_on:
                days.append(date_of.due_on)
    found = [
        ClaimTold(
            stream_id,
            one.claim_id,
            one.funder_id,
            one.operator_id,
            one.year,
            one.claim,
            one.due_on,
            one.sent_on,
            SENT if one.sent_on is not None else LATE if one.due_on < today else AWAITED,
            max(0, ((one.sent_on or today) - one.due_on).days),
            tuple(had.get(one.claim_id, ())[:-1]),
        )
        for known in dossier.states(Claims)
        for one in known.known.values()
    ]
    return tuple(sorted(found, key=_order))


def _order(one: ClaimTold) -> tuple[int, int, str]:
    day = one.due_on.toordinal()
    return CLAIM_STATES.index(one.state), -day if one.state == SENT else day, one.claim_id
