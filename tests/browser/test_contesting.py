"""A partner contests a fact from its line of the journal; a second person reads it beside the fact and resolves it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.hands import Mouse
from tests.browser.site import LOCAL_PILOT, PASSWORD, SHOWN, Site
from tests.browser.test_mending import faults

pytestmark = pytest.mark.browser

SPEAKS_FOR_THE_CAF = "caf"
FORUMS = f"{SHOWN['valdegers']}/journal?fait=ctg.convention.forum-held"
WHY = "La salle de Barran tient douze personnes"
KEPT = "Le foyer rural a deux salles, les deux étaient ouvertes"


@pytest.mark.timeout(600)
def test_a_fact_contested_by_a_partner_is_resolved_by_a_second_person(browser: Browser, own_site: Site) -> None:
    contest(browser, own_site)
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    try:
        page = context.new_page()
        sign_in(page, own_site, LOCAL_PILOT)
        page.goto(own_site.at(SHOWN["valdegers"]))
        card = page.locator(".contested", has_text=WHY)
        expect(card).to_contain_text("Contesté")
        assert faults(page) == [], "where it waits"
        page.goto(own_site.at(FORUMS))
        Mouse(page).press(line(page).get_by_role("link", name="Maintenir le fait"))
        expect(page.locator(".mistake")).to_contain_text(WHY)
        assert faults(page) == [], "the form above which it is told"
        page.get_by_label("Pourquoi le maintenir ?").fill(KEPT)
        with page.expect_navigation():
            page.locator(".form-end").get_by_role("button", name="Maintenir le fait").click()
        expect(page.get_by_role("status")).to_contain_text("La contestation est réglée")
        page.goto(own_site.at(FORUMS))
        expect(line(page)).to_contain_text("Contesté, maintenu")
        expect(line(page)).to_contain_text(KEPT)
        assert faults(page) == [], "the journal"
    finally:
        context.close()


def contest(browser: Browser, site: Site) -> None:
    """The Caf contests the latest forum."""
    context = browser.new_context(locale="fr-FR")
    try:
        page = context.new_page()
        page.goto(site.at("/connexion"))
        page.get_by_label("Identifiant").fill(SPEAKS_FOR_THE_CAF)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url("**/partenaires/*")
        page.goto(site.at(FORUMS))
        latest = page.locator(".entry").first
        hand = Mouse(page)
        hand.press(latest.locator("summary", has_text="Vérifier"))
        hand.press(latest.get_by_role("link", name="Contester ce fait"))
        page.get_by_label("Qu’est-ce qui n’est pas exact ?").fill(WHY)
        with page.expect_navigation():
            page.locator(".form-end").get_by_role("button", name="Contester ce fait").click()
        expect(page.get_by_role("status")).to_contain_text("C’est contesté")
    finally:
        context.close()


def line(page: Page) -> Locator:
    """The line of the journal that says it."""
    return page.locator(".entry", has_text=WHY)
