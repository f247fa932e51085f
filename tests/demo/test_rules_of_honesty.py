"""Every page of the story, read once: what no page may do, whatever is told on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag

import pytest
from starlette.testclient import TestClient

from api.access import cookie_name
from api.app import create_app
from api.pages.addresses import PATHS
from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from tests.demo.page_tree import Element, read
from tests.demo.telling import Telling
from tests.words import machine_words

FRAMEWORK_PILOT, LOCAL_PILOT, COMMITTEE, PARTNER, AUDITOR, ADMINISTRATOR = (
    "pilote.departement",
    "pilote.valdegers",
    "comite.valdegers",
    "caf",
    "auditeur",
    "administrateur",
)
HERE = "/t/200072320"
NOT_FOLLOWED = ("/langue/", "/deconnexion", "/static/")
LATE = re.compile(r"attendue?s? depuis (?!le)|en retard de|depuis \d+ (?:jours|mois)")
FRACTION = re.compile(r"(\w+) sur (\w+)")
VERB = re.compile(
    r"\b(?:est|sont|a|ont|n’a|n’ont|n’est|manque|doit|doivent|attend|attendent|compte|comptent|portent|était|s’est|avancent"
    r"|commence(?:nt|z)?|va|vont|faut|peut|peuvent|mène|mènent|reste|restent|tarde|tardent|cite|citent|suit|suivent|voit|sait|prépare|couvre|termine)\b"
)


@dataclass(frozen=True)
class Visited:
    """A page as one account reads it."""

    login: str
    address: str
    page: Element

    @property
    def main(self) -> Element:
        """What is its own."""
        return next(self.page.all("main"))

    @property
    def name(self) -> str:
        """What a failure says."""
        return f"{self.login} {self.address}"


@pytest.fixture(scope="module")
def clients(telling: Telling) -> Iterator[dict[str, TestClient]]:
    """A browser for each account."""
    settings = Settings(database_url=str(telling.engine.url), files_folder=telling.folder)
    with opened(settings, telling.clock) as house:
        app, found = create_app(house.services()), {}
        for login in (FRAMEWORK_PILOT, LOCAL_PILOT, COMMITTEE, PARTNER, AUDITOR, ADMINISTRATOR):
            account = house.accounts.find(login)
            assert account is not None
            found[login] = TestClient(app, base_url="http://localhost", headers={"Accept-Language": "fr"})
            token = house.sessions.open(account.account_id, house.clock.now()).token
            found[login].cookies.set(cookie_name(False), token)
        yield found


@pytest.fixture(scope="module")
def pages(clients: dict[str, TestClient]) -> list[Visited]:
    """All the pages of all the territories as the département's pilot reads them, and home for everybody."""
    found: list[Visited] = []

    def visit(login: str, address: str) -> Visited:
        answer = clients[login].get(address)
        assert answer.status_code == 200, f"{login} {address} answers {answer.status_code}"
        found.append(Visited(login, str(answer.url.path), read(answer.text)))
        return found[-1]

    listed = visit(FRAMEWORK_PILOT, "/departement")
    territories = {link.split("?")[0].split("#")[0] for link in links(listed) if re.fullmatch(r"/t/\d{9}", link)}
    assert len(territories) == 15
    for territory in sorted(territories):
        first = visit(FRAMEWORK_PILOT, territory)
        if any(link == f"{territory}/journal" for link in links(first)):
            for path in PATHS.values():
                if path:
                    visit(FRAMEWORK_PILOT, territory + path)
    for login in clients:
        visit(login, "/")
    for address in ("/administration", "/administration/comptes", "/administration/cles", "/commencer"):
        visit(ADMINISTRATOR, address)
    for path in PATHS.values():
        visit(LOCAL_PILOT, HERE + path)
    return found


def links(one: Visited) -> set[str]:
    """The local links of a page."""
    return {link.given["href"] for link in one.page.all("a") if link.given.get("href", "").startswith(("/", "#"))}


def ids(one: Visited) -> set[str]:
    """What a link can lead to inside a page."""
    return {element.given["id"] for element in one.page.all() if "id" in element.given}


# --- links ------------------------------------------------------------------------------------------------------------


def test_every_anchor_is_on_its_page(pages: list[Visited]) -> None:
    known = {(one.login, one.address): ids(one) for one in pages}
    dead = {
        f"{one.name} -> {link}"
        for one in pages
        for link in links(one)
        for address, anchor in [urldefrag(link)]
        if anchor and "?" not in address
        if anchor not in known.get((one.login, address or one.address), {anchor})
    }
    assert dead == set()


def test_every_link_leads_somewhere(clients: dict[str, TestClient], pages: list[Visited]) -> None:
    """Each address once; of the facts of a journal, and of the same form for each territory, one of a kind."""
    asked: dict[tuple[str, str], str] = {}
    for one in pages:
        for link in links(one):
            address = urldefrag(link)[0]
            if address and not address.startswith(NOT_FOLLOWED):
                kind = re.sub(r"[0-9a-f-]{32,}|\d{9}|=[^&]*", "…", address)
                asked.setdefault((one.login, kind), address)
    assert len(asked) > 60
    wrong = {}
    for (login, _), address in asked.items():
        answer = clients[login].get(address)
        if answer.status_code != 200:
            wrong[f"{login} {address}"] = answer.status_code
    assert wrong == {}


# --- words ------------------------------------------------------------------------------------------------------------


