"""One's own account in a browser: another session closed, a password changed, by any hand and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import listen_to, sign_in
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.site import LOCAL_PILOT, PASSWORD, Site

pytestmark = pytest.mark.browser

NEW = "une ludothèque au bord du Gers"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("way", ["mouse", "keyboard", "without JavaScript"])
def test_a_session_is_closed_and_a_password_changed(browser: Browser, own_site: Site, way: str) -> None:
    desk = browser.new_context(locale="fr-FR", java_script_enabled=way != "without JavaScript")
    others = [browser.new_context(locale="fr-FR") for _ in range(2)]
    try:
        page = desk.new_page()
        heard = listen_to(page)
        hand: Hand = Keyboard(page) if way == "keyboard" else Mouse(page)
        pages = [context.new_page() for context in others]
        for one in (*pages, page):
            sign_in(one, own_site, LOCAL_PILOT)

        hand.press(page.get_by_role("banner").locator(".menu > summary"))
        _go(hand, page.get_by_role("banner").get_by_role("link", name="Mon compte"))
        expect(page.locator(".lead")).to_contain_text("et dans deux autres")
        _go(hand, page.get_by_role("button", name="Fermer cette session").first)
        expect(page.locator(".lead")).to_contain_text("et dans un autre")

        _change(hand, "pas le mien")
        expect(page.get_by_role("alert")).to_contain_text("Ce n’est pas votre mot de passe actuel")
        if way != "without JavaScript":
            assert page.evaluate("document.activeElement.id") == "errors"
        _change(hand, PASSWORD)
        expect(page.get_by_role("status")).to_contain_text("Votre mot de passe est changé")
        expect(page.locator(".lead")).to_contain_text("nulle part ailleurs")
        for one in pages:
            one.goto(own_site.at("/compte"))
            expect(one).to_have_url(own_site.at("/connexion?next=%2Fcompte"))
        assert [said for said in heard if "422" not in said] == []
    finally:
        for context in (desk, *others):
            context.close()


def _change(hand: Hand, present: str) -> None:
    page = hand.page
    hand.write(page.get_by_label("Mot de passe actuel"), present)
    hand.write(page.get_by_label("Nouveau mot de passe", exact=True), NEW)
    hand.write(page.get_by_label("Nouveau mot de passe, encore une fois"), NEW)
    _go(hand, page.get_by_role("button", name="Changer de mot de passe"))


def _go(hand: Hand, target: Locator) -> None:
    """Press what leads to another page, and wait for it: passwords take their time on purpose."""
    with hand.page.expect_navigation():
        hand.press(target)
