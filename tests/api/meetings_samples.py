"""The page of meetings: one to come, one whose minutes wait, one cancelled, a body with a vacant seat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.pages.contexts import Act, Phrase
from api.pages.contexts.sittings import AgendaLine, BodyCard, MeetingsPage, SeatLine, SittingLine

_PLAN = Act(Phrase("command.plan-meeting"), "#plan")
_TO_COME = SittingLine(
    anchor="sitting-m2",
    body="Comité de pilotage",
    on=date(2026, 10, 8),
    status="on-time",
    state="CONVENED",
    where=(Phrase("page.literal", {"text": "Masseube"}), Phrase("page.sitting.joint", {}, 2)),
    agenda=("Maison d’assistantes maternelles", None),
    papers=(),
    invitation=(Phrase("page.sitting.written", {}, 4), Phrase("page.sitting.otherwise", {"names": "Cpam du Gers"})),
    answers=(Phrase("page.sitting.comes", {}, 1), Phrase("page.sitting.silent", {}, 3)),
    foreseen=Phrase("page.sitting.quorum-unsure", {"present": 1, "seats": 4, "needed": 3}),
    is_sure=False,
    quorum=None,
    is_inquorate=False,
    decisions=(),
    minutes=(),
    why=None,
    acts=(_PLAN,),
    href="#m2",
)
_HELD = replace(
    _TO_COME,
    anchor="sitting-m1",
    on=date(2026, 3, 12),
    status="watch",
    state="HELD",
    invitation=(),
    answers=(),
    foreseen=None,
    quorum=Phrase("page.sitting.quorum-missed", {"present": 4, "seats": 20, "needed": 11}),
    is_inquorate=True,
    decisions=("Reporter l’ouverture.", None),
    minutes=("Le vote était unanime.",),
)
_SEAT = SeatLine("Caf du Gers", "CHAIR", "NONE", "Camille Exemple", None, None)


def meetings() -> MeetingsPage:
    """All that the page may show."""
    return MeetingsPage(
        territory="CC Val de Gers",
        answer=(Phrase("page.sitting.answer-next", {"body": "Comité de pilotage", "on": date(2026, 10, 8)}),),
        to_come=(_TO_COME,),
        agenda=(
            AgendaLine(Phrase("page.literal", {"text": "Navette"}), Phrase("agenda-why.DECIDED"), "#d", 90),
            AgendaLine(
                Phrase("page.sitting.minutes-of", {"on": date(2026, 3, 12)}), Phrase("agenda-why.MINUTES"), None, 0
            ),
        ),
        to_follow=(_HELD,),
        over=(replace(_HELD, anchor="sitting-m0", state="CANCELLED", status="not-started", why="La salle est prise."),),
        bodies=(
            BodyCard(
                "Comité de pilotage",
                "COPIL",
                (_SEAT, replace(_SEAT, partner="MSA", person=None, vacant_since=date(2026, 1, 5))),
                1,
                Phrase("page.sitting.quorum-needed", {"needed": 1, "seats": 1}),
                Phrase("page.sitting.rhythm", {}, 6),
                Phrase("page.sitting.unplanned", {"body": "Comité de pilotage", "due": date(2026, 9, 12)}, 6),
                date(2026, 3, 12),
            ),
            BodyCard("Comité technique", "COTECH", (), 0, Phrase("page.sitting.quorum-none"), None, None, None),
        ),
        acts=(_PLAN,),
        body_acts=(_PLAN,),
    )
