"""Every page of the demonstration: nothing for axe-core to find, nothing cut off, nothing in the console."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from api.pages.acts import FORMS as RECORDS
from api.pages.forms.places import BODIES, CONVENTION, FRAMEWORK, RECORD, REGISTER, STEERED
from api.pages.lines.registry import LINES_FORMS
from ctg_engine.demo.references import FRAMEWORK_ID
from domain.territories import territory_stream
from tests.browser.conftest import listen_to, sign_in
from tests.browser.site import (
    ADMINISTRATOR,
    COMMITTEE_MEMBER,
    FRAMEWORK_PILOT,
    LOCAL_PILOT,
    PAGES,
    SHOWN,
    THE_CAF,
    VAL_DE_GERS,
    Site,
)

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, TELEPHONE, SMALLEST = 1280, 390, 320
NOBODY = ""

HERE = SHOWN["valdegers"]
ACTS = f"/conventions/{VAL_DE_GERS}"
VAL_DE_GERS_TERRITORY = f"/territoires/{territory_stream('200072320')}"
UNCOVERED_TERRITORY = f"/territoires/{territory_stream('243200425')}"

READ = [
    (NOBODY, "/connexion"),
    (NOBODY, "/nulle-part"),
    (NOBODY, "/aide"),
    (NOBODY, "/accessibilite"),
    (NOBODY, "/donnees-personnelles"),
    (NOBODY, "/mentions-legales"),
    (FRAMEWORK_PILOT, "/departement"),
    (FRAMEWORK_PILOT, "/departement/themes"),
    *((FRAMEWORK_PILOT, f"{one}{page}") for one in SHOWN.values() for page in ("", "/comite")),
    (FRAMEWORK_PILOT, "/t/243200425"),
    *((LOCAL_PILOT, f"{HERE}{page}") for page in PAGES),
    (LOCAL_PILOT, f"{HERE}/plan/pourquoi"),
    (LOCAL_PILOT, f"{HERE}/plan?vue=tableau"),
    (LOCAL_PILOT, f"{HERE}/journal?fait=ctg.convention.signature-recorded"),
    (COMMITTEE_MEMBER, f"{HERE}/comite"),
    (COMMITTEE_MEMBER, f"{ACTS}/actes/record-forum"),  # refused: 403
    (LOCAL_PILOT, "/"),
    (FRAMEWORK_PILOT, "/travail"),
    (FRAMEWORK_PILOT, THE_CAF),
    (LOCAL_PILOT, f"{HERE}{THE_CAF}"),
    (FRAMEWORK_PILOT, "/recherche"),
    (FRAMEWORK_PILOT, "/recherche?q=masseube"),
    (FRAMEWORK_PILOT, "/recherche?quoi=document&page=2"),
    (LOCAL_PILOT, "/recherche?q=saveze"),
    (FRAMEWORK_PILOT, "/cadre/32-2023-2027"),
    (FRAMEWORK_PILOT, "/cadre/32-2023-2027/reunions"),
    (FRAMEWORK_PILOT, "/cadre/32-2023-2027/decisions"),
    (FRAMEWORK_PILOT, "/cadre/32-2023-2027/strategie"),
    (FRAMEWORK_PILOT, "/cadre/32-2023-2027/delegation"),
    (FRAMEWORK_PILOT, "/cadre/32-2023-2027/controle"),
    (LOCAL_PILOT, "/nulle-part"),
    (LOCAL_PILOT, "/compte"),
    (ADMINISTRATOR, "/administration"),
    (ADMINISTRATOR, "/administration/comptes"),
    (ADMINISTRATOR, "/administration/cles"),
    (ADMINISTRATOR, "/administration/suites"),
    (ADMINISTRATOR, "/administration/territoires"),
    (ADMINISTRATOR, "/administration/methodes/gers-ctggs/1"),
    (ADMINISTRATOR, "/administration/partenaires"),
    (ADMINISTRATOR, "/administration/inviter"),
    (ADMINISTRATOR, "/commencer"),
    (LOCAL_PILOT, "/administration"),
    (ADMINISTRATOR, "/administration/droits"),
    *((LOCAL_PILOT, one.path(str(VAL_DE_GERS))) for one in LINES_FORMS),
]
FORMS = [
    *((LOCAL_PILOT, one.address(convention_id=VAL_DE_GERS)) for one in RECORDS if one.place in (CONVENTION, BODIES)),
    *((FRAMEWORK_PILOT, one.address(framework_id=FRAMEWORK_ID)) for one in RECORDS if one.place is BODIES),
    *((FRAMEWORK_PILOT, one.address(framework_id=FRAMEWORK_ID)) for one in RECORDS if one.place is FRAMEWORK),
    *((ADMINISTRATOR, one.address()) for one in RECORDS if one.place is REGISTER),
    (FRAMEWORK_PILOT, f"{UNCOVERED_TERRITORY}/actes/open-convention"),
    (FRAMEWORK_PILOT, f"{UNCOVERED_TERRITORY}/actes/take-over-convention"),
    (FRAMEWORK_PILOT, f"{UNCOVERED_TERRITORY}/actes/constitute-steering-body"),
    (LOCAL_PILOT, f"{VAL_DE_GERS_TERRITORY}/actes/assign-territory-role"),
    (LOCAL_PILOT, f"{VAL_DE_GERS_TERRITORY}/actes/end-territory-role"),
    (LOCAL_PILOT, f"{VAL_DE_GERS_TERRITORY}/actes/hand-over-territory-role"),
    (FRAMEWORK_PILOT, f"{VAL_DE_GERS_TERRITORY}/actes/confirm-territory-role"),
    (ADMINISTRATOR, f"{VAL_DE_GERS_TERRITORY}/actes/change-perimeter"),
    (LOCAL_PILOT, f"{VAL_DE_GERS_TERRITORY}/actes/record-renewed-mandates"),
    *(
        (LOCAL_PILOT, one.address(territory_id=territory_stream("200072320")))
        for one in RECORDS
        if one.place is STEERED
    ),
    *(
        (LOCAL_PILOT, one.address(territory_id=territory_stream("200072320")))
        for one in RECORDS
        if one.command.AGGREGATE.COLLECTION == "diagnoses"
    ),
]


LOOKS = ((WIDE, "light"), (WIDE, "dark"), (TELEPHONE, "dark"), (TELEPHONE, "light"))


def looks_at(address: str) -> tuple[tuple[int, str], ...]:
    """How a page is looked at: each in all ways, but forms, which are made of the same pieces: every second one wide
    in the light and narrow in the dark, the others the other way round."""
    places = [form for _, form in FORMS]
    return LOOKS if address not in places else LOOKS[places.index(address) % 2 :: 2]


@cache
def axe() -> str:
    """The source of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def visitors(browser: Browser, read_site: Site) -> Iterator[dict[str, Page]]:
    """One signed-in page for each account."""
    pages: dict[str, Page] = {}
    for login in (NOBODY, LOCAL_PILOT, FRAMEWORK_PILOT, COMMITTEE_MEMBER, ADMINISTRATOR):
        context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
        pages[login] = context.new_page()
        if login:
            sign_in(pages[login], read_site, login)
    yield pages
    for page in pages.values():
        page.context.close()


