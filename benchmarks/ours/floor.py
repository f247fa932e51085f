"""The statements of our commands and nothing else: what is decided on one store is appended, undecided, to another.

It says what is left to gain by deciding faster: no command can take less than its append.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from benchmarks.ours.conventions import Telling
from benchmarks.ours.country import Country
from benchmarks.peers.asked import Ask, telling
from ctg_engine.bootstrap import House

Append = Callable[[], object]


def asks(decided: House, measured: House) -> dict[str, Ask]:
    """What is asked of a writer that decides on the first house, outside the clock, and appends to the second."""
    appended: list[Append] = []
    told: set[UUID] = set()
    deciding, measuring = decided.steering.log.log, measured.steering.log.log
    append = deciding.append

    def recorded(rows: Any, beside: Any = (), guards: Any = (), *given: Any, **named: Any) -> Any:
        told.update(row.stream_id for row in rows)
        # What each house was founded with, its methods, it recorded by itself: the other one's is not there.
        shared = [guard for guard in guards if guard.stream_id in told or not guard.version]
        appended.append(lambda: measuring.append(rows, beside, shared, *given, **named))
        return append(rows, beside, guards, *given, **named)

    vars(deciding)["append"] = recorded
    country = Country(decided)

    def prepare(conventions: int) -> list[list[Append]]:
        tellings = [Telling(country, country.place()) for _ in range(conventions)]
        for one in _taken(appended):
            one()
        prepared = []
        for one_telling in tellings:
            for command in one_telling.measured():
                decided.steering.execute(command, country.context(one_telling.place.pilot, key=str(uuid4())))
            prepared.append(_taken(appended))
        return prepared

    def tell(appends: list[Append]) -> int:
        for one in appends:
            one()
        return len(appends)

    return telling(prepare, tell)


def _taken(appended: list[Append]) -> list[Append]:
    taken = list(appended)
    appended.clear()
    return taken
