"""The seats of a body: given to partners by role, filled, vacated, ended; vacant ones stay to be seen.

People are ids: their names are in the vault only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    DatesDoNotFit,
    Event,
    Level,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
)
from domain.partners import Partner, PartnerSeated
from domain.roles import Renewal
from domain.steering.acting import BodyCommand
from domain.steering.body import SteeringBody
from domain.steering.seat import ADVISER, CHAIR, CO_CHAIR, ELECTED, Seat, Vacancy
from domain.territories import Territory
from domain.values import Code, InvalidValue, LocalId

SEAT_ROLES: Final = (CHAIR, CO_CHAIR, Code("SECRETARY"), Code("MEMBER"), ADVISER)
COLLEGES: Final = (ELECTED, *(Code(one) for one in ("TECHNICAL", "USERS", "NONE")))
RENEWAL: Final = Code("RENEWAL")
VACATED_BY: Final = (RENEWAL, *(Code(one) for one in ("RESIGNED", "MOVED", "OTHER")))


@part(SteeringBody, "seats")
@dataclass
class Seats(Part):
    """The seats of a body by id, those that ended too."""

    given: dict[LocalId, Seat] = field(default_factory=dict)

    def known(self, seat_id: LocalId, case: Case) -> Seat | None:
        """A seat that an act names, there on its day; the act is refused where there is no such one."""
        seat = self.given.get(seat_id)
        if seat is None or seat.ended_on is not None:
            case.broken(UnknownReference("seat_id", seat_id))
            return None
        if case.occurred_on < seat.given_on:
            case.broken(DatesDoNotFit("seat_id", seat.given_on, case.occurred_on))
        return seat

    def leave(self, seat_id: LocalId, vacancy: Vacancy) -> None:
        """Nobody sits there from now on; of a seat that was annulled there is nothing to keep."""
        if (seat := self.given.get(seat_id)) is not None:
            left = (*seat.vacancies, vacancy)
            self.given[seat_id] = replace(seat, person_id=None, substitute_id=None, vacancies=left)


def _is_there(body: SteeringBody) -> bool:
    return any(one.ended_on is None for one in Seats.of(body).given.values())


@dataclass(frozen=True)
class SeatAlreadyVacant(BrokenRule):
    """Whoever left has left: the seat waits for somebody else."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "seat_id"
    since: date


@event("steering-body.steering-seat-assigned")
class SteeringSeatAssigned(Event):
    """A partner has a seat from `occurred_on` on, in a role and a college; who sits there, where it is known."""

    seat_id: LocalId
    partner_id: UUID
    seat_role: Code
    college: Code
    person_id: UUID | None
    substitute_id: UUID | None

    def apply(self, body: SteeringBody) -> None:
        """Keep it."""
        Seats.of(body).given[self.seat_id] = Seat(
            self.partner_id, self.seat_role, self.college, self.occurred_on, self.person_id, self.substitute_id
        )


@event("steering-body.steering-seat-filled")
class SteeringSeatFilled(Event):
    """Somebody sits there from `occurred_on` on, and who replaces them."""

    seat_id: LocalId
    person_id: UUID | None
    substitute_id: UUID | None

    def apply(self, body: SteeringBody) -> None:
        """Keep who sits; of a seat that was annulled there is nobody to keep."""
        given = Seats.of(body).given
        if (seat := given.get(self.seat_id)) is not None:
            past = seat.vacancies
            if (last := seat.vacancy) is not None:
                over = replace(last, filled_on=self.occurred_on, filled_by=self.envelope.event_id)
                past = (*past[:-1], over)
            given[self.seat_id] = replace(
                seat,
                person_id=self.person_id,
                substitute_id=self.substitute_id,
                filled_on=self.occurred_on,
                vacancies=past,
            )


@event("steering-body.steering-seat-vacated")
class SteeringSeatVacated(Event):
    """Whoever sat there left; the seat stays, and waits."""

    seat_id: LocalId
    cause: Code

    def apply(self, body: SteeringBody) -> None:
        """Keep since when."""
        Seats.of(body).leave(self.seat_id, Vacancy(self.occurred_on, self.cause))


@event("steering-body.steering-seat-emptied")
class SteeringSeatEmptied(SteeringSeatVacated):
    """A renewal of mandates ended that of whoever sat there, as its consequence."""

    renewal_id: UUID

    def apply(self, body: SteeringBody) -> None:
        """Keep since when, and which renewal."""
        Seats.of(body).leave(self.seat_id, Vacancy(self.occurred_on, self.cause, self.renewal_id))


@event("steering-body.steering-seat-ended")
class SteeringSeatEnded(Event):
    """There is no such seat any more from `occurred_on` on."""

    seat_id: LocalId

    def apply(self, body: SteeringBody) -> None:
        """Keep the day."""
        given = Seats.of(body).given
        if (seat := given.get(self.seat_id)) is not None:
            given[self.seat_id] = replace(seat, ended_on=self.occurred_on)


