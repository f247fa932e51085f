"""The work of a sweep in parts, which several workers share: each part is one worker's for a moment, by a lease.

Which part a convention is of never changes, so workers that begin at different moments agree on it. A worker returns
when every part is done by somebody: what a dead one had taken is taken over when its lease has lapsed. What two do at
once, because a lease was lost, is recorded once all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from uuid import UUID

from workflows.leases import Leases

PARTS: Final = 64
"""Enough that eight workers end at about the same time, few enough that taking them costs next to nothing."""

LASTING_SECONDS: Final = 20.0
"""For how long a part stays with a worker that says nothing more; a part takes a second or two."""

ENOUGH: Final = 20
"""Conventions for which it is worth asking for a part: smaller ones are taken together."""

SWEEP: Final = "sweep"
"""The work of the agendas of conventions."""

_LOOK_AGAIN_SECONDS: Final = 0.3


def in_parts(
    due: Callable[[], Sequence[UUID]], leases: Leases | None, most: int, work: str = SWEEP
) -> Iterator[Sequence[UUID]]:
    """Some of the conventions that are `due` at a time, `most` at most where nobody shares; each part counts as done
    when the next is asked. `work`: what is done, whose parts are of no other work.

    What is due is asked anew for each part when it is taken, and a part that others have done counts for whoever asked
    before they took it: whoever began later does it again, for something in it may have become due in between.
    """
    if leases is None:
        conventions = due()
        yield from (conventions[start : start + most] for start in range(0, len(conventions), most))
        return
    left = _parts(due(), leases.holder, work)
    since = leases.now()
    while left:
        if not (taken := leases.take_some(_next(left), LASTING_SECONDS, since)):
            taken = _taken_elsewhere(left, leases, since)
        if taken:
            as_of, parts = leases.now(), _parts(due(), leases.holder, work)
            if some := [one for name in taken for one in parts.get(name, ())]:
                yield some
            leases.done(taken, as_of)
            left = {name: some for name, some in left.items() if name not in taken}
        elif left:
            time.sleep(_LOOK_AGAIN_SECONDS)


def _taken_elsewhere(left: dict[str, list[UUID]], leases: Leases, since: float) -> frozenset[str]:
    """Forget what others have done, and take any of the rest that is free."""
    for name in leases.done_since(list(left), since):
        del left[name]
    for name in left:
        if taken := leases.take_some((name,), LASTING_SECONDS, since):
            return taken
    return frozenset()


def _parts(conventions: Sequence[UUID], holder: UUID, work: str) -> dict[str, list[UUID]]:
    """The conventions by their part; each worker begins elsewhere."""
    parts: dict[int, list[UUID]] = {}
    for one in conventions:
        parts.setdefault(one.int % PARTS, []).append(one)
    first = holder.int % PARTS
    return {f"{work} {number:02}": parts[number] for number in sorted(parts, key=lambda one: (one - first) % PARTS)}


def _next(left: dict[str, list[UUID]]) -> list[str]:
    """The first parts that hold enough together."""
    names, count = [], 0
    for name, some in left.items():
        names.append(name)
        count += len(some)
        if count >= ENOUGH:
            break
    return names
