"""A resident proposes something without an account and comes back to the answer; the pilot reads and answers it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import listen_to, sign_in
from tests.browser.lengths import too_long
from tests.browser.site import LOCAL_PILOT, SHOWN, Site
from tests.browser.test_every_page import SMALLEST, TELEPHONE, WIDE, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORM = f"{SHOWN['valdegers']}/proposer"
PAGE = f"{SHOWN['valdegers']}/diagnostic"
IDEA = "Une navette le soir depuis le lycée de Mirande"
WHY = "Le car de la Région passera à dix-neuf heures dès la rentrée."
A_MOMENT = 3_500
"""Milliseconds: what a person takes at least to read the form and to write; longer changes nothing."""


@pytest.mark.timeout(300)
def test_a_proposal_of_a_resident_is_followed_to_its_answer(browser: Browser, own_site: Site) -> None:
    desk = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    pocket = browser.new_context(locale="fr-FR", reduced_motion="reduce", viewport={"width": TELEPHONE, "height": 844})
    try:
        pilot, resident = desk.new_page(), pocket.new_page()
        sign_in(pilot, own_site, LOCAL_PILOT)
        follow(pilot, own_site, "Fermer le formulaire public")
        send(pilot, "Fermer le formulaire public")
        closed = resident.goto(own_site.at(FORM))
        assert closed is not None
        assert closed.status == 404, "until the territory opens it again"
        heard = listen_to(resident)
        follow(pilot, own_site, "Ouvrir le formulaire public")
        send(pilot, "Ouvrir le formulaire public")
        expect(pilot.get_by_role("status")).to_contain_text("Le formulaire public est ouvert")

        resident.goto(own_site.at(FORM))
        seen_by_everyone(resident)
        resident.get_by_label("Votre proposition").fill(IDEA)
        resident.wait_for_timeout(A_MOMENT)
        with resident.expect_navigation():
            resident.get_by_role("button", name="Envoyer").click()
        expect(resident.locator("main")).to_contain_text("Elle attend une réponse")
        seen_by_everyone(resident)
        kept = resident.url

        pilot.goto(own_site.at(PAGE))
        expect(pilot.locator("#bottom-up > summary")).to_contain_text("une attend une réponse")
        assert too_long(pilot) == []
        pilot.set_viewport_size({"width": WIDE, "height": 900})
        follow(pilot, own_site, "Répondre à une proposition")
        pilot.get_by_label("Non retenue").check()
        pilot.get_by_label("Réponse à son auteur").fill(WHY)
        send(pilot, "Répondre à une proposition")
        expect(pilot.get_by_role("status")).to_contain_text("La réponse est enregistrée")

        resident.goto(kept)
        expect(resident.locator("main")).to_contain_text("Non retenue")
        expect(resident.locator("main")).to_contain_text(WHY)
        seen_by_everyone(resident)
        assert heard == []
    finally:
        desk.close()
        pocket.close()


def follow(page: Page, site: Site, words: str) -> None:
    """One of the acts beside what residents propose."""
    page.goto(site.at(PAGE))
    part = page.locator("#bottom-up")
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()
    part.get_by_role("link", name=words).first.click()


def send(page: Page, words: str) -> None:
    """The form that was filled in."""
    with page.expect_navigation():
        page.locator(".form-end").get_by_role("button", name=words).click()


def seen_by_everyone(page: Page) -> None:
    """Nothing is cut, nothing for axe to find; the page is left as on a telephone."""
    for width in (WIDE, SMALLEST, TELEPHONE):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} is cut at {width}"
    assert violations(page, WIDE, "dark") == []
    assert violations(page, TELEPHONE, "light") == []
