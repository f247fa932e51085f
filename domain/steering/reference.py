"""Where a choice was made: how whatever rests on a decision cites it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.values import LocalId


@dataclass(frozen=True)
class DecisionReference:
    """Where a choice was made: the body, its meeting, the decision."""

    body_id: UUID
    meeting_id: LocalId
    decision_id: LocalId

    @property
    def word(self) -> str:
        """One word for it, as the lists of forms name it."""
        return f"{self.body_id}/{self.meeting_id}/{self.decision_id}"
