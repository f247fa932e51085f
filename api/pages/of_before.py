"""What pages say of what a convention had passed when it was taken over (R34): its day, or that nobody knows."""

from __future__ import annotations

from api.pages.contexts import Phrase
from domain.values import Code
from projections.how_a_convention_does import Known
from projections.what_was_taken_over import EarlierFactKnown


def of_before(known: Known, *facts: Code) -> tuple[Phrase, ...]:
    """A sentence for each of these; none for a convention that began here."""
    before = known.taken_over
    return tuple(_said(before.of(one)) for one in facts) if before is not None else ()


def _said(one: EarlierFactKnown) -> Phrase:
    what = Phrase(f"earlier-fact.{one.fact}")
    if one.on is None:
        return Phrase("page.before.unknown", {"fact": what})
    return Phrase("page.before.known", {"fact": what, "on": one.on})
