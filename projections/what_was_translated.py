"""Why this? What was asked from above, what it became here, what was adapted and why, by what each note explains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.counsel.counsel import Counsel
from domain.counsel.explaining import TranslationNoteWritten
from domain.steering.reference import DecisionReference
from domain.values import Code, Evidence, LocalId, Prose
from projections.engine import History


@dataclass(frozen=True)
class NoteTold:
    """One note: its source, what that asks, what it became here, what was adapted, why, by whom; what it explains."""

    note_id: LocalId
    event_id: UUID
    written_on: date
    partner_id: UUID
    source: Code
    source_title: Prose
    source_reference: Prose | None
    source_on: date | None
    source_link: Prose | None
    asks: Prose
    became_here: Prose
    adapted: Prose | None
    motive: Prose
    convention_id: UUID | None
    priority_id: LocalId | None
    sheet_id: UUID | None
    pledge_id: UUID | None
    decision: DecisionReference | None
    about_method: bool
    evidence: tuple[Evidence, ...]


def notes(history: History) -> tuple[NoteTold, ...]:
    """The notes of a place, the latest first."""
    found = [
        NoteTold(
            note_id=one.note_id,
            event_id=one.envelope.event_id,
            written_on=one.occurred_on,
            partner_id=one.partner_id,
            source=one.source,
            source_title=one.source_title,
            source_reference=one.source_reference,
            source_on=one.source_on,
            source_link=one.source_link,
            asks=one.asks,
            became_here=one.became_here,
            adapted=one.adapted,
            motive=one.motive,
            convention_id=one.convention_id,
            priority_id=one.priority_id,
            sheet_id=one.sheet_id,
            pledge_id=one.pledge_id,
            decision=one.decision,
            about_method=one.about_method,
            evidence=one.envelope.evidence,
        )
        for _, one in history.of(Counsel, TranslationNoteWritten)
    ]
    found.reverse()
    return tuple(sorted(found, key=lambda one: one.written_on, reverse=True))
