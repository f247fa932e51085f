"""What is to be prepared, held, written down or followed of one meeting?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from api.pages.contexts import Act, Phrase
from api.pages.contexts.sitting import AttendForm, DecideForm, OnePress, SittingPage
from api.pages.invited import foreseen, invitation_lines
from api.pages.meetings import MOST_PROPOSED, STATUS_OF, quorum_phrase
from api.pages.sitting import pieces
from api.pages.sitting.addresses import FOLLOW, HOLD, MINUTES, PAPERS, POINT, PREPARE, VIEW, meeting_at
from api.pages.sitting.forms import approving, attending, convening, deciding, drafting
from api.pages.sitting.places import proposed_at
from api.pages.sitting.scene import Sitting
from domain.steering.minutes import ApproveMinutes, CorrectMinutes
from domain.steering.planning import CancelMeeting, ConveneMeeting, MoveMeeting, PlanMeeting
from projections.which_meetings_there_are import APPROVED, CANCELLED, DRAFTED, MeetingTold

ATTENDANCE: Final = "presences"
"""In the place of a point of the agenda: who is there."""


def sitting_page(
    sitting: Sitting, *, attend: AttendForm | None = None, decide: DecideForm | None = None
) -> SittingPage:
    """Everything the page shows; a form that was sent and refused is shown again as `attend` or `decide`."""
    view, one, told = sitting.view, sitting.one, sitting.told
    ask, found = view.ask, pieces.seats(sitting)
    points = pieces.points(sitting)
    current = points[sitting.point - 1] if points else None
    asks_who = attend is not None or not one.is_held or sitting.asked.get(POINT) == ATTENDANCE
    holding = sitting.step == HOLD and told.state != CANCELLED
    if holding and asks_who and decide is None and attend is None and sitting.may_attend:
        attend = attending(sitting)
    if holding and attend is None and decide is None and one.is_held and sitting.may_decide:
        decide = deciding(sitting)
    quorum = told.quorum
    return SittingPage(
        territory=view.name,
        body=told.body,
        on=told.on,
        state=told.state,
        status=STATUS_OF[told.state],
        answer=tuple(_answer(sitting)),
        step=sitting.step,
        steps=pieces.steps(sitting),
        list_href=sitting.list_href,
        where=tuple(_where(sitting)),
        seats=found,
        tally=pieces.tally(found),
        present=quorum.present if quorum is not None else 0,
        voting=quorum.seats if quorum is not None else sum(one.seats for one in pieces.tally(found)),
        needed=quorum.needed if quorum is not None else None,
        reached=quorum.reached if quorum is not None else None,
        quorum=quorum_phrase(quorum),
        points=points,
        invitation=tuple(invitation_lines(ask, view.place, told)) if sitting.step == PREPARE else (),
        proposed=tuple(proposed_at(view))[:MOST_PROPOSED] if sitting.step == PREPARE and told.is_to_come else (),
        papers=ask.documents((*told.papers, *told.evidence)),
        decided=pieces.decided(sitting),
        besides=pieces.besides(sitting),
        minutes=(ask.said(told.minutes),) if told.minutes is not None else (),
        corrections=tuple(ask.said(each) for each in told.corrections),
        drafted_on=told.drafted_on,
        approved_on=told.approved_on,
        next_on=one.next_on,
        next_href=meeting_at(sitting.list_href, one.next_id) if one.next_id is not None else None,
        printed=tuple((paper, sitting.at(paper)) for paper in PAPERS if paper != PAPERS[-1] or one.is_held),
        acts=tuple(_acts(sitting)),
        next_acts=tuple(_next(sitting)),
        other_body=tuple(_others(sitting)),
        why_not=sitting.why_not,
        projector=sitting.projector,
        switch_href=_switch(sitting),
        attendance_href=sitting.at(HOLD, **{POINT: ATTENDANCE}),
        attendance=told.attendance,
        held=one.is_held,
        point=current,
        before=points[current.number - 2].href if current is not None and current.number > 1 else None,
        after=points[current.number].href if current is not None and current.number < len(points) else None,
        attend=attend,
        decide=decide,
        draft=drafting(sitting) if sitting.step == MINUTES else None,
        approve=approving(sitting) if sitting.step == MINUTES and told.state == DRAFTED else None,
        convene=_convening(sitting),
        follow=pieces.followed_besides(sitting) if sitting.step == FOLLOW else (),
        href=view.trail(told.event_id),
        contested=bool({told.event_id, one.record_id} & view.contested),
    )


def _convening(sitting: Sitting) -> OnePress | None:
    to_come = sitting.step == PREPARE and sitting.told.is_to_come
    return convening(sitting) if to_come and not sitting.told.agenda else None


def _switch(sitting: Sitting) -> str:
    """The same for a whole room, or again for one's desk."""
    point = {POINT: sitting.asked[POINT]} if POINT in sitting.asked else {}
    return sitting.at(HOLD, **{VIEW: "" if sitting.projector else "projecteur"}, **point)


