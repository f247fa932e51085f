"""Elections renew the mandates of some partners: what was held for them on a territory falls vacant at once.

The roles are the territory's own, and rights are decided on them; the seats are those of its bodies, and of the bodies
of the framework that follows it, each emptied by an event of its own in the same transaction. What was done in a role
or on a seat stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.assignments import replaced
from domain.frameworks import FrameworkConvention
from domain.kernel import AlreadyExists, Case, Command, Event, command, event, record_from, unique
from domain.partners import Partner
from domain.roles import Renewal, ended_by, speakers
from domain.steering.body import SteeringBody
from domain.steering.seats import Seats, empty_seat
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


@event("framework.framework-mandates-renewed")
class FrameworkMandatesRenewed(Event):
    """A renewal of mandates told on a territory ended these roles on the framework, as its consequence."""

    renewal_id: UUID
    assignments: tuple[UUID, ...]

    def apply(self, framework: FrameworkConvention) -> None:
        """End them."""
        for one in self.assignments:
            replaced(framework, one, ended_on=self.occurred_on, renewed_by=self.renewal_id)


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
        found = [case.find(Partner, partner_id, "partners") for partner_id in self.partners]
        told = {one for known in state.renewals if known.on == case.occurred_on for one in known.partners}
        for partner_id in self.partners:
            case.breaks_if(partner_id in told, AlreadyExists(str(partner_id)))
        case.settle()
        renewed = record_from(self, state, case)
        renewal = Renewal(renewed.envelope.event_id, case.occurred_on, self.partners)
        self._end_framework_roles(state, renewal, case, renewed)
        seated = dict.fromkeys(body_id for one in found if one is not None for body_id in one.bodies)
        for body_id in seated:
            body = case.streams.find(SteeringBody, body_id)
            if body is None or not self._reaches(body, case):
                continue
            case.streams.rely_on(body)
            emptied = [empty_seat(body, seat_id, renewal, case, renewed) for seat_id in Seats.of(body).given]
            if any(emptied):
                case.streams.change(body)

    def _end_framework_roles(self, state: Territory, renewal: Renewal, case: Case, cause: Event) -> None:
        """End what elected people of these partners hold on the frameworks that follow the territory."""
        speaking = speakers(state.assignments, renewal)
        for framework in case.streams.following(FrameworkConvention, self.stream_id):
            ended = tuple(one.assignment_id for one in ended_by(framework.assignments, renewal, speaking))
            if ended:
                framework.record(
                    FrameworkMandatesRenewed,
                    case,
                    caused_by=cause,
                    renewal_id=renewal.event_id,
                    assignments=ended,
                )
                case.streams.change(framework)

    def _reaches(self, body: SteeringBody, case: Case) -> bool:
        """Whether a body is the territory's own, or one of a framework that follows it."""
        if body.home_framework_id is None:
            return body.home_territory_id == self.stream_id
        framework = case.streams.find(FrameworkConvention, body.home_framework_id)
        return framework is not None and self.stream_id in framework.territories
