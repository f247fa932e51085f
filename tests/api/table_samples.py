"""Samples of the page of a table: one that is asked for, and one that was read with all that may be wrong."""

from __future__ import annotations

from api.pages.contexts import Phrase
from api.pages.tables.contexts import (
    ChangedShown,
    ColumnShown,
    Option,
    QuestionShown,
    RefusedShown,
    RowSquare,
    TableCheck,
    TablePage,
)

PLAN = "/t/200072320/plan"
OPTIONS = (Option("", "Non repris", False), Option("ends_on", "Fin", True))


def asked_for() -> TablePage:
    """Nothing was handed in, or what was is no table."""
    said = "Ce fichier n’est pas lu : il est vide. Rien n’est enregistré."
    return TablePage(
        "CC du Savès",
        Phrase("page.table.question"),
        (Phrase("page.table.upload.answer"),),
        f"{PLAN}/tableau",
        PLAN,
        "",
        said,
        None,
        ((Phrase("page.table.export.xlsx"), f"{PLAN}/tableau.xlsx"),),
    )


def checked() -> TablePage:
    """A file of four rows: one is read, one is in the plan already, one waits, one is refused."""
    column = ColumnShown(
        "F",
        "Échéance",
        ("31/12/2025", "mi-2024"),
        "column.5",
        OPTIONS,
        "Fin",
        "likely",
        Phrase("table-why.some-days", {"count": 1, "total": 2}),
    )
    sure = ColumnShown("B", "Intitulé", ("Crèche",), "column.1", OPTIONS, "Titre", "sure", Phrase("table-why.head"))
    question = QuestionShown(
        "question-F9",
        "answer.F9",
        "F",
        "9",
        "Échéance",
        "mi-2024",
        "Relais itinérant",
        Phrase("table-ask.ends_on"),
        Phrase("table-doubt.about"),
        (Option("2024-06-30", "30 juin 2024", True), Option("none", "Sans date", False)),
        types="day.F9",
    )
    owner = QuestionShown(
        "question-owner",
        "answer.owner",
        "",
        "",
        "",
        None,
        "3 lignes",
        Phrase("table-ask.owner"),
        Phrase("table-doubt.not-said"),
        (Option("a", "CIAS", False),),
        picks=True,
    )
    return TablePage(
        "CC du Savès",
        Phrase("page.table.question"),
        (Phrase("page.table.answer.read", {"total": 4}, 1), Phrase("page.table.answer.refused", {}, 1)),
        f"{PLAN}/tableau/{'a' * 64}",
        PLAN,
        "key",
        None,
        TableCheck(
            "Plan.xlsx",
            "Actions",
            (Option("Actions", "Actions", True), Option("Listes", "Listes", False)),
            (
                RowSquare(8, "read", "Crèche"),
                RowSquare(9, "ask", "Relais itinérant", "#question-F9"),
                RowSquare(10, "same", "Navette"),
                RowSquare(11, "refused", "", "#refus-11"),
            ),
            1,
            1,
            1,
            1,
            1,
            (column,),
            (sure,),
            (question, owner),
            (
                RefusedShown(
                    "refus-11", "11", "#REF!", ("Le titre manque.",), Phrase("page.table.mend", {"cell": "B11"})
                ),
            ),
            (ChangedShown("8", "Crèche", (("Fin", "31 mars 2025", "30 juin 2025"),)),),
            (Phrase("page.table.passed", {"why": Phrase("table-passed.total"), "rows": "12"}),),
            ("Les dates sortent de la convention.",),
            "2026-06-12",
            "2026-06-12",
            False,
            (Phrase("page.table.change.new", {}, 1),),
        ),
        (),
    )
