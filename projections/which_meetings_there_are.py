"""Which meetings are to come, which were held, how far are their minutes? Who sits in the bodies, which seats wait?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final
from uuid import UUID

from domain.calendar import add_months
from domain.collation import alphabetical
from domain.kernel import Event
from domain.steering import SteeringBody, SteeringMeetingHeld
from domain.steering.answering import PRESENT, PROXY, Answers
from domain.steering.meetings import Proxy
from domain.steering.minutes import Minutes, MinutesCorrected, MinutesDrafted
from domain.steering.planning import (
    AgendaItem,
    Planned,
    SteeringMeetingCancelled,
    SteeringMeetingConvened,
    SteeringMeetingMoved,
    SteeringMeetingPlanned,
)
from domain.steering.quorum import BodyRules, QuorumTold, Rules, quorum_of
from domain.steering.seats import Seats
from domain.values import Code, Evidence, LocalId, Prose, PublicName
from projections.engine import Steered

PLANNED: Final = Code("PLANNED")
CONVENED: Final = Code("CONVENED")
TO_RECORD: Final = Code("TO_RECORD")
"""Its day is past, and nobody said whether it was held."""
CANCELLED: Final = Code("CANCELLED")
HELD: Final = Code("HELD")
DRAFTED: Final = Code("DRAFTED")
APPROVED: Final = Code("APPROVED")
MEETING_STATES: Final = (PLANNED, CONVENED, TO_RECORD, CANCELLED, HELD, DRAFTED, APPROVED)


@dataclass(frozen=True)
class AnswerTold:
    """A seat that is asked to a meeting, and its last answer for that day; `answer` None: it has not answered."""

    seat_id: LocalId
    partner_id: UUID
    person_id: UUID | None
    substitute_id: UUID | None
    votes: bool
    answer: Code | None
    proxy_seat_id: LocalId | None
    answered_on: date | None


@dataclass(frozen=True)
class MeetingTold:
    """A meeting from the plan to the minutes. `on`: the day on which it was held, else is to be.

    `answers`: what each seat answered to the invitation, while it is to come and convened; `foreseen`: the quorum that
    those who said that they come would make. `quorum` None: nobody told who came. `papers`: the documents of the
    invitations; `evidence`: those of the meeting itself; `minutes`: what the minutes add to what was recorded,
    `corrections`: what later meetings said otherwise.
    """

    body_id: UUID
    body: PublicName
    body_kind: Code
    meeting_id: LocalId
    state: Code
    on: date
    planned_on: date | None
    starts_at: time | None
    place: Prose | None
    link: Prose | None
    joint_with: tuple[UUID, ...]
    convened_on: date | None
    agenda: tuple[AgendaItem, ...]
    answers: tuple[AnswerTold, ...]
    foreseen: QuorumTold | None
    papers: tuple[Evidence, ...]
    cancelled_for: Prose | None
    held_on: date | None
    attendance: int | None
    partners_present: tuple[UUID, ...]
    seats_present: tuple[LocalId, ...]
    seats_excused: tuple[LocalId, ...]
    proxies: tuple[Proxy, ...]
    quorum: QuorumTold | None
    evidence: tuple[Evidence, ...]
    drafted_on: date | None
    approved_on: date | None
    minutes: Prose | None
    corrections: tuple[Prose, ...]
    event_id: UUID

    @property
    def is_to_come(self) -> bool:
        """Whether it is still to be held, or to be said that it was."""
        return self.state in (PLANNED, CONVENED, TO_RECORD)

    def said(self, answer: Code | None) -> tuple[LocalId, ...]:
        """The seats that answered so; None: those that have not answered."""
        return tuple(one.seat_id for one in self.answers if one.answer == answer)

    @property
    def proxies_given(self) -> tuple[Proxy, ...]:
        """Who answered that another seat votes for theirs."""
        return tuple(
            Proxy(one.seat_id, one.proxy_seat_id)
            for one in self.answers
            if one.answer == PROXY and one.proxy_seat_id is not None
        )


@dataclass(frozen=True)
class SeatTold:
    """A seat that is there, and whether anybody sits on it."""

    seat_id: LocalId
    partner_id: UUID
    seat_role: Code
    college: Code
    person_id: UUID | None
    substitute_id: UUID | None
    vacant_since: date | None


@dataclass(frozen=True)
class BodyTold:
    """A body: its seats, its rules, how many it takes to decide today; `next_on`: when it is to meet next, `meets_by`:
    by when it is to, by its rhythm, counted from its last meeting or from the day on which that was said."""

    body_id: UUID
    name: PublicName
    kind: Code
    seats: tuple[SeatTold, ...]
    rules: BodyRules | None
    quorum: QuorumTold
    last_held_on: date | None
    next_on: date | None
    meets_by: date | None

    @property
    def is_unplanned(self) -> bool:
        """Whether its rhythm wants a meeting that nobody planned."""
        return self.meets_by is not None and (self.next_on is None or self.next_on > self.meets_by)

    @property
    def vacant(self) -> tuple[SeatTold, ...]:
        """The seats on which nobody sits since somebody left."""
        return tuple(one for one in self.seats if one.vacant_since is not None)


def body_register(place: Steered, today: date) -> tuple[BodyTold, ...]:
    """The bodies of a place with their seats, the committees first."""
    found = (_body(one, today) for one in place.bodies)
    return tuple(sorted(found, key=lambda one: (one.kind != "COPIL", alphabetical(one.name))))


def _body(body: SteeringBody, today: date) -> BodyTold:
    seats = tuple(
        SeatTold(
            seat_id, one.partner_id, one.seat_role, one.college, one.person_id, one.substitute_id, one.vacant_since
        )
        for seat_id, one in Seats.of(body).given.items()
        if one.held_on(today)
    )
    held = max((one.held_on for one in body.meetings.values()), default=None)
    to_come = min((one.planned_on for one in Planned.of(body).awaited(body).values()), default=None)
    told, rules = quorum_of(body, today, ()), Rules.of(body).on(today)
    months = rules.rhythm_months if rules is not None else None
    meets_by = add_months(held or rules.since, months) if rules is not None and months is not None else None
    return BodyTold(body.id, body.name, body.kind, seats, rules, told, held, to_come, meets_by)


def sittings(place: Steered, today: date) -> tuple[MeetingTold, ...]:
    """The meetings of the bodies of a place: those to come by their day, then those that are over, the latest first."""
    found = [one for body in place.bodies for one in _of(place, body, today)]
    to_come = sorted((one for one in found if one.is_to_come), key=lambda one: one.on)
    over = sorted((one for one in found if not one.is_to_come), key=lambda one: one.on, reverse=True)
    return (*to_come, *over)


def _of(place: Steered, body: SteeringBody, today: date) -> Iterator[MeetingTold]:
    said: dict[LocalId, list[Event]] = {}
    for _, event in place.of(SteeringBody, *_ABOUT):
        if event.originator_id == body.id:
            said.setdefault(event.meeting_id, []).append(event)  # type: ignore[attr-defined]
    planned = Planned.of(body).meetings
    for meeting_id in dict.fromkeys((*planned, *body.meetings)):
        if meeting_id in said:
            yield _meeting(body, meeting_id, said[meeting_id], today)


_ABOUT: Final = (
    SteeringMeetingPlanned,
    SteeringMeetingMoved,
    SteeringMeetingConvened,
    SteeringMeetingCancelled,
    SteeringMeetingHeld,
    MinutesDrafted,
    MinutesCorrected,
)


def _meeting(body: SteeringBody, meeting_id: LocalId, said: list[Event], today: date) -> MeetingTold:
    plan, held = Planned.of(body).meetings.get(meeting_id), body.meetings.get(meeting_id)
    minutes = Minutes.of(body).of_meeting.get(meeting_id)
    where = next(
        (one for one in reversed(said) if isinstance(one, (SteeringMeetingPlanned, SteeringMeetingMoved))), None
    )
    why = next((one.motive for one in said if isinstance(one, SteeringMeetingCancelled)), None)
    record = next((one for one in reversed(said) if isinstance(one, SteeringMeetingHeld)), None)
    drafted = [one.text for one in said if isinstance(one, MinutesDrafted) and one.text is not None]
    on = held.held_on if held is not None else plan.planned_on if plan is not None else said[0].occurred_on
    return MeetingTold(
        body_id=body.id,
        body=body.name,
        body_kind=body.kind,
        meeting_id=meeting_id,
        state=_state(body, meeting_id, today),
        on=on,
        planned_on=plan.planned_on if plan is not None else None,
        starts_at=plan.starts_at if plan is not None else None,
        place=where.place if where is not None else None,
        link=where.link if where is not None else None,
        joint_with=plan.joint_with if plan is not None else (),
        convened_on=plan.convened_on if plan is not None else None,
        agenda=plan.agenda if plan is not None else (),
        answers=(told := _answers(body, meeting_id)),
        foreseen=_foreseen(body, told, on) if told else None,
        papers=tuple(
            paper for one in said if isinstance(one, SteeringMeetingConvened) for paper in one.envelope.evidence
        ),
        cancelled_for=why,
        held_on=held.held_on if held is not None else None,
        attendance=record.attendance if record is not None else None,
        partners_present=record.partners_present if record is not None else (),
        seats_present=record.seats_present if record is not None else (),
        seats_excused=record.seats_excused if record is not None else (),
        proxies=record.proxies if record is not None else (),
        quorum=quorum_of(body, record.occurred_on, record.seats_present) if record is not None else None,
        evidence=record.envelope.evidence if record is not None else (),
        drafted_on=minutes.drafted_on if minutes is not None else None,
        approved_on=minutes.approved_on if minutes is not None else None,
        minutes=drafted[-1] if drafted else None,
        corrections=tuple(one.text for one in said if isinstance(one, MinutesCorrected)),
        event_id=(record or said[-1]).envelope.event_id,
    )


def _answers(body: SteeringBody, meeting_id: LocalId) -> tuple[AnswerTold, ...]:
    """What each seat of the day of a meeting answered; nothing of one that is over, or that nobody was invited to."""
    plan = Planned.of(body).awaited(body).get(meeting_id)
    if plan is None or plan.convened_on is None:
        return ()
    given = Answers.of(body).to(meeting_id, plan.planned_on)
    return tuple(
        AnswerTold(
            seat_id,
            seat.partner_id,
            seat.person_id,
            seat.substitute_id,
            seat.votes_on(plan.planned_on),
            one.answer if (one := given.get(seat_id)) is not None else None,
            one.proxy_seat_id if one is not None else None,
            one.on if one is not None else None,
        )
        for seat_id, seat in Seats.of(body).given.items()
        if seat.held_on(plan.planned_on)
    )


def _foreseen(body: SteeringBody, answers: tuple[AnswerTold, ...], on: date) -> QuorumTold:
    """The quorum that those who come would make; of nobody who comes it is not reached."""
    told = quorum_of(body, on, tuple(one.seat_id for one in answers if one.answer == PRESENT))
    return replace(told, reached=False) if told.needed is not None and told.reached is None else told


def _state(body: SteeringBody, meeting_id: LocalId, today: date) -> Code:
    plan, minutes = Planned.of(body).meetings.get(meeting_id), Minutes.of(body).of_meeting.get(meeting_id)
    if meeting_id in body.meetings:
        if minutes is None:
            return HELD
        return DRAFTED if minutes.approved_on is None else APPROVED
    if plan is None or plan.cancelled_on is not None:
        return CANCELLED
    if plan.planned_on < today:
        return TO_RECORD
    return CONVENED if plan.convened_on is not None else PLANNED
