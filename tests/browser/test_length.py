"""A page is one question: two screens on a desk and four on a telephone, at most; and every anchor has its place."""

from __future__ import annotations

import os
import subprocess
from itertools import cycle, islice
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from api.pages.addresses import DEPARTMENT, DEPARTMENT_THEMES, JOURNAL, PATHS
from ctg_engine.demo.references import partner_of
from domain.territories import territory_stream
from domain.values import local_id
from tests.browser.conftest import sign_in
from tests.browser.lengths import too_long
from tests.browser.site import CTG, FRAMEWORK_PILOT, SHOWN, THE_CAF, VAL_DE_GERS, Site

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
        DEPARTMENT,
        DEPARTMENT_THEMES,
        THE_CAF,
        *(one + THE_CAF for one in (SHOWN["valdegers"], SHOWN["grand-auch"])),
        *(one + path for one in SHOWN.values() for path in ANSWERING),
    ]
    assert faults(browser, read_site, addresses) == ([], [])


def test_a_plan_of_46_sheets_is_seen_in_two_screens(browser: Browser, own_site: Site, tmp_path: Path) -> None:
    draft_sheets(browser, own_site, tmp_path / "demo.db", 42)
    addresses = [SHOWN["valdegers"] + path for path in ANSWERING]
    assert faults(browser, own_site, addresses) == ([], [])


def draft_sheets(browser: Browser, site: Site, file: Path, number: int) -> None:
    """Sheets beside the four of the demonstration, under its three priorities, written by a tool."""
    env = {**os.environ, "CTG_DATABASE_URL": f"sqlite:///{file}"}
    siren = SHOWN["valdegers"].rpartition("/")[2]
    words = ["key", "issue", "Un tableur", "--role", "PILOT", "--territory", siren]
    issued = subprocess.run([*CTG, *words], env=env, text=True, check=True, capture_output=True).stdout
    sheet = {
        "occurred_on": "2026-01-20",
        "convention_id": str(VAL_DE_GERS),
        "home_territory_id": str(territory_stream(siren)),
        "owner_id": str(partner_of(siren)),
        "starts_on": "2026-09-01",
        "ends_on": "2029-12-31",
    }
    lines = [
        {
            "command": "draft-action-sheet",
            "stream_id": str(uuid4()),
            "body": {
                **sheet,
                "priority_id": local_id(one),
                "title": f"Le relais du samedi, numéro {at}",
            },
        }
        for at, one in enumerate(islice(cycle(("mobilite", "accueil", "repit")), number))
    ]
    answer = browser.new_context().request.post(
        site.at("/api/v1/bulk"),
        data={"lines": lines, "all_or_nothing": True},
        headers={"Authorization": f"Bearer {issued.split()[-1]}", "Idempotency-Key": "plan"},
        timeout=0,
    )
    assert answer.json()["recorded"] == number, answer.text()
