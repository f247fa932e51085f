"""A territory starts in the browser alone: from an empty instance to the first forum, and a guest who comes in.

Presses are counted: links followed and buttons pressed, beyond the fields that are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import listen_to
from tests.browser.conftest import sign_in as enter
from tests.browser.counting import Counted
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.site import LOCAL_PILOT, Site, served_empty

pytestmark = pytest.mark.browser

MOST_PRESSES = 12
LIST = """dept;siren;raison_sociale;nature_juridique;mode_financ;nb_membres;total_pop_tot;total_pop_mun;insee;\
siren_membre;nom_membre;ptot_2025;pmun_2025
32;200900017;CC des Quatre Rivières;CC;FPU;2;630;610;32902;213209026;Île-Bâtie;580;570
32;200900017;CC des Quatre Rivières;CC;FPU;2;630;610;32903;213209034;Les Câux;50;40
32;200900025;CC du Haut Pays;CC;FPU;1;300;290;32904;213209042;Haut-Pays;300;290
"""
LOGIN, PASSWORD = "alix@exemple.invalid", "une ludothèque au bord du Gers"
TERRITORY = "CC des Quatre Rivières"
PHONE = ViewportSize(width=390, height=844)


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[tuple[Site, str]]:
    """An instance where nothing and nobody is known, and the link of its first administrator."""
    with served_empty(tmp_path) as site_and_link:
        yield site_and_link


@pytest.mark.timeout(180)
@pytest.mark.parametrize("way", ["mouse", "keyboard", "without JavaScript"])
def test_from_an_empty_instance_to_the_first_forum(browser: Browser, empty_site: tuple[Site, str], way: str) -> None:
    context = browser.new_context(locale="fr-FR", java_script_enabled=way != "without JavaScript")
    try:
        page = context.new_page()
        heard = listen_to(page)
        hand = Counted(Keyboard(page) if way == "keyboard" else Mouse(page))
        site, link = empty_site
        the_first_administrator_comes_in(hand, site.at(link))
        the_territories_are_read(hand)
        the_administrator_pilots(hand)
        the_partners_are_registered(hand)
        a_convention_is_opened(hand)
        the_diagnosis_is_shared(hand)
        the_first_forum_is_recorded(hand)
        assert hand.presses <= MOST_PRESSES
        assert heard == []
    finally:
        context.close()


def the_first_administrator_comes_in(hand: Hand, link: str) -> None:
    """Whoever was given the link of an empty instance opens their account, and comes to what comes first."""
    page = hand.page
    page.goto(link)
    hand.write(page.get_by_label("Prénom et nom"), "Alix Exemple")
    hand.write(page.get_by_label("Adresse électronique"), LOGIN)
    hand.write(page.get_by_label("Mot de passe", exact=True), PASSWORD)
    hand.write(page.get_by_label("Mot de passe, encore une fois"), PASSWORD)
    hand.press(page.get_by_role("button", name="Ouvrir mon compte et commencer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Par quoi commencer ?")


def the_territories_are_read(hand: Hand) -> None:
    """A public list is read, looked at, recorded."""
    page = hand.page
    page.get_by_label("Fichier").set_input_files(
        {"name": "perimetre.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    hand.press(page.get_by_role("button", name="Lire le fichier"))
    expect(page.get_by_text("Rien n’est encore enregistré")).to_be_visible()
    hand.press(page.get_by_role("button", name=re.compile("^Enregistrer")))
    expect(step(page, "Les territoires")).to_contain_text("intercommunalité")


def the_administrator_pilots(hand: Hand) -> None:
    """The only administrator takes the role of pilot on the territory that they name (R33)."""
    page = hand.page
    hand.tick(page.get_by_label(TERRITORY, exact=True))
    hand.press(page.get_by_role("button", name="Piloter ces territoires"))
    expect(step(page, "Qui êtes-vous ?")).to_contain_text(f"pilote de {TERRITORY}")


def the_partners_are_registered(hand: Hand) -> None:
    """The Caf and the holder, as they are proposed."""
    page = hand.page
    hand.press(page.get_by_role("button", name="Inscrire ceux qui sont cochés"))
    expect(step(page, "Les partenaires")).to_contain_text("Deux inscrits")


def a_convention_is_opened(hand: Hand) -> None:
    """With the signatories, the holder and the dates that are proposed."""
    page = hand.page
    hand.press(step(page, "Ouvrir une convention").get_by_role("link", name=re.compile("^Ouvrir")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ouvrir la convention")
    hand.press(page.get_by_role("button", name="Ouvrir la convention", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Est-ce bien cette convention ?")
    hand.press(page.get_by_role("button", name="Ouvrir la convention", exact=True))
    expect(page.get_by_text("La convention est ouverte")).to_be_visible()


def the_diagnosis_is_shared(hand: Hand) -> None:
    """One finding is enough for a first version."""
    page = hand.page
    hand.press(step(page, "Enregistrer un premier acte").get_by_role("link", name="Enregistrer le diagnostic partagé"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("diagnostic")
    finding = page.get_by_role("group", name="Constat 1", exact=True)
    hand.choose(finding.get_by_label("Thème"), "Parentalité")
    hand.choose(finding.get_by_label("Nature"), "Contrainte")
    hand.write(finding.get_by_label("Ce qui est constaté"), "Aucun lieu pour les jeunes parents")
    hand.press(page.get_by_role("button", name="Enregistrer le diagnostic partagé", exact=True))
    expect(page.get_by_role("status")).to_contain_text("diagnostic")


def the_first_forum_is_recorded(hand: Hand) -> None:
    """On the same theme, with people of each expertise."""
    page = hand.page
    hand.press(step(page, "Enregistrer un premier acte").get_by_role("link", name="Enregistrer le forum"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("forum")
    hand.tick(page.get_by_label("Parentalité"))
    for count in page.get_by_role("spinbutton").all():
        hand.write(count, "5")
    hand.press(page.get_by_role("button", name="Enregistrer le forum", exact=True))
    expect(page.get_by_text("cette page a fait son temps")).to_be_visible()


def step(page: Page, title: str) -> Locator:
    """One of the six steps."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title))


@pytest.mark.timeout(180)
def test_an_invitation_is_accepted_on_a_telephone(browser: Browser, own_site: Site) -> None:
    """A pilot invites by keyboard and is given a link; the guest opens it on a telephone, without JavaScript."""
    context = browser.new_context(locale="fr-FR")
    try:
        page = context.new_page()
        enter(page, own_site, LOCAL_PILOT)
        page.goto(own_site.at("/administration/inviter"))
        hand = Keyboard(page)
        hand.choose(page.get_by_label("Rôle"), "Co-pilote")
        hand.write(page.get_by_label("Nom de la personne"), "Lou Exemple")
        hand.write(page.get_by_label("Adresse électronique"), "lou@exemple.invalid")
        hand.press(page.get_by_role("button", name="Inviter"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Lou Exemple")
        link = page.locator(".ticket-link").inner_text()
    finally:
        context.close()
    telephone = browser.new_context(locale="fr-FR", viewport=PHONE, java_script_enabled=False)
    try:
        page = telephone.new_page()
        page.goto(own_site.at(urlsplit(link).path))
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        page.get_by_label("Mot de passe, encore une fois").fill(PASSWORD)
        page.get_by_role("button", name="Accepter et entrer").click()
        expect(page).not_to_have_url(re.compile("/invitation/"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto(own_site.at(urlsplit(link).path))
        expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien ne sert plus")
    finally:
        telephone.close()
