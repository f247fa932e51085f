"""A committee of six seats that meets on the day of the scene, with three points; how it is held by its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from domain.steering.planning import AgendaItem, ConveneMeeting, PlanMeeting
from domain.steering.quorum import HALF, ChangeSteeringRules
from domain.steering.seats import GiveSteeringSeat
from domain.values import Code, LocalId, Prose
from tests.api.forms import Form, form_of
from tests.api.scene import NOW, Scene

MEETING = LocalId("s1")
SEATS = tuple(LocalId(f"p{number}") for number in range(1, 7))
AGENDA = ("Compte rendu de mars", "Maison d’assistantes maternelles", "Prochain comité")


def convened(scene: Scene, *, agenda: tuple[str, ...] = AGENDA) -> str:
    """The address of the meeting's page, once it is convened."""
    story, body = scene.here, scene.here.body
    for seat in SEATS:
        story.tell(GiveSteeringSeat(stream_id=body, seat_id=seat, partner_id=story.caf, college=Code("ELECTED")))
    story.tell(ChangeSteeringRules(stream_id=body, quorum=HALF, rhythm_months=4))
    story.tell(PlanMeeting(stream_id=body, meeting_id=MEETING, planned_on=NOW.date(), place=Prose("Masseube")))
    items = tuple(AgendaItem(LocalId(f"a{number}"), Prose(text)) for number, text in enumerate(agenda, 1))
    story.tell(
        ConveneMeeting(stream_id=body, meeting_id=MEETING, agenda=items, occurred_on=date(2026, 5, 11))
        if agenda
        else ChangeSteeringRules(stream_id=body, quorum=HALF)
    )
    return f"{scene.page_of(story, 'meetings')}/{MEETING}"


def attendance(client: TestClient, page: str) -> Form:
    """The form that says who is there."""
    shown = client.get(f"{page}/tenir?point=presences")
    assert shown.status_code == 200, shown.text
    return form_of(shown.text, f"{page}/tenir/presences")


def attend(client: TestClient, page: str, *present: LocalId, **more: str) -> Response:
    """Say that some are there, the others not."""
    form = attendance(client, page)
    seats = {f"siege.{one}": "PRESENT" if one in present else "" for one in SEATS}
    return client.post(form.action, data={**form.values, **seats, **more})


def decision(client: TestClient, page: str, point: int = 1) -> Form:
    """The form of a decision, at a point of the agenda."""
    shown = client.get(f"{page}/tenir?point={point}")
    return form_of(shown.text, f"{page}/tenir/decisions")


def decide(client: TestClient, page: str, text: str, **more: Any) -> Response:
    """Record a decision as the page does."""
    form = decision(client, page)
    return client.post(form.action, data=form.filled(text=text, **more))