def test_the_forms_below_are_all_the_forms() -> None:
    """A form that is added without being looked at fails here; those about a record are in `test_mending.py`."""
    assert {address.rpartition("/")[2] for _, address in FORMS} == {
        one.name for one in RECORDS if one.place is not RECORD
    }


@pytest.mark.parametrize(("login", "address"), [*READ, *FORMS])
def test_a_page_can_be_used_by_everyone(visitors: dict[str, Page], read_site: Site, login: str, address: str) -> None:
    page = visitors[login]
    heard = listen_to(page)
    answer = page.goto(read_site.at(address))
    assert answer is not None
    assert page.get_by_text("Démonstration : les faits sont inventés").first.is_visible()
    found = {
        f"{width} px, {scheme}": seen
        for width, scheme in looks_at(address)
        if (seen := violations(page, width, scheme))
    }
    assert found == {}
    for width in (WIDE, TELEPHONE, SMALLEST):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"cut off at {width} px"
    assert [one for one in heard if f"status of {answer.status}" not in one] == []


def test_a_refusal_can_be_used_by_everyone(visitors: dict[str, Page], read_site: Site) -> None:
    """What a rule opposes, then what is malformed: said first, focused, and beside the field."""
    page = visitors[LOCAL_PILOT]
    page.set_viewport_size({"width": WIDE, "height": 900})
    for broken in ("by a rule", "by the form"):
        page.goto(read_site.at(f"{ACTS}/actes/choose-priority"))
        if broken == "by a rule":
            page.get_by_label("Intitulé").fill("Essai")
            page.get_by_role("group", name=re.compile("^Thèmes")).get_by_label("Logement").check()
            page.get_by_role("group", name="Constats").get_by_role("checkbox").first.check()
            page.get_by_label("Décision du comité").select_option(index=1)
        else:
            page.locator("form.form").evaluate("form => { form.noValidate = true }")
        with page.expect_navigation():
            page.locator(".form-end").get_by_role("button").click()
        assert page.evaluate("document.activeElement.id") == "errors"
        assert page.locator("[aria-invalid=true], fieldset.field-error[aria-describedby]").count() > 0
        for width, scheme in ((WIDE, "light"), (WIDE, "dark"), (TELEPHONE, "light")):
            assert violations(page, width, scheme) == [], broken


