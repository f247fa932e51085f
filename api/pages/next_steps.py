"""What is awaited of a convention, as pages show it: in words, with the link to its act."""

from __future__ import annotations

from api.pages.addresses import Home
from api.pages.contexts import NextAct, Phrase
from api.pages.telling import Teller
from projections.what_comes_next import DEADLINES, FORUMS, REVIEWS, SIGNATURES, WAIVERS, Awaited

PARTS = {DEADLINES: "deadlines", FORUMS: "forums", REVIEWS: "milestones", SIGNATURES: "signatures", WAIVERS: "waivers"}
"""The section that shows each part of a convention; a milestone has a step of its own."""


def next_act(told: Teller, one: Awaited) -> NextAct:
    """A thing awaited with the link to its act, or its name for whoever may not do it."""
    return NextAct(
        told.say(one.what),
        one.status,
        Phrase(f"command.{one.act}") if one.act is not None else None,
        told.act(one.act, partner_id=one.partner_id),
        told.who(one.expected),
        told.say(one.why) if one.why is not None else None,
        one.due_on,
        one.days_late,
    )


def place_of(home: Home, one: Awaited) -> str:
    """Where what is awaited is shown."""
    return home.section(PARTS[one.moves]) if one.moves in PARTS else home.step(one.moves)
