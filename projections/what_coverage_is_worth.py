"""What is lost if the coverage ends? The bonus of the places that signatories support, by authority and kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.supported_places import PlacesSupported, SupportedPlaces
from domain.pledges.binding import signed_on
from domain.values import Code
from projections.engine import Dossier


@dataclass(frozen=True)
class BonusLine:
    """The places of a kind that an authority supports, and what a year of them brings; `is_open`: its signature counts,
    without which nothing is paid for them."""

    event_id: UUID
    partner_id: UUID
    place_kind: Code
    places: int
    since: date
    yearly_cents: int
    is_open: bool


@dataclass(frozen=True)
class Coverage:
    """All of them: `open_cents` a year would be lost with the coverage, which ends on `ends_on`; `closed_cents` a year
    are not open, for who supports those places has not signed."""

    ends_on: date
    lines: tuple[BonusLine, ...]
    open_cents: int
    closed_cents: int


def coverage(dossier: Dossier, today: date) -> Coverage:
    """What the coverage is worth a year, at the amounts of the method."""
    convention = dossier.convention
    amounts = {one.place_kind: one.yearly_euros * 100 for one in dossier.method.bonuses}
    said = {(one.partner_id, one.place_kind): one for one in dossier.effective(PlacesSupported)}
    found = []
    for partner_id, kinds in SupportedPlaces.of(convention).by_authority.items():
        signed = signed_on(convention, partner_id)
        for kind, places in kinds.items():
            if places:
                event = said[partner_id, kind]
                found.append(
                    BonusLine(
                        event.envelope.event_id,
                        partner_id,
                        kind,
                        places,
                        event.occurred_on,
                        places * amounts.get(kind, 0),
                        signed is not None and signed <= today,
                    )
                )
    lines = tuple(sorted(found, key=lambda one: (one.is_open, -one.yearly_cents)))
    return Coverage(
        convention.period.effective_to,
        lines,
        sum(one.yearly_cents for one in lines if one.is_open),
        sum(one.yearly_cents for one in lines if not one.is_open),
    )
