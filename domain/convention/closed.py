"""Whether a convention is closed: the state that every act looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.convention.state import TerritorialConvention
from domain.kernel import BrokenRule, Case, Level, Part, part


@dataclass(frozen=True)
class ConventionIsClosed(BrokenRule):
    """A closed convention takes no decision any more."""

    RULE = ""
    LEVEL = Level.HARD
    closed_on: date


@dataclass(frozen=True)
class RecordedAfterClosing(BrokenRule):
    """A fact of a closed convention is recorded all the same, and whoever records it is told so."""

    RULE = ""
    LEVEL = Level.NOTICE
    closed_on: date


@part(TerritorialConvention, "closing")
@dataclass
class Closing(Part):
    """The day it was closed, None while it is not."""

    closed_on: date | None = None


def check_not_closed(state: TerritorialConvention) -> ConventionIsClosed | None:
    """The rule that refuses a decision of a closed convention, None while it is not closed."""
    closed_on = Closing.of(state).closed_on
    return ConventionIsClosed(closed_on) if closed_on is not None else None


def check_open(state: TerritorialConvention, case: Case, *, is_fact: bool) -> None:
    """A closed convention takes no decision; a fact is recorded, which whoever records it is told."""
    closed_on = Closing.of(state).closed_on
    if closed_on is not None:
        case.broken(RecordedAfterClosing(closed_on) if is_fact else ConventionIsClosed(closed_on))
