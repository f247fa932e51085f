"""A proposed correction that nobody confirmed in time lapses (R28)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.calendar import add_days
from domain.corrections import LapseCorrection
from domain.values import Code
from projections import which_corrections_wait
from projections.engine import Dossier
from projections.what_follows.following import Following


def lapsed_corrections(dossier: Dossier, today: date) -> Iterator[Following]:
    """On the day after the last one on which it could be confirmed."""
    proposals = (
        *which_corrections_wait.in_vain(dossier, today),
        *which_corrections_wait.waiting(dossier, today),
    )
    for one in proposals:
        command = LapseCorrection(stream_id=one.stream_id, proposal_id=one.proposal_id)
        recorded = (entry.event for entry in dossier.streams[one.stream_id].recorded)
        cause = next(event for event in recorded if event.envelope.event_id == one.proposal_id)
        yield Following(Code("lapsed-corrections"), command, cause, add_days(one.lapses_on, 1))
