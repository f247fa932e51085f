"""The contract of ``work.html``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from api.pages.contexts.pieces import NextAct, Phrase, Status


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing to do, on which territory, and its page there."""

    territory: str
    href: str
    next: NextAct


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A fact that somebody else recorded, and where it stands in the journal."""

    on: date
    sentence: str
    territory: str
    href: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One of the reader's territories, with its status."""

    name: str
    href: str
    status: Status


@dataclass(frozen=True, slots=True)
class WorkPage:
    """``work.html``: what must I do? By when, apart from what is somebody else's; what moved ``since`` a day,
    ``moved_more`` facts beside those shown; ``is_last_visit``: that of the reader's last visit."""

    answer: tuple[Phrase, ...]
    groups: Mapping[str, tuple[WorkLine, ...]] = field(default_factory=dict)
    moved: tuple[MovedLine, ...] = ()
    moved_more: int = 0
    since: date | None = None
    is_last_visit: bool = False
    places: tuple[PlaceLine, ...] = ()
