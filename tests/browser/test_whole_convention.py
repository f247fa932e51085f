"""A whole convention in the browser alone: sixteen signatories, fourteen sheets, from its opening to its entry into
force. What it costs a person is counted: it was 84 acts, about 500 fields and 190 pages before forms by lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from api.pages.lines.signatures import CEREMONY
from tests.browser.conftest import listen_to
from tests.browser.conftest import sign_in as enter
from tests.browser.counting import Counted
from tests.browser.hands import Keyboard, Mouse, in_force
from tests.browser.lengths import too_long
from tests.browser.site import LOCAL_PILOT, VAL_DE_GERS, Site, served_empty
from tests.browser.test_beginning import the_first_administrator_comes_in
from tests.unit.office_files import PDF

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_ACTS, MOST_FIELDS, MOST_VIEWS = 40, 200, 80
TERRITORY = "CC des Quatre Rivières"
YEAR = datetime.now(UTC).year - 1
"""The convention takes effect on its first day; all that leads to it was in the year before."""

COMMUNES = (
    "Aurac", "Bézins", "Cazaliès", "Durban-sur-Gers", "Estrac", "Fourcade", "Gaujac", "Hauterive", "Izaut", "Juilles",
    "Larroque", "Monbardon", "Noilhan",
)  # fmt: skip
THEMES = ("Petite enfance", "Jeunesse", "Parentalité", "Accès aux droits")
SHEETS = tuple(f"{what} {number}" for what in ("Relais", "Navette") for number in range(1, 8))
MANY = tuple(f"{what} {number}" for what in ("Relais", "Navette", "Atelier", "Guichet") for number in range(1, 9))
MOST_ACTS_OF_MANY, MOST_FIELDS_OF_MANY = 45, 230
"""Of a plan of thirty-two sheets on four axes, none of which has an indicator: one day promises all of them (R11)."""


def _siren(number: int) -> str:
    """A SIREN whose last digit is the one of Luhn."""
    begun = f"2132{number:04d}"
    total = sum(int(one) * 2 - 9 * (int(one) > 4) if place % 2 else int(one) for place, one in enumerate(begun))
    return begun + str(-total % 10)


HEAD = (
    "dept;siren;raison_sociale;nature_juridique;mode_financ;nb_membres;total_pop_tot;total_pop_mun;insee;siren_membre;"
    "nom_membre;ptot_2025;pmun_2025"
)
LIST = "\n".join(
    (
        HEAD,
        *(
            f"32;200900017;{TERRITORY};CC;FPU;13;1300;1300;32{901 + number};{_siren(number)};{name};100;100"
            for number, name in enumerate(COMMUNES)
        ),
    )
)


@pytest.fixture
def entrance(tmp_path: Path) -> Iterator[str]:
    """An instance where nothing and nobody is known: the link of its first administrator."""
    with served_empty(tmp_path) as (site, link):
        yield site.at(link)


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("way", ["mouse", "keyboard", "without JavaScript"])
def test_from_opening_to_in_force_with_sixteen_signatories(browser: Browser, entrance: str, way: str) -> None:
    context = browser.new_context(locale="fr-FR", java_script_enabled=way != "without JavaScript")
    try:
        page = context.new_page()
        heard = listen_to(page)
        hand = Counted(Keyboard(page) if way == "keyboard" else Mouse(page))
        an_instance_begins(hand, entrance)
        hand.restart()
        the_convention_is_opened(hand)
        the_committee_is_there(hand)
        the_diagnosis_is_shared(hand)
        every_theme_is_crossed(hand)
        the_committee_meets(hand, f"{YEAR - 1}-06-12", "Choix d’une priorité", "Les quatre priorités sont retenues")
        the_priorities_are_chosen(hand)
        the_sheets_are_written(hand)
        the_committee_meets(hand, f"{YEAR - 1}-09-18", "Validation du plan", "Le plan est validé")
        the_plan_is_validated(hand)
        the_mandates_are_recorded(hand)
        the_ceremony_is_recorded(hand)
        the_convention_enters_into_force(hand)
        told = hand.told()
        assert hand.acts <= MOST_ACTS, told
        assert hand.fields <= MOST_FIELDS, told
        assert hand.views <= MOST_VIEWS, told
        assert heard == []
    finally:
        context.close()


@pytest.mark.timeout(1500)
def test_a_plan_of_thirty_two_sheets_on_four_axes_is_signed_with_one_day_for_all_its_indicators(
    browser: Browser, entrance: str
) -> None:
    """As those of large territories: R11 is asked once of the whole plan, not sheet by sheet."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        hand = Counted(Mouse(page))
        an_instance_begins(hand, entrance)
        hand.restart()
        the_convention_is_opened(hand)
        the_committee_is_there(hand)
        the_diagnosis_is_shared(hand)
        every_theme_is_crossed(hand)
        the_committee_meets(hand, f"{YEAR - 1}-06-12", "Choix d’une priorité", "Les quatre priorités sont retenues")
        the_priorities_are_chosen(hand)
        the_sheets_are_written(hand, MANY)
        the_committee_meets(hand, f"{YEAR - 1}-09-18", "Validation du plan", "Le plan est validé")
        before = hand.fields
        the_plan_is_validated(hand)
        assert hand.fields - before <= 5, "one day promises the indicators of all the lines"
        expect(page.get_by_role("main")).to_contain_text(str(len(MANY)))
        the_mandates_are_recorded(hand)
        the_ceremony_is_recorded(hand)
        the_convention_enters_into_force(hand)
        told = hand.told()
        assert hand.acts <= MOST_ACTS_OF_MANY, told
        assert hand.fields <= MOST_FIELDS_OF_MANY, told
    finally:
        context.close()


