"""The places that a renewal of mandates emptied are to be filled (D26)."""

from __future__ import annotations

from domain.method import DeadlineRule
from domain.values import Code
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start
from projections.which_places_are_vacant import renewed_places


@named(conditions=("SEAT_FILLED",))
def after_renewal(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """Each renewal while the convention runs that emptied anything, met when the last of its places is filled."""
    opened_on, ends_on = dossier.convention.opened_on, dossier.convention.period.effective_to
    found = []
    for renewal in dossier.territory.renewals:
        places = renewed_places(dossier.territory, dossier.bodies, renewal)
        if not places or not opened_on <= renewal.on <= ends_on:
            continue
        filled = [one for one in places if one.filled_on is not None]
        last = max(filled, key=lambda one: one.filled_on or renewal.on) if len(filled) == len(places) else None
        found.append(
            Start(
                dossier.convention_id,
                Code(str(renewal.event_id)),
                renewal.on,
                last.filled_on if last is not None else None,
                last.filled_by if last is not None else None,
            )
        )
    return found
