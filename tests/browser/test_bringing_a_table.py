"""The table that a territory keeps becomes its plan, goes out as a workbook, and comes back with three cells edited."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import listen_to, sign_in
from tests.browser.lengths import too_long
from tests.browser.site import SHOWN, Site
from tests.tables.books import HEAD, xlsx

ADDRESS = f"{SHOWN['valdegers']}/plan/tableau"
ROWS = (
    HEAD,
    ("Mobilité des familles", "Halte du lundi", "Caf", date(2026, 7, 1), "mi-2027"),
    ("Mobilité des familles", "Halte du mardi", "Caf", date(2026, 7, 1), date(2027, 12, 31)),
)


def handed_in(page: Page, site: Site, data: bytes) -> None:
    """A workbook given on its page, and read."""
    page.goto(site.at(ADDRESS))
    page.get_by_label("Le fichier").set_input_files(
        {"name": "plan.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Lire le tableau").click()


def answered(page: Page) -> None:
    """Every doubt answered by its first reading."""
    for folded in page.locator("details:has(fieldset.question)").all():
        folded.evaluate("one => { one.open = true }")
    for chosen in page.locator("fieldset.question select").all():
        chosen.select_option(index=1)
    for asked in page.locator("fieldset.question:has(input[type=radio])").all():
        asked.locator("input[type=radio]").first.check()


def edited(data: bytes, changes: Mapping[tuple[str, str], Any]) -> bytes:
    """An export in which a person typed over cells, named by the title of their row and the head of their column."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        before = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for place, name in enumerate(before.sheet_names):
            rows, sheet = before.get_sheet_by_name(name).to_python(), book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    title = str(row[rows[0].index("Titre")]) if place == 0 else ""
                    said = changes.get((title, str(rows[0][column])), value) if place == 0 else value
                    if isinstance(said, date):
                        sheet.write_datetime(number, column, said, day)
                    elif said != "":
                        sheet.write(number, column, said)
    return packed.getvalue()


DOUBTFUL = (
    (*HEAD, "État", "Budget", "Caf 2025", "Liens"),
    *(
        (
            f"Axe {row % 4}",
            f"Action {row} : accueillir autrement les familles du territoire",
            ("Caf", "MSA et CC", "Mme Untel (CC)", "À définir", "CD 32")[row % 5],
            ("2025", date(2026, 7, 1), "31/02/2026")[row % 3],
            ("mi-2026", "2026-2027", "à voir", "juin 2027")[row % 4],
            ("en cours", "en retard", "?")[row % 3],
            ("12 k€", "3000 à 5000", f"environ {row}")[row % 3],
            500,
            "CLS, contrat jeunesse",
        )
        for row in range(60)
    ),
)


@pytest.mark.browser
def test_a_doubtful_table_of_sixty_rows_keeps_to_its_screens_and_hides_no_question(
    browser: Browser, own_site: Site
) -> None:
    page = browser.new_page(locale="fr-FR", reduced_motion="reduce")
    sign_in(page, own_site, "pilote.valdegers")
    handed_in(page, own_site, xlsx(DOUBTFUL))
    assert page.locator("fieldset.question").count() > 25, "equal doubts are asked once, these are not equal"
    assert page.locator(".refused-card > li").count() == 20
    assert too_long(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator(".questions-card .more-rows > summary").first.click()
    expect(page.locator("fieldset.question").nth(10)).to_be_visible()
    page.close()


@pytest.mark.browser
def test_a_table_is_brought_in_given_back_and_three_edited_cells_are_three_acts(
    browser: Browser, own_site: Site
) -> None:
    page = browser.new_page(locale="fr-FR")
    heard = listen_to(page)
    sign_in(page, own_site, "pilote.valdegers")
    handed_in(page, own_site, xlsx(ROWS))
    expect(page.get_by_text("Rien n’est encore enregistré")).to_be_visible()
    answered(page)
    page.locator(".table-buttons .button-second").click()
    expect(page.get_by_role("heading", name="À préciser")).to_have_count(1)
    page.get_by_role("button", name="Enregistrer les fiches").click()
    expect(page.locator(".message").first).to_contain_text("deux fiches")

    given = page.request.get(own_site.at(f"{ADDRESS}.xlsx")).body()
    typed = {
        ("Halte du lundi", "État"): "en cours",
        ("Halte du mardi", "Fin"): date(2028, 6, 30),
        ("Halte du mardi", "Public"): "Les parents isolés",
    }
    handed_in(page, own_site, edited(given, typed))
    expect(page.locator(".changed-card li")).to_have_count(2)
    page.get_by_role("button", name="Enregistrer les fiches").click()
    told = page.locator(".message").first
    for said in ("une fiche complétée", "un calendrier", "l’état d’une action"):
        expect(told).to_contain_text(said)
    assert heard == []
    page.close()
