"""A running convention is taken over from its workbook: what it says becomes the plan, what it does not is unknown."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import listen_to, sign_in
from tests.browser.site import CTG, FRAMEWORK_PILOT, Site
from tests.browser.test_every_page import SMALLEST, WIDE, violations
from tests.browser.test_taking_over import PLACE, fill_in, line
from tests.tables.books import xlsx
from workflows.accepted_files.kinds import XLSX

pytestmark = pytest.mark.browser

ROWS = (
    ("N°", "Axe", "Action", "Début", "Fin", "État"),
    ("1.1", "Soutenir les parents", "Navette des parents", date(2024, 2, 1), date(2027, 6, 30), "en cours"),
    ("1.2", "Soutenir les parents", "Lieu d’accueil", date(2024, 2, 1), date(2025, 6, 30), "terminée"),
    ("1.3", "Soutenir les parents", "Accueil du samedi", date(2024, 9, 1), date(2025, 12, 31), ""),
)


PILOT, PASSWORD = "pilote.astarac", "demonstration-2026"


@pytest.mark.timeout(240)
def test_a_running_convention_is_taken_over_from_a_workbook(browser: Browser, own_site: Site, tmp_path: Path) -> None:
    """Its term and its plan are known, its money is not; its priority and its table follow; then its pages are read."""
    opened, own = browser.new_context(locale="fr-FR"), browser.new_context(locale="fr-FR")
    try:
        page = opened.new_page()
        sign_in(page, own_site, FRAMEWORK_PILOT)
        fill_in(page, own_site)
        line(page, "Argent").get_by_label("On ne sait pas").check()
        for _ in ("looked at", "confirmed"):
            page.get_by_role("button", name="Reprendre une convention en cours", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("La convention est reprise")

        let_in(tmp_path / "demo.db")
        page = own.new_page()
        heard = listen_to(page)
        sign_in(page, own_site, PILOT)
        page.goto(own_site.at(f"{PLACE}/plan"))
        main = page.get_by_role("main")
        main.get_by_role("link", name="Choisir une priorité").first.click()
        page.get_by_label("Intitulé").fill("Soutenir les parents")
        page.get_by_label("Parentalité", exact=True).check()
        page.get_by_role("button", name="Choisir une priorité").click()
        expect(main).to_contain_text("d’avant la reprise, décision inconnue")

        main.get_by_role("link", name="Reprendre un tableau existant").click()
        page.locator("input[type=file]").set_input_files(
            {
                "name": "plan.xlsx",
                "mimeType": XLSX.media_type,
                "buffer": xlsx(ROWS),
            }
        )
        page.get_by_role("button", name="Lire le tableau").click()
        page.get_by_role("button", name="Enregistrer les fiches").click()
        expect(main).to_contain_text("Enregistré : ")
        page.goto(own_site.at(f"{PLACE}/plan"))
        expect(main).to_contain_text("On ne le sait pas encore")
        expect(main).to_contain_text("Le plan repris est celui que l’on connaissait")
        expect(main).not_to_contain_text("en retard depuis")
        expect(main.locator(".plan-counts .dot-unknown")).to_have_count(1)
        assert (violations(page, WIDE, "light"), violations(page, SMALLEST, "dark")) == ([], [])
        for rest, said in (
            ("/argent", "Argent d’avant la reprise : on ne sait pas"),
            ("/resultats", "Mesures d’avant la reprise : on ne sait pas"),
            ("/plan/pourquoi", "d’avant la reprise restent inconnus"),
            ("/bilans", "Aucun bilan n’est enregistré depuis la reprise"),
        ):
            page.goto(own_site.at(PLACE + rest))
            expect(main).to_contain_text(said)
        assert heard == []
    finally:
        opened.close()
        own.close()


def let_in(store: Path) -> None:
    """A pilot of the territory, who alone writes its plan."""
    person = ("--name", "Camille Exemple", "--email", "camille.astarac@gers.example")
    role = ("--role", "PILOT", "--territory", PLACE.removeprefix("/t/"))
    subprocess.run(
        [*CTG, "account", "create", PILOT, *person, *role],
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        capture_output=True,
        env={**os.environ, "CTG_DATABASE_URL": f"sqlite:///{store}"},
    )
