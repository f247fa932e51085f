"""After elections: a new elected referent replaces the old one, with the keyboard alone and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import sign_in
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.site import LOCAL_PILOT, SHOWN, Site

pytestmark = pytest.mark.browser

ROLES = f"{SHOWN['valdegers']}/journal"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("way", ["keyboard", "without JavaScript"])
def test_a_new_elected_referent_replaces_the_old_one(browser: Browser, own_site: Site, way: str) -> None:
    context = browser.new_context(locale="fr-FR", java_script_enabled=way != "without JavaScript")
    try:
        page = context.new_page()
        hand: Hand = Keyboard(page) if way == "keyboard" else Mouse(page)
        sign_in(page, own_site, LOCAL_PILOT)
        page.goto(own_site.at(ROLES))
        held = page.get_by_role("group").filter(has_text=re.compile("^Rôles"))
        hand.press(held.locator("summary").first)
        hand.press(held.get_by_role("listitem").filter(has_text="Élu référent").get_by_role("link", name="Mettre fin"))
        hand.press(page.get_by_role("main").get_by_role("button", name="Mettre fin à un rôle"))
        expect(page).to_have_url(re.compile(ROLES))
        expect(page.get_by_role("status")).to_be_visible()
        page.goto(own_site.at("/administration/inviter"))
        hand.choose(page.get_by_label("Rôle"), "Élu référent")
        hand.write(page.get_by_label("Nom de la personne"), "Noé Exemple")
        hand.write(page.get_by_label("Adresse électronique"), "noe@exemple.invalid")
        hand.press(page.get_by_role("button", name="Inviter"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Noé Exemple")
        page.goto(own_site.at(ROLES))
        hand.press(page.get_by_role("group").filter(has_text=re.compile("^Rôles")).locator("summary").first)
        referents = page.get_by_role("listitem").filter(has_text=re.compile("^Élu référent"))
        expect(referents).to_have_count(1)
        expect(referents).to_contain_text("Noé Exemple")
    finally:
        context.close()
