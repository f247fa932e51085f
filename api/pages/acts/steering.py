"""Committees and groups, and their meetings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.contexts import Choice, Phrase
from api.pages.forms.bodies import BodiesCase, Choices
from api.pages.forms.cases import SteeredCase
from api.pages.forms.options import named, words
from api.pages.forms.places import BODIES, HOMES
from api.pages.forms.record import Form, Narrowed
from api.pages.forms.typed import NEW
from domain.steering import BODY_KINDS, ConstituteSteeringBody, RecordMeeting, SteeringBody
from domain.steering.answering import EXCUSED, PRESENT, Answers
from domain.steering.planning import Planned
from domain.steering.seats import Seats

MANDATING = ("COPIL",)
"""The bodies that constitute others."""


def _mandating(case: SteeredCase) -> Choices:
    return named((str(one.id), one.name) for one in case.history.bodies if one.kind in MANDATING)


def first_body(case: BodiesCase) -> dict[str, str]:
    """The body that was constituted first, where there is one."""
    return {"stream_id": bodies[0].value} if (bodies := case.bodies()) else {}


def body_of(case: BodiesCase, body_id: str) -> SteeringBody | None:
    return next((one for one in case.steering if str(one.id) == body_id), None)


def seats_of(case: BodiesCase, body_id: str) -> Choices:
    """The seats of a body that are there, by whose they are and their role."""
    body, texts = body_of(case, body_id), case.ask.texts
    if body is None:
        return ()
    there = [(one, seat) for one, seat in Seats.of(body).given.items() if seat.ended_on is None]
    people = [one.person_id for _, one in there if one.person_id is not None]
    case.ask.meet(people)
    return named(
        (
            seat_id,
            texts.t(
                "page.sitting.seat",
                partner=case.ask.name(seat.partner_id),
                sits=texts.t(f"seat-role.{seat.seat_role}"),
                who=(case.ask.person(seat.person_id) if seat.person_id is not None else None) or "–",
            ),
        )
        for seat_id, seat in there
    )


def _announced(case: BodiesCase) -> Choices | None:
    """The meetings that are planned, of whichever body, and another one; nothing to choose where none is."""
    texts = case.ask.texts
    planned = [
        (one.planned_on, body.name, meeting_id)
        for body in case.steering
        for meeting_id, one in Planned.of(body).awaited(body).items()
    ]
    if not planned:
        return None
    by_day = named((one, f"{name}, {texts.long_date(day)}") for day, name, one in sorted(planned))
    return (*by_day, Choice(NEW, Phrase("page.form.other-meeting")))


def _held_now(case: BodiesCase) -> Mapping[str, str]:
    """The first body; another meeting than those that are planned, as long as all of them are still to come."""
    days = [one.planned_on for body in case.steering for one in Planned.of(body).awaited(body).values()]
    is_another = bool(days) and min(days) > case.ask.today
    return {**first_body(case), **({"meeting_id": NEW} if is_another else {})}


def _answered(case: BodiesCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """Who said that they come to the meeting that is named, who is excused, who gave a proxy to whom."""
    body = body_of(case, given.get("stream_id", ""))
    planned = Planned.of(body).awaited(body) if body is not None else {}
    found = next((one for one in planned.items() if str(one[0]) == given.get("meeting_id")), None)
    if body is None or found is None:
        return {}
    answers = Answers.of(body).to(found[0], found[1].planned_on)
    filled = {
        name: " ".join(seat for seat, one in answers.items() if one.answer == answer)
        for name, answer in (("seats_present", PRESENT), ("seats_excused", EXCUSED))
    }
    proxies = ((seat, one.proxy_seat_id) for seat, one in answers.items() if one.proxy_seat_id is not None)
    for place, (seat, holder) in enumerate(proxies):
        filled |= {f"proxies.{place}.seat_id": str(seat), f"proxies.{place}.held_by": str(holder)}
    return {name: value for name, value in filled.items() if value}


_SAYING = ("decisions", "attendance", "partners_present", "seats_present")


def _says_nothing(meeting: Mapping[str, Any]) -> str | None:
    """A meeting says what was decided, or who was there."""
    said = any(
        meeting.get(name) not in (None, "", "0")
        for name in ("decisions", "attendance", "partners_present", "seats_present")
    )
    return None if said else "malformed.empty-meeting"


CONSTITUTE_STEERING_BODY = Form(
    command=ConstituteSteeringBody,
    place=HOMES,
    sections=("territory", "meetings"),
    rank=1,
    fixed={"kind": words("body-kind", BODY_KINDS)},
    choices={"mandated_by": _mandating},
    proposes=lambda case: {"kind": "COPIL"},
    hidden=lambda case: case.home,
    example={"kind": "COPIL", "name": "Comité de pilotage"},
    example_fills=("home_territory_id",),
)

RECORD_MEETING = Form(
    command=RecordMeeting,
    place=BODIES,
    sections=("meetings", "sittings"),
    date_first=True,
    later=("seats_present", "seats_excused", "proxies", "partners_present"),
    creates=("meeting_id",),
    rows={"decisions": 1},
    short=("decisions.proof",),
    choices={
        "stream_id": BodiesCase.bodies,
        "meeting_id": _announced,
        "partners_present": BodiesCase.near_partners,
        "decisions.kind": BodiesCase.kinds,
        "decisions.owner_id": BodiesCase.all_partners,
    },
    folded={"partners_present": BodiesCase.far_partners},
    narrowed={
        "seats_present": Narrowed("stream_id", seats_of),
        "seats_excused": Narrowed("stream_id", seats_of),
        "proxies.seat_id": Narrowed("stream_id", seats_of),
        "proxies.held_by": Narrowed("stream_id", seats_of),
    },
    needs={"stream_id": CONSTITUTE_STEERING_BODY},
    proposes=_held_now,
    refills=_answered,
    lacks=_says_nothing,
    example={"decisions.kind": "PRIORITY_CHOSEN"},
    example_fills=("decisions",),
)

FORMS = (CONSTITUTE_STEERING_BODY, RECORD_MEETING)
