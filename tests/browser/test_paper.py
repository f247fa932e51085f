"""What is printed: the committee's page is one sheet on its side, whatever the state of the territory, and so is a plan
of 46 actions with all their names."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import sign_in
from tests.browser.site import FRAMEWORK_PILOT, SHOWN, Site

pytestmark = pytest.mark.browser

SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)")


def printed_sheets(page: Page, address: str) -> tuple[int, bool]:
    """On how many sheets a page is printed, and whether they lie on their side."""
    page.goto(address)
    printed = page.pdf(prefer_css_page_size=True)
    width, height = (float(one) for one in BOX.findall(printed)[0])
    return len(SHEET.findall(printed)), width > height


def test_the_committee_has_one_sheet_on_its_side(browser: Browser, read_site: Site) -> None:
    context = browser.new_context(locale="fr-FR")
    sheets = {}
    try:
        page = context.new_page()
        sign_in(page, read_site, FRAMEWORK_PILOT)
        for name, address in SHOWN.items():
            page.goto(read_site.at(f"{address}/comite"))
            printed = page.pdf(prefer_css_page_size=True)
            width, height = (float(one) for one in BOX.findall(printed)[0])
            sheets[name] = (len(SHEET.findall(printed)), width > height)
    finally:
        context.close()
    assert sheets == dict.fromkeys(SHOWN, (1, True))


def test_a_plan_of_46_actions_is_handed_out_on_one_sheet(browser: Browser, read_site: Site) -> None:
    context = browser.new_context(locale="fr-FR")
    try:
        page = context.new_page()
        sign_in(page, read_site, FRAMEWORK_PILOT)
        assert printed_sheets(page, read_site.at("/t/200066926/plan")) == (1, True)
        assert page.locator(".plan-sheets tbody tr:not(.group)").count() == 46
    finally:
        context.close()
