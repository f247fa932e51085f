"""The geometry of the matrices of themes: nothing leaves the picture, nothing that is pressed is too small."""

from __future__ import annotations

import pytest

from api.pages.across import COLUMNS, CellAcross, RowAcross, across
from api.pages.lettering import width_of
from api.pages.matrix import matrix
from api.pages.matrix_pieces import LETTER, TARGET, Link, Matrix, MatrixLine, MatrixPicture, MatrixWords, Voice

LONG = "Inclusion numérique, accès aux droits et accompagnement de proximité"
WORDS = MatrixWords(
    "Thème",
    "Le thème est-il croisé ?",
    (("Habitants", "Expertise d’usage"), ("Professionnels", "Expertise technique"), ("Élus", "Dimension politique")),
    ("Habitants", "Profession.", "Élus"),
    "O",
    "D",
)
FULL, SILENT = Voice(124, True, True), Voice(0, False, False)


def of_one() -> Matrix:
    """A convention with a theme that lacks all, and fifteen that are crossed."""
    lacking = MatrixLine(
        LONG, "watch", "À croiser", (SILENT, FULL, Voice(4, True, False)),
        ("Aucun usager présent", "La demande n’a pas été examinée"), "/fait", Link("Enregistrer le forum →", "/acte"),
    )  # fmt: skip
    made = matrix([lacking, *[MatrixLine("Santé", "done", "Croisé", (FULL,) * 3, (), "/journal")] * 15], WORDS)
    assert made is not None
    return made


def of_several(count: int = COLUMNS) -> Matrix:
    """As many territories as a page holds."""
    rows = [RowAcross(LONG, (CellAcross("watch", FULL), *[None] * (count - 1)))] * 16
    made = across(rows, [Link("CC de la Communauté Intercommunale de Gascogne", "/t/1")] * count, ("O", "D"))
    assert made is not None
    return made


VARIANTS = [of_one().wide, of_one().narrow, of_several().wide, of_several().narrow, of_several(1).wide]


@pytest.mark.parametrize("picture", VARIANTS)
def test_what_is_drawn_is_inside_the_picture(picture: MatrixPicture) -> None:
    bottom = 0.0
    for row in picture.rows:
        assert row.y >= bottom
        bottom = row.y + row.height
        for half in row.halves:
            assert 0 <= half.x <= picture.width - 22
            assert row.y <= half.y and half.y + 22 <= bottom
        for word in (*row.words, *(one for link in row.links for one in link.words)):
            width = width_of(word.text, LETTER, bold=True)
            left = word.x - {"start": 0, "middle": width / 2, "end": width}[word.anchor]
            assert left >= 0 and left + width <= picture.width + 2, word.text
            assert row.y < word.y <= bottom, word.text
    assert bottom <= picture.height


@pytest.mark.parametrize("picture", VARIANTS)
def test_what_is_pressed_is_large_enough_and_apart(picture: MatrixPicture) -> None:
    links = [*picture.turned, *(link for row in picture.rows for link in row.links)]
    assert links
    for one in links:
        assert one.width >= TARGET and one.height >= TARGET and one.label
    for row in picture.rows:
        for above, below in zip(row.links, row.links[1:], strict=False):
            apart = above.y + above.height <= below.y or above.x + above.width <= below.x
            assert apart, (above, below)


def test_a_half_square_is_full_when_its_side_was_looked_at() -> None:
    for picture in (of_one().wide, of_one().narrow):
        first = picture.rows[0].halves
        assert [(one.letter, one.full) for one in first] == [
            ("O", False), ("D", False), ("O", True), ("D", True), ("O", True), ("D", False),
        ]  # fmt: skip


def test_a_convention_without_themes_has_no_matrix() -> None:
    assert matrix([], WORDS) is None
    assert across([], [], ("O", "D")) is None
