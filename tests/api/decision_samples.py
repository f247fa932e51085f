"""What became of decisions, as pages are given it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.pages.contexts import Act, Choice, Delay, Phrase
from api.pages.contexts.decisions import DecisionFilter, DecisionGroup, DecisionShown, DecisionsPage, KeptShown
from api.pages.pictures import bar

MEETING = Phrase("page.meeting", {"body": "Comité de pilotage", "on": date(2024, 11, 12)})
ABOVE = Act(Phrase("page.reviews.committee"), "/comite")
DONE = Act(Phrase("command.record-decision-done"), "/acte")
KEPT = KeptShown(
    Phrase("page.decisions.kept", {"taken": 9}, 1),
    tuple(Phrase(f"page.decisions.count.{one}", {}, 2) for one in ("DORMANT", "AGEING", "WAITING", "REPLACED")),
    1,
    9,
)
ASLEEP = DecisionShown(
    "Revoir le calendrier.",
    MEETING,
    "#m",
    "decision-m-1",
    "DORMANT",
    "late",
    Phrase("page.decisions.passed", {}, 2),
    Phrase("page.decisions.owner-by", {"owner": "La Caf", "due": date(2025, 3, 1)}),
    "Un calendrier affiché",
    age=bar(577, 577),
    votes=(Phrase("page.votes.for", {"votes": 12}, 12), Phrase("page.votes.against", {"votes": 1}, 1)),
    people="Jeanne Puel (représentante d’un partenaire)",
    act=DONE,
    others=(Act(Phrase("command.abandon-decision"), "/acte"),),
)
ASLEEP_ONES = tuple(replace(ASLEEP, anchor=f"decision-a-{place}") for place in range(6))
ENDED = DecisionShown(
    None,
    MEETING,
    "#m",
    "decision-m-2",
    "ABANDONED",
    "irregular",
    Phrase("page.decisions.stands.ABANDONED", {"on": date(2025, 3, 1)}),
    why="Le garage est vendu.",
)
LATE = DecisionShown(
    "Ouvrir une salle.",
    MEETING,
    "#m",
    "decision-m-3",
    "AGEING",
    "watch",
    Phrase("page.decisions.stands.AGEING", {"delay": Delay(70)}),
    Phrase("page.decisions.nobody"),
    age=bar(70, 577),
)


def decisions() -> DecisionsPage:
    """Decisions of every sort, filtered by one."""
    states = (Choice("DORMANT", Phrase("decision-state.DORMANT"), chosen=True),)
    return DecisionsPage(
        "CC Val de Gers",
        (Phrase("page.decisions.answer", {"kept": KEPT.said}), Phrase("page.decisions.answer-follow", {}, 2)),
        ABOVE,
        "/decisions",
        KEPT,
        (
            DecisionGroup(Phrase("page.decisions.group.follow"), (*ASLEEP_ONES, LATE), folded=False, anchor="a"),
            DecisionGroup(Phrase("page.decisions.group.over"), (ENDED,), folded=True, anchor="b"),
        ),
        (DecisionFilter("etat", Phrase("page.decisions.filter.etat"), Phrase("page.decisions.every.etat"), states),),
        filtered=True,
    )


def no_decision() -> DecisionsPage:
    """A territory whose committee never met."""
    return DecisionsPage("CC du Savès", (Phrase("page.decisions.none"),), ABOVE, "/decisions", None)