@pytest.mark.timeout(120)
def test_a_ceremony_is_recorded_by_keyboard_without_javascript(browser: Browser, own_site: Site) -> None:
    """Seissan had signed before it decided, and signs again; Masseube was absent."""
    context = browser.new_context(locale="fr-FR", java_script_enabled=False, viewport={"width": 390, "height": 844})
    try:
        page = context.new_page()
        enter(page, own_site, LOCAL_PILOT)
        page.goto(own_site.at(CEREMONY.path(str(VAL_DE_GERS))))
        hand = Keyboard(page)
        hand.tick(page.get_by_role("checkbox", name="Commune de Seissan"))
        masseube = page.get_by_role("checkbox", name="Commune de Masseube")
        hand.key(masseube, "Space")
        expect(masseube).not_to_be_checked()
        page.keyboard.press("Enter")  # weighs: a whole is not recorded by a slip
        expect(page.get_by_role("complementary", name="Ce que cela change")).to_contain_text("Comptent 1")
        hand.write(page.get_by_label("Motif de l’absence"), "Maire empêché")
        hand.press(page.get_by_role("button", name="Enregistrer la cérémonie"))
        expect(page.get_by_role("status").first).to_contain_text("une signature")
        expect(page.locator(".lead")).to_contain_text("Trois signatures sur quatre comptent pour le plan.")
    finally:
        context.close()


def an_instance_begins(hand: Counted, entrance: str) -> None:
    """The territory is read from a file, and its administrator pilots it: as `test_beginning.py` counts it."""
    page = hand.page
    the_first_administrator_comes_in(hand, entrance)
    page.get_by_label("Fichier").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("button", name=re.compile("^Enregistrer")).click()
    page.get_by_label(TERRITORY, exact=True).check()
    page.get_by_role("button", name="Piloter ces territoires").click()
    page.get_by_label("Caf", exact=False).first.check()
    page.get_by_role("checkbox", name="Msa", exact=False).first.check()
    page.get_by_role("button", name="Inscrire ceux qui sont cochés").click()


def the_convention_is_opened(hand: Counted) -> None:
    """With all that its perimeter proposes: those who are missing in the register are registered by the same press."""
    page = hand.page
    hand.press(page.get_by_role("link", name=f"Ouvrir celle de {TERRITORY}"))
    hand.write(page.get_by_label("Prise d’effet"), f"{YEAR}-01-01")
    hand.press(page.get_by_role("button", name="Tout cocher"))
    hand.write(page.get_by_label("Ouverte le"), f"{YEAR - 1}-01-10")
    record(hand, "Ouvrir la convention")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Ouvrir la convention")
    record(hand, "Ouvrir la convention")
    expect(page.get_by_role("status").first).to_contain_text("La convention est ouverte")


