"""One pledge of a partner, or of two that share it: its terms as they stand, what was delivered, what was not kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel import Aggregate, Places, aggregate
from domain.money import FIRM, PROMISED, PledgedYear
from domain.values import Code, LocalId, Prose, PublicName

MONEY = Code("MONEY")
POST = Code("POST")
PLEDGE_KINDS: Final = tuple(
    Code(kind)
    for kind in (
        "PEOPLE",
        "POST",
        "DATA",
        "EXPERTISE",
        "NETWORK",
        "RELAY",
        "SEAT",
        "PREMISES",
        "MONEY",
        "PROGRAMME",
    )
)
POSSIBLE = Code("POSSIBLE")
PLEDGE_CERTAINTIES: Final = (FIRM, POSSIBLE)
UNITS: Final = tuple(
    Code(unit)
    for unit in ("FTE", "HOURS", "DAYS", "PERSONS", "SEATS", "PLACES", "ROOMS", "MEETINGS", "DATA_SETS", "OTHER")
)

NOT_A_PARTY: Final = Code("NOT_A_PARTY")
"""Why a partner neither delivers nor revises a pledge: it is another one's."""


@dataclass(frozen=True, kw_only=True)
class Means:
    """What is pledged, whatever it is pledged to, as it stands. `quantity_hundredths`: 50 is half a unit."""

    certainty: Code
    what: Prose
    quantity_hundredths: int | None
    unit: Code | None
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    amounts: tuple[PledgedYear, ...]

    @property
    def money_certainty(self) -> Code:
        """How sure its money is: what is only possible is no more than promised."""
        return FIRM if self.certainty == FIRM else PROMISED


@dataclass(frozen=True, kw_only=True)
class Terms(Means):
    """What is pledged to a convention. Without sheets and priority it serves the plan as a whole."""

    sheets: tuple[UUID, ...]
    priority_id: LocalId | None


@dataclass(frozen=True)
class Delivery:
    """A part of a pledge, or the rest of it (`whole`), that a partner delivered; its money by the year it was pledged
    for."""

    partner_id: UUID
    delivered_on: date
    quantity_hundredths: int | None
    year: int | None
    amount_cents: int | None
    whole: bool


@dataclass(frozen=True)
class Default:
    """A partner did not keep it."""

    partner_id: UUID
    on: date


class OfPartners:
    """What every pledge is: of one partner or of two that share it, delivered in parts, or not kept."""

    partner_id: UUID
    co_partner_id: UUID | None
    kind: Code
    pledged_on: date
    terms: Means
    deliveries: list[Delivery]
    defaults: list[Default]

    @property
    def parties(self) -> tuple[UUID, ...]:
        """Whose it is: one partner, or two."""
        return (self.partner_id,) if self.co_partner_id is None else (self.partner_id, self.co_partner_id)

    @property
    def is_delivered(self) -> bool:
        """Whether all of it was delivered: somebody said so, or its quantity or all its money is there."""
        if any(one.whole for one in self.deliveries):
            return True
        pledged, wanted = sum(one.total_cents for one in self.terms.amounts), self.terms.quantity_hundredths
        if pledged:
            return sum(one.amount_cents or 0 for one in self.deliveries) >= pledged
        return bool(wanted) and sum(one.quantity_hundredths or 0 for one in self.deliveries) >= (wanted or 0)

    @property
    def delivered_on(self) -> date | None:
        """The day of the last delivery, None while there is none."""
        return max((one.delivered_on for one in self.deliveries), default=None)


@aggregate("pledge", "pledges")
class Pledge(OfPartners, Aggregate):
    """What a partner pledged to a convention; a post that two of them pay is one pledge of both."""

    convention_id: UUID
    home_territory_id: UUID
    partner_id: UUID
    co_partner_id: UUID | None
    kind: Code
    pledged_on: date
    terms: Terms
    deliveries: list[Delivery]
    defaults: list[Default]

    def __init__(self) -> None:
        self.co_partner_id = None
        self.deliveries = []
        self.defaults = []

    @property
    def territory_id(self) -> UUID:
        """The territory of its convention."""
        return self.home_territory_id

    @property
    def called(self) -> tuple[PublicName | Prose, ...]:
        """What is pledged."""
        return (self.terms.what,)

    def places(self) -> Places:
        """Its convention and the territory of that."""
        return Places(self.convention_id, self.home_territory_id)
