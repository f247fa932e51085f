"""A convention that already runs is taken over in the browser: with the mouse, then without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import listen_to, sign_in
from tests.browser.hands import Mouse
from tests.browser.site import FRAMEWORK_PILOT, Site
from tests.browser.test_every_page import SMALLEST, WIDE, violations
from tests.unit.office_files import PDF

pytestmark = pytest.mark.browser

PLACE = "/t/243200425"
KNOWN = {
    "Engagement": "2022-03-14",
    "Diagnostic partagé": "2022-10-18",
    "Priorités choisies": "2023-02-02",
    "Plan validé": "2023-06-15",
    "Signature de tous": "2023-11-30",
    "Entrée en vigueur": "2024-01-01",
    "Bilan 2024": "2025-03-27",
}


@pytest.mark.timeout(180)
def test_what_one_knows_of_a_running_convention_is_typed_looked_at_and_confirmed(
    browser: Browser, own_site: Site
) -> None:
    """With the mouse as far as the summary and back: nothing typed is lost. Without JavaScript to the end."""
    pointed = browser.new_context(locale="fr-FR")
    plain = browser.new_context(locale="fr-FR", java_script_enabled=False)
    try:
        page = pointed.new_page()
        heard = listen_to(page)
        sign_in(page, own_site, FRAMEWORK_PILOT)
        fill_in(page, own_site)
        assert (violations(page, WIDE, "light"), violations(page, SMALLEST, "dark")) == ([], [])
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.get_by_role("button", name="Reprendre une convention en cours", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Est-ce bien cette convention ?")
        assert (violations(page, SMALLEST, "light"), violations(page, WIDE, "dark")) == ([], [])
        page.get_by_role("button", name="Revenir au formulaire").click()
        for name, day in KNOWN.items():
            expect(line(page, name).get_by_label("Jour")).to_have_value(day)
        expect(line(page, "Engagement").get_by_label("deliberation.pdf")).to_be_checked()
        assert heard == []

        page = plain.new_page()
        sign_in(page, own_site, FRAMEWORK_PILOT)
        fill_in(page, own_site)
        line(page, "Forums").get_by_label("On ne sait pas").check()
        page.get_by_role("button", name="Reprendre une convention en cours", exact=True).click()
        summary = page.get_by_role("main")
        expect(summary).to_contain_text("Engagement le 14 mars 2022")
        expect(summary).to_contain_text("Forums, bilan 2025")
        page.get_by_role("button", name="Reprendre une convention en cours", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("La convention est reprise")
        expect(page.get_by_role("main")).to_contain_text("Bilan 2026, attendu le 31 mars 2027")
        expect(page.locator(".road .wide-only .point-unknown")).to_have_count(2)
        for rest, said in (("/partenaires", "30 novembre 2023"), ("/documents", "deliberation.pdf")):
            page.goto(own_site.at(PLACE + rest))
            expect(page.get_by_role("main")).to_contain_text(said)
    finally:
        pointed.close()
        plain.close()


def fill_in(page: Page, site: Site) -> None:
    """The territory's page, the choice of a convention that runs, its term, what is known of its past."""
    hand = Mouse(page)
    page.goto(site.at(PLACE))
    hand.press(page.get_by_role("main").get_by_role("link", name="Ouvrir la convention"))
    hand.press(page.get_by_role("link", name="Déjà en cours"))
    hand.write(page.get_by_label("Prise d’effet"), "2024-01-01")
    hand.write(page.get_by_label("Dernier jour"), "2027-12-31")
    hand.press(page.get_by_role("button", name="Revoir le chemin"))
    for name, day in KNOWN.items():
        hand.write(line(page, name).get_by_label("Jour"), day)
    line(page, "Engagement").get_by_label("Papier").set_input_files(
        {"name": "deliberation.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    hand.press(page.get_by_role("button", name="Revoir le chemin"))
    expect(page.get_by_role("main")).to_contain_text("Sept faits sur neuf sont datés")
    expect(page.locator(".road .wide-only .point-unknown")).to_have_count(2)


def line(page: Page, name: str) -> Locator:
    """One fact of the form."""
    return page.get_by_role("group", name=re.compile(f"^{name}"))
