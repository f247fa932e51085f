"""A meeting prepared, held and closed by the keyboard alone; a connection that is lost loses and doubles nothing."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, Route, expect

from tests.browser.conftest import listen_to, sign_in
from tests.browser.lengths import too_long
from tests.browser.site import LOCAL_PILOT, Site
from tests.browser.sittings import HERE, SEATS, tell_sitting
from tests.browser.test_every_page import SMALLEST, TELEPHONE, WIDE, violations
from tests.browser.test_paper import SHEET

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DECISIONS = 5
TWELVE = 12
MOST_KEYS = 130
"""Keys beside the words themselves: Tab, Enter, arrows, days."""
MOST_PAGES = 16
MOST_TABS = 60
FOCUSED = "document.activeElement.matches('a, button, summary') ? document.activeElement.innerText : ''"
READY = "() => !document.querySelector('[autofocus]') || document.activeElement !== document.body"
"""A page that offers where to begin has begun there: a browser sees to it with the first frame it draws, at times after
"load". A function, since a bare expression that is asked again is refused by the pages' own policy."""
ROOMS = ((1280, 720), (1920, 1080))
"""What a projector shows."""


class Fingers:
    """Keys, and nothing else: how many, how many letters, in how many fields, over how many pages."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = self.letters = self.fields = self.pages = 0
        page.on("framenavigated", self._seen)

    def _seen(self, frame: Frame) -> None:
        self.pages += frame == self.page.main_frame

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += 1

    def leave(self, key: str = "Enter") -> None:
        """A key that leads to another page, which is awaited until its own first field or button has the focus."""
        self.page.wait_for_function(READY)
        with self.page.expect_navigation():
            self.press(key)
        self.page.wait_for_function(READY)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.letters += len(text)
        self.fields += 1

    def day(self, digits: str) -> None:
        self.page.keyboard.type(digits)
        self.keys += len(digits)
        self.fields += 1

    def reach(self, words: str, tab: str = "Tab") -> None:
        """Tab on, or back, to what is called so."""
        for _ in range(MOST_TABS):
            if words in self.page.evaluate(FOCUSED):
                return
            self.press(tab)
        raise AssertionError(f"{words!r} is not reached with {MOST_TABS} tabs")

    def told(self) -> str:
        return f"{self.keys} keys, {self.letters} letters, {self.fields} fields, {self.pages} pages"


def decide(hand: Fingers, text: str) -> None:
    """A decision with who sees to it and by when: the sentence, three tabs, a day, Enter."""
    expect(hand.page.get_by_label("Ce qui est décidé")).to_be_focused()
    hand.write(text)
    hand.press("Tab")
    hand.write("Caf")
    hand.press("Tab")
    hand.day("09302026")
    hand.leave()


@pytest.mark.timeout(300)
def test_a_meeting_is_prepared_held_and_closed_with_five_decisions_by_the_keyboard_alone(
    browser: Browser, own_site: Site, tmp_path: Path
) -> None:
    (file,) = tmp_path.rglob("*.db")
    tell_sitting(browser, own_site, file, convened=False)
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        heard = listen_to(page)
        sign_in(page, own_site, LOCAL_PILOT)
        hand, began = Fingers(page), time.monotonic()
        page.goto(own_site.at(f"{HERE}/preparer"))
        looked(page)
        page.reload()
        hand.pages = 1
        hand.leave()  # convene with the points proposed
        hand.press("Tab")
        hand.press("Enter")  # straight to the content
        hand.reach("Convoquer une réunion")
        hand.leave()
        expect(page.locator(".lead").first).to_contain_text("La convocation est partie")
        expect(page.get_by_role("link", name="Tenir la séance")).to_be_focused()
        hand.leave()
        hand.leave()  # everybody is there
        hand.leave()  # the meeting is open
        expect(page.locator(".sitting-side")).to_contain_text(f"{SEATS} sur {SEATS}")
        expect(page.locator(".sitting-side")).to_contain_text("quorum atteint")
        for number in range(DECISIONS):
            decide(hand, f"Décision numéro {number + 1}")
        expect(page.locator(".sitting-side [role=status]")).to_contain_text("Décision numéro 5")
        expect(page.locator(".sitting-side [role=status]")).to_contain_text("Caf du Gers s’en charge")
        hand.reach("Suites", "Shift+Tab")
        hand.press("Shift+Tab")  # access keys are the browser's own, and no test presses them
        hand.leave()
        hand.write("La présidente remercie chacun.")
        hand.press("Tab")
        hand.leave()
        hand.leave()  # the chair approves
        expect(page.locator(".lead").first).to_contain_text("Le compte rendu est approuvé")
        sys.stdout.write(f"{hand.told()}, {time.monotonic() - began:.0f} s\n")
        assert hand.keys <= MOST_KEYS, hand.told()
        assert hand.pages <= MOST_PAGES, hand.told()
        for number in range(DECISIONS):
            expect(page.locator("main")).to_contain_text(f"Décision numéro {number + 1}")
        for step in ("tenir", "tenir?point=presences", "compte-rendu", "suites"):
            page.goto(own_site.at(f"{HERE}/{step}"))
            looked(page)
        assert heard == []
    finally:
        context.close()


def looked(page: Page) -> None:
    """Nothing is cut, nothing for axe to find, no more than two screens on a desk and four on a telephone."""
    assert too_long(page) == []
    for width in (WIDE, TELEPHONE, SMALLEST):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} is cut at {width}"
    assert violations(page, TELEPHONE, "dark") == []
    assert violations(page, WIDE, "light") == []


@pytest.mark.timeout(300)
def test_a_connection_lost_between_two_decisions_loses_and_doubles_nothing_before_a_room_and_on_paper(
    browser: Browser, own_site: Site, tmp_path: Path
) -> None:
    (file,) = tmp_path.rglob("*.db")
    tell_sitting(browser, own_site, file)
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 720})
    try:
        page = context.new_page()
        sign_in(page, own_site, LOCAL_PILOT)
        page.goto(own_site.at(f"{HERE}/tenir"))
        page.locator(".attend input[value=PRESENT]").first.check()
        expect(page.locator("#quorum-told")).to_contain_text(f"1 sièges présents sur {SEATS}")
        expect(page.locator("#count")).to_be_hidden()
        page.reload()
        hand = Fingers(page)
        hand.leave()
        hand.leave()
        page.goto(own_site.at(f"{HERE}/tenir?vue=projecteur"))
        decide(hand, "La première")

        def answer_lost(route: Route) -> None:
            route.fetch(max_redirects=0)
            route.abort("connectionfailed")

        def never_sent(route: Route) -> None:
            route.abort("internetdisconnected")

        for text, fails in (("La deuxième", answer_lost), ("La troisième", never_sent)):
            page.route("**/tenir/decisions*", fails)
            hand.write(text)
            hand.press("Tab", 2)
            hand.press("Enter")
            expect(page.locator("#text")).to_have_count(0)
            page.unroute("**/tenir/decisions*")
            page.go_back()
            expect(page.get_by_label("Ce qui est décidé")).to_have_value(text)
            page.get_by_label("Avant le").focus()
            hand.leave()
        expect(page.locator(".sitting-side h2 .count").last).to_have_text("3")
        for _ in range(3, TWELVE):
            hand.write(
                "Une décision dont la phrase tient sur deux lignes au moins, pour voir ce que le papier en fait."
            )
            hand.press("Tab", 2)
            hand.leave()
        for width, height in ROOMS:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            button = page.get_by_role("button", name="Enregistrer", exact=True).bounding_box()
            assert button is not None and button["y"] + button["height"] <= height, "all of the form is in sight"
            size = page.locator(".sitting-point").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
            assert size >= 28
        sheets = {}
        for paper in ("convocation", "emargement", "proces-verbal"):
            page.goto(own_site.at(f"{HERE}/{paper}"))
            sheets[paper] = len(SHEET.findall(page.pdf(prefer_css_page_size=True)))
        assert sheets["proces-verbal"] in (1, 2)
        assert (sheets["convocation"], sheets["emargement"]) == (1, 2)
    finally:
        context.close()
