"""Why a review does not count, in words that say which of its causes it was and what mends it (R20, R21)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.convention.complete_reviews import ReviewIncomplete
from domain.convention.reviews import ReviewPeriodInvalid
from projections import what_reviews_saw
from projections.engine import Dossier
from projections.which_facts_do_not_count import reviews_not_counting
from workflows.texts import Texts
from workflows.texts.rules import explain

WHY_NOT = (ReviewPeriodInvalid.CODE, ReviewIncomplete.CODE)
"""The codes that a review which does not count is marked with."""


def reasons(dossier: Dossier, today: date, texts: Texts) -> dict[UUID, str]:
    """For each review of the convention that does not count today, by its event."""
    found = reviews_not_counting(what_reviews_saw.reviews(dossier, today))
    told = {event_id: explain(texts, rule, str) for event_id, rule in found.items()}
    return {event_id: f"{one.text} {one.remedy}" for event_id, one in told.items()}
