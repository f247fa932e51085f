"""« Le mandat manque », of a mandate that is there: what does not fit is said, and only what fits is offered."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from api.pages.addresses import JOURNAL
from domain import roles
from domain.convention.authorising import RecordMandate
from domain.steering import ConstituteSteeringBody, RecordMeeting
from domain.values import Code, LocalId, PublicName
from tests.api.forms import act, form_of, open_form
from tests.api.scene import ELSEWHERE, Scene

ON = {"occurred_on": "2026-05-12"}


def test_a_form_offers_only_the_acts_by_which_the_partner_decides(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    for partner, kinds in ((scene.here.epci, ["COMMUNITY_COUNCIL"]), (scene.here.caf, ["BOARD", "BOARD_DELEGATION"])):
        shown = client.get(act(scene, "record-mandate"), params={"partner_id": str(partner)})
        form = form_of(shown.text, act(scene, "record-mandate"))
        assert [one for one in form.offered["kind"] if one] == kinds


def test_without_a_partner_no_act_is_offered_and_choosing_one_shows_them(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-mandate"))
    assert "kind" not in form.offered
    assert ("_add", "kind") in form.buttons
    shown = client.post(form.action, data=form.filled(partner_id=str(scene.here.epci), _add="kind"))
    assert [one for one in form_of(shown.text, form.action).offered["kind"] if one] == ["COMMUNITY_COUNCIL"]


@pytest.mark.parametrize("command", ["record-mandate", "record-mandate-refusal"])
def test_an_act_left_from_another_partner_comes_back_instead_of_being_recorded(scene: Scene, command: str) -> None:
    client, before = scene.browser(roles.PILOT), scene.event_count()
    form = open_form(client, act(scene, command))
    sent = form.filled(partner_id=str(scene.here.epci), kind="BOARD", **ON)
    answer = client.post(form.action, data=sent)
    assert (answer.status_code, scene.event_count()) == (400, before)
    assert "ne convient pas à la réponse donnée pour «\xa0Partenaire\xa0»" in answer.text
    assert [one for one in form_of(answer.text, form.action).offered["kind"] if one] == ["COMMUNITY_COUNCIL"]


def test_a_tool_is_told_that_the_act_does_not_fit_and_which_does(scene: Scene) -> None:
    body = {"partner_id": str(scene.here.epci), "kind": "BOARD", **ON}
    answer = scene.tool(roles.PILOT).post(
        f"/api/v1/conventions/{scene.here.convention}/record-mandate", json=body, headers={"Idempotency-Key": "k1"}
    )
    (mark,) = answer.json()["irregularities"]
    assert (mark["code"], mark["rule"]) == ("mandate-does-not-fit", "R13")
    assert "conseil d’administration" in mark["detail"]
    assert "Ce qui convient\xa0: délibération du conseil communautaire" in mark["detail"]
    assert "corrigez-la depuis le journal" in mark["remedy"]


def test_the_page_does_not_say_that_a_mandate_is_missing_where_it_does_not_fit(scene: Scene) -> None:
    scene.here.tell(
        RecordMandate(
            stream_id=scene.here.convention,
            partner_id=scene.here.epci,
            kind=Code("MUNICIPAL_COUNCIL"),
            occurred_on=date(2026, 5, 12),
        )
    )
    html = scene.browser(roles.PILOT).get(scene.page_of(scene.here, JOURNAL)).text
    assert "La nature du mandat ne convient pas à ce partenaire" in html


def test_the_forms_name_the_signatures_that_they_would_void(scene: Scene) -> None:
    story = scene.there
    story.forum("fo1", date(2026, 4, 2))
    story.choose("p1", date(2026, 4, 20))
    story.plan(date(2026, 5, 11))
    story.sign(story.caf, date(2026, 5, 18))
    story.sign(story.epci, date(2026, 5, 18))
    client = scene.browser(ELSEWHERE)
    address = f"/conventions/{story.convention}/actes"
    plan, priority = (client.get(f"{address}/{one}").text for one in ("validate-action-plan", "withdraw-priority"))
    names = "Caf du Gers et CC de la Gascogne Toulousaine"
    assert f"Déjà données\xa0: les signatures de {names}." in plan
    assert f"Le plan est déjà signé par {names}." in priority


def test_the_committee_is_not_told_of_a_priority_that_nobody_chose(scene: Scene) -> None:
    """« Priorités choisies sans croiser : santé »."""
    scene.here.forum("fo2", date(2024, 6, 5), 9, 0, 0, theme="HEALTH")
    html = scene.browser(roles.PILOT).get(scene.page_of(scene.here)).text
    assert "priorité choisie sans croiser" not in html
    assert "non croisés, et sans priorité\xa0: santé" in html.lower()


def test_a_review_form_offers_the_meetings_of_the_body_chosen(scene: Scene) -> None:
    """One of another committee was offered, then refused: « rien ne correspond »."""
    other = uuid4()
    scene.here.tell(
        ConstituteSteeringBody(
            stream_id=other,
            home_territory_id=scene.here.territory,
            kind=Code("COTECH"),
            name=PublicName("Comité technique"),
        )
    )
    scene.here.tell(RecordMeeting(stream_id=other, meeting_id=LocalId("t1"), occurred_on=date(2026, 4, 7)))
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-review"))
    assert "t1" not in form.offered["meeting_id"]
    shown = client.post(form.action, data=form.filled(body_id=str(other), _add="meeting_id"))
    assert [one for one in form_of(shown.text, form.action).offered["meeting_id"] if one] == ["t1"]
