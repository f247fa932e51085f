"""Why a review does not count, in words that say which of its causes it was and what mends it (R20)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection

from domain.convention.reviews import ReviewPeriodInvalid
from projections import what_the_committee_decided
from workflows.texts import Texts
from workflows.texts.rules import explain

PERIOD_INVALID = ReviewPeriodInvalid.CODE


def reasons(connection: Connection, convention_id: UUID, texts: Texts) -> dict[UUID, str]:
    """For each review of the convention that does not count today, by its event."""
    found: dict[UUID, str] = {}
    for review in what_the_committee_decided.reviews(connection, convention_id):
        if review.why_not is not None:
            said = explain(texts, ReviewPeriodInvalid(review.period, review.why_not), str)
            found[review.event_id] = f"{said.text} {said.remedy}"
    return found
