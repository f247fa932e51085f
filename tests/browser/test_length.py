"""A page is one question: two screens on a desk and four on a telephone, at most; and every anchor has its place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from api.pages.addresses import DEPARTMENT, JOURNAL, PATHS
from tests.browser.conftest import sign_in
from tests.browser.site import FRAMEWORK_PILOT, SHOWN, Site

pytestmark = pytest.mark.browser

SCREENS = ((1280, 900, 2), (390, 844, 4))
ANSWERING = [path for name, path in PATHS.items() if name != JOURNAL]
"""A journal is a register: it is read by the page."""

DEAD_ANCHORS = """() => [...document.querySelectorAll('a[href^="#"]')]
  .map(one => one.getAttribute("href").slice(1)).filter(id => !document.getElementById(id))"""


def test_no_page_is_longer_than_its_question(browser: Browser, read_site: Site) -> None:
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    long, dead = [], []
    try:
        page = context.new_page()
        sign_in(page, read_site, FRAMEWORK_PILOT)
        for address in ["/travail", DEPARTMENT, *(one + path for one in SHOWN.values() for path in ANSWERING)]:
            page.goto(read_site.at(address))
            dead += [f"{address}#{one}" for one in page.evaluate(DEAD_ANCHORS)]
            for width, height, most in SCREENS:
                page.set_viewport_size({"width": width, "height": height})
                length = page.evaluate("document.documentElement.scrollHeight") / height
                if length > most:
                    long.append((address, width, round(length, 1)))
    finally:
        context.close()
    assert long == []
    assert dead == []
