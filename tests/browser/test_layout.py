"""Nothing is cut off, laid over its neighbour or out of sight: at every width, on paper, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from api.pages.road_pieces import SMALL
from tests.browser.conftest import sign_in
from tests.browser.site import ADMINISTRATOR, FRAMEWORK_PILOT, LOCAL_PILOT, PAGES, SHOWN, VAL_DE_GERS, Site

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 641, 768, 900, 1024, 1280, 1920)
PAPER = 688
"""A4 between its margins: 182 mm at 96 pixels to the inch."""

HERE = SHOWN["valdegers"]
ACTS = f"/conventions/{VAL_DE_GERS}/actes"
LOOKED_AT = [
    (FRAMEWORK_PILOT, "/departement"),
    (FRAMEWORK_PILOT, "/departement/themes"),
    *((FRAMEWORK_PILOT, f"{one}{page}") for one in SHOWN.values() for page in ("", "/comite")),
    *((LOCAL_PILOT, f"{HERE}{page}") for page in PAGES),
    *((LOCAL_PILOT, f"{ACTS}/{act}") for act in ("record-forum", "choose-priority", "record-meeting")),
    (ADMINISTRATOR, "/administration"),
    (ADMINISTRATOR, "/administration/comptes"),
    (ADMINISTRATOR, "/administration/cles"),
    (ADMINISTRATOR, "/administration/suites"),
    (ADMINISTRATOR, "/administration/territoires"),
    (ADMINISTRATOR, "/administration/methodes/gers-ctggs/1"),
    (ADMINISTRATOR, "/administration/partenaires"),
    (ADMINISTRATOR, "/administration/inviter"),
    (ADMINISTRATOR, "/commencer"),
    (LOCAL_PILOT, "/administration"),
    (ADMINISTRATOR, "/administration/droits"),
]

SCROLLED_BOXES = """() => [...document.querySelectorAll("main *")]
  .filter(one => ["auto", "scroll"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1)
  .map(one => `${one.tagName}.${one.className}`)"""

BEYOND_CARDS = """() => {
  const beyond = []
  const check = (box, inside) => {
    const edge = box.getBoundingClientRect().right + 1
    for (const one of inside) {
      const place = one.getBoundingClientRect()
      if (place.width > 1 && place.right > edge) beyond.push(`${one.tagName}: ${one.textContent.trim().slice(0, 40)}`)
    }
  }
  const main = document.querySelector("main")
  check(main, main.querySelectorAll("*"))
  for (const card of main.querySelectorAll(".card, .tile, td, th")) check(card, card.querySelectorAll("*"))
  return beyond
}"""

CUT_WORDS = """() => [...document.querySelectorAll("main svg text")].filter(one => {
  const word = one.getBoundingClientRect(), picture = one.ownerSVGElement.getBoundingClientRect()
  return word.width > 0 && (word.left < picture.left - 1 || word.right > picture.right + 1
    || word.top < picture.top - 1 || word.bottom > picture.bottom + 1)
}).map(one => one.textContent)"""


@pytest.fixture(scope="module")
def readers(browser: Browser, read_site: Site) -> Iterator[dict[str, Page]]:
    """One signed-in page for each account."""
    pages: dict[str, Page] = {}
    for login in (FRAMEWORK_PILOT, LOCAL_PILOT, ADMINISTRATOR):
        context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
        pages[login] = context.new_page()
        sign_in(pages[login], read_site, login)
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize(("login", "address"), LOOKED_AT)
def test_nothing_is_out_of_sight(readers: dict[str, Page], read_site: Site, login: str, address: str) -> None:
    page = readers[login]
    page.goto(read_site.at(address))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"cut off at {width} px"
        assert page.evaluate(SCROLLED_BOXES) == [], f"out of sight at {width} px"


@pytest.mark.parametrize(("login", "address"), LOOKED_AT)
def test_on_paper_nothing_goes_beyond_its_card(
    readers: dict[str, Page], read_site: Site, login: str, address: str
) -> None:
    page = readers[login]
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.goto(read_site.at(address))
    page.emulate_media(media="print")
    try:
        found: Any = page.evaluate(BEYOND_CARDS)
    finally:
        page.emulate_media(media="screen")
    assert found == []


def test_acts_that_wait_are_not_printed_without_their_question(readers: dict[str, Page], read_site: Site) -> None:
    """On paper nothing is folded and no head is left: the names of acts would stand there as if they were done."""
    page = readers[LOCAL_PILOT]
    page.goto(read_site.at(HERE))
    waiting = page.locator(".not-yet")
    assert waiting.is_visible()
    page.emulate_media(media="print")
    try:
        assert not waiting.is_visible()
    finally:
        page.emulate_media(media="screen")


def test_bars_and_marks_stand_where_their_words_are(readers: dict[str, Page], read_site: Site) -> None:
    page = readers[FRAMEWORK_PILOT]
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(read_site.at("/departement"))
    left_of = "one => one.getBoundingClientRect().left"
    labels = page.locator(".bar-line > p:first-child").evaluate_all(f"all => all.map({left_of})")
    tracks = page.locator(".bar .track").evaluate_all(f"all => all.map({left_of})")
    assert tracks == pytest.approx(labels, abs=1)
    page.goto(read_site.at(HERE))
    gaps = page.locator(".tile:has(.status)").evaluate_all(
        """all => all.map(one => one.querySelector(".status").getBoundingClientRect().top
             - one.querySelector(".tile-figure a").getBoundingClientRect().bottom)"""
    )
    assert gaps and min(gaps) >= 4


def test_a_finding_that_is_cited_is_found_by_its_number(readers: dict[str, Page], read_site: Site) -> None:
    page = readers[LOCAL_PILOT]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(read_site.at(f"{HERE}/plan"))
    folded = page.get_by_role("table", name="Priorités", include_hidden=True)
    cited = folded.locator("a[href*='#finding-']").all_text_contents()
    page.goto(read_site.at(f"{HERE}/diagnostic"))
    page.get_by_text("constats qui ont une réponse").click()
    findings = page.get_by_role("table", name="Constats du diagnostic")
    numbers = {row.inner_text().split()[0] for row in findings.get_by_role("row").all()[1:]}
    assert cited and set(cited) <= numbers
    assert findings.get_by_role("link", name="une priorité").first.get_attribute("href") == f"{HERE}/plan#priorities"


def test_no_status_is_shown_that_nobody_gave(readers: dict[str, Page], read_site: Site) -> None:
    """Of an action sheet only its dates are known."""
    page = readers[LOCAL_PILOT]
    page.goto(read_site.at(f"{HERE}/plan"))
    assert page.get_by_role("region", name="Plan d’actions").locator(".status").count() == 0


TOUCHING = """() => {
  if (!document.querySelector(".road-picture")) return []
  const drawn = [...document.querySelectorAll(".road-picture.wide-only .point text, .road-picture.wide-only .today")]
  const boxes = drawn.map(one => [one.textContent, one.getBoundingClientRect()])
  const found = []
  boxes.forEach(([text, one], index) => boxes.slice(index + 1).forEach(([other, two]) => {
    // Boxes of letters are taller than the letters: lines one below the other overlap by a hair.
    const beside = one.right <= two.left || two.right <= one.left
    const below = one.bottom <= two.top + 3 || two.bottom <= one.top + 3
    if (!beside && !below) found.push(`${text} / ${other}`)
  }))
  const picture = document.querySelector(".road-picture.wide-only").getBoundingClientRect()
  for (const [text, one] of boxes) if (one.left < picture.left || one.right > picture.right) found.push(`${text} /`)
  return found
}"""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_words_of_the_path_touch(browser: Browser, read_site: Site, language: str) -> None:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        sign_in(page, read_site, FRAMEWORK_PILOT)
        page.goto(read_site.at(f"/langue/{language}?next=/departement"))
        links = page.locator("table.cards th a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        conventions = [one for one in links if one.startswith("/t/")]
        assert len(conventions) == 15
        conventions.remove("/t/243200425")  # it has none
        for address in conventions:
            page.goto(read_site.at(address))
            assert page.evaluate(TOUCHING) == [], address
    finally:
        context.close()


def test_on_a_telephone_what_is_done_is_folded(readers: dict[str, Page], read_site: Site) -> None:
    page = readers[LOCAL_PILOT]
    page.goto(read_site.at(HERE))
    path = page.get_by_role("region", name="Les étapes, une par une")
    path.locator("summary").first.click()
    done, late = path.get_by_role("heading", name="Engagement"), path.get_by_role("heading", name="Plan signé 2/4")
    summary = path.locator("summary", has_text="étapes faites")
    for width, is_folded in ((390, True), (641, False), (1280, False)):
        page.set_viewport_size({"width": width, "height": 900})
        assert (done.is_visible(), summary.is_visible()) == (not is_folded, is_folded), width
        assert late.is_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    summary.click()
    assert done.is_visible()
    page.goto(read_site.at("/departement"))
    page.goto(read_site.at(f"{HERE}#step-engagement-confirmed"))
    assert page.locator("#step-engagement-confirmed").is_visible()


def test_the_table_of_rights_gives_each_column_its_room(readers: dict[str, Page], read_site: Site) -> None:
    page = readers[ADMINISTRATOR]
    page.goto(read_site.at("/administration/droits"))
    for width, least in ((1280, 250), (900, 250), (390, 250)):
        page.set_viewport_size({"width": width, "height": 900})
        acts = page.locator(".policy tbody th").evaluate_all("all => all.map(one => one.clientWidth)")
        assert min(acts) >= least, width


def test_the_letters_of_the_road_can_be_read_at_every_width(readers: dict[str, Page], read_site: Site) -> None:
    """One of its two pictures is always there: one that vanishes on a telephone tells nobody anything."""
    page = readers[LOCAL_PILOT]
    page.goto(read_site.at(f"{HERE}/comite"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        shown = [one for one in page.locator(".road-picture").all() if one.is_visible()]
        assert len(shown) == 1, width
        scale = shown[0].evaluate("one => one.getBoundingClientRect().width / one.viewBox.baseVal.width")
        assert scale * SMALL >= 9.5, width


@pytest.mark.parametrize("address", ["/departement", "/departement/themes", HERE, f"{HERE}/diagnostic"])
def test_no_word_of_a_picture_is_cut(readers: dict[str, Page], read_site: Site, address: str) -> None:
    page = readers[FRAMEWORK_PILOT]
    page.goto(read_site.at(address))
    for width in (WIDTHS[0], 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT_WORDS) == [], width


def test_a_signatory_who_is_late_is_late_in_the_table_too(readers: dict[str, Page], read_site: Site) -> None:
    """One that signed too early keeps its own state, and is as late as the other."""
    page = readers[LOCAL_PILOT]
    page.goto(read_site.at(f"{HERE}/partenaires"))
    for commune, state in (("Commune de Masseube", "En retard"), ("Commune de Seissan", "Irrégulier")):
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=commune))
        assert row.get_by_text(state, exact=True).count() == 2, commune
        assert row.get_by_text("attendue depuis 33 jours").count() == 2, commune
        assert row.get_by_text("Pas commencé").count() == 0, commune


def test_a_document_is_told_once_where_it_was_given(readers: dict[str, Page], read_site: Site) -> None:
    """The minutes of a committee are not those of each of its decisions too."""
    page = readers[LOCAL_PILOT]
    page.goto(read_site.at(f"{HERE}/documents"))
    cited = re.findall(r"\b[0-9a-f]{64}\b", page.locator("main").inner_html())
    assert len(set(cited)) == page.locator("main tbody tr").count() == 30
    assert page.get_by_text("30 documents sont là.").is_visible()


def test_paper_says_which_meeting_decided_and_offers_nothing_to_press(
    readers: dict[str, Page], read_site: Site
) -> None:
    page = readers[LOCAL_PILOT]
    page.emulate_media(media="print")
    try:
        page.goto(read_site.at(f"{HERE}/comite"))
        assert page.get_by_role("heading", name="12 mars 2026").is_visible()
        assert not page.get_by_role("heading", name="4 novembre 2025").is_visible()
        for name in ("", "/comite", "/partenaires"):
            page.goto(read_site.at(HERE + name))
            pressed = page.locator("main").get_by_role("link", name=re.compile("^Enregistrer"))
            assert [one.inner_text() for one in pressed.all() if one.is_visible()] == [], name
    finally:
        page.emulate_media(media="screen")
