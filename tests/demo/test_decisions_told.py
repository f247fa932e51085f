"""What became of what two committees of the demonstration decided, against a count made by hand from the story."""

from __future__ import annotations

import pytest

from ctg_engine.demo.story import DEMO_TODAY
from projections.what_became_of_decisions import (
    DecisionStanding,
    SaidAndDone,
    ages_after,
    decisions,
    said_and_done,
    to_follow,
)
from tests.demo.telling import Telling

BY_HAND = {
    "valdegers": (
        # July and November 2025, January (with Artagnan) and March 2026, as the story says them.
        "ACTED ACTED ACTED DONE",
        "ACTED AGEING ABANDONED",
        "DONE",
        "WAITING ACTED",
    ),
    # January, April, July (too few came) and October 2025, January 2026 (with Val de Gers).
    "artagnan": ("ACTED ACTED DORMANT", "ACTED REPLACED", "REPLACED", "DONE DONE", "WAITING"),
}
COUNTED = {
    "valdegers": SaidAndDone(taken=10, kept=7, waiting=1, ageing=1, dormant=0, abandoned=1, replaced=0),
    "artagnan": SaidAndDone(taken=7, kept=5, waiting=1, ageing=0, dormant=1, abandoned=0, replaced=2),
}


def told(telling: Telling, key: str) -> tuple[DecisionStanding, ...]:
    """What became of the decisions of a territory, on the day of the demonstration."""
    dossier = telling.dossier(key)
    return decisions(dossier, (dossier,), ages_after(dossier.method), DEMO_TODAY)


@pytest.mark.parametrize("key", BY_HAND)
def test_what_a_committee_kept_is_what_one_counts_by_hand(telling: Telling, key: str) -> None:
    found = told(telling, key)
    by_meeting: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda each: each.decided_on):
        by_meeting.setdefault(one.reference.meeting_id, []).append(str(one.state))
    assert tuple(" ".join(states) for states in by_meeting.values()) == BY_HAND[key]
    assert said_and_done(found) == COUNTED[key]


def test_what_ages_or_sleeps_heads_the_next_agenda_with_its_one_act(telling: Telling) -> None:
    (late,), (asleep,) = (to_follow(told(telling, key)) for key in ("valdegers", "artagnan"))
    assert (late.days_late, late.next_act) == (108, "record-decision-done")
    assert (asleep.passed, asleep.owner_id, asleep.next_act) == (4, None, "entrust-decision")
