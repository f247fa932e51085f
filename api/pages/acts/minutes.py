"""The minutes of meetings: written, approved by the chair or at a later meeting, corrected by one."""

from __future__ import annotations

from api.pages.acts.sittings import BODY, SECTIONS, any_held, held, last_held
from api.pages.acts.steering import RECORD_MEETING
from api.pages.forms.bodies import BodiesCase
from api.pages.forms.cases import Choices
from api.pages.forms.options import words
from api.pages.forms.places import BODIES
from api.pages.forms.record import Form, Narrowed
from domain.steering import SteeringBody
from domain.steering.minutes import APPROVED_BY, ApproveMinutes, CorrectMinutes, DraftMinutes, Minutes
from domain.values import LocalId


def _is_approved(body: SteeringBody, meeting_id: str) -> bool:
    known = {str(one): each for one, each in Minutes.of(body).of_meeting.items()}.get(meeting_id)
    return known is not None and known.approved_on is not None


def _is_drafted(body: SteeringBody, meeting_id: str) -> bool:
    return meeting_id in Minutes.of(body).of_meeting and not _is_approved(body, meeting_id)


_to_draft = held(lambda body, one: not _is_approved(body, one))
_to_approve = held(_is_drafted)
_to_correct = held(_is_approved)


def _is_followed(body: SteeringBody, meeting_id: str) -> bool:
    held_on = body.meetings[LocalId(meeting_id)].held_on
    return any(one.held_on > held_on for one in body.meetings.values())


def _later_than(case: BodiesCase, meeting_id: str) -> Choices:
    """The meetings of the same body that came after one, the latest first."""
    body = next((one for one in case.steering if meeting_id in one.meetings), None)
    if body is None:
        return ()
    held_on = body.meetings[LocalId(meeting_id)].held_on
    return held(lambda there, one: there.meetings[LocalId(one)].held_on > held_on)(case, str(body.id))


_last_to_correct = last_held(lambda body, one: _is_approved(body, one) and _is_followed(body, one))

DRAFT_MINUTES = Form(
    command=DraftMinutes,
    place=BODIES,
    sections=SECTIONS,
    rank=4,
    choices={"stream_id": BodiesCase.bodies},
    narrowed={"meeting_id": Narrowed("stream_id", _to_draft)},
    needs={**BODY, "meeting_id": RECORD_MEETING},
    proposes=last_held(lambda body, one: not _is_approved(body, one)),
)

APPROVE_MINUTES = Form(
    command=ApproveMinutes,
    place=BODIES,
    sections=SECTIONS,
    rank=5,
    fixed={"approved_by": words("approved-by", APPROVED_BY)},
    choices={"stream_id": BodiesCase.bodies},
    narrowed={
        "meeting_id": Narrowed("stream_id", _to_approve),
        "approved_in": Narrowed("stream_id", any_held),
    },
    needs={**BODY, "meeting_id": DRAFT_MINUTES},
    proposes=last_held(_is_drafted),
    example={"approved_by": "CHAIR"},
)

CORRECT_MINUTES = Form(
    command=CorrectMinutes,
    place=BODIES,
    sections=SECTIONS,
    rank=5,
    choices={"stream_id": BodiesCase.bodies},
    narrowed={
        "meeting_id": Narrowed("stream_id", _to_correct),
        "corrected_in": Narrowed("meeting_id", _later_than),
    },
    needs={**BODY, "meeting_id": APPROVE_MINUTES, "corrected_in": RECORD_MEETING},
    proposes=lambda case: _last_to_correct(case) or last_held(_is_approved)(case),
)

FORMS = (DRAFT_MINUTES, APPROVE_MINUTES, CORRECT_MINUTES)
