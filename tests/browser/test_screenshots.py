"""The pictures of the README are made here, from the demonstration: `make screenshots` writes them in their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import sign_in
from tests.browser.site import FRAMEWORK_PILOT, LOCAL_PILOT, SHOWN, Site

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WIDTH = 1280
MOST_BYTES = 400_000

PICTURES = {
    "departement.png": (FRAMEWORK_PILOT, "/departement", 1180),
    "convention.png": (LOCAL_PILOT, SHOWN["valdegers"], 1120),
    "comite.png": (LOCAL_PILOT, f"{SHOWN['valdegers']}/comite", 1200),
    "journal.png": (LOCAL_PILOT, f"{SHOWN['valdegers']}/journal", 1180),
}
"""File -> whose page, its address, how much of it is shown (pixels)."""


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_readme(
    browser: Browser, read_site: Site, tmp_path: Path, request: pytest.FixtureRequest, name: str
) -> None:
    login, address, height = PICTURES[name]
    folder = IMAGES if request.config.getoption("--screenshots") else tmp_path
    folder.mkdir(exist_ok=True)
    context = browser.new_context(locale="fr-FR", viewport={"width": WIDTH, "height": height})
    try:
        page = context.new_page()
        sign_in(page, read_site, login)
        page.goto(read_site.at(address))
        picture = page.screenshot(path=folder / name)
    finally:
        context.close()
    assert int.from_bytes(picture[16:20], "big") == WIDTH
    assert len(picture) < MOST_BYTES
