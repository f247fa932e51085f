"""Mon travail: what is new since one was last here, and the figure beside it on every page, right after each act."""

from __future__ import annotations

import re
from datetime import date, timedelta

from starlette.testclient import TestClient

from api.pages.addresses import PARTNERS
from domain import roles
from tests.api.scene import Scene


def figure(client: TestClient, address: str) -> int:
    """The figure beside « Mon travail » in the header of a page."""
    found = re.search(r'Mon travail <span class="nav-count">([0-9]+)', client.get(address).text)
    return int(found[1]) if found else 0


def lines(client: TestClient) -> int:
    """How many things are late, or due within a week, for the reader."""
    html = client.get("/travail").text
    counts = re.findall(r'href="#(late|week)">.*?<strong>([0-9]+)</strong>', html, re.DOTALL)
    return sum(int(count) for _, count in counts)


def test_the_figure_of_the_header_is_what_the_page_of_work_counts_and_follows_each_act(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    before = lines(client)
    assert before > 0
    for address in (
        "/travail",
        "/departement",
        scene.page_of(scene.here),
        scene.page_of(scene.here, PARTNERS),
        "/compte",
    ):
        assert figure(client, address) == before, address
    scene.here.meet("m9", date(2026, 3, 2))
    scene.here.review(2025, date(2026, 3, 2), meeting="m9")
    assert figure(client, scene.page_of(scene.here)) == lines(client) == before - 1


def test_the_figure_counts_what_is_the_readers_own_to_do(scene: Scene) -> None:
    assert figure(scene.browser(roles.AUDITOR), "/departement") == 0
    assert figure(scene.browser(roles.COMMITTEE_MEMBER), scene.page_of(scene.here)) == 0


def test_what_moved_is_told_from_the_end_of_the_last_visit_on(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    assert "Depuis ma dernière visite" not in client.get("/travail").text
    scene.clock.moment += timedelta(days=3)
    scene.here.today = scene.clock.today()
    scene.here.mandate(scene.here.cpam, date(2026, 6, 2))
    scene.clock.moment += timedelta(hours=1)
    again = scene.browser(roles.PILOT)
    html = again.get("/travail").text
    news = html[html.index('id="moved"') :]
    assert "Depuis ma dernière visite" in news
    assert "Depuis le 1er juin" in news
    assert re.search("CPAM", news)
    scene.clock.moment += timedelta(days=1)
    last = scene.browser(roles.PILOT).get("/travail").text
    assert "Rien de nouveau" in last, "told once"
