"""What a plan shows of its sheets: the bars say what the words say, and each sheet has one address."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from api.pages.plan.names import codes_of, sheet_named
from api.pages.plan.timeline import Timeline
from domain.roles import FRAMEWORK_PILOT
from tests.api.scene import Scene

TODAY = date(2026, 6, 12)
YEARS = Timeline.around((date(2024, 5, 1), date(2028, 3, 1)))
ONE = UUID("a1b2c3d4000000000000000000000001")
TWO, THREE = UUID("ff00aa11000000000000000000000002"), UUID("ff00aa11000000000000000000000003")


def test_a_late_sheet_is_red_from_its_end_to_today_and_one_on_time_is_filled_to_today() -> None:
    per_year = 100 / 5
    late = YEARS.bar(date(2025, 1, 1), date(2025, 6, 12), "runs", TODAY, share=0.5)
    assert late.late_left == pytest.approx(late.left + late.width, abs=0.02)
    assert late.late_width == pytest.approx(per_year, rel=0.01), "a year late is a year long"
    assert late.filled == pytest.approx(late.width / 2, abs=0.02)
    runs = YEARS.bar(date(2025, 1, 1), date(2027, 6, 12), "runs", TODAY)
    assert runs.left + runs.filled == pytest.approx(YEARS.at(TODAY), abs=0.02)
    assert runs.late_width == 0
    assert YEARS.bar(date(2027, 1, 1), date(2027, 6, 12), "waits", TODAY).filled == 0


@pytest.mark.parametrize(
    ("numbers", "names"),
    [
        ({ONE: "1.3", TWO: "1.4"}, {ONE: "1.3", TWO: "1.4"}),
        ({ONE: "1.3", TWO: "1.3"}, {ONE: "a1b2c3d4", TWO: "ff00aa11"}),
        ({ONE: None, TWO: None, THREE: None}, {ONE: ONE.hex[:32], TWO: TWO.hex, THREE: THREE.hex}),
        ({ONE: "pourquoi", TWO: "1/2"}, {ONE: "a1b2c3d4", TWO: "ff00aa11"}),
        ({ONE: "ff00aa11", TWO: None}, {ONE: "a1b2c3d4", TWO: "ff00aa11"}),
    ],
)
def test_no_two_sheets_have_the_same_address(numbers: dict[UUID, str | None], names: dict[UUID, str]) -> None:
    found = codes_of(numbers)
    assert found == names
    for one, name in found.items():
        assert sheet_named(name, numbers) == one
        assert sheet_named(str(one), numbers) == one
    assert sheet_named("9.9", numbers) is None


def test_a_sheet_is_found_from_its_plan_and_says_who_until_when_and_why(scene: Scene) -> None:
    client = scene.browser(FRAMEWORK_PILOT)
    plan = f"/t/{scene.siren_of(scene.here)}/plan"
    shown = client.get(plan).text
    (address, *_) = re.findall(rf'href="({plan}/[0-9a-f.]+)"', shown)
    page = client.get(address)
    assert page.status_code == 200
    for words in ("Pourquoi cette fiche", "Son histoire", "Jusqu’à quand", "Une fiche action a été rédigée"):
        assert words in page.text
    (anchor,) = set(re.findall(r'id="sheet-([0-9a-f-]{36})"', shown))
    moved = client.get(f"{plan}/{anchor}")
    assert (moved.status_code, moved.headers["location"]) == (303, address)
    assert client.get(f"{plan}/nulle-part").status_code == 404


def test_each_count_of_a_plan_leads_to_its_sheets_and_each_order_shows_them_all(scene: Scene) -> None:
    client = scene.browser(FRAMEWORK_PILOT)
    plan = f"/t/{scene.siren_of(scene.here)}/plan"
    shown = client.get(plan).text
    names = set(re.findall(rf'href="({plan}/[0-9a-f.]+)"', shown))
    assert names
    for query in re.findall(rf'href="{plan}(\?(?:par|etat|vue)=[a-z-]+)"', shown):
        answer = client.get(plan + query)
        assert answer.status_code == 200
        assert set(re.findall(rf'href="({plan}/[0-9a-f.]+)"', answer.text)) == names