def test_no_page_says_a_code_of_machines(pages: list[Visited]) -> None:
    """Rules, profiles, entries, ids: what is one click deeper is no part of the page."""
    said = {}
    for one in pages:
        shown = " ".join(piece for piece in _open(one.main))
        if found := machine_words(shown, files=one.address.endswith("/documents")):
            said[one.name] = found
    assert said == {}


def _open(element: Element) -> Iterator[str]:
    """What is read without unfolding anything."""
    for one in element.inside:
        if isinstance(one, str):
            yield one
        elif one.tag == "details" and "open" not in one.given:
            yield from (each.text for each in one.all("summary"))
        elif one.tag not in ("code", "script", "style", "svg"):
            yield from _open(one)


def test_an_answer_is_made_of_sentences_with_a_verb(pages: list[Visited]) -> None:
    """« Signature (Commune de Masseube), attendue depuis 33 jours » is none."""
    wrong = []
    for one in pages:
        lead = next(one.main.all("p", of="lead"), None)
        assert lead is not None, f"{one.name} begins without an answer"
        leading = {link.text for link in lead.all("a")}  # the name of a page to go to
        sentences = [said for said in re.split(r"(?<=[.?!]) (?=[A-ZÀÉ])", lead.text) if said not in leading]
        wrong += [
            f"{one.name}: {said}"
            for said in sentences
            if not VERB.search(said) or re.search(r"[.?!]{2}$|[^.?!]$", said) or "échéance :" in said
        ]
    assert "\n".join(wrong) == ""


def test_a_place_has_one_spelling(pages: list[Visited]) -> None:
    """« CC du Saves » beside « Savès »: the register and people write one name."""
    spelled: dict[str, set[str]] = defaultdict(set)
    for one in pages:
        for word in re.findall(r"\b[A-ZÉÈ][\w’]{4,}", one.page.text):
            spelled[folded(word)].add(word)
    names = {folded(word) for one in pages for word in _names_of_places(one)}
    assert {name: sorted(spelled[name]) for name in sorted(names) if len(spelled[name]) > 1} == {}


def _names_of_places(one: Visited) -> list[str]:
    if one.address != "/departement":
        return []
    rows = [row for row in one.main.all("th") if row.given.get("scope") == "row"]
    return [word for row in rows for word in re.findall(r"\b[A-ZÉÈ][\w’]{4,}", row.text)]


def folded(word: str) -> str:
    """A word without its accents."""
    return word.lower().translate(str.maketrans("àâäçéèêëîïôöùûü", "aaaceeeeiioouuu"))


# --- figures and statuses ---------------------------------------------------------------------------------------------


def test_what_is_late_is_late_in_every_line(pages: list[Visited]) -> None:
    """« Pas commencé » in the line of what has been expected for 33 days."""
    wrong = [
        f"{one.name}: {line.text[:160]}"
        for one in pages
        if not one.address.endswith("/journal")
        for line in one.main.all("tr", "li")
        if not next(line.all("tr", "li"), None)
        if re.search(r"attendue?s? depuis (?!le)", line.text)
        if line.statuses & {"not-started", "on-time", "done"} and "late" not in line.statuses
    ]
    assert wrong == []


def test_no_status_contradicts_its_figure(pages: list[Visited]) -> None:
    """A tick on "2 sur 5", "à surveiller" on none, "en retard" on a phase."""
    wrong = []
    for one in pages:
        for tile in one.main.all("li", of="tile"):
            figure = next(tile.all("p", of="tile-figure")).text
            counted = FRACTION.search(figure)
            whole = counted is None or counted[1] == counted[2]
            if ("done" in tile.statuses and not whole) or ("watch" in tile.statuses and figure.startswith("Aucun")):
                wrong.append(f"{one.name}: {tile.text}")
    assert wrong == []


def test_the_road_always_shows_today(pages: list[Visited]) -> None:
    drawn = [picture for one in pages for picture in one.main.all("svg", of="road-picture")]
    assert len(drawn) > 20
    assert all(next(picture.all(of="today"), None) is not None for picture in drawn)


def test_no_cell_of_a_card_is_a_hole(pages: list[Visited]) -> None:
    """What is not there is said to be nothing: on a telephone a cell is a line of its card."""
    wrong = {
        f"{one.name}: {cell.given.get('data-label')}"
        for one in pages
        for table in one.main.all("table", of="cards")
        for cell in table.all("td")
        if not cell.text and not next(cell.all("svg", "input", "select", "code"), None)
    }
    assert wrong == set()


# --- what comes first -------------------------------------------------------------------------------------------------


def test_no_filter_stands_before_the_first_fact(pages: list[Visited]) -> None:
    """Nor a form, nor a menu of buttons: a page begins with its answer."""
    wrong = []
    for one in pages:
        elements = list(one.main.all())
        lead = next(place for place, each in enumerate(elements) if "lead" in each.classes)
        wrong += [f"{one.name}: {each.tag}" for each in elements[:lead] if each.tag in ("form", "input", "select")]
        shut = next((each for each in one.main.all("form", of="filters")), None)
        folds = [fold for fold in one.main.all("details", of="fold") if shut in list(fold.all("form"))]
        if shut is not None and (not folds or "open" in folds[-1].given):
            wrong.append(f"{one.name}: a filter that is not folded")
    assert wrong == []


def test_the_title_of_a_document_opens_it(pages: list[Visited]) -> None:
    shown = [(one, line) for one in pages for line in one.main.all("ul", of="evidence") for line in line.all("li")]
    assert len(shown) > 100
    assert {f"{one.name}: {line.text}" for one, line in shown if next(line.all("a"), None) is None} == set()
