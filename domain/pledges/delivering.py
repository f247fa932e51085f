"""What delivering, and not keeping, say of any pledge, and the rules that weigh it (R17)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.kernel import BrokenRule, Case, Command, Level
from domain.money import check_amount, check_year
from domain.pledges.pledge import OfPartners
from domain.values import InvalidValue, Prose


@dataclass(frozen=True)
class NotBound(BrokenRule):
    """R17: a partner whose signature does not count is bound by nothing: what it did not keep was not owed."""

    RULE = "R17"
    LEVEL = Level.IRREGULAR
    FIELD = "partner_id"
    partner_id: UUID
    occurred_on: date


@dataclass(frozen=True)
class NotKeptAlready(BrokenRule):
    """R17: it is recorded already that this partner, bound, did not keep it: the same fact counts once."""

    RULE = "R17"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "partner_id"
    partner_id: UUID
    on: date


@dataclass(frozen=True)
class DeliveredWithoutProof(BrokenRule):
    """A delivery is a fact, and no document shows it."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "evidence"


@dataclass(frozen=True)
class DeliveredBeforePledge(BrokenRule):
    """What was delivered before it was pledged may be another thing: it is told."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    delivered_on: date
    pledged_on: date


@dataclass(frozen=True)
class MoreThanPledged(BrokenRule):
    """More money came than was pledged for that year: a typing error, or a pledge to be revised."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "amount_cents"
    year: int
    delivered_cents: int
    pledged_cents: int


@dataclass(frozen=True, kw_only=True)
class SaysDelivery(Command):
    """What was delivered: in words, as a quantity (hundredths of its unit), as money of a year, or all the rest."""

    what: Prose | None = None
    quantity_hundredths: int | None = None
    amount_cents: int | None = None
    year: int | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        if self.quantity_hundredths is not None and self.quantity_hundredths <= 0:
            raise InvalidValue("quantity", field="quantity_hundredths")
        if self.amount_cents is not None:
            check_amount(self.amount_cents, "amount_cents")
        if self.year is not None:
            check_year(self.year, "year")
        said: tuple[Any, ...] = (self.what, self.quantity_hundredths, self.amount_cents)
        if not self.whole and not any(said):
            raise InvalidValue("nothing-delivered", field="what")


def check_delivery(said: SaysDelivery, pledge: OfPartners, case: Case) -> int | None:
    """What is to be told of a delivery. Returns the year that its money is of, None without money."""
    case.breaks_if(not case.context.evidence, DeliveredWithoutProof())
    before = case.occurred_on < pledge.pledged_on
    case.breaks_if(before, DeliveredBeforePledge(case.occurred_on, pledge.pledged_on))
    if not said.amount_cents:
        return None
    year = said.year or case.occurred_on.year
    come = said.amount_cents + sum(one.amount_cents or 0 for one in pledge.deliveries if one.year == year)
    pledged = sum(one.total_cents for one in pledge.terms.amounts if one.year == year)
    case.breaks_if(come > pledged, MoreThanPledged(year, come, pledged))
    return year


def check_default(pledge: OfPartners, partner_id: UUID, bound: Callable[[date], bool], case: Case) -> None:
    """Whether a partner may be said not to have kept a pledge (`bound`: whether it bound the partner on a day): of one
    that is bound by nothing it is irregular, and the same fact counts once."""
    case.breaks_if(not bound(case.occurred_on), NotBound(partner_id, case.occurred_on))
    for one in pledge.defaults:
        if one.partner_id == partner_id and bound(one.on):
            case.broken(NotKeptAlready(one.partner_id, one.on))