def _check_people(case: Case, person_id: UUID | None, substitute_id: UUID | None) -> None:
    """Nobody unknown sits, and nobody replaces themselves."""
    for name, one in (("person_id", person_id), ("substitute_id", substitute_id)):
        case.breaks_if(one is not None and not case.people.knows(one), UnknownReference(name, str(one)))
    if person_id is not None:
        case.breaks_if(person_id == substitute_id, AlreadyExists(str(substitute_id)))


def empty_seat(body: SteeringBody, seat_id: LocalId, renewal: Renewal, case: Case, cause: Event) -> bool:
    """Empty a seat that elections empty, as their consequence. Returns whether they did."""
    emptied = Seats.of(body).given[seat_id].is_emptied_by(renewal)
    if emptied:
        said = {"seat_id": seat_id, "cause": RENEWAL, "renewal_id": renewal.event_id}
        body.record(SteeringSeatEmptied, case, caused_by=cause, occurred_on=renewal.on, **said)
    return emptied


def _settle_renewals(body: SteeringBody, seat_id: LocalId, case: Case, cause: Event) -> None:
    """Whoever is said late to have sat before elections that are known sits there no more since them."""
    if case.occurred_on >= case.context.today:
        return
    places: tuple[UUID, ...] = (body.home_territory_id,) if body.home_territory_id is not None else ()
    if body.home_framework_id is not None:
        framework = case.find(FrameworkConvention, body.home_framework_id, "stream_id")
        places = tuple(framework.territories) if framework is not None else ()
    for one in places:
        territory = case.find(Territory, one, "stream_id")
        for renewal in sorted(territory.renewals if territory is not None else (), key=lambda known: known.on):
            empty_seat(body, seat_id, renewal, case, cause)


@command(SteeringBody, records=SteeringSeatAssigned)
@dataclass(frozen=True, kw_only=True)
class GiveSteeringSeat(BodyCommand):
    """Give a partner a seat in a body, in a role and a college; the people by their ids, where they are known."""

    seat_id: LocalId
    partner_id: UUID
    seat_role: Code = Code("MEMBER")
    college: Code = Code("NONE")
    person_id: UUID | None = None
    substitute_id: UUID | None = None

    def __post_init__(self) -> None:
        if self.seat_role not in SEAT_ROLES:
            raise InvalidValue("unknown-code", field="seat_role", value=self.seat_role, allowed=SEAT_ROLES)
        if self.college not in COLLEGES:
            raise InvalidValue("unknown-code", field="college", value=self.college, allowed=COLLEGES)

    def decide(self, state: SteeringBody, case: Case) -> None:
        case.breaks_if(self.seat_id in Seats.of(state).given, AlreadyExists(self.seat_id))
        partner = case.find(Partner, self.partner_id, "partner_id")
        _check_people(case, self.person_id, self.substitute_id)
        case.settle()
        given = record_from(self, state, case)
        if partner is not None and state.id not in partner.bodies:
            partner.record(PartnerSeated, case, caused_by=given, body_id=state.id)
            case.streams.change(partner)
        _settle_renewals(state, self.seat_id, case, given)


@command(SteeringBody, records=SteeringSeatFilled)
@dataclass(frozen=True, kw_only=True)
class FillSteeringSeat(BodyCommand):
    """Say who sits there from now on, and who replaces them."""

    WANTS = (_is_there, "seat_id", GiveSteeringSeat.NAME)

    seat_id: LocalId
    person_id: UUID | None = None
    substitute_id: UUID | None = None

    def decide(self, state: SteeringBody, case: Case) -> None:
        seat = Seats.of(state).known(self.seat_id, case)
        if seat is not None and seat.vacant_since is not None and case.occurred_on < seat.vacant_since:
            case.broken(DatesDoNotFit("seat_id", seat.vacant_since, case.occurred_on))
        _check_people(case, self.person_id, self.substitute_id)
        case.settle()
        _settle_renewals(state, self.seat_id, case, record_from(self, state, case))


@command(SteeringBody, records=SteeringSeatVacated)
@dataclass(frozen=True, kw_only=True)
class VacateSteeringSeat(BodyCommand):
    """Say that whoever sat there left: the seat is vacant until somebody takes it."""

    WANTS = (_is_there, "seat_id", GiveSteeringSeat.NAME)

    seat_id: LocalId
    cause: Code = Code("OTHER")

    def __post_init__(self) -> None:
        if self.cause not in VACATED_BY:
            raise InvalidValue("unknown-code", field="cause", value=self.cause, allowed=VACATED_BY)

    def decide(self, state: SteeringBody, case: Case) -> None:
        seat = Seats.of(state).known(self.seat_id, case)
        if seat is not None and seat.vacant_since is not None:
            case.broken(SeatAlreadyVacant(seat.vacant_since))
        case.settle()
        record_from(self, state, case)


@command(SteeringBody, records=SteeringSeatEnded)
@dataclass(frozen=True, kw_only=True)
class EndSteeringSeat(BodyCommand):
    """End a seat: the body has it no more from `occurred_on` on."""

    WANTS = (_is_there, "seat_id", GiveSteeringSeat.NAME)

    seat_id: LocalId

    def decide(self, state: SteeringBody, case: Case) -> None:
        Seats.of(state).known(self.seat_id, case)
        case.settle()
        record_from(self, state, case)
