"""Which occurrences of a deadline started, and what met them: derived from one convention's facts and its method."""

from __future__ import annotations

from typing import Final

from domain.convention.counting import Signing
from domain.method import DeadlineRule
from projections.engine import Dossier
from projections.what_is_due import reviews, signatures  # noqa: F401 - each names its functions
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
    return [one for one in found if one.trigger_on >= as_of and one.subject_id not in signed_before]


def _started(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    return (computed(rule) or after_event)(dossier, rule)
