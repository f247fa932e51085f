"""What became of a pledge to the framework: a partner delivered a part or the whole of it, or did not keep it (R17)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.framework_pledges.pledge import FrameworkPledges, is_bound
from domain.frameworks import FrameworkConvention
from domain.kernel import Case, Command, Event, command, event, record_from, required_text
from domain.pledges.delivering import SaysDelivery, check_default, check_delivery
from domain.pledges.pledge import Default, Delivery
from domain.pledges.saying import check_party
from domain.values import LocalId, Prose


@event("framework.framework-pledge-delivered")
class FrameworkPledgeDelivered(Event):
    """A partner delivered on `occurred_on` a part of what it pledged to the framework, or the rest of it (`whole`)."""

    pledge_id: LocalId
    partner_id: UUID
    what: Prose | None
    quantity_hundredths: int | None
    year: int | None
    amount_cents: int | None
    whole: bool

    def apply(self, framework: FrameworkConvention) -> None:
        """Keep it with its pledge, where that stands."""
        pledge = FrameworkPledges.of(framework).made.get(self.pledge_id)
        if pledge is not None:
            pledge.deliveries.append(
                Delivery(
                    self.partner_id,
                    self.occurred_on,
                    self.quantity_hundredths,
                    self.year,
                    self.amount_cents,
                    self.whole,
                )
            )


@event("framework.framework-pledge-defaulted")
class FrameworkPledgeDefaulted(Event):
    """A partner did not keep its pledge to the framework, as was known on `occurred_on`, and why."""

    pledge_id: LocalId
    partner_id: UUID
    motive: Prose

    def apply(self, framework: FrameworkConvention) -> None:
        """Keep it with its pledge, where that stands: whether the partner was bound is a matter of signatures."""
        pledge = FrameworkPledges.of(framework).made.get(self.pledge_id)
        if pledge is not None:
            pledge.defaults.append(Default(self.partner_id, self.occurred_on))


@dataclass(frozen=True, kw_only=True)
class _OfPledge(Command):
    """A fact about one pledge of the framework, of one of its partners (R33)."""

    pledge_id: LocalId
    partner_id: UUID

    @property
    def acting_partner(self) -> UUID:
        """The partner may record it itself."""
        return self.partner_id


@command(FrameworkConvention, records=FrameworkPledgeDelivered, derived=("year",))
@dataclass(frozen=True, kw_only=True)
class RecordFrameworkDelivery(_OfPledge, SaysDelivery):
    """Record what a partner delivered of its pledge to the framework; money is of the `year` it was pledged for, that
    of the delivery when none is said."""

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        pledge = FrameworkPledges.of(state).known(self.pledge_id, case)
        year = None
        if pledge is not None:
            check_party(pledge, self.partner_id, case)
            year = check_delivery(self, pledge, case)
        case.settle()
        record_from(self, state, case, year=year)


@command(FrameworkConvention, records=FrameworkPledgeDefaulted)
@dataclass(frozen=True, kw_only=True)
class RecordFrameworkDefault(_OfPledge):
    """Record that a partner did not keep its pledge to the framework, and why; of one that has not signed it is
    irregular."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        pledge = FrameworkPledges.of(state).known(self.pledge_id, case)
        if pledge is not None:
            check_party(pledge, self.partner_id, case)
            check_default(pledge, self.partner_id, lambda day: is_bound(state, pledge, self.partner_id, day), case)
        case.settle()
        record_from(self, state, case)
