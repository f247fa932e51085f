"""How did each action go? What was said of it, day by day, and by which fact: nothing is read out of its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.reviews import ReviewDone
from domain.values import Code
from projections.engine import Dossier


@dataclass(frozen=True)
class Said:
    """How an action stood on a day, by which event. `progress_percent`: how far it was, where somebody said so."""

    status: Code
    on: date
    event_id: UUID
    progress_percent: int | None = None


def told(dossier: Dossier) -> Mapping[UUID, tuple[Said, ...]]:
    """What was said of each action, the oldest first."""
    return dossier.once(_told)


def _told(dossier: Dossier) -> Mapping[UUID, tuple[Said, ...]]:
    found: dict[UUID, list[Said]] = {}
    for _, event in dossier.facts(ReviewDone):
        for one in event.action_statuses:
            said = Said(one.status, event.occurred_on, event.envelope.event_id)
            found.setdefault(one.sheet_id, []).append(said)
    return {sheet_id: tuple(sorted(said, key=lambda one: one.on)) for sheet_id, said in found.items()}


def last_said(dossier: Dossier, sheet_id: UUID, day: date) -> Said | None:
    """What was said of an action last, by a day."""
    return next((one for one in reversed(told(dossier).get(sheet_id, ())) if one.on <= day), None)
