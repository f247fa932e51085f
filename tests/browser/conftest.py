"""A real Chromium and a real server; without Chromium the tests say how to get it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.site import PASSWORD, Site, served, told_once

FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--disable-component-update",
    "--no-first-run",
    "--lang=en-US",  # in which order fields of days are typed
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

MakeContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all the pages of a worker."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration, told once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "told-for-browsers"
    folder.mkdir(exist_ok=True)
    return told_once(folder)


@pytest.fixture(scope="session")
def read_site(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served demonstration that tests only read."""
    with served(told, tmp_path_factory.mktemp("read")) as site:
        yield site


@pytest.fixture
def own_site(told: Path, tmp_path: Path) -> Iterator[Site]:
    """A served demonstration of the test's own, on which it may write."""
    with served(told, tmp_path) as site:
        yield site


def sign_in(page: Page, site: Site, login: str) -> None:
    """Sign in with the mouse, where signing in is not what is tested."""
    page.goto(site.at("/connexion"))
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    # Home is the département, or the one convention of whoever has one territory.
    page.wait_for_url(re.compile(r"/(departement|t/[0-9]+(/comite)?)?$"))


def listen_to(page: Page) -> list[str]:
    """What the page complains of from now on: console errors (the content policy among them) and failed scripts."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
