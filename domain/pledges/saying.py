"""What every pledge says of what it brings, to a convention or to a framework, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from domain.kernel import BrokenRule, Case, Command, DoesNotFit, Level
from domain.money import PledgedYear, check_amount, check_years
from domain.pledges.pledge import MONEY, NOT_A_PARTY, PLEDGE_CERTAINTIES, PLEDGE_KINDS, POST, UNITS, Means, OfPartners
from domain.values import Code, InvalidValue, Prose

MeansT = TypeVar("MeansT", bound=Means)


@dataclass(frozen=True)
class NothingRevised(BrokenRule):
    """The pledge says already what it is revised to."""

    RULE = ""
    LEVEL = Level.HARD


@dataclass(frozen=True, kw_only=True)
class SaysMeans(Command):
    """What pledging and revising have in common. `quantity_hundredths`: 50 is half a unit."""

    partner_id: UUID
    certainty: Code
    quantity_hundredths: int | None = None
    unit: Code | None = None
    amounts: tuple[PledgedYear, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None

    def __post_init__(self) -> None:
        if self.certainty not in PLEDGE_CERTAINTIES:
            raise InvalidValue("unknown-code", field="certainty", value=self.certainty, allowed=PLEDGE_CERTAINTIES)
        if self.unit is not None and self.unit not in UNITS:
            raise InvalidValue("unknown-code", field="unit", value=self.unit, allowed=UNITS)
        if self.quantity_hundredths is not None and self.quantity_hundredths <= 0:
            raise InvalidValue("quantity", field="quantity_hundredths")
        if (self.quantity_hundredths is None) != (self.unit is None):
            raise InvalidValue("quantity-and-unit", field="unit")
        if self.starts_on is not None and self.ends_on is not None and self.ends_on < self.starts_on:
            raise InvalidValue("period-reversed", field="ends_on")
        check_years((one.year for one in self.amounts), "amounts")
        for one in self.amounts:
            check_amount(one.amount_cents, "amounts")
            check_amount(one.co_amount_cents or 0, "amounts")


def terms_of(kind: type[MeansT], said: Any, what: Prose) -> MeansT:
    """The terms of a kind that an event or a command says; `what`: its words as they stand then."""
    return kind(**{one.name: getattr(said, one.name) for one in fields(kind)} | {"what": what})


def check_kind(kind: Code, partner_id: UUID, co_partner_id: UUID | None, amounts: tuple[PledgedYear, ...]) -> None:
    """Whether a pledge is of a known kind, and has what that kind wants. Raises `InvalidValue`."""
    if kind not in PLEDGE_KINDS:
        raise InvalidValue("unknown-code", field="kind", value=kind, allowed=PLEDGE_KINDS)
    if co_partner_id == partner_id:
        raise InvalidValue("same-partner", field="co_partner_id")
    if kind == POST and co_partner_id is None:
        raise InvalidValue("co-funder-required", field="co_partner_id")
    if kind == MONEY and not amounts:
        raise InvalidValue("at-least-one", field="amounts")
    check_shares(amounts, co_partner_id)


def check_shares(amounts: Iterable[PledgedYear], co_partner_id: UUID | None) -> None:
    """A second share is the second partner's. Raises `InvalidValue`."""
    if co_partner_id is None and any(one.co_amount_cents for one in amounts):
        raise InvalidValue("co-funder-required", field="co_partner_id")


def check_party(pledge: OfPartners, partner_id: UUID, case: Case) -> None:
    """Whether the pledge is this partner's."""
    case.breaks_if(partner_id not in pledge.parties, DoesNotFit("partner_id", str(partner_id), NOT_A_PARTY))
