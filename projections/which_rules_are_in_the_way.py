"""Which rules are in the way of each act on a convention today, whatever its form says?

Asked of the functions that decide (`gate`): an act that is closed here is refused there, with the same codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

import domain  # noqa: F401 - registers every command
from domain.convention.closed import check_not_closed
from domain.kernel import COMMANDS, Actor, Aggregate, BrokenRule, Case, Context, Event
from domain.steering.acting import BodyCommand
from projections.engine import Dossier

AggregateT = TypeVar("AggregateT", bound=Aggregate)

NOBODY = UUID(int=0)
"""Who asks: rules are the same for all, rights are weighed apart."""

GATED: Mapping[str, Any] = {name: kind for name, kind in COMMANDS.items() if hasattr(kind, "gate")}
"""Every act on a convention, on its committees and on its action sheets."""


class _InTheWay(Mapping[str, tuple[BrokenRule, ...]]):
    """For each act by its name, the rules that refuse it. Each is asked when somebody wants to know: lists want few."""

    def __init__(self, dossier: Dossier, today: date) -> None:
        self._dossier = dossier
        self._streams = _Streams(dossier)
        self._context = Context(
            actor=Actor(NOBODY, ()), today=today, now=datetime.combine(today, time(), UTC), correlation_id=NOBODY
        )
        self._known: dict[str, tuple[BrokenRule, ...]] = {}

    def __getitem__(self, name: str) -> tuple[BrokenRule, ...]:
        known = self._known.get(name)
        if known is None:
            case, around = Case(self._context, self._streams, None), self._dossier
            weighed = tuple(GATED[name].gate(around.convention, case, around).refused)
            known = self._known[name] = (*weighed, *self._over(GATED[name]))
        return known

    def _over(self, act: type[Any]) -> tuple[BrokenRule, ...]:
        """Of a convention that is over: its committees go on under another one, where their acts are open."""
        over = check_not_closed(self._dossier.convention) if issubclass(act, BodyCommand) else None
        return (over,) if over is not None else ()

    def __iter__(self) -> Iterator[str]:
        return iter(GATED)

    def __len__(self) -> int:
        return len(GATED)


def in_the_way(dossier: Dossier, today: date) -> Mapping[str, tuple[BrokenRule, ...]]:
    """For each act by its name, the rules that refuse it; none where it is open."""
    return _InTheWay(dossier, today)


@dataclass(frozen=True)
class _Streams:
    """The streams of a dossier as rules look at them."""

    dossier: Dossier

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """See `domain.kernel.Streams`."""
        found = self.dossier.streams.get(stream_id)
        return found.state if found is not None and isinstance(found.state, kind) else None

    def beside(self, kind: type[AggregateT], convention_id: UUID) -> Sequence[AggregateT]:
        """See `domain.kernel.Streams`."""
        return tuple(self.dossier.states(kind))

    def following(self, kind: type[AggregateT], territory_id: UUID) -> Sequence[AggregateT]:
        """See `domain.kernel.Streams`."""
        return [one for one in self.dossier.states(kind) if one.follows(territory_id)]

    def rely_on(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`: nothing is saved by asking."""

    def change(self, aggregate: Aggregate) -> None:
        """Nothing is changed by asking."""
        raise AssertionError(f"a gate changes nothing: {aggregate}")

    def history(self, stream_id: UUID) -> Sequence[Event]:
        """A gate asks of states only."""
        raise AssertionError(f"a gate reads no history: {stream_id}")

    on_territory = mentioning = history

    def standing(self, stream_id: UUID) -> Aggregate | None:
        """See `domain.kernel.Streams`."""
        found = self.dossier.streams.get(stream_id)
        return found.state if found is not None else None
