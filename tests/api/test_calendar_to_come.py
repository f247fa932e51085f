"""The calendar to come, read in the browser: what would be said if nothing is done, and nothing of it is recorded."""

from __future__ import annotations

from html import unescape

from domain import roles
from tests.api.scene import ELSEWHERE, Scene


def read(text: str) -> str:
    return " ".join(unescape(text).replace("\xa0", " ").split())


def test_what_would_be_said_is_told_and_nothing_is_recorded(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    today = client.get(scene.page_of(scene.here))
    address = f"{scene.page_of(scene.here)}/calendrier"
    assert f'href="{address}"' in today.text
    before = scene.event_count()
    shown = read(client.get(address).text)
    assert "Rappel : bilan annuel, pour le 31 mars 2027" in shown
    assert "échéances seraient manquées" in shown
    assert "les vacances scolaires" in shown
    assert "Courriels par personne" in shown
    assert scene.event_count() == before


def test_another_territory_s_calendar_does_not_exist(scene: Scene) -> None:
    assert scene.browser(ELSEWHERE).get(f"{scene.page_of(scene.here)}/calendrier").status_code == 404
