"""Seats and rules of bodies, their meetings from the plan to the day, decisions taken on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from api.pages.acts.steering import CONSTITUTE_STEERING_BODY, RECORD_MEETING, body_of, first_body, seats_of
from api.pages.forms.bodies import BodiesCase
from api.pages.forms.cases import Choices
from api.pages.forms.options import named, words
from api.pages.forms.places import BODIES
from api.pages.forms.record import Form, Narrowed
from domain.steering import SteeringBody
from domain.steering.meetings import RecordDecision
from domain.steering.planning import CancelMeeting, ConveneMeeting, MoveMeeting, PlanMeeting, Planned, PlannedMeeting
from domain.steering.quorum import QUORUM_RULES, ChangeSteeringRules
from domain.steering.seats import (
    COLLEGES,
    SEAT_ROLES,
    VACATED_BY,
    EndSteeringSeat,
    FillSteeringSeat,
    GiveSteeringSeat,
    VacateSteeringSeat,
)
from domain.values import LocalId

SECTIONS: Final = ("sittings",)
BODY: Final = {"stream_id": CONSTITUTE_STEERING_BODY}


def awaited_of(case: BodiesCase, body_id: str) -> Choices:
    """The meetings of a body that are to come, by their day."""
    return to_come(case, body_id)


def to_come(case: BodiesCase, body_id: str, fits: Callable[[PlannedMeeting], bool] = lambda one: True) -> Choices:
    """Those of them that are so."""
    body = body_of(case, body_id)
    if body is None:
        return ()
    found = sorted(Planned.of(body).awaited(body).items(), key=lambda one: one[1].planned_on)
    return named((one, case.ask.texts.long_date(each.planned_on)) for one, each in found if fits(each))


def held(where: Callable[[SteeringBody, str], bool]) -> Callable[[BodiesCase, str], Choices]:
    """The meetings of a body that were held and are so, the latest first."""

    def found(case: BodiesCase, body_id: str) -> Choices:
        body = body_of(case, body_id)
        if body is None:
            return ()
        latest_first = sorted(body.meetings.items(), key=lambda one: one[1].held_on, reverse=True)
        return named((one, case.ask.texts.long_date(each.held_on)) for one, each in latest_first if where(body, one))

    return found


def _points(case: BodiesCase, meeting_id: str) -> Choices | None:
    """The points of the agenda of a meeting, None where it had none."""
    planned = (Planned.of(body).meetings.get(LocalId(meeting_id)) for body in case.steering)
    found = {one.item_id: case.ask.said(one.text) for each in planned if each is not None for one in each.agenda}
    return named((item_id, text or "…") for item_id, text in found.items()) or None


any_held = held(lambda body, one: True)


def _first_awaited(case: BodiesCase) -> dict[str, str]:
    return first_of(case)


def first_of(case: BodiesCase, fits: Callable[[PlannedMeeting], bool] = lambda one: True) -> dict[str, str]:
    """The first meeting to come that is so, with its body."""
    found = [
        (one.planned_on, str(body.id), str(meeting_id))
        for body in case.steering
        for meeting_id, one in Planned.of(body).awaited(body).items()
        if fits(one)
    ]
    return dict(zip(("stream_id", "meeting_id"), min(found)[1:], strict=True)) if found else {}


def last_held(fits: Callable[[SteeringBody, str], bool]) -> Callable[[BodiesCase], dict[str, str]]:
    """The latest meeting that was held and is so, with its body."""

    def proposed(case: BodiesCase) -> dict[str, str]:
        found = [
            (meeting.held_on, str(body.id), str(meeting_id))
            for body in case.steering
            for meeting_id, meeting in body.meetings.items()
            if fits(body, meeting_id)
        ]
        return dict(zip(("stream_id", "meeting_id"), max(found)[1:], strict=True)) if found else {}

    return proposed


GIVE_STEERING_SEAT = Form(
    command=GiveSteeringSeat,
    place=BODIES,
    sections=SECTIONS,
    rank=6,
    creates=("seat_id",),
    later=("person_id", "substitute_id"),
    fixed={"seat_role": words("seat-role", SEAT_ROLES), "college": words("college", COLLEGES)},
    choices={
        "stream_id": BodiesCase.bodies,
        "partner_id": BodiesCase.near_partners,
        "person_id": BodiesCase.people,
        "substitute_id": BodiesCase.people,
    },
    folded={"partner_id": BodiesCase.far_partners},
    needs=BODY,
    proposes=first_body,
    example={"seat_role": "MEMBER", "college": "ELECTED"},
)

FILL_STEERING_SEAT = Form(
    command=FillSteeringSeat,
    place=BODIES,
    sections=SECTIONS,
    rank=7,
    choices={"stream_id": BodiesCase.bodies, "person_id": BodiesCase.people, "substitute_id": BodiesCase.people},
    narrowed={"seat_id": Narrowed("stream_id", seats_of)},
    needs={**BODY, "seat_id": GIVE_STEERING_SEAT},
    proposes=first_body,
)

VACATE_STEERING_SEAT = Form(
    command=VacateSteeringSeat,
    place=BODIES,
    sections=SECTIONS,
    rank=7,
    fixed={"cause": words("vacated-by", VACATED_BY)},
    choices={"stream_id": BodiesCase.bodies},
    narrowed={"seat_id": Narrowed("stream_id", seats_of)},
    needs={**BODY, "seat_id": GIVE_STEERING_SEAT},
    proposes=first_body,
    example={"cause": "RESIGNED"},
)

END_STEERING_SEAT = Form(
    command=EndSteeringSeat,
    place=BODIES,
    sections=SECTIONS,
    rank=7,
    choices={"stream_id": BodiesCase.bodies},
    narrowed={"seat_id": Narrowed("stream_id", seats_of)},
    needs={**BODY, "seat_id": GIVE_STEERING_SEAT},
    proposes=first_body,
)

CHANGE_STEERING_RULES = Form(
    command=ChangeSteeringRules,
    place=BODIES,
    sections=SECTIONS,
    rank=8,
    later=("number", "colleges"),
    rows={"colleges": 1},
    fixed={"quorum": words("quorum", QUORUM_RULES), "colleges.college": words("college", COLLEGES)},
    choices={"stream_id": BodiesCase.bodies},
    needs=BODY,
    proposes=first_body,
    example={"quorum": "HALF", "colleges.college": "ELECTED"},
    example_fills=("rhythm_months",),
)

PLAN_MEETING = Form(
    command=PlanMeeting,
    place=BODIES,
    sections=SECTIONS,
    creates=("meeting_id",),
    short=("place", "link"),
    later=("link", "joint_with"),
    dated=False,
    choices={"stream_id": BodiesCase.bodies, "joint_with": BodiesCase.other_bodies},
    needs=BODY,
    proposes=first_body,
)

_AWAITED: Final[Mapping[str, Any]] = {
    "place": BODIES,
    "sections": SECTIONS,
    "choices": {"stream_id": BodiesCase.bodies},
    "narrowed": {"meeting_id": Narrowed("stream_id", awaited_of)},
    "needs": {**BODY, "meeting_id": PLAN_MEETING},
    "proposes": _first_awaited,
}
"""What the acts on a meeting to come have in common."""

CONVENE_MEETING = Form(
    command=ConveneMeeting,
    rank=1,
    creates=("agenda.item_id",),
    short=("agenda.text",),
    example_fills=("agenda",),
    **_AWAITED,
)

MOVE_MEETING = Form(
    command=MoveMeeting,
    rank=2,
    short=("place", "link"),
    later=("link",),
    dated=False,
    **_AWAITED,
)

CANCEL_MEETING = Form(
    command=CancelMeeting,
    rank=2,
    own_motive=True,
    dated=False,
    **_AWAITED,
)

RECORD_DECISION = Form(
    command=RecordDecision,
    place=BODIES,
    sections=SECTIONS,
    rank=3,
    creates=("decision_id",),
    later=("item_id", "proof", "votes_for", "votes_against", "abstentions"),
    short=("proof",),
    dated=False,
    choices={
        "stream_id": BodiesCase.bodies,
        "kind": BodiesCase.kinds,
        "owner_id": BodiesCase.near_partners,
    },
    folded={"owner_id": BodiesCase.far_partners},
    narrowed={"meeting_id": Narrowed("stream_id", any_held), "item_id": Narrowed("meeting_id", _points)},
    needs={**BODY, "meeting_id": RECORD_MEETING},
    proposes=last_held(lambda body, one: True),
    example={"kind": "OTHER", "text": "Ouvrir le relais le samedi"},
    example_fills=("owner_id", "due_on", "votes_for"),
)

FORMS = (
    PLAN_MEETING,
    CONVENE_MEETING,
    MOVE_MEETING,
    CANCEL_MEETING,
    RECORD_DECISION,
    GIVE_STEERING_SEAT,
    FILL_STEERING_SEAT,
    VACATE_STEERING_SEAT,
    END_STEERING_SEAT,
    CHANGE_STEERING_RULES,
)