@pytest.mark.parametrize("address", ["/departement", *(HERE + page for page in PAGES), "/compte"])
def test_a_page_in_english_can_be_used_by_everyone(browser: Browser, read_site: Site, address: str) -> None:
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    try:
        page = context.new_page()
        sign_in(page, read_site, LOCAL_PILOT)
        page.goto(read_site.at(f"/langue/en?next={address}"))
        assert page.url == read_site.at(address)
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.get_by_text("Demonstration: the facts are invented").first.is_visible()
        assert violations(page, WIDE, "light") == []
    finally:
        context.close()


def test_axe_sees_a_fault(visitors: dict[str, Page], read_site: Site) -> None:
    """The test above can fail."""
    page = visitors[NOBODY]
    page.goto(read_site.at("/connexion"))
    page.evaluate(
        "document.querySelector('main').append(document.createElement('img'), document.createElement('input'))"
    )
    found = {seen.partition(":")[0] for seen in violations(page, WIDE, "light")}
    assert {"image-alt", "label"} <= found


def test_paper_has_neither_navigation_nor_what_is_folded(visitors: dict[str, Page], read_site: Site) -> None:
    page = visitors[LOCAL_PILOT]
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.goto(read_site.at(HERE))
    assert page.get_by_text("Les étapes, une par une").is_visible()
    page.emulate_media(media="print")
    try:
        assert not page.get_by_text("Les étapes, une par une").is_visible()
        assert not page.get_by_role("navigation", name="Pages du territoire").is_visible()
        assert not page.get_by_role("navigation", name="Navigation principale").is_visible()
        assert page.get_by_text("Démonstration : les faits sont inventés").first.is_visible()
    finally:
        page.emulate_media(media="screen")


def test_a_hard_word_is_explained_by_the_keyboard_and_not_on_paper(visitors: dict[str, Page], read_site: Site) -> None:
    page = visitors[LOCAL_PILOT]
    for address, words in (
        (f"{HERE}/diagnostic", "Un thème dont les forums"),
        (f"{ACTS}/actes/record-forum", "regards"),
    ):
        page.goto(read_site.at(address))
        said = page.locator(".hard p").get_by_text(words)
        assert not said.is_visible()
        page.locator(".hard > summary").first.focus()
        page.keyboard.press("Enter")
        assert said.is_visible()
        assert {width: violations(page, width, "light") for width in (WIDE, SMALLEST)} == {WIDE: [], SMALLEST: []}
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST
        page.emulate_media(media="print")
        try:
            assert not page.locator(".hard > summary").first.is_visible()
            assert not said.is_visible()
        finally:
            page.emulate_media(media="screen")


def test_the_page_fingerprints_a_chosen_file(visitors: dict[str, Page], read_site: Site) -> None:
    """What is seen before recording is the fingerprint of the very file."""
    page = visitors[LOCAL_PILOT]
    page.goto(read_site.at(f"{ACTS}/actes/record-forum"))
    page.locator("input[type=file]").set_input_files(
        {"name": "compte-rendu.txt", "mimeType": "text/plain", "buffer": b"abc"}
    )
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    page.wait_for_function("sha => document.querySelector('input.code').value === sha", arg=expected)


def violations(page: Page, width: int, scheme: Any) -> list[str]:
    """What axe-core finds, one line for each element."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    if not page.evaluate("typeof globalThis.axe === 'object'"):
        page.evaluate(axe())
    result = page.evaluate(
        "options => axe.run(document, options)",
        {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]},
    )
    return [
        f"{one['id']}: {node['html'][:160]} {json.dumps(node['any'][:1], ensure_ascii=False)[:200]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]
