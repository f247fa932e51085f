"""What is awaited of a convention, as pages show it: in words, with the link to its act."""

from __future__ import annotations

from api.pages.addresses import Home
from api.pages.contexts import NextAct, Phrase
from api.pages.telling import Teller
from api.pages.things_awaited import act_on_first, things_shown
from projections.what_comes_next import (
    CONTRIBUTIONS,
    DEADLINES,
    FORUMS,
    MEETINGS,
    MONEY,
    PLEDGES,
    PROPOSALS,
    RESULTS,
    REVIEWS,
    SHEETS,
    SIGNATURES,
    WAIVERS,
    Awaited,
)

PARTS = {
    DEADLINES: "deadlines",
    FORUMS: "forums",
    REVIEWS: "milestones",
    SIGNATURES: "signatures",
    WAIVERS: "waivers",
    SHEETS: "plan",
    RESULTS: "results",
    PLEDGES: "pledges",
    MONEY: "money",
    MEETINGS: "meetings",
    CONTRIBUTIONS: "contributions",
    PROPOSALS: "bottom-up",
}
"""The section that shows each part of a convention; a milestone has a step of its own."""


def next_act(told: Teller, one: Awaited) -> NextAct:
    """A thing awaited with the link to its act, or its name for whoever may not do it; of several things together, to
    the act on the first."""
    act = told.act(one.act, partner_id=one.whose)
    if one.things:
        act = act_on_first(told, one.things, one.act, one.whose)
    return NextAct(
        told.say(one.what),
        one.status,
        Phrase(f"command.{one.act}") if one.act is not None else None,
        act,
        told.who(one.expected),
        told.say(one.why) if one.why is not None else None,
        one.due_on,
        one.days_late,
        things_shown(told, one.things, one.act, one.whose, silent=one.what.word == "silence-of"),
    )


def place_of(home: Home, one: Awaited) -> str:
    """Where what is awaited is shown."""
    return home.section(PARTS[one.moves]) if one.moves in PARTS else home.step(one.moves)
