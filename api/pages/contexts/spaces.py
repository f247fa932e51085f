"""What pages show of permanent spaces, and of the stages at which people were heard."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import Act, Phrase, Status


@dataclass(frozen=True, slots=True)
class SaidThere:
    """A contribution of a space and, in a word, what became of it; ``text`` is None where it was erased."""

    text: str | None
    href: str
    status: Status
    state: str


@dataclass(frozen=True, slots=True)
class SpaceLine:
    """A permanent space: whose, since when, its last meeting, what was said there; ``status`` only where it is quiet
    or closed."""

    anchor: str
    name: str | None
    href: str
    about: tuple[Phrase, ...]
    status: Status | None
    state: str
    heard: Phrase
    said: tuple[SaidThere, ...]
    with_outcome: Phrase | None
    why: str | None
    act: Act | None
    others: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage at which people were heard: how, and how many of each college; ``heard`` is empty where nobody was."""

    stage: str
    people: int
    heard: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SpacesShown:
    """The permanent spaces of a territory, and the three stages."""

    spaces: tuple[SpaceLine, ...]
    stages: tuple[StageLine, ...]
    quiet: int
    acts: tuple[Act, ...] = ()
