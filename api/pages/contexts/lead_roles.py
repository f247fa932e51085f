"""What pages show of who leads: a line for each lead role, with what is contested of it beneath."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.pieces import Act, Phrase, Status
from domain.values import Theme


@dataclass(frozen=True, slots=True)
class LeadDisputeShown:
    """A partner that contests: what it wants and why; what became of it, and why; the acts that are for the reader."""

    anchor: str
    said: Phrase
    why: str | None
    settled: Phrase | None
    answer: str | None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadLine:
    """Who leads or coordinates (``kind``) on a theme, ``None`` for all; nobody, where ``who`` is empty. ``why``: the
    reason for which the last partner left it."""

    anchor: str
    kind: str
    theme: Theme | None
    who: tuple[str, ...]
    since: date
    state: str
    status: Status
    over_on: date | None
    why: str | None
    disputes: tuple[LeadDisputeShown, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadsShown:
    """Who leads on a place: those that are live, those that are over, the acts that give a role."""

    live: tuple[LeadLine, ...]
    over: tuple[LeadLine, ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def contested(self) -> int:
        """How many are contested."""
        return sum(one.state == "CONTESTED" for one in self.live)


@dataclass(frozen=True, slots=True)
class LeadSaid:
    """One piece of the line that says who leads: of all, or of a theme; contested or not."""

    kind: str
    theme: Theme | None
    who: tuple[str, ...]
    is_contested: bool


@dataclass(frozen=True, slots=True)
class LeadsSaid:
    """The line that says who leads, and where it is told whole; `is_framework`: in the whole framework."""

    said: tuple[LeadSaid, ...]
    href: str
    is_framework: bool = False
