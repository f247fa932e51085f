"""The contract of ``search.html``."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import Phrase, Status

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, those that were sought marked."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One thing found: its title (``None`` once erased), where it is shown, what is said beside it, and the places
    where it is, of which ``more`` are left out. ``status``: of a territory."""

    title: Pieces | None
    href: str
    beside: tuple[Phrase, ...]
    places: tuple[tuple[str, str], ...] = ()
    more: int = 0
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """The things found of one kind: some of ``total``, the others at ``more_href``."""

    kind: str
    total: int
    lines: tuple[FoundLine, ...]
    more_href: str | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One way to narrow what was found: a kind, or a territory, with how many there are of it."""

    label: Phrase
    count: int
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """``search.html``: what is known under some words? ``hidden``: what the box sends again beside them.

    ``instead`` is what may have been meant where nothing was found: the words and the address that seeks them.
    ``browse`` says what can be looked for; ``all_read`` is false where some titles were not read.
    """

    typed: str
    answer: tuple[Phrase, ...]
    groups: tuple[FoundGroup, ...] = ()
    kinds: tuple[Narrowing, ...] = ()
    places: tuple[Narrowing, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    instead: tuple[str, str] | None = None
    browse: tuple[Narrowing, ...] = ()
    all_read: bool = True
    newer_href: str | None = None
    older_href: str | None = None
    drop_href: str | None = None
