"""What pages show of an arbitration: the question, what there was to choose from, and what was."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.participation import TraceShown
from api.pages.contexts.pieces import Act


@dataclass(frozen=True, slots=True)
class AlternativeShown:
    """One alternative; ``chosen``: whether it is the one that was. A text is None where it was erased, empty where
    nothing was said."""

    what: str | None
    in_favour: str | None
    against: str | None
    cost_cents: int | None
    defended_by: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WeighedShown:
    """An arbitration whole; ``again`` links the one that it opens again and the one that opened it again since."""

    question: str | None
    outcome: str
    alternatives: tuple[AlternativeShown, ...]
    why: str | None
    criteria: str | None
    settles: tuple[TraceShown, ...]
    again: tuple[Act, ...]
    href: str
