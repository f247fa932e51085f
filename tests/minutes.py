"""The minutes of a meeting, drafted and approved: what every committee of the tests does after it met."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.steering.minutes import ApproveMinutes, DraftMinutes
from domain.values import LocalId


def minutes(body_id: UUID, meeting_id: LocalId, day: date | None) -> tuple[DraftMinutes, ApproveMinutes]:
    """The minutes of a meeting, drafted and approved by the chair on one day."""
    return (
        DraftMinutes(stream_id=body_id, meeting_id=meeting_id, occurred_on=day),
        ApproveMinutes(stream_id=body_id, meeting_id=meeting_id, occurred_on=day),
    )
