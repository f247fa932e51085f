"""The main job, from signing in to the committee's dashboard: with the mouse, with the keyboard, without JavaScript.

Each journey has a server and a store of its own: what one records, another never sees.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import listen_to
from tests.browser.hands import Hand, Keyboard, Mouse, in_force
from tests.browser.site import LOCAL_PILOT, PASSWORD, Site

pytestmark = pytest.mark.browser

HOME = "/t/200072320"
TITLE = "Soutenir les parents d’adolescents"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("way", ["mouse", "keyboard", "without JavaScript"])
def test_from_signing_in_to_a_signed_plan(browser: Browser, own_site: Site, way: str) -> None:
    context = browser.new_context(locale="fr-FR", java_script_enabled=way != "without JavaScript")
    try:
        page = context.new_page()
        heard = listen_to(page)
        hand: Hand = Keyboard(page) if way == "keyboard" else Mouse(page)
        arrive(hand, own_site)
        record_a_forum(hand, users=0)
        a_priority_is_refused_without_users(hand)
        record_a_forum(hand, users=12)
        a_priority_is_chosen(hand)
        the_last_signatures_complete_the_plan(hand)
        the_trail_tells_it(hand)
        the_committee_sees_it(hand)
        # A refused form is answered 422, which the browser itself writes in the console.
        assert [said for said in heard if "422" not in said] == []
    finally:
        context.close()


def arrive(hand: Hand, site: Site) -> None:
    """Sign in and open the convention."""
    page = hand.page
    page.goto(site.at("/"))
    hand.write(page.get_by_label("Identifiant"), LOCAL_PILOT)
    hand.write(page.get_by_label("Mot de passe"), PASSWORD)
    hand.press(page.get_by_role("button", name="Se connecter"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Qu’est-ce qui m’attend")
    hand.press(page.get_by_role("banner").get_by_role("link", name="Mon territoire"))
    expect(page).to_have_url(re.compile(HOME))
    expect(page.get_by_role("heading", level=1)).to_contain_text("CC Val de Gers")


def record_a_forum(hand: Hand, users: int) -> None:
    """A forum on parenting, with or without those who live it."""
    page = hand.page
    open_tab(hand, "Diagnostic")
    hand.press(section(page, "Forums et thèmes croisés").get_by_role("link", name="Enregistrer le forum").first)
    hand.tick(page.get_by_label("Parentalité"))
    hand.choose(page.get_by_label("Forme de la rencontre"), "Forum")
    for expertise, count in (("expertise technique", 8), ("dimension politique", 3), ("expertise d’usage", users)):
        hand.write(page.get_by_label(f"Nombre de présents : {expertise}"), str(count))
        for side in ("offre", "demande") if count else ():
            hand.tick(page.get_by_label(re.compile(rf"^{expertise}.:.{side}")))
    submit(hand, "Enregistrer le forum")
    expect(page).to_have_url(re.compile(HOME))
    expect(page.get_by_role("status")).to_be_visible()


def _fill_in_the_priority(hand: Hand) -> None:
    page = hand.page
    hand.write(page.get_by_label("Intitulé"), TITLE)
    hand.tick(page.get_by_role("group", name=re.compile("^Thèmes")).get_by_label("Parentalité"))
    hand.tick(page.get_by_label(re.compile("Trois foyers ruraux")))
    hand.choose(page.get_by_label("Décision du comité"), "8 juillet 2025")


def a_priority_is_refused_without_users(hand: Hand) -> None:
    """The form comes back with why, how to mend it, and all that was typed."""
    page = hand.page
    open_tab(hand, "Plan")
    hand.press(priorities(hand).get_by_role("link", name="Choisir une priorité"))
    _fill_in_the_priority(hand)
    submit(hand, "Choisir une priorité")
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("n’a pas encore été croisé")
    expect(page.get_by_label("Intitulé")).to_have_value(TITLE)
    hand.press(page.get_by_role("link", name="Renoncer et revenir"))
    expect(page.get_by_text(TITLE)).to_have_count(0)


def a_priority_is_chosen(hand: Hand) -> None:
    """Once users were heard, the same choice is recorded."""
    open_tab(hand, "Plan")
    hand.press(priorities(hand).get_by_role("link", name="Choisir une priorité"))
    _fill_in_the_priority(hand)
    submit(hand, "Choisir une priorité")
    expect(priorities(hand).get_by_role("link", name=TITLE)).to_be_visible()


def the_last_signatures_complete_the_plan(hand: Hand) -> None:
    """The two communes that were waited for sign; with the second the plan is signed, and the convention is in force by
    itself."""
    page = hand.page
    open_tab(hand, "Partenaires")
    for commune, counted in (
        ("Commune de Masseube", "Trois signatures sur quatre comptent pour le plan."),
        ("Commune de Seissan", "Les quatre signatures requises comptent."),
    ):
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=commune))
        hand.press(row.get_by_role("link", name="Enregistrer une signature").first)
        expect(page.get_by_label("Partenaire").locator("option:checked")).to_have_text(commune)
        hand.tick(page.get_by_label(re.compile("C’est le texte adopté le")))
        submit(hand, "Enregistrer une signature")
        expect(page.locator(".lead")).to_contain_text(counted)
    open_tab(hand, "Aujourd’hui")
    in_force(page)


def the_trail_tells_it(hand: Hand) -> None:
    """The audit trail has the facts, and what the engine derived from them."""
    page = hand.page
    open_tab(hand, "Journal")
    trail = page.get_by_role("main")
    expect(trail).to_contain_text("Commune de Seissan")
    expect(trail).to_contain_text("plan d’actions est signé")
    expect(trail).to_contain_text("Camille Exemple")


def the_committee_sees_it(hand: Hand) -> None:
    """Four signatures of four count."""
    page = hand.page
    open_tab(hand, "Aujourd’hui")
    tile = page.locator(".tile").filter(has_text="Signatures du plan")
    expect(tile).to_contain_text("4 sur 4")
    expect(page.locator(".tile").filter(has_text="Thèmes croisés")).to_contain_text("5 sur 5")


def open_tab(hand: Hand, name: str) -> None:
    """Go to another page of the territory."""
    pages = hand.page.get_by_role("navigation", name="Pages du territoire")
    hand.press(pages.get_by_role("link", name=name, exact=True))
    expect(pages.locator("[aria-current]")).to_have_text(name)


def priorities(hand: Hand) -> Locator:
    """The part of the page of a plan that is about its priorities, unfolded."""
    part = hand.page.locator("section[aria-labelledby='priorities']")
    part.wait_for()
    if part.locator("details:not([open]) > summary").count():
        hand.press(part.locator("details > summary"))
    return part


def section(page: Page, title: str) -> Locator:
    """A part of the page, by its title."""
    return page.get_by_role("region", name=title, exact=True)


def submit(hand: Hand, name: str) -> None:
    """Press the button that records."""
    hand.press(hand.page.locator(".form-end").get_by_role("button", name=name))
