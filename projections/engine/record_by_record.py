"""A dossier as it was known after each record of the log: how answers moved, asked again of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from domain.agenda import DeadlineMissed, ReminderEscalated, ReminderSent
from domain.kernel import Event
from projections.engine.dossier import Dossier
from projections.engine.entries import Entry, Stream, stream_of

_SAID: Final = (DeadlineMissed, ReminderSent, ReminderEscalated)
"""What is said of a deadline: it makes none, moves none and ends none, as what silences one may."""


def as_recorded(dossier: Dossier, position: int) -> Dossier:
    """A dossier as it was once a record was made, and nothing after it: two of one instant are told apart."""
    kept = {
        one: [entry for entry in stream.recorded if entry.position <= position]
        for one, stream in dossier.streams.items()
    }
    streams = {one: folded for one, some in kept.items() if some and (folded := stream_of(some)) is not None}
    return Dossier(dossier.convention_id, streams, dossier.register)


def after_each(dossier: Dossier) -> Iterator[tuple[Event, Dossier]]:
    """Each event since the convention exists with the dossier up to it, in the order of the log; but for what was said
    of deadlines. Each event has its own stream folded again, the others stand."""
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    streams: dict[UUID, Stream] = {}
    for entry in dossier.entries:
        one = entry.event.originator_id
        entries[one].append(entry)
        folded = stream_of(entries[one])
        if folded is not None:
            streams[one] = folded
        if dossier.convention_id in streams and not isinstance(entry.event, _SAID):
            yield entry.event, Dossier(dossier.convention_id, dict(streams), dossier.register)
