"""One meeting at each of its steps, and its papers, with invented facts: what the template tests render."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.pages.contexts import Act, Choice, Phrase
from api.pages.contexts.sitting import (
    AttendForm,
    CollegeTally,
    DecidedLine,
    DecideForm,
    OnePress,
    PointShown,
    SeatHere,
    SittingPage,
    SittingPaper,
    StepLine,
)
from api.pages.contexts.sittings import AgendaLine
from tests.api.decision_samples import ASLEEP

_SEAT = SeatHere("p1", "CC Val de Gers", "CHAIR", "ELECTED", "Camille Exemple", "Dominique Exemple", False, "PRESENT")
_SEATS = (
    _SEAT,
    replace(_SEAT, seat_id="p2", role="MEMBER", told="EXCUSED", substitute=None),
    replace(_SEAT, seat_id="p3", college="TECHNICAL", told="PROXY", by="Caf du Gers"),
    replace(_SEAT, seat_id="p4", college="USERS", person=None, substitute=None, vacant=True, told=""),
    replace(_SEAT, seat_id="p5", college="USERS", told="", answered=Phrase("page.literal", {"text": "vient"})),
)
_STEPS = (
    StepLine("preparer", "#preparer", "done", False),
    StepLine("tenir", "#tenir", "late", True),
    StepLine("compte-rendu", "#compte-rendu", "watch", False),
    StepLine("suites", "#suites", "not-started", False),
)
_DECIDED = DecidedLine(
    "decision-m-1",
    "Reporter l’ouverture.",
    Phrase("page.decisions.owner-by", {"owner": "La Caf", "due": date(2026, 9, 30)}),
    "Un calendrier affiché",
    (Phrase("page.votes.for", {"votes": 12}, 12), Phrase("page.votes.abstentions", {"votes": 2}, 2)),
    True,
    "#d1",
    "#mend",
    1,
)
_CHOICES = (Choice("p1", Phrase("page.literal", {"text": "CC Val de Gers"})),) * 2
_PRESS = OnePress("#press", "clé", (("stream_id", "b"),), "Le maire remercie.")
_ACT = Act(Phrase("command.plan-meeting"), "#plan")

HELD = SittingPage(
    territory="CC Val de Gers",
    body="Comité de pilotage",
    on=date(2026, 6, 25),
    state="HELD",
    status="watch",
    answer=(Phrase("page.session.answer-decided", {}, 1),),
    step="tenir",
    steps=_STEPS,
    list_href="#liste",
    where=(Phrase("page.literal", {"text": "Masseube"}),),
    seats=_SEATS,
    tally=(CollegeTally("ELECTED", 1, 2), CollegeTally("USERS", 0, 1)),
    present=1,
    voting=4,
    needed=3,
    reached=False,
    quorum=Phrase("page.sitting.quorum-missed", {"present": 1, "seats": 4, "needed": 3}),
    points=(
        PointShown(1, "Compte rendu de mars", "#p1", False, "a1", (_DECIDED,), (ASLEEP,)),
        PointShown(2, None, "#p2", True, "a2"),
    ),
    proposed=(),
    papers=(),
    decided=(
        _DECIDED,
        replace(_DECIDED, anchor="decision-m-2", text=None, counts=False, charge=None, mend=None, number=2),
    ),
    besides=(replace(_DECIDED, anchor="decision-m-2", text=None, counts=False, charge=None, mend=None, number=2),),
    minutes=("Le maire remercie.",),
    corrections=(None,),
    drafted_on=date(2026, 6, 30),
    approved_on=None,
    next_on=date(2026, 10, 8),
    next_href="#suivante",
    printed=(("convocation", "#c"), ("emargement", "#e"), ("proces-verbal", "#v")),
    acts=(_ACT,),
    other_body=(Act(Phrase("page.literal", {"text": "Comité technique"}), "#autre"),),
    switch_href="#projecteur",
    attendance_href="#presences",
    attendance=14,
    held=True,
    point=PointShown(2, None, "#p2", True),
    before="#p1",
    after="#p3",
    decide=DecideForm(
        "#decider",
        "clé",
        (("decision_id", "+"),),
        {"text": "Reporter", "kind": "OTHER"},
        (Choice("OTHER", Phrase("decision-kind.OTHER")),),
        _CHOICES[:1],
        _CHOICES[:1],
        {"due_on": "Une échéance vient après la décision."},
        ("La séance est close.",),
    ),
    href="#m1",
)


def samples() -> dict[str, tuple[str, object]]:
    """Each step, in the states that change its shape."""
    attend = AttendForm(
        "#ouvrir",
        "clé",
        {"p1": "PRESENT"},
        "2026-06-25",
        "14",
        True,
        (("p2", "p1"), ("", "")),
        _CHOICES,
        ("Un refus.",),
    )
    plain = replace(HELD, decide=None, point=None, points=(), besides=HELD.decided, before=None, after=None)
    proposed = (
        AgendaLine(Phrase("page.literal", {"text": "Navette"}), Phrase("agenda-why.DECIDED"), "#d", 90),
        AgendaLine(Phrase("page.literal", {"text": "Relais"}), Phrase("agenda-why.OVERDUE"), None, 0),
    )
    to_come = replace(
        plain,
        step="preparer",
        state="PLANNED",
        held=False,
        decided=(),
        besides=(),
        proposed=proposed,
        quorum=None,
        reached=None,
    )
    minutes = replace(HELD, step="compte-rendu", draft=_PRESS, approve=_PRESS, next_on=None, next_acts=(_ACT,))
    pages = {
        "sitting": HELD,
        "sitting-projector": replace(HELD, projector=True),
        "sitting-attend": replace(plain, attend=attend),
        "sitting-count": replace(plain, attend=replace(attend, again=False, errors=()), seats=(), voting=0),
        "sitting-read": replace(plain, why_not=Phrase("page.session.read-only"), held=False, decided=(), besides=()),
        "sitting-prepare": to_come,
        "sitting-convene": replace(to_come, convene=_PRESS, points=HELD.points),
        "sitting-minutes": minutes,
        "sitting-not-held": replace(minutes, held=False, draft=None, approve=None, next_acts=()),
        "sitting-follow": replace(HELD, step="suites", follow=(replace(ASLEEP, anchor="decision-m-9"),)),
        "sitting-nothing": replace(HELD, step="suites", follow=(), decided=(), besides=(), points=()),
    }
    papers = {kind: SittingPaper(kind, HELD, 6) for kind in ("convocation", "emargement", "proces-verbal")}
    bare = SittingPaper("convocation", replace(plain, seats=()), 0)
    return {
        **{name: ("sitting.html", page) for name, page in pages.items()},
        **{f"sitting-{kind}": ("sitting-paper.html", paper) for kind, paper in papers.items()},
        "sitting-paper-bare": ("sitting-paper.html", bare),
    }
