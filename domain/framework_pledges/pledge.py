"""The pledges of a framework as they stand: their terms, what was delivered of them, what was not kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.kernel import Case, Part, UnknownReference, part
from domain.pledges.pledge import Default, Delivery, Means, OfPartners
from domain.values import Code, LocalId


@dataclass(frozen=True, kw_only=True)
class FrameworkTerms(Means):
    """What is pledged to a framework; for some of its `territories`, or, without any, for all of them."""

    territories: tuple[UUID, ...]


@dataclass
class FrameworkPledge(OfPartners):
    """What a partner pledged to a framework; a post that two of them pay is one pledge of both."""

    partner_id: UUID
    co_partner_id: UUID | None
    kind: Code
    pledged_on: date
    terms: FrameworkTerms
    deliveries: list[Delivery] = field(default_factory=list)
    defaults: list[Default] = field(default_factory=list)


@part(FrameworkConvention, "pledges")
@dataclass
class FrameworkPledges(Part):
    """The pledges by id, in the order in which they were made."""

    made: dict[LocalId, FrameworkPledge] = field(default_factory=dict)

    def known(self, pledge_id: LocalId, case: Case) -> FrameworkPledge | None:
        """A pledge that an act cites; the act is refused where there is no such one."""
        found = self.made.get(pledge_id)
        case.breaks_if(found is None, UnknownReference("pledge_id", pledge_id))
        return found


def bound_on(framework: FrameworkConvention, pledge: OfPartners, partner_id: UUID) -> date | None:
    """Since when a pledge binds one of its partners: the later of the pledge and of its signature of the framework;
    None while it has not signed (R17)."""
    signed = framework.signed_on.get(partner_id)
    return max(signed, pledge.pledged_on) if signed is not None else None


def is_bound(framework: FrameworkConvention, pledge: OfPartners, partner_id: UUID, day: date) -> bool:
    """Whether it bound the partner on a day."""
    since = bound_on(framework, pledge, partner_id)
    return since is not None and since <= day
