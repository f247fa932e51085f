"""Which places did a renewal of mandates empty, and which of them still wait for somebody?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.roles import Assignment, Renewal
from domain.territories import Territory
from domain.values import Code


@dataclass(frozen=True)
class RenewedPlace:
    """A role that a renewal emptied, for a partner where it speaks for one; `filled_on`: since when somebody holds it
    again, `filled_by`: the event that gave it; None while nobody does."""

    role: Code
    partner_id: UUID | None
    vacant_since: date
    filled_on: date | None
    filled_by: UUID | None


def renewed_places(territory: Territory, renewal: Renewal) -> tuple[RenewedPlace, ...]:
    """What one renewal emptied, each role of a partner once, in the order in which they were given."""
    left = dict.fromkeys(
        (one.role, one.partner_id) for one in territory.assignments if one.renewed_by == renewal.event_id
    )
    return tuple(_place(territory.assignments, renewal, *one) for one in left)


def vacant_places(territory: Territory, today: date) -> tuple[RenewedPlace, ...]:
    """The places that renewals emptied and that nobody fills, each once: of the latest that emptied it."""
    found = {
        (place.role, place.partner_id): place
        for one in sorted(territory.renewals, key=lambda one: one.on)
        if one.on <= today
        for place in renewed_places(territory, one)
    }
    return tuple(one for one in found.values() if one.filled_on is None or today < one.filled_on)


def _place(assignments: Iterable[Assignment], renewal: Renewal, role: Code, partner_id: UUID | None) -> RenewedPlace:
    since = [
        one
        for one in assignments
        if (one.role, one.partner_id) == (role, partner_id)
        and one.starts_on >= renewal.on
        and one.holds_on(one.starts_on)
    ]
    first = min(since, key=lambda one: one.starts_on, default=None)
    return RenewedPlace(
        role,
        partner_id,
        renewal.on,
        first.starts_on if first is not None else None,
        first.assignment_id if first is not None else None,
    )
