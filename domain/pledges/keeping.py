"""What became of a pledge: a partner delivered a part or the whole of it, or did not keep it (R17)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.convention.closed import Closing, RecordedAfterClosing
from domain.convention.deciding import ease_before, pinned_profile
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Case,
    Command,
    Event,
    Surroundings,
    Weighed,
    command,
    event,
    record_from,
    required_text,
)
from domain.pledges.binding import is_bound
from domain.pledges.delivering import SaysDelivery, check_default, check_delivery
from domain.pledges.pledge import Default, Delivery, Pledge
from domain.pledges.pledging import a_pledge
from domain.pledges.saying import check_party
from domain.values import Prose


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
class RecordDelivery(_OfPledge, SaysDelivery):
    """Record what a partner delivered of its pledge; `occurred_on` is the day. Money is of the `year` it was pledged
    for, that of the delivery when none is said."""

    def decide(self, state: Pledge, case: Case) -> None:
        self.convention_of(state, case)
        year = check_delivery(self, state, case)
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
            check_default(state, self.partner_id, lambda day: is_bound(convention, state, self.partner_id, day), case)
        case.settle()
        record_from(self, state, case)
