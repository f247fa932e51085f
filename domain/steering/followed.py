"""How the decisions of a body are followed: who sees to each, and how those ended of which somebody said so.

Whether a decision is acted, ages or sleeps is an answer (`projections/what_became_of_decisions.py`), and no field here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel import Part, part
from domain.steering.body import SteeringBody
from domain.steering.reference import DecisionReference
from domain.values import Code, LocalId, Prose

DONE: Final = Code("DONE")
REPLACED: Final = Code("REPLACED")
ABANDONED: Final = Code("ABANDONED")
ENDINGS: Final = (DONE, REPLACED, ABANDONED)
"""How somebody says that a decision ended."""


@dataclass
class DecisionFollowed:
    """One decision: its words, the partner that sees to it, and how it ended, None while nobody said that it did."""

    text: Prose
    owner_id: UUID | None = None
    ended: Code | None = None
    ended_on: date | None = None


@part(SteeringBody, "followed")
@dataclass
class DecisionsFollowed(Part):
    """The decisions that are followed, by their meeting and their own id."""

    decisions: dict[LocalId, dict[LocalId, DecisionFollowed]] = field(default_factory=dict)

    def begin(self, decision: DecisionReference, text: Prose, owner_id: UUID | None) -> None:
        """A decision was taken."""
        self.decisions.setdefault(decision.meeting_id, {})[decision.decision_id] = DecisionFollowed(text, owner_id)

    def find(self, decision: DecisionReference) -> DecisionFollowed | None:
        """One decision; None for what is not followed so (an adjustment is carried out by its actions)."""
        return self.decisions.get(decision.meeting_id, {}).get(decision.decision_id)

    def entrust(self, decision: DecisionReference, owner_id: UUID) -> None:
        """Another partner sees to it."""
        if (found := self.find(decision)) is not None:
            found.owner_id = owner_id

    def end(self, decision: DecisionReference, how: Code, on: date) -> None:
        """Nothing more is expected of it."""
        if (found := self.find(decision)) is not None:
            found.ended, found.ended_on = how, on
