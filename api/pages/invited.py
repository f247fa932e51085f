"""Who was written to about a meeting to come, who has to be told otherwise, and what they answered."""

from __future__ import annotations

from collections.abc import Iterator

from api.pages.asking import Asking
from api.pages.contexts import Phrase
from domain.steering.answering import EXCUSED, PRESENT, PROXY
from domain.steering.planning import SteeringMeetingConvened
from projections.engine import Steered
from projections.which_meetings_there_are import MeetingTold
from projections.who_is_invited import calls, invited
from workflows.delivery.about_meetings import leaves_from_here


def invitation_lines(ask: Asking, place: Steered, told: MeetingTold) -> Iterator[Phrase]:
    """Of a meeting that is convened and to come: how many were written to, who has no address."""
    body = next((one for one in place.bodies if one.id == told.body_id), None)
    if body is None or not told.answers:
        return
    convened = [
        one
        for one in calls(place, body.id)
        if isinstance(one, SteeringMeetingConvened) and one.meeting_id == told.meeting_id
    ]
    asked = invited(body, ask.today, ask.services.steering.people)
    people = {one.person_id for one in asked if one.person_id is not None}
    if not ask.services.sends_mail:
        yield Phrase("page.sitting.no-mail")
        return
    if people and any(map(leaves_from_here, convened)):
        yield Phrase("page.sitting.written", {}, len(people))
    if others := dict.fromkeys(ask.name(one.partner_id) for one in asked if one.person_id is None):
        yield Phrase("page.sitting.otherwise", {"names": ", ".join(others)})


def answer_lines(told: MeetingTold) -> Iterator[Phrase]:
    """How many come, are excused, gave a proxy, have not answered."""
    keys = (("comes", PRESENT), ("excused", EXCUSED), ("proxy", PROXY), ("silent", None))
    for key, answer in keys:
        if count := len(told.said(answer)):
            yield Phrase(f"page.sitting.{key}", {}, count)


def foreseen(told: MeetingTold) -> Phrase | None:
    """Whether those who come make the quorum."""
    quorum = told.foreseen
    if quorum is None or quorum.needed is None:
        return None
    key = "page.sitting.quorum-foreseen" if quorum.reached else "page.sitting.quorum-unsure"
    return Phrase(key, {"present": quorum.present, "seats": quorum.seats, "needed": quorum.needed})
