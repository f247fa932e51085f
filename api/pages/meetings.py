"""The page of meetings: what is to be prepared, held and written down, and who sits where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from api.pages.acts.invitations import ANSWER_INVITATION
from api.pages.acts.minutes import APPROVE_MINUTES, CORRECT_MINUTES, DRAFT_MINUTES
from api.pages.acts.sittings import (
    CANCEL_MEETING,
    CONVENE_MEETING,
    FILL_STEERING_SEAT,
    MOVE_MEETING,
    PLAN_MEETING,
    RECORD_DECISION,
)
from api.pages.acts.steering import RECORD_MEETING
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.sittings import AgendaLine, BodyCard, MeetingsPage, SeatLine, SittingLine
from api.pages.forms.bodies import BodiesCase
from api.pages.forms.record import Form
from api.pages.invited import answer_lines, foreseen, invitation_lines
from api.pages.steered import SteeredView
from api.pages.trainings import of_territory
from api.pages.view import View
from domain.steering.quorum import QuorumTold
from projections.what_a_meeting_would_discuss import proposed_agenda
from projections.which_meetings_there_are import (
    APPROVED,
    CANCELLED,
    CONVENED,
    DRAFTED,
    HELD,
    PLANNED,
    TO_RECORD,
    BodyTold,
    MeetingTold,
    SeatTold,
    body_register,
    sittings,
)

MOST_OVER: Final = 6
"""Meetings that are over and that the page shows; the journal has all of them."""
MOST_PROPOSED: Final = 8
"""Points that an agenda may well have."""

STATUS_OF: Final[dict[str, Status]] = {
    PLANNED: "watch",
    CONVENED: "on-time",
    TO_RECORD: "late",
    CANCELLED: "not-started",
    HELD: "watch",
    DRAFTED: "watch",
    APPROVED: "done",
}
_ACTS: Final[dict[str, tuple[Form[BodiesCase], ...]]] = {
    PLANNED: (CONVENE_MEETING, MOVE_MEETING, CANCEL_MEETING, RECORD_MEETING),
    CONVENED: (RECORD_MEETING, ANSWER_INVITATION, CONVENE_MEETING, MOVE_MEETING, CANCEL_MEETING),
    TO_RECORD: (RECORD_MEETING, MOVE_MEETING, CANCEL_MEETING),
    CANCELLED: (),
    HELD: (DRAFT_MINUTES, RECORD_DECISION),
    DRAFTED: (APPROVE_MINUTES, DRAFT_MINUTES, RECORD_DECISION),
    APPROVED: (CORRECT_MINUTES,),
}
"""What a meeting may need next, what is most likely first."""


def meetings_page(view: View) -> MeetingsPage:
    """Everything the page shows."""
    made = meetings_of(view, view.territory, proposed_lines(view))
    return replace(made, trainings=of_territory(view.ask, view.dossier.territory_id))


def meetings_of(view: SteeredView, name: str, proposed: Iterable[AgendaLine]) -> MeetingsPage:
    """The same of any place that bodies steer, by its name, with the agenda that is `proposed` there."""
    found = sittings(view.place, view.ask.today)
    bodies = body_register(view.place, view.ask.today)
    view.ask.open(found)
    seated = (one for body in bodies for seat in body.seats for one in (seat.person_id, seat.substitute_id))
    view.ask.meet(one for one in seated if one is not None)
    lines = [(one, _line(view, one)) for one in found]
    to_come = tuple(line for one, line in lines if one.is_to_come)
    to_follow = tuple(line for one, line in lines if one.state in (HELD, DRAFTED))
    acts = view.acts("sittings")
    return MeetingsPage(
        territory=name,
        answer=(*_answer(found), *(() if view.is_closed else _unplanned(bodies))),
        to_come=to_come,
        agenda=tuple(proposed)[:MOST_PROPOSED],
        to_follow=to_follow[:MOST_OVER],
        over=tuple(line for one, line in lines if one.state in (APPROVED, CANCELLED))[:MOST_OVER],
        bodies=tuple(_card(view, one) for one in bodies),
        acts=tuple(one for one in acts if not _is_of_bodies(one) and not _is_of_one(one)),
        body_acts=tuple(one for one in acts if _is_of_bodies(one)),
    )


def _is_of_bodies(act: Act) -> bool:
    return any(word in act.href for word in ("steering-seat", "steering-rules"))


def _is_of_one(act: Act) -> bool:
    """Whether it stands in the row of the meeting that it is about."""
    return not any(act.href.partition("?")[0].endswith(one.name) for one in (PLAN_MEETING, RECORD_MEETING))


def _answer(found: tuple[MeetingTold, ...]) -> Iterator[Phrase]:
    """When the next meeting is, and whose minutes wait."""
    to_come = [one for one in found if one.is_to_come]
    late = [one for one in to_come if one.state == TO_RECORD]
    if late:
        yield Phrase("page.sitting.answer-to-record", {"body": late[0].body, "on": late[0].on})
    elif to_come:
        key = "page.sitting.answer-next" if to_come[0].state == CONVENED else "page.sitting.answer-to-convene"
        yield Phrase(key, {"body": to_come[0].body, "on": to_come[0].on})
    else:
        yield Phrase("page.sitting.answer-none")
    waiting = [one for one in found if one.state in (HELD, DRAFTED)]
    if waiting:
        key = "page.sitting.answer-minutes" if waiting[0].state == HELD else "page.sitting.answer-approval"
        yield Phrase(key, {"on": waiting[0].on})


def _unplanned(bodies: tuple[BodyTold, ...]) -> Iterator[Phrase]:
    """The bodies whose rhythm wants a meeting that nobody planned."""
    for one in bodies:
        if one.is_unplanned and one.rules is not None:
            yield Phrase("page.sitting.unplanned", {"body": one.name, "due": one.meets_by}, one.rules.rhythm_months)


def _line(view: SteeredView, one: MeetingTold) -> SittingLine:
    here = one.body_id, one.meeting_id
    decided = next((each.decisions for each in view.meetings if (each.body.body_id, each.meeting_id) == here), ())
    said = view.ask.said
    return SittingLine(
        anchor=f"sitting-{one.meeting_id}",
        body=one.body,
        on=one.on,
        status=STATUS_OF[one.state],
        state=one.state,
        where=tuple(_where(view, one)),
        agenda=tuple(said(each.text) for each in one.agenda),
        papers=view.ask.documents((*one.papers, *one.evidence)),
        invitation=tuple(invitation_lines(view.ask, view.place, one)),
        answers=tuple(answer_lines(one)),
        foreseen=foreseen(one),
        is_sure=one.foreseen is not None and bool(one.foreseen.reached),
        quorum=quorum_phrase(one.quorum),
        is_inquorate=one.quorum is not None and one.quorum.reached is False,
        decisions=tuple(said(each.text) for each in decided),
        minutes=tuple(said(each) for each in (one.minutes, *one.corrections) if each is not None),
        why=said(one.cancelled_for) if one.cancelled_for is not None else None,
        acts=tuple(_acts(view, one)),
        href=view.trail(one.event_id),
        page_href=view.meeting(str(one.meeting_id)),
        contested=one.event_id in view.contested,
    )


def _where(view: SteeredView, one: MeetingTold) -> Iterator[Phrase]:
    if one.is_to_come and one.starts_at is not None:
        yield Phrase("page.sitting.at", {"at": one.starts_at})
    for text in (one.place, one.link):
        if one.is_to_come and text is not None and (words := view.ask.said(text)):
            yield Phrase("page.literal", {"text": words})
    if one.joint_with:
        yield Phrase("page.sitting.joint", {}, len(one.joint_with))


def quorum_phrase(told: QuorumTold | None) -> Phrase | None:
    if told is None or not told.seats or told.needed is None or told.reached is None:
        return None
    key = "page.sitting.quorum-reached" if told.reached else "page.sitting.quorum-missed"
    return Phrase(key, {"present": told.present, "seats": told.seats, "needed": told.needed})


def counted_phrase(told: QuorumTold) -> Phrase:
    """How many are ticked, and whether they make the quorum: said before anything is recorded."""
    said = {"present": told.present, "seats": told.seats, "needed": told.needed}
    if told.needed is None or not told.seats:
        return Phrase("page.session.counted", said)
    return quorum_phrase(told) or Phrase("page.session.counted-none", said)


def _acts(view: SteeredView, one: MeetingTold) -> Iterator[Act]:
    for form in () if view.is_closed else _ACTS[one.state]:
        act = view.act(form.name, stream_id=str(one.body_id), meeting_id=str(one.meeting_id))
        if act is not None:
            yield act


def proposed_lines(view: View) -> Iterator[AgendaLine]:
    """What waits for a meeting: what was decided and ages first."""
    for one in proposed_agenda(view.told.known, view.meetings, view.decisions, view.dossier, view.ask.today):
        if one.text is not None:
            what = Phrase("page.literal", {"text": view.ask.said(one.text) or "…"})
        elif one.what is not None:
            what = view.told.say(one.what)
        else:
            what = Phrase("page.sitting.minutes-of", {"on": one.held_on})
        href = view.told.trail(one.event_id) if one.event_id is not None else None
        yield AgendaLine(what, Phrase(f"agenda-why.{one.why}"), href, one.days_late)


def _filling(view: SteeredView, body: BodyTold, seat: SeatTold) -> Act | None:
    """The act that fills a vacant seat, for whoever may."""
    act = view.act(FILL_STEERING_SEAT.name, stream_id=str(body.body_id), seat_id=str(seat.seat_id))
    return replace(act, label=Phrase("page.vacant.fill")) if act is not None else None


def _card(view: SteeredView, body: BodyTold) -> BodyCard:
    person = view.ask.person
    seats = tuple(
        SeatLine(
            view.ask.name(seat.partner_id),
            seat.seat_role,
            seat.college,
            person(seat.person_id) if seat.person_id is not None else None,
            person(seat.substitute_id) if seat.substitute_id is not None else None,
            seat.vacant_since,
            _filling(view, body, seat) if seat.vacant_since is not None else None,
        )
        for seat in body.seats
    )
    told = body.quorum
    key = "page.sitting.quorum-needed" if told.needed is not None else "page.sitting.quorum-none"
    months = body.rules.rhythm_months if body.rules is not None else None
    return BodyCard(
        body.name,
        body.kind,
        seats,
        len(body.vacant),
        Phrase(key, {"needed": told.needed or 0, "seats": told.seats}),
        Phrase("page.sitting.rhythm", {}, months) if months is not None else None,
        next(_unplanned((body,)), None) if not view.is_closed else None,
        body.last_held_on,
    )
