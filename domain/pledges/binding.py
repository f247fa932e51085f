"""Since when a partner is bound by what it pledges: since its own signature counts, and no other partner's (R17)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.convention.counting import counted_signatures
from domain.convention.state import COVERS, TerritorialConvention
from domain.pledges.pledge import Pledge


def signed_on(convention: TerritorialConvention, partner_id: UUID) -> date | None:
    """The first day on which a signature of the partner counts, of the convention or of its plan; None while none
    does."""
    days = [
        counted[partner_id].counts_on
        for cover in COVERS
        if partner_id in (counted := counted_signatures(convention, cover))
    ]
    return min(days, default=None)


def bound_on(convention: TerritorialConvention, pledge: Pledge, partner_id: UUID) -> date | None:
    """Since when a pledge binds one of its partners: the later of the pledge and of the signature; None while not."""
    signed = signed_on(convention, partner_id)
    return max(signed, pledge.pledged_on) if signed is not None else None


def is_bound(convention: TerritorialConvention, pledge: Pledge, partner_id: UUID, day: date) -> bool:
    """Whether it bound the partner on a day."""
    since = bound_on(convention, pledge, partner_id)
    return since is not None and since <= day
