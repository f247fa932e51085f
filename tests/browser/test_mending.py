"""A mistake is mended from its line of the journal: with the mouse, with the keyboard, without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import listen_to, sign_in
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.site import LOCAL_PILOT, SHOWN, Site
from tests.browser.test_every_page import SMALLEST, TELEPHONE, WIDE, violations

pytestmark = pytest.mark.browser

FORUMS = f"{SHOWN['valdegers']}/journal?fait=ctg.convention.forum-held"
WHY = "Double compte, relevé par la PMI"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("way", ["mouse", "keyboard", "without JavaScript"])
def test_a_count_typed_wrongly_is_corrected_then_annulled_from_the_journal(
    browser: Browser, own_site: Site, way: str
) -> None:
    context = browser.new_context(locale="fr-FR", java_script_enabled=way != "without JavaScript")
    try:
        page = context.new_page()
        heard = listen_to(page)
        hand: Hand = Keyboard(page) if way == "keyboard" else Mouse(page)
        sign_in(page, own_site, LOCAL_PILOT)
        open_menu(hand, own_site, "Corriger")
        hand.write(page.get_by_label("Nombre de présents : expertise d’usage"), "23")
        send(hand, "Corriger", "Motif de la correction")
        expect(page.get_by_role("status")).to_contain_text("C’est corrigé")
        page.goto(own_site.at(FORUMS))
        wrong = page.locator(".entry", has=page.get_by_text("Corrigé", exact=True))
        expect(wrong.locator(".entry-sentence del")).to_be_visible()
        expect(wrong.locator(".changes ins")).to_contain_text(["23"])  # and nothing else is said to have changed
        expect(wrong).to_contain_text(WHY)
        open_menu(hand, own_site, "Annuler cet enregistrement")
        send(hand, "Annuler cet enregistrement", "Pourquoi est-ce une erreur ?")
        expect(page.get_by_role("status")).to_contain_text("C’est annulé")
        page.goto(own_site.at(FORUMS))
        expect(page.get_by_text("Annulé", exact=True).first).to_be_visible()
        assert [said for said in heard if "422" not in said] == []
    finally:
        context.close()


def open_menu(hand: Hand, site: Site, words: str) -> None:
    """Unfold the menu of the latest forum that counts, and follow one of its links."""
    page = hand.page
    page.goto(site.at(FORUMS))
    line = page.locator(".entry", has=page.locator(".entry-menu .acts")).first
    hand.press(line.locator("summary", has_text="Vérifier"))
    hand.press(line.get_by_role("link", name=words))


def send(hand: Hand, words: str, label: str) -> None:
    """Say why and send; agree to what falls, where a refusal lists it."""
    page = hand.page
    hand.write(page.get_by_label(label), WHY)
    for _ in range(2):
        box = page.get_by_role("checkbox", name=re.compile("^Annuler aussi"))
        if box.count():
            hand.tick(box)
        with page.expect_navigation():
            hand.press(page.locator(".form-end").get_by_role("button", name=words))
        if not page.locator("#errors").count():
            return


def test_pages_about_a_mistake_can_be_used_by_everyone(browser: Browser, own_site: Site) -> None:
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    try:
        page = context.new_page()
        sign_in(page, own_site, LOCAL_PILOT)
        hand = Mouse(page)
        for words in ("Annuler cet enregistrement", "Corriger"):
            open_menu(hand, own_site, words)
            assert faults(page) == [], words
        hand.write(page.get_by_label("Nombre de présents : expertise d’usage"), "23")
        send(hand, "Corriger", "Motif de la correction")
        assert faults(page) == [], "the message after the act"
        page.goto(own_site.at(FORUMS))
        assert faults(page) == [], "the journal with both values"
        page.emulate_media(media="print")
        assert not page.locator(".entry-menu").first.is_visible()
        assert page.locator(".changes ins").first.is_visible()
    finally:
        context.close()


def faults(page: Page) -> list[str]:
    """What axe-core finds, and the widths at which something is cut off."""
    found = [one for width in (WIDE, TELEPHONE) for one in violations(page, width, "light")]
    found += violations(page, WIDE, "dark")
    for width in (WIDE, TELEPHONE, SMALLEST):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"cut off at {width} px")
    page.set_viewport_size({"width": WIDE, "height": 900})
    return found
