"""A dossier as it was known after each record of the log: how answers moved, asked again of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from domain.agenda import DeadlineMissed, ReminderEscalated, ReminderSent
from domain.kernel import Event
from projections.engine.dossier import Dossier, History, WholeFramework
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
    for event, streams in _after_each(dossier):
        if dossier.convention_id in streams:
            yield event, Dossier(dossier.convention_id, streams, dossier.register)


def after_each_of_framework(place: WholeFramework) -> Iterator[tuple[Event, WholeFramework]]:
    """The same of a framework and of what is about the whole of it, since it exists."""
    for event, streams in _after_each(place):
        if place.framework_id in streams:
            yield event, WholeFramework(place.framework_id, streams, place.register)


def _after_each(history: History) -> Iterator[tuple[Event, Mapping[UUID, Stream]]]:
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    streams: dict[UUID, Stream] = {}
    for entry in history.entries:
        one = entry.event.originator_id
        entries[one].append(entry)
        folded = stream_of(entries[one])
        if folded is not None:
            streams[one] = folded
        if not isinstance(entry.event, _SAID):
            yield entry.event, dict(streams)
