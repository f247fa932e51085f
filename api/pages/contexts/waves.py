"""What the page of the diagnosis shows of its themed waves."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import Act, Phrase, Status
from domain.values import Theme


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme that a wave promised, and what it brought; ``lacks`` where the wave is over and brought no finding."""

    theme: Theme
    brought: tuple[Phrase, ...]
    lacks: bool


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave: of which diagnosis, its days, where it stands, its themes, the act that comes next."""

    title: str | None
    href: str
    days: Phrase
    status: Status
    state: Phrase
    themes: tuple[ThemeLine, ...]
    notes: tuple[Phrase, ...]
    act: Act | None
    others: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class WavesShown:
    """The waves of the diagnoses of a territory; ``lacking``: themes promised by waves that are over, without
    finding."""

    waves: tuple[WaveLine, ...]
    lacking: int
    acts: tuple[Act, ...] = ()