def the_committee_is_there(hand: Counted) -> None:
    """The committee, and the partners' engagement."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Voir où elle en est"))
    hand.press(page.get_by_role("main").get_by_role("link", name="Enregistrer l’engagement").first)
    hand.write(page.get_by_label("Confirmé le"), f"{YEAR - 1}-01-20")
    record(hand, "Enregistrer l’engagement")
    open_tab(hand, "Comité")
    hand.press(page.get_by_role("link", name="Constituer une instance").first)
    hand.tick(page.get_by_label("Comité de pilotage (COPIL)"))
    hand.write(page.get_by_label("Nom de l’instance"), "Comité de pilotage")
    hand.write(page.get_by_label("Constituée le"), f"{YEAR - 1}-01-20")
    record(hand, "Constituer une instance")


def the_diagnosis_is_shared(hand: Counted) -> None:
    """One finding for each theme."""
    page = hand.page
    open_tab(hand, "Diagnostic")
    hand.press(page.get_by_role("link", name="Enregistrer le diagnostic partagé").first)
    hand.write(page.get_by_label("Partagé le"), f"{YEAR - 1}-03-12")
    hand.press(page.get_by_role("button", name="Ajouter un constat"))
    for number, theme in enumerate(THEMES, 1):
        finding = page.get_by_role("group", name=f"Constat {number}", exact=True)
        hand.choose(finding.get_by_label("Thème"), theme)
        hand.choose(finding.get_by_label("Nature"), "Contrainte")
        hand.write(finding.get_by_label("Ce qui est constaté"), f"Peu de lieux : {theme}")
    record(hand, "Enregistrer le diagnostic partagé")


def every_theme_is_crossed(hand: Counted) -> None:
    """Two forums, each on two themes, with people of each expertise."""
    page = hand.page
    for day, themes in (("04-10", THEMES[:2]), ("05-15", THEMES[2:])):
        hand.press(page.get_by_role("main").get_by_role("link", name="Enregistrer le forum").first)
        hand.write(page.get_by_label("Tenu le"), f"{YEAR - 1}-{day}")
        for theme in themes:
            hand.tick(page.get_by_label(theme, exact=True))
        for expertise in ("expertise technique", "dimension politique", "expertise d’usage"):
            hand.write(page.get_by_label(f"Nombre de présents : {expertise}"), "7")
            for side in ("offre", "demande"):
                hand.tick(page.get_by_label(re.compile(rf"^{expertise}.:.{side}")))
        record(hand, "Enregistrer le forum")


def the_committee_meets(hand: Counted, day: str, kind: str, text: str) -> None:
    """A meeting with one decision."""
    page = hand.page
    open_tab(hand, "Comité")
    hand.press(page.get_by_role("link", name="Enregistrer une réunion").first)
    hand.write(page.get_by_label("Tenue le"), day)
    hand.write(page.get_by_label("Nombre de présents"), "14")
    decision = page.get_by_role("group", name="Décision 1", exact=True)
    hand.choose(decision.get_by_label("Nature"), kind)
    hand.write(decision.get_by_label("Texte"), text)
    record(hand, "Enregistrer une réunion")


def the_priorities_are_chosen(hand: Counted) -> None:
    """Four of them, in one form."""
    page = hand.page
    open_tab(hand, "Plan")
    hand.press(page.get_by_role("link", name="Choisir plusieurs priorités"))
    hand.choose(page.get_by_label("Décision du comité"), "priorités")
    hand.write(page.get_by_label("Choisie le"), f"{YEAR - 1}-06-12")
    for number, theme in enumerate(THEMES, 1):
        line = page.get_by_role("group", name=f"Priorité {number}", exact=True)
        hand.write(line.get_by_label("Intitulé"), f"Mieux accueillir : {theme}")
        hand.choose(line.get_by_label("Thèmes"), theme)
        hand.press(line.locator("summary").filter(has_text="Constats cités, rang"))
        hand.tick(line.get_by_label(re.compile(f"^{theme}")))
    record(hand, "Enregistrer les priorités")
    expect(page.get_by_role("status").first).to_contain_text("quatre priorités")


def the_sheets_are_written(hand: Counted, titles: Sequence[str] = SHEETS) -> None:
    """All in one form."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Ajouter plusieurs fiches"))
    common = page.get_by_role("region", name="Commun à toutes les lignes")
    hand.choose(common.get_by_label("Porteur"), TERRITORY)
    hand.write(common.get_by_label("Début"), f"{YEAR}-01-01")
    hand.write(common.get_by_label("Fin"), f"{YEAR}-12-31")
    hand.write(common.get_by_label("Rédigée le"), f"{YEAR - 1}-09-02")
    for _ in range((len(titles) - 1) // 5):
        hand.press(page.get_by_role("button", name="Encore cinq lignes"))
    for number, title in enumerate(titles):
        line = page.get_by_role("group", name=f"Fiche {number + 1}", exact=True)
        hand.write(line.get_by_label("Intitulé"), title)
        hand.choose(line.get_by_label("Priorité"), THEMES[number % 4])
    record(hand, "Enregistrer les fiches")
    count = "quatorze" if len(titles) == len(SHEETS) else str(len(titles))
    expect(page.get_by_role("status").first).to_contain_text(f"{count} fiches")


def the_plan_is_validated(hand: Counted) -> None:
    """On the text that will be signed."""
    page = hand.page
    open_tab(hand, "Plan")
    hand.press(page.get_by_role("link", name="Valider le plan d’actions").first)
    hand.write(page.get_by_label("Validé le"), f"{YEAR - 1}-09-18")
    hand.choose(page.get_by_label("Décision du comité"), "plan")
    hand.join(page.get_by_label("Fichier du texte"), "convention.pdf", PDF)
    record(hand, "Valider le plan d’actions")
    expect(page.get_by_role("status").first).to_contain_text("plan")


def the_mandates_are_recorded(hand: Counted) -> None:
    """All at once, four on a day of their own."""
    page = hand.page
    open_tab(hand, "Partenaires")
    assert too_long(page) == []
    assert not_on_paper(page) == [], "whoever is folded on the screen is named on paper"
    hand.press(page.get_by_role("link", name="Enregistrer les mandats"))
    common = page.get_by_role("region", name="Commun à toutes les lignes")
    hand.write(common.get_by_label("Adoptée le"), f"{YEAR - 1}-10-06")
    hand.write(common.get_by_label("Exécutoire le"), f"{YEAR - 1}-10-13")
    hand.press(page.get_by_role("button", name="Tout cocher"))
    for commune in COMMUNES[:4]:
        line = page.get_by_role("group", name=commune, exact=True)
        hand.write(line.get_by_label("Adoptée le"), f"{YEAR - 1}-10-20")
        hand.write(line.get_by_label("Exécutoire le"), f"{YEAR - 1}-10-24")
    record(hand, "Enregistrer les mandats")
    expect(page.get_by_role("status").first).to_contain_text("seize mandats")


def the_ceremony_is_recorded(hand: Counted) -> None:
    """Two were absent, and sign later."""
    page = hand.page
    assert too_long(page) == []
    for day, absent in (("11-14", COMMUNES[-2:]), ("11-28", ())):
        hand.press(page.get_by_role("link", name="Enregistrer une cérémonie de signature"))
        common = page.get_by_role("region", name="Commun à toutes les lignes")
        hand.write(common.get_by_label("Signé le"), f"{YEAR - 1}-{day}")
        hand.join(common.get_by_label("Exemplaire signé"), f"signatures-{day}.pdf", PDF + day.encode())
        for commune in absent:
            line = page.locator(".tick, .line").filter(has_text=commune)
            hand.untick(line.get_by_role("checkbox"))
            hand.write(line.get_by_label("Motif de l’absence"), "Maire empêché")
        record(hand, "Enregistrer la cérémonie")
    expect(page.get_by_role("status").first).to_contain_text("Le plan d’actions est signé par tous")


def the_convention_enters_into_force(hand: Counted) -> None:
    """By itself, for its first day has come: nobody has anything to do for it."""
    open_tab(hand, "Aujourd’hui")
    in_force(hand.page)


def record(hand: Counted, name: str) -> None:
    """Press the button that records."""
    hand.press(hand.page.get_by_role("main").get_by_role("button", name=re.compile(name)).last)


def open_tab(hand: Counted, name: str) -> None:
    """Go to another page of the territory."""
    pages = hand.page.get_by_role("navigation", name="Pages du territoire")
    hand.press(pages.get_by_role("link", name=name, exact=True))


def section(page: Page, title: str) -> Locator:
    """A part of the page, by its title."""
    return page.get_by_role("region", name=title, exact=True)


def not_on_paper(page: Page) -> list[str]:
    """The communes that a printed page does not name."""
    page.emulate_media(media="print")
    missing = [one for one in COMMUNES if not page.locator("main").get_by_text(one).filter(visible=True).count()]
    page.emulate_media(media="screen")
    return missing
