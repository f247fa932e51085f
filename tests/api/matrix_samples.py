"""Full samples of the matrices of themes: what the template tests render."""

from __future__ import annotations

from api.pages.across import CellAcross, RowAcross, across
from api.pages.contexts import AcrossPage, Phrase, PlaceAcross, ThemeAcrossShown, VoiceShown
from api.pages.heard_picture import matrix_words
from api.pages.matrix import matrix
from api.pages.matrix_pieces import Link, MatrixLine, Voice
from api.pages.rendering import PageWords
from domain.values import Code, PublicName, Theme
from workflows.texts import Texts

YOUTH, PARENTING, MOBILITY, HEALTH = (Theme(Code(one)) for one in ("YOUTH", "PARENTING", "MOBILITY", "HEALTH"))
OWN = Theme(Code("t1"), PublicName("Vieillir chez soi"))
VOICES = (
    VoiceShown("USAGE", 0, ()),
    VoiceShown("TECHNICAL", 9, ("offre", "demande")),
    VoiceShown("POLITICAL", 1, ("offre",)),
)
HEARD = tuple(Voice(one.present, "offre" in one.sides, "demande" in one.sides) for one in VOICES)
MATRIX = matrix(
    (
        MatrixLine("Parentalité", "watch", "À croiser", HEARD, ("Aucun usager",), None, Link("Forum →", "#forums")),
        MatrixLine("Jeunesse", "done", "Croisé", HEARD, (), "/t/200072320/journal#9"),
        MatrixLine("Santé", "not-started", "Pas commencé", HEARD),
    ),
    matrix_words(PageWords(Texts("fr"))),
)


def samples() -> dict[str, tuple[str, object]]:
    """Name of the sample -> template and page."""
    here, there = PlaceAcross("CC Val de Gers", "/t/200072320/diagnostic#forums", 10), Link("CC du Savès", "/t/1")
    lacks = PlaceAcross("CC du Savès", "/t/1", 0, (Phrase("missing.expertise.USAGE"),))
    rows = (
        RowAcross("Vieillir chez soi", (CellAcross("done", HEARD[1]), CellAcross("watch", HEARD[0]))),
        RowAcross("Jeunesse", (CellAcross("irregular", HEARD[2]), None)),
    )
    page = AcrossPage(
        (Phrase("page.across.answer", {"total": 37}, 26), Phrase("page.across.answer-left", {}, 2)),
        across(rows, (Link(here.name, here.href), there), ("O", "D")),
        (ThemeAcrossShown(OWN, (here,), (lacks,)), ThemeAcrossShown(YOUTH, (), (here,))),
        26,
        4,
        "/departement/themes",
        "/departement/themes?page=3",
    )
    empty = AcrossPage((Phrase("page.across.answer-none"),), None, (), 0, 15)
    return {"across": ("across.html", page), "across-empty": ("across.html", empty)}
