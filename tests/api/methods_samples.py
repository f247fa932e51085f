"""Samples of the pages of methods, and of the calendar that a method makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from markupsafe import Markup

from api.pages.contexts import Choice, NavItem, Phrase
from api.pages.fields import FieldError, ProseField, SelectField
from api.pages.methods.migrating import MigrationPage, MovedLine, MovedOutcome
from api.pages.methods.reading import MethodPage, MethodRow, MethodsPage
from api.pages.methods.telling import deadlines, parts
from api.pages.people.tabs import METHODS, MIGRATING
from api.pages.rehearsing.moves import DayLine, MovesLine
from api.pages.rehearsing.page import RehearsalPage, YearToCome
from api.pages.rehearsing.told import ForeseenLine, MailsLine
from tests.projections.story import PROFILE
from workflows.methods.diagram import svg
from workflows.methods.saying import MethodWords
from workflows.texts import Texts

ONE = UUID(int=1)


def _field(name: str) -> SelectField:
    choices = tuple(Choice(one, Phrase("page.literal", {"text": one})) for one in ("cnaf-2020@1", "cnaf-2020@2"))
    return SelectField(name, Phrase(f"page.migration.{name}"), choices, required=True)


def _page(*, compared: bool, outcomes: tuple[MovedOutcome, ...] = (), wrong: bool = False) -> MigrationPage:
    lines = (
        MovedLine(ONE, "CC Val de Gers", "/t/1", ("En retard : bilan annuel.", "Déplacé : …"), "late", True, True),
        MovedLine(ONE, "CC Bas Armagnac", "/t/2", ("Rien ne changerait.",), "done", False, False),
    )
    return MigrationPage(
        tabs=(NavItem(Phrase("page.administration.people"), "/administration", False),),
        action="/administration/methodes/migrer",
        fields=(_field("de"), _field("vers")),
        compared=compared,
        answer=(Phrase("page.migration.answer", {}, 2), Phrase("page.migration.answer-late", {}, 1))
        if compared
        else (),
        levels=("Forum avant le diagnostic : à écarter, puis refusé",) if compared else (),
        lines=lines if compared else (),
        not_shown=3 if compared else 0,
        total=5,
        send_to="/administration/methodes/migrer?de=a&vers=b",
        every=False,
        motive=ProseField("motive", Phrase("field.change-method.motive"), error="Écrivez-le" if wrong else None),
        outcomes=outcomes,
        errors=(FieldError("Écrivez-le", "motive"),) if wrong else (),
    )


def samples() -> dict[str, tuple[str, object]]:
    """Name of the sample -> template and page."""
    refused = MovedOutcome("CC Bas Armagnac", False, "La convention est close.")
    outcomes = (MovedOutcome("CC Val de Gers", True, ""), refused)
    return {
        "migration-empty": ("migration.html", _page(compared=False)),
        "migration": ("migration.html", _page(compared=True)),
        "migration-wrong": ("migration.html", _page(compared=True, wrong=True)),
        "migration-done": ("migration.html", _page(compared=True, outcomes=outcomes)),
    }


def calendar_samples() -> dict[str, tuple[str, object]]:
    """Samples of the calendar to come."""
    notices = ("les vacances scolaires", "l’été, où les conseils siègent rarement")
    what, to = "signature manquante (Commune de Nogaro)", "représentant du partenaire : Honoré Pervenche"
    due = date(2026, 7, 20)
    lines = (
        ForeseenLine(date(2026, 6, 19), "REMINDER", what, due, to, ()),
        ForeseenLine(due, "MISSED", what, due, "", notices),
        ForeseenLine(date(2026, 8, 4), "ESCALATION", what, due, to, notices[1:]),
    )
    mails = (MailsLine("Honoré Pervenche", "représentant du partenaire", 7, date(2026, 6, 1), 2, ()),)
    said = (Phrase("page.rehearsal.answer", {}, 2), Phrase("page.rehearsal.answer-missed", {}, 1))
    years = (YearToCome(2026, lines, True), YearToCome(2027, lines[:1], False))
    last = date(2031, 6, 30)
    facts = (
        Phrase("page.moves.because.correction.event-corrected", {"text": "« Forum tenu »"}),
        Phrase("page.moves.because.correction.event-annulled", {"text": "« Forum tenu »"}),
    )
    days = tuple(DayLine(date(2026, 7, 8), date(2026, 6, 1), one, "/t/1/journal") for one in facts)
    moves = (MovesLine(Phrase("deadline.D02"), days),)
    return {
        "rehearsal": ("rehearsal.html", RehearsalPage("CC Val de Gers", said, years, mails, last, "/t/1", moves)),
        "rehearsal-empty": ("rehearsal.html", RehearsalPage("CC Val de Gers", said[:1], (), (), last, "/t/1")),
    }


def reading_samples() -> dict[str, tuple[str, object]]:
    """Samples of the list of methods and of what one of them says."""
    method, texts = PROFILE, Texts("fr")
    words = MethodWords(texts, codes=False)
    name = Phrase("page.method", {"name": "Méthode Cnaf 2020", "version": 1})
    here = (NavItem(Phrase("page.administration.methods"), METHODS, True),)
    row = MethodRow(
        name,
        f"{METHODS}/cnaf-2020/1",
        Phrase("page.methods.followed", {}, 3),
        Phrase("page.methods.watched", {}, 12),
        Phrase("page.methods.silences", {}, 4),
        Phrase("page.methods.announced", {}, 0),
    )
    one = MethodPage(
        tabs=here,
        back=METHODS,
        name=name,
        answer=Phrase("page.migration.answer", {}, 3),
        migrating=MIGRATING,
        in_short=parts(method, words, in_short=True),
        parts=parts(method, words, in_short=False),
        deadlines=deadlines(method, words),
        diagram=Markup(svg(method, texts)),  # noqa: S704 - as the page does
        other=name,
        differences=("Durée proposée : 5 ans → 4 ans",),
        compare=SelectField("avec", Phrase("page.method-told.compare-with"), _field("de").choices, required=True),
    )
    return {
        "methods": ("methods.html", MethodsPage(here, Phrase("page.methods.answer", {}, 1), (row,), MIGRATING)),
        "methods-none": ("methods.html", MethodsPage(here, Phrase("page.methods.answer", {}, 0), (), MIGRATING)),
        "method": ("method.html", one),
        "method-alone": ("method.html", replace(one, other=None, differences=(), compare=None)),
        "method-same": ("method.html", replace(one, differences=())),
    }
