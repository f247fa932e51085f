"""Which occurrences of a deadline started, and what met them: derived from one convention's facts and its method."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.counting import Signing
from domain.method import DeadlineRule
from projections.engine import Dossier
from projections.what_is_due import (  # noqa: F401 - each names its functions
    actions,
    claimed,
    decided,
    forums,
    mandates,
    measured,
    no_news,
    pledged,
    renewed_places,
    reviews,
    signatures,
    sittings,
    term,
    unanswered,
    vacant_roles,
)
from projections.what_is_due.events import after_event
from projections.what_is_due.naming import computed
from projections.what_is_due.starting import Start

SIGNATORY: Final = "SIGNATORY"
_REVIEW_PERIOD: Final = "REVIEW_PERIOD"


def starts(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """The occurrences of a deadline, according to its subject and trigger.

    What a convention taken over had passed before (R34) starts nothing: what follows the first of its kind has had its
    turn, known or not; what follows something else starts with what happens since.
    """
    as_of = dossier.convention.taken_over_on
    if as_of is None or rule.subject == _REVIEW_PERIOD:
        return _started(dossier, rule)
    if rule.subject != SIGNATORY and rule.occurrence == "FIRST":
        return []
    signed_before = Signing.of(dossier.convention).taken_over
    found = _started(dossier, rule)
    return [one for one in found if one.trigger_on >= as_of and not _had_signed(one, signed_before, as_of)]


def _had_signed(one: Start, signed_before: Container[UUID], as_of: date) -> bool:
    """Whether it is the signature of who had signed before; of an extension since, everybody signs anew."""
    return one.subject_id in signed_before and one.met_on is not None and one.met_on < as_of


def _started(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    return (computed(rule) or after_event)(dossier, rule)
