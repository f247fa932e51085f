"""What do the territories of a network report to it: when were they reviewed last, what became of what they decided,
and what was decided under a delegation that did not cover it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from projections.engine import Dossier
from projections.what_became_of_decisions import SaidAndDone, ages_after, decisions, said_and_done
from projections.what_reviews_saw import reviews
from projections.who_delegated_what import DelegationTold, delegations


@dataclass(frozen=True)
class TerritoryReport:
    """What one convention reports. `reviewed_on`: the day of its last review that counts, None where there was none."""

    territory_id: UUID
    convention_id: UUID
    reviewed_on: date | None
    decided: SaidAndDone
    delegations: tuple[DelegationTold, ...]


def reports(places: Iterable[tuple[Dossier, Sequence[Dossier]]], today: date) -> tuple[TerritoryReport, ...]:
    """The reports of some conventions, each with those of its territory, in their order."""
    return tuple(
        TerritoryReport(
            dossier.territory_id,
            dossier.convention_id,
            max((one.held_on for one in reviews(dossier, today) if one.cause is None), default=None),
            said_and_done(decisions(dossier, near, ages_after(dossier.method), today)),
            delegations(dossier, today),
        )
        for dossier, near in places
    )


def outside(found: Iterable[DelegationTold]) -> int:
    """How many decisions were taken under delegations that did not cover them."""
    return sum(not use.counts for one in found for use in one.uses)
