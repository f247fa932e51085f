"""What was recorded, decoded, and the state it leads to: folded by the aggregate's own `apply`, nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from domain.kernel import Aggregate, CreatedEvent, Event
from domain.partners import PartnerRegistered
from domain.profiles import MethodProfilePublished
from domain.territories import TerritoryRegistered

_REGISTER: Final = (MethodProfilePublished, PartnerRegistered, TerritoryRegistered)


class Entry(NamedTuple):
    """One event of the log and its place in it; `position` is internal."""

    position: int
    event: Event


@dataclass(frozen=True)
class Moment:
    """As of what: the facts that had happened by a day, those that were recorded by an instant, or both.

    The register (methods, partners, territories) is kept whatever its business date, which says when it was entered
    here and not since when the institution exists.
    """

    occurred_by: date | None = None
    recorded_by: datetime | None = None

    def keeps(self, event: Event) -> bool:
        """Whether an event is part of the history as of then."""
        happened = self.occurred_by is None or event.occurred_on <= self.occurred_by or isinstance(event, _REGISTER)
        return happened and (self.recorded_by is None or event.recorded_at <= self.recorded_by)


@dataclass(frozen=True)
class Stream:
    """The events of one stream, in order, and the state they lead to. The state is shared: it is only read."""

    entries: tuple[Entry, ...]
    state: Aggregate

    @property
    def version(self) -> int:
        """How many events it counts."""
        return self.state.version

    def as_of(self, moment: Moment) -> Stream | None:
        """The stream as of then, None when it did not exist."""
        return stream_of(entry for entry in self.entries if moment.keeps(entry.event))


def stream_of(entries: Iterable[Entry]) -> Stream | None:
    """A stream folded from its events, some of which may be left out; None without the one that begins it."""
    kept = tuple(entries)
    state: Aggregate | None = None
    for entry in kept:
        event = entry.event
        if state is None:
            if not isinstance(event, CreatedEvent):
                return None
            state = event.mutate(None)
        else:
            # Not `mutate`, which wants every version: a history may leave some out.
            event.apply(state)
    if state is None:
        return None
    state.version = kept[-1].event.originator_version
    return Stream(kept, state)
