"""Which periods does a convention review? Each is of the method under which it ended: one that was over when the
convention changed its method stays as it was."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from domain.calendar import ReviewPeriod, review_periods
from domain.convention.methods_followed import MethodsFollowed
from projections.engine import Dossier


def periods(dossier: Dossier) -> tuple[ReviewPeriod, ...]:
    """The periods of a convention that have a yearly review, in their order."""
    term = dossier.convention.period
    left = MethodsFollowed.of(dossier.convention).left
    turns = [date.min, *(one.left_on for one in left), date.max]
    found = []
    for first, until in pairwise(turns):
        if first < until:
            rule = dossier.method_on(first).review
            within = review_periods(rule, term.effective_from, term.effective_to)
            found += [one for one in within if first <= one.last and (one.last < until or until == date.max)]
    return tuple(found)
