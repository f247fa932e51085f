"""Help, the "?" beside hard words and the legal pages: found from everywhere, said once, told from the settings."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.pages.acts import FORMS
from api.pages.aid import contact_of
from api.pages.forms.labels import label_key
from api.pages.glossary import BESIDE, GROUPS, anchor
from domain import roles
from tests.api.scene import Scene
from tests.api.test_pages import faults, said_in
from workflows.texts import LANGUAGES, Language, Texts

PAGES = ("/aide", "/accessibilite", "/donnees-personnelles", "/mentions-legales")
WORDS = [code for codes in GROUPS.values() for code in codes]


def told_by(scene: Scene, **facts: object) -> TestClient:
    """A stranger before an instance whose operator said something of themselves."""
    services = scene.house.services()
    app = create_app(replace(services, notices=replace(services.notices, **facts)))  # type: ignore[arg-type]
    return TestClient(app, base_url=str(scene.stranger().base_url), headers={"Accept-Language": "fr"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_not_signed_in_reads_help_and_the_legal_pages(scene: Scene, language: Language) -> None:
    for client in (scene.stranger(**{"Accept-Language": language}), scene.browser(roles.PILOT, language)):
        for address in PAGES:
            answer = client.get(address)
            assert answer.status_code == 200
            assert list(faults(answer.text, language)) == []


def test_every_page_leads_to_help_and_to_the_legal_pages(scene: Scene) -> None:
    """Also the one to sign in, and the one that says that there is nothing."""
    for client, address in (
        (scene.stranger(), "/connexion"),
        (scene.stranger(), "/nulle-part"),
        (scene.browser(roles.PILOT), scene.page_of(scene.here)),
    ):
        assert set(PAGES) <= set(said_in(client.get(address).text).local)


def test_a_question_mark_leads_to_its_word_on_the_page_of_help(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    html = scene.whole(client, scene.here)
    html += client.get(f"/conventions/{scene.here.convention}/actes/record-forum").text
    asked = re.findall(r'<details class="hard">.*?</details>', html, re.DOTALL)
    assert len(asked) > 5
    there = said_in(client.get("/aide").text).ids
    for one in asked:
        linked = re.findall(r'href="/aide#([\w-]+)"', one)
        assert len(linked) == 1
        assert linked[0] in there


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_explains_every_word_and_names_every_act_as_its_form_does(scene: Scene, language: Language) -> None:
    texts = Texts(language, typeset=True)
    said = " ".join(said_in(scene.stranger(**{"Accept-Language": language}).get("/aide").text).texts)
    assert [code for code in WORDS if texts.t(f"meaning.{code}") not in said] == []
    assert texts.t("command.record-forum") in said
    assert len(set(WORDS)) == len(WORDS) == len({anchor(code) for code in WORDS})


def test_each_word_beside_a_field_stands_beside_one() -> None:
    """A renamed field does not lose its explanation unseen."""
    texts = Texts("fr")
    assert set(BESIDE.values()) <= set(WORDS)
    labels = {label_key(form.name, name, texts) for form in FORMS for name in form.command.__dataclass_fields__}
    assert set(BESIDE) <= labels


def test_what_the_operator_says_is_told_and_what_they_do_not_say_is_told_missing(scene: Scene) -> None:
    untold = Texts("fr").t("page.legal.untold")
    silent = scene.stranger(**{"Accept-Language": "fr"})
    assert all(untold in silent.get(address).text for address in PAGES[1:])
    said = told_by(
        scene,
        operator="Département <du Gers>",
        publisher="Camille Exemple",
        hosting="Hébergeur Exemple",
        help_contact="aide@exemple.fr",
        privacy_contact="https://exemple.fr/droits",
        accessibility="partial",
        accessibility_audit="Audit de mars",
    )
    pages = {address: said.get(address).text for address in PAGES}
    assert not any(untold in html for html in pages.values())
    assert "publiées par Département &lt;du Gers&gt;" in pages["/mentions-legales"]
    assert 'href="mailto:aide@exemple.fr"' in pages["/aide"]
    assert 'href="https://exemple.fr/droits"' in pages["/donnees-personnelles"]
    assert "Audit de mars" in pages["/accessibilite"]
    assert all("Accessibilité\xa0: partiellement conforme" in html for html in pages.values())


def test_the_page_of_personal_data_tells_for_how_long_this_instance_keeps_things(scene: Scene) -> None:
    days = {"letters": 41, "refusals": 42, "requests": 43, "files": 1, "security": 45}
    html = told_by(scene, kept_days=days).get("/donnees-personnelles").text
    for count in ("41 jours", "42 jours", "43 jours", "1 jour<", "45 jours", "12 heures au plus"):
        assert count in html
    kept = scene.house.services().notices.kept_days
    assert kept["letters"] == scene.house.settings.keep_letters_days


@pytest.mark.parametrize(
    "said", ["javascript:alert(1)", "mairie de Gimont, 05 62 00 00 00", "a@b c", "data:text/html,x"]
)
def test_a_contact_that_is_no_address_is_no_link(said: str) -> None:
    contact = contact_of(said)
    assert contact is not None
    assert contact.href is None
