"""No page says a word of machines, no form asks for what it says may be left empty, and what describes is there."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.pages.acts import FORMS
from api.pages.forms.places import RECORD
from api.pages.forms.record import Form
from domain import roles
from tests.api.forms import act, form_of, open_form
from tests.api.scene import Scene
from tests.words import machine_words, seen

MAY = (roles.PILOT, roles.ADMINISTRATOR, roles.FRAMEWORK_PILOT)
OPTIONAL = re.compile(r"laissez vide|leave empty|si rien n’est dit", re.IGNORECASE)


def told(html: str) -> list[str]:
    """The words of machines that a page shows or reads aloud."""
    return machine_words("\n".join(seen(html).said), files=True)


def misdescribed(html: str) -> list[str]:
    """What describes or names something by an id that is not there, or by several written otherwise than with one
    space between them; and every id that is there twice."""
    page = seen(html)
    wrong = [one for one in page.described if one.split(" ") != one.split() or not set(one.split()) <= set(page.ids)]
    return wrong + [one for one in set(page.ids) if page.ids.count(one) > 1]


def opened(scene: Scene, form: Form[Any]) -> tuple[TestClient, str, str]:
    """A form where somebody may open it: who does, its address, and the page."""
    ids = {
        "convention_id": scene.here.convention,
        "territory_id": scene.here.territory,
        "framework_id": scene.here.framework,
    }
    address = form.address(**ids)
    for role in MAY:
        client = scene.browser(role)
        if (page := client.get(address)).status_code == 200:
            return client, address, page.text
    raise AssertionError(f"nobody may open {address}")


@pytest.mark.parametrize("form", [one for one in FORMS if one.place is not RECORD], ids=lambda one: one.name)
def test_a_form_says_no_code_describes_its_fields_and_asks_for_none_that_it_says_may_be_left_empty(
    scene: Scene, form: Form[Any]
) -> None:
    client, address, empty = opened(scene, form)
    token = form_of(empty, address).one("csrf_token")
    sent = client.post(address, data={"csrf_token": token, "idempotency_key": "k"}, follow_redirects=False)
    for html in (empty, sent.text):
        assert told(html) == []
        assert misdescribed(html) == []
    for name in form_of(empty, address).required:
        help_ = re.search(rf'id="f-{re.escape(name.replace(".", "-"))}-help">([^<]*)<', empty)
        assert help_ is None or not OPTIONAL.search(help_[1]), name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_of_a_territory_say_no_code(scene: Scene, language: str) -> None:
    client = scene.browser(roles.PILOT, language)
    found = {one: told(client.get(one).text) for story in (scene.here,) for one in scene.pages_of(story)}
    assert {one: words for one, words in found.items() if words} == {}
    assert [one for page in found for one in misdescribed(client.get(page).text)] == []


def test_a_commune_whose_name_is_known_is_not_told_by_its_code(scene: Scene) -> None:
    body = {
        "home_territory_id": str(scene.here.territory),
        "holder_ids": [str(scene.here.epci)],
        "profile_name": "cnaf-2020",
        "profile_version": 1,
        "effective_from": "2025-01-01",
        "signatories": [{"partner_id": str(scene.here.caf), "required": True}],
    }
    answer = scene.tool(roles.FRAMEWORK_PILOT).post(
        f"/api/v1/conventions/{uuid4()}/open-convention", json=body, headers={"Idempotency-Key": "k"}
    )
    (error,) = answer.json()["errors"]
    assert error["code"] == "overlapping-convention"
    assert "(commune en commun\xa0: L'Isle-Jourdain)" in error["detail"]
    assert error["parameters"]["communes"] == ["32160"]


def test_a_form_sent_again_with_other_answers_does_not_speak_of_its_key(scene: Scene) -> None:
    """« Cette clé d’idempotence a déjà servi »."""
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-engagement"))
    key = str(uuid4())
    first = client.post(form.action, data=form.filled(idempotency_key=key, occurred_on="2026-05-04"))
    again = client.post(form.action, data=form.filled(idempotency_key=key, occurred_on="2026-05-05"))
    assert (first.status_code, again.status_code) == (303, 422)
    assert "Ce formulaire avait déjà été envoyé" in again.text
    assert told(again.text) == []


def test_a_refusal_of_no_rule_of_the_method_does_not_end_with_the_word_rule(scene: Scene) -> None:
    """« C’est déjà enregistré. règle »."""
    client = scene.browser(roles.PILOT)
    shown = client.get(act(scene, "record-mandate"), params={"partner_id": str(scene.here.caf)})
    form = form_of(shown.text, act(scene, "record-mandate"))
    again = client.post(form.action, data=form.filled(kind="BOARD", occurred_on="2024-10-01"))
    assert again.status_code == 422
    assert "C’est déjà enregistré." in again.text
    assert not re.search(r"\brègle\s*<", again.text)
