"""What the coverage of a territory is worth, as the page of money shows it: what is lost if it ends."""

from __future__ import annotations

from collections.abc import Iterator

from api.pages.acts.funding import RECORD_SUPPORTED_PLACES
from api.pages.contexts import Phrase
from api.pages.contexts.money import BonusRow, CoverageShown
from api.pages.view import View
from projections import what_coverage_is_worth
from projections.what_coverage_is_worth import Coverage


def coverage_shown(view: View) -> CoverageShown | None:
    """The places supported and their bonus; None while nobody said that any is."""
    known = view.dossier.once(what_coverage_is_worth.coverage, view.ask.today)
    if not known.lines:
        return None
    rows = tuple(
        BonusRow(
            view.ask.name(one.partner_id),
            view.home.partner(one.partner_id),
            one.place_kind,
            one.places,
            one.since,
            one.yearly_cents,
            one.is_open,
            view.told.trail(one.event_id),
        )
        for one in known.lines
    )
    act = view.told.act(RECORD_SUPPORTED_PLACES.name)
    return CoverageShown(tuple(_lead(known)), rows, (act,) if act is not None else ())


def _lead(known: Coverage) -> Iterator[Phrase]:
    if known.open_cents:
        yield Phrase("page.money.at-risk", {"cents": known.open_cents, "on": known.ends_on})
    if known.closed_cents:
        yield Phrase("page.money.not-open", {"cents": known.closed_cents})
