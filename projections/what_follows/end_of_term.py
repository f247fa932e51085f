"""The end of a term: on the day after its last one the convention has expired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.calendar import add_days
from domain.convention.closed import Closing
from domain.convention.expiring import ConventionExpired, ExpireConvention
from domain.convention.extended import Expiry
from domain.convention.extending import ConventionExtended
from domain.kernel import Event
from domain.values import Code
from projections.engine import Dossier, Entry
from projections.what_follows.following import Following


def end_of_term(dossier: Dossier, _today: date) -> Iterator[Following]:
    """Once for each end that a convention has: an extension or a correction gives it another one."""
    convention = dossier.convention
    ends_on = convention.period.effective_to
    if Closing.of(convention).closed_on is not None or Expiry.is_recorded(convention):
        return
    command = ExpireConvention(stream_id=dossier.convention_id)
    recorded = sum(isinstance(entry.event, ConventionExpired) for entry in _recorded(dossier))
    yield Following(Code("end-of-term"), command, _cause(dossier), add_days(ends_on, 1), recorded)


def _cause(dossier: Dossier) -> Event:
    """What gave the end: the last extension, else the opening, as it was first recorded however it was corrected."""
    extended = [event for _, event in dossier.facts(ConventionExtended)]
    if not extended:
        return _recorded(dossier)[0].event
    first = dossier.first_said(extended[-1])
    return next(entry.event for entry in _recorded(dossier) if entry.event.envelope.event_id == first)


def _recorded(dossier: Dossier) -> tuple[Entry, ...]:
    return dossier.streams[dossier.convention_id].recorded
