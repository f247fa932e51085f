"""What became of a pledge: a partner delivered a part or the whole of it, or did not keep it (R17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.convention.closed import Closing, RecordedAfterClosing
from domain.convention.deciding import ease_before, pinned_profile
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    Command,
    Event,
    Level,
    Surroundings,
    Weighed,
    command,
    event,
    record_from,
    required_text,
)
from domain.money import check_amount, check_year
from domain.pledges.binding import is_bound
from domain.pledges.pledge import Default, Delivery, Pledge
from domain.pledges.pledging import a_pledge, check_party
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


@event("pledge.resource-delivered")
class ResourceDelivered(Event):
    """A partner delivered on `occurred_on` a part of what it pledged, or the rest of it (`whole`)."""

    partner_id: UUID
    what: Prose | None
    quantity_hundredths: int | None
    year: int | None
    amount_cents: int | None
    whole: bool

    def apply(self, pledge: Pledge) -> None:
        """Keep it."""
        pledge.deliveries.append(
            Delivery(
                self.partner_id, self.occurred_on, self.quantity_hundredths, self.year, self.amount_cents, self.whole
            )
        )


@event("pledge.pledge-defaulted")
class PledgeDefaulted(Event):
    """A partner did not keep its pledge, as was known on `occurred_on`, and why."""

    partner_id: UUID
    motive: Prose

    def apply(self, pledge: Pledge) -> None:
        """Keep it: whether the partner was bound that day is a matter of signatures."""
        pledge.defaults.append(Default(self.partner_id, self.occurred_on))


@dataclass(frozen=True, kw_only=True)
class _OfPledge(Command):
    """A fact about one pledge, of one of its partners (R33)."""

    partner_id: UUID

    @property
    def acting_partner(self) -> UUID:
        """The partner may record it itself."""
        return self.partner_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`."""
        return a_pledge(state, case, around)

    def convention_of(self, pledge: Pledge, case: Case) -> TerritorialConvention | None:
        """Its convention, whose method weighs the rules; a closed one keeps facts, and that is told."""
        check_party(pledge, self.partner_id, case)
        convention = case.find(TerritorialConvention, pledge.convention_id, "convention_id")
        if convention is not None:
            pinned_profile(case, *convention.profile_key)
            ease_before(convention, case)
            closed_on = Closing.of(convention).closed_on
            if closed_on is not None:
                case.broken(RecordedAfterClosing(closed_on))
        return convention


@command(Pledge, records=ResourceDelivered, derived=("year",))
@dataclass(frozen=True, kw_only=True)
class RecordDelivery(_OfPledge):
    """Record what a partner delivered of its pledge; `occurred_on` is the day. Money is of the `year` it was pledged
    for, that of the delivery when none is said."""

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

    def decide(self, state: Pledge, case: Case) -> None:
        self.convention_of(state, case)
        case.breaks_if(not case.context.evidence, DeliveredWithoutProof())
        before = case.occurred_on < state.pledged_on
        case.breaks_if(before, DeliveredBeforePledge(case.occurred_on, state.pledged_on))
        year = None
        if self.amount_cents:
            year = self.year or case.occurred_on.year
            come = self.amount_cents + sum(one.amount_cents or 0 for one in state.deliveries if one.year == year)
            pledged = sum(one.total_cents for one in state.terms.amounts if one.year == year)
            case.breaks_if(come > pledged, MoreThanPledged(year, come, pledged))
        case.settle()
        record_from(self, state, case, year=year)


@command(Pledge, records=PledgeDefaulted)
@dataclass(frozen=True, kw_only=True)
class RecordPledgeDefault(_OfPledge):
    """Record that a partner did not keep its pledge, and why; of one that is not bound it is irregular."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def decide(self, state: Pledge, case: Case) -> None:
        convention = self.convention_of(state, case)
        if convention is not None:
            bound = is_bound(convention, state, self.partner_id, case.occurred_on)
            case.breaks_if(not bound, NotBound(self.partner_id, case.occurred_on))
            for one in state.defaults:
                if one.partner_id == self.partner_id and is_bound(convention, state, one.partner_id, one.on):
                    case.broken(NotKeptAlready(one.partner_id, one.on))
        case.settle()
        record_from(self, state, case)
