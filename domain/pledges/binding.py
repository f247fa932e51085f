"""Since when a partner is bound by what it pledges: since its own signature counts, and no other partner's (R17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.convention.counting import Counted, counted_signatures
from domain.convention.state import COVERS, TerritorialConvention
from domain.pledges.pledge import Pledge


def signed_on(convention: TerritorialConvention, partner_id: UUID) -> date | None:
    """The first day on which a signature of the partner counts, of the convention or of its plan; None while none
    does."""
    return first_counted((counted_signatures(convention, cover) for cover in COVERS), partner_id)


def first_counted(counted: Iterable[Mapping[UUID, Counted]], partner_id: UUID) -> date | None:
    """The first day on which one of a partner's signatures counts, of those that count for each text."""
    return min((each[partner_id].counts_on for each in counted if partner_id in each), default=None)


def bound_from(pledge: Pledge, signed: date | None) -> date | None:
    """Since when a pledge binds a partner whose signature counts since a day (`signed_on`); None while it does not."""
    return max(signed, pledge.pledged_on) if signed is not None else None


def bound_on(convention: TerritorialConvention, pledge: Pledge, partner_id: UUID) -> date | None:
    """Since when a pledge binds one of its partners: the later of the pledge and of the signature; None while not."""
    return bound_from(pledge, signed_on(convention, partner_id))


def is_bound(convention: TerritorialConvention, pledge: Pledge, partner_id: UUID, day: date) -> bool:
    """Whether it bound the partner on a day."""
    since = bound_on(convention, pledge, partner_id)
    return since is not None and since <= day
