"""Full samples of what a one-time link shows, and of what is shown of it: what the template tests render."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from api.pages.calendars.page import CalendarRow, CalendarsPage
from api.pages.contexts import (
    AskedLine,
    AskingByLink,
    Bearing,
    Choice,
    EvidenceShown,
    LinkEndedPage,
    PartnerPage,
    Phrase,
    ReceiptPage,
)
from api.pages.fields import FormPage
from workflows.act_links import Ended

AT = datetime(2026, 6, 10, 7, 30, tzinfo=UTC)
NAMED = Phrase("page.literal", {"text": "Lou Greffe"})
STEPS = ("asked", "sent", "opened", "used", "revoked", "expired", "dead")


def bearing() -> Bearing:
    """A clerk who is late."""
    return Bearing(
        name="Lou Greffe",
        role="PARTNER_REPRESENTATIVE",
        partner="Seissan",
        territory="CC Val de Gers",
        asked_by="Camille Exemple",
        asked_on=date(2026, 6, 8),
        until=AT,
        due_on=date(2026, 5, 4),
        days_late=37,
    )


def asking() -> AskingByLink:
    """One was asked and one more may be."""
    steps = tuple(Phrase(f"page.by-link.{name}", {"at": AT}) for name in STEPS)
    line = AskedLine("l1", "Lou Greffe", steps, may_revoke=True)
    return AskingByLink("/t/1/partenaires/2", (line,), (Choice("p1", NAMED),), is_awaited=True, sends_mail=True)


def receipt() -> ReceiptPage:
    """Of a deliberation with its document."""
    documents = (EvidenceShown("Délibération", "a" * 64), EvidenceShown(None, "b" * 64))
    return ReceiptPage(
        "Lou Greffe", "Seissan", "CC Val de Gers", "Seissan a autorisé sa signature.", AT, documents, "e1"
    )


def calendars() -> CalendarsPage:
    """Two addresses are open, and one was just made."""
    rows = (
        CalendarRow("f1", Phrase("page.calendars.mine"), AT, Phrase("page.calendars.read-hours", {}, 2)),
        CalendarRow(
            "f2", Phrase("page.calendars.of", {"territory": "CC du Savès"}), AT, Phrase("page.calendars.read-now")
        ),
    )
    return CalendarsPage("/compte/agendas", rows, "https://ctg.example/agenda/a.ics", "c1", "CC du Savès")


def samples(form: FormPage, partner: PartnerPage) -> dict[str, tuple[str, object]]:
    """Name of the sample -> template and page."""
    alone = replace(bearing(), partner=None, role="CAF_ADVISER", asked_by=None, due_on=None)
    return {
        "answer": ("form.html", replace(form, bearing=bearing(), cancel_href="")),
        "answer-alone": ("form.html", replace(form, bearing=alone, cancel_href="")),
        "calendars": ("calendars.html", calendars()),
        "calendars-none": ("calendars.html", CalendarsPage("/compte/agendas", ())),
        "receipt": ("receipt.html", receipt()),
        "receipt-annulled": ("receipt.html", replace(receipt(), partner=None, documents=(), annulled=True)),
        **{f"link-{one}": ("link-ended.html", LinkEndedPage(one.value, AT, "/repondre/a/recu")) for one in Ended},
        "partner-asked": ("partner.html", replace(partner, by_link=asking())),
        "partner-no-mail": ("partner.html", replace(partner, by_link=replace(asking(), sends_mail=False))),
        "partner-no-voice": (
            "partner.html",
            replace(partner, by_link=replace(asking(), lines=(), people=(), invite_href="/administration/inviter")),
        ),
        "partner-answered": ("partner.html", replace(partner, by_link=replace(asking(), is_awaited=False))),
    }
