"""A page is one question: two screens on a desk and four on a telephone, at most; and every anchor has its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.pages.addresses import DEPARTMENT, DEPARTMENT_THEMES, JOURNAL, PATHS
from tests.browser.conftest import sign_in
from tests.browser.lengths import too_long
from tests.browser.plans import sheet_id, tell_plan
from tests.browser.site import FRAMEWORK_PILOT, SHOWN, THE_CAF, Site

pytestmark = pytest.mark.browser

ANSWERING = [path for name, path in PATHS.items() if name != JOURNAL]
"""A journal is a register: it is read by the page."""

DEAD_ANCHORS = """() => [...document.querySelectorAll('a[href^="#"]')]
  .map(one => one.getAttribute("href").slice(1)).filter(id => !document.getElementById(id))"""


def faults(browser: Browser, site: Site, addresses: list[str]) -> tuple[list[str], list[str]]:
    """The pages that pass their screens, and the links to places that are not there."""
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    long, dead = [], []
    try:
        page = context.new_page()
        sign_in(page, site, FRAMEWORK_PILOT)
        for address in addresses:
            page.goto(site.at(address))
            dead += [f"{address}#{one}" for one in page.evaluate(DEAD_ANCHORS)]
            long += too_long(page)
    finally:
        context.close()
    return long, dead


def test_no_page_is_longer_than_its_question(browser: Browser, read_site: Site) -> None:
    addresses = [
        "/travail",
        "/cadre/32-2023-2027",
        "/cadre/32-2023-2027/strategie",
        "/cadre/32-2023-2027/delegation",
        "/cadre/32-2023-2027/controle",
        DEPARTMENT,
        DEPARTMENT_THEMES,
        THE_CAF,
        *(one + THE_CAF for one in (SHOWN["valdegers"], SHOWN["grand-auch"])),
        *(one + path for one in SHOWN.values() for path in ANSWERING),
    ]
    assert faults(browser, read_site, addresses) == ([], [])


def test_a_plan_of_46_sheets_is_seen_in_two_screens(browser: Browser, own_site: Site, tmp_path: Path) -> None:
    tell_plan(browser, own_site, tmp_path / "demo.db", 36)
    plan = f"{SHOWN['valdegers']}/plan"
    addresses = [SHOWN["valdegers"] + path for path in ANSWERING]
    addresses += [
        f"{plan}/pourquoi",
        f"{plan}/{sheet_id(0)}",
        f"{plan}/{sheet_id(5)}",
        f"{plan}?par=porteur",
        f"{plan}?par=etat",
    ]
    assert faults(browser, own_site, addresses) == ([], [])
