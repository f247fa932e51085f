"""What follows by itself? The commands that the engine sends about a convention, each with its cause and its day.

One function for each reaction, of what is recorded alone: asked again it says the same, until what it awaits is
recorded. When and by whom the commands are sent is not decided here (`workflows/reactions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from domain.values import Code
from projections.engine import Dossier
from projections.what_follows.end_of_term import end_of_term
from projections.what_follows.entry_into_force import entry_into_force
from projections.what_follows.following import Following
from projections.what_follows.lapsed_corrections import lapsed_corrections

__all__ = ["REACTIONS", "Following", "due", "next_day"]

REACTIONS: Final[Mapping[Code, Callable[[Dossier, date], Iterable[Following]]]] = {
    Code("entry-into-force"): entry_into_force,
    Code("end-of-term"): end_of_term,
    Code("lapsed-corrections"): lapsed_corrections,
}
"""By name. A reaction to minutes that are overdue has its place here once meetings have minutes."""


def due(dossier: Dossier, today: date) -> tuple[Following, ...]:
    """What is to be sent today: its day has come and it is not recorded yet. Nothing of what was opened by mistake."""
    return tuple(one for one in _all(dossier, today) if one.on <= today)


def next_day(dossier: Dossier, today: date) -> date | None:
    """The next day, after today, on which time alone brings something; None when it brings nothing."""
    return min((one.on for one in _all(dossier, today) if one.on > today), default=None)


def _all(dossier: Dossier, today: date) -> Iterable[Following]:
    if dossier.convention.is_annulled:
        return ()
    return [one for reaction in REACTIONS.values() for one in reaction(dossier, today)]
