"""What letters look like where they arrive: readable without pictures, grouped by convention, silent to robots."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from domain.roles import COOPERATION_OFFICER, PILOT
from tests.workflows.letterbox import BASE, Letterboxes, letterboxes
from tests.workflows.post_office import said_in
from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import engaged, signed
from workflows.database import create_database_engine

OFFICER = COOPERATION_OFFICER


@pytest.fixture
def boxes(migrated_sqlite_url: str) -> Iterator[Letterboxes]:
    engine = create_database_engine(migrated_sqlite_url)
    with letterboxes(Life(engine)) as made:
        yield made
    engine.dispose()


def test_letters_of_one_convention_are_one_thread_and_say_the_same_in_text_and_in_html(boxes: Letterboxes) -> None:
    engaged(boxes.life)
    for day in (date(2024, 6, 10), date(2024, 7, 3), date(2024, 7, 25)):
        boxes.sweep_on(day)
        assert boxes.empty(day).sent == 1
    first, second = boxes.received()[OFFICER]
    (pilots,) = boxes.received()[PILOT]
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert pilots["References"] != first["References"], "a thread is of one reader"
    for letter in (first, second, pilots):
        assert letter["List-Id"] == "<conventions.gers.example>"
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["List-Unsubscribe"] is None, "a notice of the method cannot be stopped"
        assert [one.get_content_type() for one in letter.iter_parts()] == ["text/plain", "text/html"]
        text, html = said_in(letter), said_in(letter, "html")
        assert len(letter.as_bytes()) < 100_000
        assert not re.findall(r"<img|<script|<link|@import|url\(", html)
        assert set(re.findall(r'href="([^"]+)"', html)) == set(re.findall(rf"{BASE}\S+", text))
        assert "color-scheme" in html


def test_a_letter_names_who_else_was_told_by_name_and_role(boxes: Letterboxes) -> None:
    signed(boxes.life)
    boxes.sweep_on(date(2026, 4, 30))
    boxes.empty(date(2026, 4, 30))
    others = {one: f"Camille {one} (pour {one})" for one in ("caf", "epci", "msa")}
    for name in others:
        said = boxes.said_to(name)
        told = said.partition("Envoyé aussi à : ")[2].partition(". Ce qui arrête")[0]
        assert told == " et ".join(who for one, who in others.items() if one != name)


def test_a_letter_to_one_person_claims_nobody_else(boxes: Letterboxes) -> None:
    engaged(boxes.life)
    boxes.sweep_on(date(2024, 6, 10))
    boxes.empty(date(2024, 6, 10))
    assert "Envoyé aussi" not in boxes.said_to(OFFICER)
