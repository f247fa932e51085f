"""How did each action go? What was said of it, day by day, and by which fact: nothing is read out of its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.following import ActionAbandoned, ActionCompleted, ActionPostponed, ActionStatusReported
from domain.action_sheets.state import ABANDONED, DONE, POSTPONED, ActionSheet
from domain.convention.reviews import ReviewDone
from domain.kernel import Event
from domain.values import Code
from projections.engine import Dossier, Stream

REPORTS: Final = (ActionStatusReported, ActionPostponed, ActionAbandoned, ActionCompleted)
"""What tells how an action stands."""
_STATUS_OF: Final[Mapping[type[Event], Code]] = {
    ActionPostponed: POSTPONED,
    ActionAbandoned: ABANDONED,
    ActionCompleted: DONE,
}


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
            said = Said(one.status, event.occurred_on, event.envelope.event_id, one.progress_percent)
            found.setdefault(one.sheet_id, []).append(said)
    for sheet in dossier.streams_of(ActionSheet):
        if reported := sheet.once(_reported):
            found.setdefault(sheet.state.id, []).extend(reported)
    return {sheet_id: tuple(sorted(said, key=lambda one: one.on)) for sheet_id, said in found.items()}


def _reported(sheet: Stream) -> tuple[Said, ...]:
    return tuple(_said(entry.event) for entry in sheet.entries if isinstance(entry.event, REPORTS))


def _said(report: Event) -> Said:
    if isinstance(report, ActionStatusReported):
        return Said(report.status, report.occurred_on, report.envelope.event_id, report.progress_percent)
    return Said(_STATUS_OF[type(report)], report.occurred_on, report.envelope.event_id)


def last_said(dossier: Dossier, sheet_id: UUID, day: date) -> Said | None:
    """What was said of an action last, by a day."""
    return next((one for one in reversed(told(dossier).get(sheet_id, ())) if one.on <= day), None)
