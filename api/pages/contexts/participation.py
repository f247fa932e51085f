"""What pages show of what people bring: a line each, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.pieces import Act, Phrase, Status
from domain.values import Theme


@dataclass(frozen=True, slots=True)
class TraceShown:
    """What a contribution feeds, and where that is; ``text`` is None where it was erased."""

    said: Phrase
    text: str | None
    href: str


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """One contribution: who said it, how, when; ``waits`` days for an answer; ``traces`` or ``why`` say what became of
    it, ``told`` when people were told."""

    anchor: str
    text: str | None
    theme: Theme
    heard: Phrase
    people: int | None
    given_on: date
    status: Status
    state: str
    waits: int | None
    traces: tuple[TraceShown, ...]
    outcome: str | None
    why: str | None
    told: Phrase | None
    href: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class ContributionsShown:
    """What was said: how much of it has an outcome, what waits for one, what has one, who spoke at which stage."""

    answer: tuple[Phrase, ...]
    waiting: tuple[ContributionLine, ...]
    answered: tuple[ContributionLine, ...]
    voices: tuple[Phrase, ...] = ()
    acts: tuple[Act, ...] = ()
