"""Pages on which a convention is opened: what is confirmed, and a take-over as it is filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.pages.contexts import NavItem, Phrase
from api.pages.contexts.taking_over import ConfirmPage, DatedLine, ForeseenShown, SummaryLine
from api.pages.fields import DateField, EarlierFactsField, EarlierLine, FormPage, FormSection, JoinedFile
from api.pages.road import RoadPoint, road

HERE = "/territoires/t/actes/take-over-convention"


def confirmed() -> ConfirmPage:
    """A summary, with what the rules say of it."""
    return ConfirmPage(
        Phrase("page.confirm.open-convention"),
        Phrase("page.confirm.text"),
        Phrase("command.open-convention"),
        Phrase("page.confirm.back"),
        (SummaryLine(Phrase("page.confirm.perimeter", {}, 2), ("Aubiet", "L'Isle-Jourdain")),),
        ("Deux partenaires portent ce nom.",),
        (
            DatedLine(Phrase("page.confirm.next-act"), None, Phrase("page.confirm.at-once")),
            DatedLine(Phrase("page.confirm.end"), date(2031, 12, 31)),
        ),
        (("effective_from", "2027-01-01"),),
    )


def early() -> ConfirmPage:
    """A fact that would have no effect."""
    return ConfirmPage(
        Phrase("page.confirm.early"),
        Phrase("page.confirm.early.text"),
        Phrase("page.confirm.anyway"),
        Phrase("page.confirm.change-day"),
        told=("Ce fait est d’avant le début du travail.",),
    )


def taking_over(*, drawn: bool) -> FormPage:
    """The form of a take-over; `drawn`: its term is known, and something of its past."""
    points = (
        RoadPoint("Engagement", "done", date(2022, 3, 14), "14 mars 2022"),
        RoadPoint("Forums", "unknown", date(2022, 9, 1), "date inconnue"),
        RoadPoint("Plan validé", "unproven", date(2023, 6, 15), "15 juin 2023"),
        RoadPoint("Bilan 2027", "not-started", date(2028, 3, 31), "31 mars 2028"),
    )
    beside = ("le passé", "la suite")
    seen = ForeseenShown((Phrase("page.take-over.term-first"),), None, (), (), ())
    if drawn:
        seen = ForeseenShown(
            (Phrase("page.take-over.dated", {"total": 9}, 2), Phrase("page.take-over.unknown", {}, 1)),
            road(points, (), date(2024, 1, 1), date(2026, 6, 15), "reprise au 15 juin 2026", beside=beside),
            (DatedLine(Phrase("page.earlier.review-of", {"period": "2027"}), date(2028, 3, 31)),),
            (Phrase("page.take-over.ends", {"on": date(2027, 12, 31)}),),
            (DatedLine(Phrase("earlier-fact.FORUMS"), None, Phrase("page.take-over.is-unknown")),),
        )
    facts = ("ENGAGEMENT", "FORUMS")
    lines = tuple(
        EarlierLine(
            f"known.{number}",
            Phrase(f"earlier-fact.{fact}"),
            Phrase(f"page.earlier.{fact}"),
            fact,
            "",
            "2022-03-14" if drawn and number == 0 else "",
            drawn and number == 1,
            number == 1,
            "",
            JoinedFile("Délibération", "0" * 64) if drawn and number == 0 else None,
            "Ce jour est après la reprise." if drawn and number == 1 else None,
        )
        for number, fact in enumerate(facts)
    )
    return FormPage(
        title=Phrase("command.take-over-convention"),
        intro=Phrase("intro.take-over-convention"),
        action=HERE,
        cancel_href="/departement",
        submit=Phrase("command.take-over-convention"),
        idempotency_key="5b8e8f3e",
        multipart=True,
        sections=(
            FormSection(
                (
                    DateField("as_of", Phrase("field.as_of"), "2026-06-15", required=True),
                    EarlierFactsField("known", Phrase("field.known"), lines, Phrase("field.known.help")),
                    DateField("occurred_on", Phrase("page.fact.on")),
                )
            ),
            FormSection((DateField("later", Phrase("page.fact.on")),), Phrase("page.form.more")),
        ),
        foreseen=seen,
        kinds=(
            NavItem(Phrase("page.opening.new"), "/territoires/t/actes/open-convention"),
            NavItem(Phrase("page.opening.running"), HERE, current=True),
        ),
    )


def samples() -> dict[str, tuple[str, Any]]:
    """The states of both pages."""
    return {
        "confirm": ("confirm.html", confirmed()),
        "confirm-early": ("confirm.html", early()),
        "take-over": ("take-over.html", taking_over(drawn=True)),
        "take-over-bare": ("take-over.html", taking_over(drawn=False)),
    }