def _answer(sitting: Sitting) -> Iterator[Phrase]:
    told, one = sitting.told, sitting.one
    if told.state == CANCELLED:
        yield Phrase("page.session.answer-cancelled")
    elif sitting.step == PREPARE:
        yield from _prepared(sitting)
    elif not one.is_held:
        yield Phrase("page.session.answer-to-hold" if sitting.step == HOLD else "page.session.answer-not-held")
    elif sitting.step == HOLD:
        yield quorum_phrase(told.quorum) or Phrase("page.session.answer-open")
        yield Phrase("page.session.answer-decided", {}, len(one.decisions))
    elif sitting.step == MINUTES:
        yield _written(told)
    else:
        of = sitting.followed
        waiting = sum(each.is_open for each in of)
        key = "page.session.answer-follow" if of else "page.session.answer-nothing-decided"
        yield Phrase(key, {"total": len(of)}, waiting) if of else Phrase(key)


def _prepared(sitting: Sitting) -> Iterator[Phrase]:
    told = sitting.told
    if sitting.one.is_held:
        yield Phrase("page.session.answer-was-held")
    elif told.convened_on is None:
        yield Phrase("page.session.answer-to-convene")
    else:
        yield Phrase("page.session.answer-convened", {"on": told.convened_on}, len(told.agenda))
        if (sure := foreseen(told)) is not None:
            yield sure


def _written(told: MeetingTold) -> Phrase:
    if told.state == APPROVED:
        return Phrase("page.session.answer-approved", {"on": told.approved_on})
    return Phrase("page.session.answer-drafted" if told.state == DRAFTED else "page.session.answer-to-draft")


def _where(sitting: Sitting) -> Iterator[Phrase]:
    told, said = sitting.told, sitting.view.ask.said
    if told.starts_at is not None:
        yield Phrase("page.sitting.at", {"at": told.starts_at})
    for text in (told.place, told.link):
        if text is not None and (words := said(text)):
            yield Phrase("page.literal", {"text": words})
    if told.joint_with:
        yield Phrase("page.sitting.joint", {}, len(told.joint_with))


_WHAT_MAY_BE_DONE: Final = {
    PREPARE: (ConveneMeeting.NAME, MoveMeeting.NAME, CancelMeeting.NAME),
    HOLD: (),
    MINUTES: (CorrectMinutes.NAME,),
    FOLLOW: (),
}


def _acts(sitting: Sitting) -> Iterator[Act]:
    """What may be done at this step, the one that brings it on first; what the page does itself is not among it."""
    told = sitting.told
    if (sitting.step == PREPARE and not told.is_to_come) or (sitting.step == MINUTES and told.state != APPROVED):
        return
    for name in _WHAT_MAY_BE_DONE.get(sitting.step, ()):
        if (act := sitting.act(name)) is not None:
            yield act


def _next(sitting: Sitting) -> Iterator[Act]:
    """The next meeting is set from here; the minutes of this one are approved there, too."""
    one = sitting.one
    if sitting.view.is_closed or one.next_on is not None or not one.is_held:
        return
    chosen = {"stream_id": sitting.body_id}
    if one.next_by is not None and one.next_by > sitting.view.ask.today:
        chosen["planned_on"] = one.next_by.isoformat()
    if (act := sitting.view.act(PlanMeeting.NAME, None, **chosen)) is not None:
        yield act
    if sitting.told.state == DRAFTED and one.later:
        approve = sitting.act(ApproveMinutes.NAME, approved_by="MEETING", approved_in=str(one.later[0]))
        if approve is not None:
            yield Act(Phrase("page.session.approve-later"), approve.href)


def _others(sitting: Sitting) -> Iterator[Act]:
    """The other bodies of the territory that hold the same meeting: what each decides stays its own."""
    told, view = sitting.told, sitting.view
    for body in view.place.bodies:
        if body.id in told.joint_with:
            href = meeting_at(sitting.list_href, told.meeting_id, sitting.step, body_id=body.id)
            yield Act(Phrase("page.literal", {"text": body.name}), href)
