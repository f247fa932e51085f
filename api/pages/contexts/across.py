"""The contract of ``across.html``: which themes are crossed in which territory."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import Phrase
from api.pages.matrix_pieces import Matrix
from domain.values import Theme


@dataclass(frozen=True, slots=True)
class PlaceAcross:
    """A territory in the row of a theme: how many people came, and what the theme lacks there."""

    name: str
    href: str
    present: int
    missing: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeAcrossShown:
    """A theme with the territories of the page that crossed it, and those that did not."""

    theme: Theme
    crossed: tuple[PlaceAcross, ...]
    not_crossed: tuple[PlaceAcross, ...]


@dataclass(frozen=True, slots=True)
class AcrossPage:
    """``across.html``: so many territories a page, those that have most to cross first; ``without``: how many have no
    theme yet."""

    answer: tuple[Phrase, ...]
    matrix: Matrix | None
    themes: tuple[ThemeAcrossShown, ...]
    total: int
    without: int
    newer_href: str | None = None
    older_href: str | None = None
