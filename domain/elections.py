"""Elections renew the mandates of some partners: what was held for them on a territory falls vacant at once.

One event on the territory: the roles are its own, and rights are decided on them. What was done in a role stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.kernel import AlreadyExists, Case, Command, Event, command, event, record_from, unique
from domain.partners import Partner
from domain.roles import Renewal
from domain.territories import Territory
from domain.values import InvalidValue


@event("territory.elected-mandates-renewed")
class ElectedMandatesRenewed(Event):
    """The mandates of these partners' elected people were renewed on `occurred_on`: from that day on, nobody holds a
    role for them who was not given it since."""

    partners: tuple[UUID, ...]

    def apply(self, territory: Territory) -> None:
        """Empty what was held for them."""
        territory.renewals.append(Renewal(self.envelope.event_id, self.occurred_on, self.partners))
        territory.settle_roles()


@command(Territory, records=ElectedMandatesRenewed)
@dataclass(frozen=True, kw_only=True)
class RecordRenewedMandates(Command):
    """Record that elections renewed the mandates of these partners; `occurred_on` is the day of the vote. Whoever is
    elected again is given their role again."""

    partners: tuple[UUID, ...]

    def __post_init__(self) -> None:
        if not self.partners:
            raise InvalidValue("at-least-one", field="partners")
        unique(map(str, self.partners), "partners")

    def decide(self, state: Territory, case: Case) -> None:
        for partner_id in self.partners:
            case.find(Partner, partner_id, "partners")
        told = {one for known in state.renewals if known.on == case.occurred_on for one in known.partners}
        for partner_id in self.partners:
            case.breaks_if(partner_id in told, AlreadyExists(str(partner_id)))
        case.settle()
        record_from(self, state, case)
