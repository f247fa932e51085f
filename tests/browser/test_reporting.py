"""How ten actions of a plan of 46 stand, said on a telephone: one tap for each, one press for all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import listen_to, sign_in
from tests.browser.counting import Counted
from tests.browser.hands import Mouse
from tests.browser.plans import tell_plan
from tests.browser.site import LOCAL_PILOT, SHOWN, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEN = 10
OTHERS = 36
"""Sheets told beside the ten of the demonstration: a plan of 46."""
STATUSES = ("En cours", "Terminée", "En cours", "À démarrer")


@pytest.mark.timeout(180)
def test_ten_statuses_of_a_plan_of_46_are_said_on_a_telephone_in_one_tap_each_and_one_press(
    browser: Browser, own_site: Site, tmp_path: Path
) -> None:
    (file,) = tmp_path.rglob("*.db")
    tell_plan(browser, own_site, file, OTHERS)
    context = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844})
    try:
        page = context.new_page()
        heard = listen_to(page)
        sign_in(page, own_site, LOCAL_PILOT)
        page.goto(own_site.at(f"{SHOWN['valdegers']}/plan"))
        hand = Counted(Mouse(page))
        hand.press(page.get_by_role("link", name="Faire le point sur plusieurs actions").first)
        folds = page.locator("details.lines-folded")
        open_now = [bool(one) for one in folds.evaluate_all("all => all.map(one => one.open)")]
        assert open_now == [True, False, False, False], "one priority at a time, and what begins later"
        later = folds.last
        expect(later.locator("summary").first).to_contain_text("À commencer plus tard : cinq actions")
        lines = page.locator(".line-tapped")
        assert lines.count() > TEN + OTHERS - 8, "all but the few that are over"
        lines = folds.first.locator(".line-tapped")
        assert lines.count() >= TEN
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, "a telephone scrolls one way only"
        ten = [lines.nth(number) for number in range(TEN)]
        names = [str(one.get_attribute("aria-label")) for one in ten]
        for number, one in enumerate(ten):
            hand.tick(one.get_by_label(STATUSES[number % len(STATUSES)], exact=True))
        postponed = ten[0]
        hand.tick(postponed.get_by_label("Reportée", exact=True))
        hand.press(later.locator("summary").first)
        hand.tick(later.locator(".line-tapped").first.get_by_label("À démarrer", exact=True))  # a review asks it too
        hand.press(page.get_by_role("button", name="Enregistrer le point"))
        expect(page.locator("#errors")).to_contain_text(names[0])  # why it is put off is always told
        expect(ten[1].get_by_label(STATUSES[1], exact=True)).to_be_checked()
        expect(later.locator(".line-tapped").first.get_by_label("À démarrer", exact=True)).to_be_visible()
        hand.write(postponed.get_by_label(re.compile("^(Motif|Raison|Pourquoi)")), "Le local n’est pas prêt.")
        hand.press(page.get_by_role("button", name="Enregistrer le point"))
        expect(page.get_by_role("status").first).to_contain_text("l’état de onze actions")
        assert (hand.fields, hand.acts) == (TEN + 3, 2), hand.told()
        assert [one for one in heard if "400" not in one] == [], "beside the refusal that was meant"
    finally:
        context.close()
