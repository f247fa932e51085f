"""What a plan shows of its sheets: the bars say what the words say, and each sheet has one address."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.pages.plan.names import codes_of, sheet_named
from api.pages.plan.timeline import Timeline
from api.pages.river_narrow import narrow
from api.pages.river_pieces import Box, Current, ForumBox, Heard, RiverPicture, RiverWords, Unanswered
from api.pages.river_wide import wide
from domain.roles import FRAMEWORK_PILOT, PILOT
from tests.api.scene import Scene
from workflows.texts import Texts

TODAY = date(2026, 6, 12)
YEARS = Timeline.around((date(2024, 5, 1), date(2028, 3, 1)))
ONE = UUID("a1b2c3d4000000000000000000000001")
TWO, THREE = UUID("ff00aa11000000000000000000000002"), UUID("ff00aa11000000000000000000000003")


def test_a_late_sheet_is_red_from_its_end_to_today_and_one_on_time_is_filled_to_today() -> None:
    per_year = 100 / 5
    late = YEARS.bar(date(2025, 1, 1), date(2025, 6, 12), "runs", TODAY, share=0.5, late_from=date(2025, 6, 12))
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


def river(*currents: Current, loose: tuple[Unanswered, ...] = ()) -> RiverPicture:
    """The river of some priorities, from one forum."""
    heads = (("Constat", "entendu"), ("Forum", "où"), ("Priorité", "choisie"), ("Fiches", "faites"))
    return wide(currents, loose, (ForumBox("Mobilité", "12 personnes", "#f"),), RiverWords(heads))


def current(weight: float, sheets: int, **said: Any) -> Current:
    """A priority that answers one finding."""
    heard = (Heard("Deux cars par jour vers Auch", "#1", 0),)
    return Current("Se déplacer sans voiture", "#p", heard, weight, sheets, f"{sheets} fiches", **said)


def boxes(picture: RiverPicture, kind: str) -> list[Box]:
    """The rectangles of a kind."""
    return [one for one in picture.drawing.boxes if one.kind == kind]


def test_a_river_is_as_high_as_what_flows_and_ends_in_a_notch_where_a_link_is_missing() -> None:
    twice, once = boxes(river(current(200, 4), current(100, 2)), "priority")
    assert twice.height == pytest.approx(2 * once.height, rel=0.01)
    assert len(boxes(river(current(200, 4)), "sheet")) == 4
    assert not boxes(river(current(200, 4)), "notch")
    cut = river(current(1, 0, no_action="sans action"))
    assert len(boxes(cut, "notch")) == 1
    assert "sans action" in [one.text for one in cut.drawing.words]
    lost = Heard("Foyers fermés le soir", "#2", 0)
    aside = river(current(1, 1), loose=(Unanswered(lost, False, "un atout", ""),))
    assert not boxes(aside, "notch"), "what asks for nothing is no fault"
    missed = river(current(1, 1), loose=(Unanswered(lost, True, "sans priorité", "depuis 17 mois"),))
    assert len(boxes(missed, "notch")) == 1


@pytest.mark.parametrize("sheets", [3, 14, 46, 60])
def test_a_river_of_any_size_stays_in_its_picture(sheets: int) -> None:
    made = current(
        sheets, sheets, bare=1, bare_word="1 fiche sans argent", money_word="12 000 €", firm=0.5, measured=0.4
    )
    for picture in (river(made, made, made), narrow(made, sheets)):
        assert boxes(picture, "sheet")
        for one in picture.drawing.boxes:
            assert one.x >= 0 and one.x + one.width <= picture.width and one.y >= 0
            assert one.y + one.height <= picture.height


@pytest.mark.parametrize("measured", [0.02, 0.33, 0.5, 0.97])
@pytest.mark.parametrize("weight", [1, 100])
def test_a_result_and_a_missing_measure_of_one_priority_are_not_written_over_each_other(
    measured: float, weight: float
) -> None:
    made = river(
        current(
            weight,
            5,
            measured=measured,
            result_word="0 sur 2",
            targets=2,
            unmeasured_word="sans mesure",
            unmeasured_beside="3 fiches",
        ),
        current(100, 5),
    )
    foot = {one.text: one.y for one in made.drawing.words if one.text in ("0 sur 2", "sans mesure", "3 fiches")}
    targets = {one.y for one in made.drawing.spots if one.kind == "not-reached"}
    assert len(targets) == 1
    (targets_at,) = targets
    assert foot["0 sur 2"] + 5 <= targets_at - 5, "the targets hang under their count"
    assert targets_at + 5 <= foot["sans mesure"] - 10
    assert foot["sans mesure"] + 10 <= foot["3 fiches"]


def test_what_became_of_what_was_said_is_shown_and_read_by_tools(scene: Scene) -> None:
    page = scene.browser(FRAMEWORK_PILOT).get(f"/t/{scene.siren_of(scene.here)}/plan/pourquoi")
    assert page.status_code == 200
    assert "qu’est devenu ce qui a été dit" in page.text
    found = scene.tool(FRAMEWORK_PILOT).get(f"/api/v1/conventions/{scene.here.convention}/chain").json()
    assert found["findings"] and found["priorities"]
    answered = {
        one["finding"]["finding_id"]
        for one in found["findings"]
        if one["priorities"] or one["finding"]["kind"] == "ASSET"
    }
    missing = {one["finding_id"] for one in found["broken"] if one["link"] == "NO_PRIORITY"}
    assert not answered & missing
    assert len(answered | missing) == len(found["findings"])


def test_tools_ask_for_the_sheets_without_money_or_indicator_and_for_the_silent_ones(scene: Scene) -> None:
    tool, address = scene.tool(FRAMEWORK_PILOT), f"/api/v1/conventions/{scene.here.convention}/sheets"

    def asked(**only: Any) -> list[str]:
        found: list[str] = []
        cursor: str | None = None
        while True:  # one sheet a page, to the end
            page = tool.get(address, params={**only, "limit": 1, **({"cursor": cursor} if cursor else {})}).json()
            found += [one["sheet_id"] for one in page["sheets"]]
            if (cursor := page["next_cursor"]) is None:
                return found

    every = {one["sheet_id"]: one for one in tool.get(address).json()["sheets"]}
    unfunded = {one["sheet_id"] for one in tool.get(f"{address.removesuffix('sheets')}money").json()["unfunded"]}
    assert unfunded
    assert set(asked(lacks="NO_MONEY")) == unfunded
    for flags in (["NO_INDICATOR"], ["NO_MONEY", "NO_INDICATOR"]):
        assert asked(lacks=flags) == [one for one, told in every.items() if set(flags) <= set(told["lacks"])]
    silent = asked(lacks="NO_MONEY", silent="true")
    assert silent == [
        one for one, told in every.items() if told["silent_since"] is not None and "NO_MONEY" in told["lacks"]
    ]
    assert tool.get(address, params={"lacks": "NO_RANK"}).status_code == 400


def test_what_is_told_of_an_action_names_it_wherever_it_is_told(scene: Scene) -> None:
    tool, here = scene.tool(PILOT), f"/api/v1/action-sheets/{scene.here.sheet}"

    def tell(act: str, **body: object) -> None:
        answer = tool.post(f"{here}/{act}", json=body, headers={"Idempotency-Key": str(uuid4())})
        assert answer.status_code == 200, answer.text

    tell("report-action-status", status="RUNNING")
    tell("describe-action-sheet", number="1.3", title="Guichet unique")
    place = f"/t/{scene.siren_of(scene.here)}"
    for page in ("journal", "comite", "plan/1.3"):
        shown = scene.browser(FRAMEWORK_PILOT).get(f"{place}/{page}").text
        said = html.unescape(re.sub(r"\s+", " ", shown))
        assert "L’état de l’action 1.3 Guichet unique a été donné : en cours." in said, page
        if page != "comite":  # it shows the latest few
            assert "La fiche 1.3 Guichet unique a été complétée." in said, page


def test_the_picture_says_the_same_as_the_question_with_one_act_for_what_is_missing(scene: Scene) -> None:
    page = scene.browser(PILOT).get(f"/t/{scene.siren_of(scene.here)}/plan/pourquoi").text
    found = scene.tool(FRAMEWORK_PILOT).get(f"/api/v1/conventions/{scene.here.convention}/chain").json()
    texts = Texts("fr")
    missing = {texts.t(f"page.broken.{one['link']}") for one in found["broken"]}
    rows = dict(re.findall(r'broken-word">.*?</svg>\s*(sans [^<]+?)</span></th>(.*?)</tr>', page, re.DOTALL))
    assert missing
    assert rows.keys() == missing, "each kind of link that lacks has one line, and no other has"
    for one in found["broken"]:
        word = texts.t(f"page.broken.{one['link']}")
        if one["link"] in ("NO_PRIORITY", "NO_ACTION", "NO_MONEY", "NO_INDICATOR", "NO_MEASURE"):
            assert len(re.findall(r'href="[^"]*/actes/', rows[word])) == 1, word
