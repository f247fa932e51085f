"""Which rules are in the way of each act on a convention today, whatever its form says?

Asked of the functions that decide (`gate`): an act that is closed here is refused there, with the same codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

import domain  # noqa: F401 - registers every command
from domain.kernel import COMMANDS, Actor, Aggregate, BrokenRule, Case, Context
from projections.engine import Dossier

AggregateT = TypeVar("AggregateT", bound=Aggregate)

NOBODY = UUID(int=0)
"""Who asks: rules are the same for all, rights are weighed apart."""

GATED: Mapping[str, Any] = {name: kind for name, kind in COMMANDS.items() if hasattr(kind, "gate")}
"""Every act on a convention, on its committees and on its action sheets."""


def in_the_way(dossier: Dossier, today: date) -> dict[str, tuple[BrokenRule, ...]]:
    """For each act by its name, the rules that refuse it; none where it is open."""
    context = Context(
        actor=Actor(NOBODY, ()), today=today, now=datetime.combine(today, time(), UTC), correlation_id=NOBODY
    )
    streams = _Streams(dossier)
    return {
        name: tuple(command.gate(dossier.convention, Case(context, streams, None), dossier).refused)
        for name, command in GATED.items()
    }


@dataclass(frozen=True)
class _Streams:
    """The streams of a dossier as rules look at them."""

    dossier: Dossier

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """See `domain.kernel.Streams`."""
        found = self.dossier.streams.get(stream_id)
        return found.state if found is not None and isinstance(found.state, kind) else None

    def change(self, aggregate: Aggregate) -> None:
        """Nothing is changed by asking."""
        raise AssertionError(f"a gate changes nothing: {aggregate}")
