"""The annual review is prepared: what is not known is asked, the committee meets, its review is one sheet of paper."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import listen_to, sign_in
from tests.browser.counting import Counted
from tests.browser.hands import Mouse
from tests.browser.site import CTG, SHOWN, Site

pytestmark = pytest.mark.browser

PILOT, PASSWORD = "pilote.artagnan", "demonstration-2026"
PLACE = SHOWN["artagnan"]
RUNNING, TO_BEGIN = "Chambres pour les étudiants du week-end", "Instruments en prêt pour les enfants"
"""Of which nobody said anything: one runs, the other is to begin after the review."""


def let_in(store: Path) -> None:
    """A pilot of the territory whose review is late."""
    person = ("--name", "Camille Exemple", "--email", "camille.artagnan@gers.example")
    role = ("--role", "PILOT", "--territory", PLACE.removeprefix("/t/"))
    subprocess.run(
        [*CTG, "account", "create", PILOT, *person, *role],
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        capture_output=True,
        env={**os.environ, "CTG_DATABASE_URL": f"sqlite:///{store}"},
    )


@pytest.mark.timeout(240)
def test_the_annual_review_is_prepared_from_what_is_known(browser: Browser, own_site: Site, tmp_path: Path) -> None:
    let_in(tmp_path / "demo.db")
    context = browser.new_context(locale="fr-FR")
    try:
        page = context.new_page()
        heard = listen_to(page)
        sign_in(page, own_site, PILOT)
        main = page.get_by_role("main")
        page.goto(own_site.at(f"{PLACE}/bilans"))
        expect(main).to_contain_text("il manque l’état de 2 actions sur 8")
        hand = Counted(Mouse(page))

        page.goto(own_site.at(f"{PLACE}/plan"))
        hand.press(main.get_by_role("link", name="Faire le point sur plusieurs actions").first)
        hand.tick(page.locator(".line-tapped").filter(has_text=RUNNING).get_by_label("En cours", exact=True))
        hand.press(page.get_by_role("button", name="Enregistrer le point"))

        page.goto(own_site.at(f"{PLACE}/comite"))
        hand.press(main.get_by_role("link", name="Enregistrer une réunion").first)
        hand.write(page.get_by_label("Tenue le"), "2026-06-15")
        hand.write(page.get_by_label("Nombre de présents"), "14")
        hand.press(main.get_by_role("button", name="Enregistrer une réunion").last)

        page.goto(own_site.at(f"{PLACE}/bilans"))
        expect(main).to_contain_text("il manque l’état d’une action sur 8")
        hand.press(main.get_by_role("link", name="Enregistrer le bilan").first)
        expect(page.get_by_label("Début de la période")).to_have_value("2025-01-01")
        expect(page.get_by_label("Fin de la période")).to_have_value("2025-12-31")
        hand.choose(page.get_by_role("combobox", name=re.compile("^Réunion")), "15 juin 2026")
        chosen = page.locator("option:checked").filter(has_text=TO_BEGIN)
        row = page.get_by_role("group", name=re.compile("^Action ")).filter(has=chosen)
        hand.choose(row.get_by_label("État"), "À démarrer")
        hand.press(main.get_by_role("button", name="Enregistrer le bilan").last)

        page.goto(own_site.at(f"{PLACE}/bilans"))
        expect(main).to_contain_text("Le bilan annuel 2025 a été tenu le 15 juin 2026")
        hand.press(main.get_by_role("link", name="La feuille du bilan, à imprimer"))
        for title in (RUNNING, TO_BEGIN):
            expect(main).to_contain_text(title)
        assert (hand.fields, hand.acts) == (5, 3), hand.told()
        assert heard == []
    finally:
        context.close()
