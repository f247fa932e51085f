"""What pages say of what a convention had passed when it was taken over (R34): its day, or that nobody knows."""

from __future__ import annotations

from api.pages.contexts import Phrase
from domain.convention.earlier import KNOWN_SINCE
from domain.values import Code
from projections.how_a_convention_does import Known
from projections.what_was_taken_over import EarlierFactKnown


def of_before(known: Known, *facts: Code) -> tuple[Phrase, ...]:
    """A sentence for each of these; none for a convention that began here."""
    before = known.taken_over
    return tuple(_said(before.of(one)) for one in facts) if before is not None else ()


def _said(one: EarlierFactKnown) -> Phrase:
    what = Phrase(f"earlier-fact.{one.fact}")
    if one.fact in KNOWN_SINCE:
        key = "page.before.known-since" if one.on is not None else "page.before.never-known"
        return Phrase(key, {"fact": what, "on": one.on})
    if one.count is not None:
        what = Phrase("page.before.counted", {"fact": what, "count": one.count})
    if one.on is None:
        return Phrase("page.before.unknown", {"fact": what})
    return Phrase("page.before.known" if one.evidence else "page.before.known-no-paper", {"fact": what, "on": one.on})
