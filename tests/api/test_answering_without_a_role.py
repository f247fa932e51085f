"""Whoever sits on a committee without any role on its territory answers the invitation by a link, and does nothing
else by it."""

from __future__ import annotations

import re

import pytest

from domain import roles
from domain.kernel import Origin
from domain.steering.answering import PRESENT
from domain.steering.seats import FillSteeringSeat, VacateSteeringSeat
from domain.values import local_id
from tests.api.scene import person_of
from tests.api.test_invitations import MEETING, Committee, committee, to
from tests.workflows.post_office import said_in

__all__ = ["committee"]

SAM, SEAT = "sam@association.example", local_id("cpam")


def invited(committee: Committee) -> str:
    """The link in the letter of somebody who sits there, and has no role anywhere."""
    sam = committee.scene.house.vault.register_person("Sam Exemple", SAM)
    committee.tell(FillSteeringSeat, seat_id=SEAT, person_id=sam)
    committee.convene()
    (letter,) = (one for one in committee.post() if to(one) == SAM)
    return link_in(said_in(letter))


def link_in(said: str) -> str:
    """The one link to answer by."""
    (link,) = {one.group() for one in re.finditer("/repondre/[a-z0-9-]+", said)}
    return link


def test_a_seat_alone_lets_its_holder_answer_once_for_that_seat_and_that_meeting(committee: Committee) -> None:
    link, client = invited(committee), committee.scene.stranger()
    page = client.get(link)
    assert page.status_code == 200 and "Comité de pilotage, réunion du 30 juin 2026" in page.text
    assert re.search("Sam Exemple, au nom de .*CPAM", page.text), "for whom they sit"
    for named in (
        {"seat_id": local_id("caf")},
        {"meeting_id": "m-autre"},
        {"stream_id": str(committee.scene.here.body)},
    ):
        assert client.post(link, data={"answer": "ABSENT", **named}).status_code == 400
    sent = client.post(link, data={"answer": "PRESENT", "seat_id": local_id("caf"), "meeting_id": "m-autre"})
    assert sent.status_code == 303, sent.text
    (answer,) = committee.answers()
    assert (answer.seat_id, answer.meeting_id) == (SEAT, MEETING)  # type: ignore[attr-defined]
    assert (answer.envelope.origin, answer.envelope.actor_role) == (Origin.LINK, roles.BEARER)
    assert client.get(link).status_code == 410
    assert "reçu" in client.get(f"{link}/recu").text.lower()


@pytest.mark.parametrize("becomes", ["left", "another sits", "forgotten"])
def test_the_link_opens_nothing_once_the_seat_is_somebody_else_s(committee: Committee, becomes: str) -> None:
    link, client = invited(committee), committee.scene.stranger()
    if becomes == "left":
        committee.tell(VacateSteeringSeat, seat_id=SEAT)
    elif becomes == "another sits":
        committee.tell(FillSteeringSeat, seat_id=SEAT, person_id=person_of(roles.CAF_ADVISER))
    else:
        committee.tell(VacateSteeringSeat, seat_id=SEAT)
        committee.tell(FillSteeringSeat, seat_id=SEAT, person_id=committee.clerk)
    assert client.get(link).status_code == 410
    assert client.post(link, data={"answer": "PRESENT"}).status_code == 410
    assert committee.answers() == []


def test_the_link_of_a_seat_lets_do_nothing_else_and_shows_nothing_else(committee: Committee) -> None:
    link, client = invited(committee), committee.scene.stranger()
    token, there = link.rpartition("/")[2], committee.scene.there
    page = client.get(link).text
    for act in ("record-mandate", "confirm-correction", "record-meeting"):
        shown = client.get(f"{link}?reponse={act}")
        assert "seat" not in shown.url.path and "/actes/" not in shown.text
    assert "/journal" not in page and "/t/" not in page
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k-1"}
    body = {"meeting_id": MEETING, "seat_id": SEAT, "answer": "PRESENT", "occurred_on": "2026-06-01"}
    asked = client.post(f"/api/v1/steering-bodies/{there.body}/answer-invitation", json=body, headers=headers)
    assert asked.status_code == 401
    assert client.get(committee.scene.page_of(there, "meetings")).status_code == 303, "to sign in"


def test_whoever_has_an_account_but_no_role_there_gets_a_link_too(committee: Committee) -> None:
    other = person_of(roles.PILOT)  # of another territory
    committee.tell(FillSteeringSeat, seat_id=SEAT, person_id=other)
    committee.convene()
    (letter,) = (one for one in committee.post() if to(one) == f"{roles.PILOT.lower()}@exemple.invalid")
    link = link_in(said_in(letter))
    assert committee.scene.stranger().post(link, data={"answer": PRESENT}).status_code == 303
    (answer,) = committee.answers()
    assert (answer.envelope.actor_id, answer.envelope.actor_role) == (other, roles.BEARER)
