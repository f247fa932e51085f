"""Answering the invitation to a meeting, for a seat."""

from __future__ import annotations

from typing import Final

from api.pages.acts.sittings import CONVENE_MEETING, GIVE_STEERING_SEAT, first_of, to_come
from api.pages.acts.steering import CONSTITUTE_STEERING_BODY, seats_of
from api.pages.forms.bodies import BodiesCase, Choices
from api.pages.forms.options import words
from api.pages.forms.places import BODIES
from api.pages.forms.record import Form, Narrowed
from domain.steering.answering import ANSWERS, AnswerInvitation
from domain.steering.planning import PlannedMeeting
from workflows.act_links import Question


def _is_convened(one: PlannedMeeting) -> bool:
    return one.convened_on is not None


def _convened(case: BodiesCase, body_id: str) -> Choices:
    """The meetings of a body that wait for answers."""
    return to_come(case, body_id, _is_convened)


ANSWER_INVITATION: Final = Form(
    command=AnswerInvitation,
    place=BODIES,
    sections=("sittings",),
    rank=2,
    dated=False,
    by_link=Question.INVITATION,
    fixed={"answer": words("invitation-answer", ANSWERS)},
    choices={"stream_id": BodiesCase.bodies},
    narrowed={
        "meeting_id": Narrowed("stream_id", _convened),
        "seat_id": Narrowed("stream_id", seats_of),
        "proxy_seat_id": Narrowed("stream_id", seats_of),
    },
    needs={
        "stream_id": CONSTITUTE_STEERING_BODY,
        "meeting_id": CONVENE_MEETING,
        "seat_id": GIVE_STEERING_SEAT,
    },
    proposes=lambda case: first_of(case, _is_convened),
    example={"answer": "PRESENT"},
)

FORMS = (ANSWER_INVITATION,)
