"""Why a deadline has the day it has: its days one after the other, each with the fact that fixed it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from api.pages.contexts import Phrase
from api.pages.mistakes import Mistakes
from api.pages.view import View
from domain.kernel import TOPIC_PREFIX
from projections.which_deadlines_moved import DayFixed, moved
from workflows.instants import PARIS


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day that a deadline had, since when that is known, and the fact in the journal that fixed it."""

    on: date
    since: date
    because: Phrase
    href: str


@dataclass(frozen=True, slots=True)
class MovesLine:
    """A deadline that moved, with its days."""

    label: Phrase
    days: tuple[DayLine, ...]


def moves_lines(view: View, holidays: Container[date]) -> tuple[MovesLine, ...]:
    """The deadlines that moved, in the order of the sheet."""
    mistakes = Mistakes(view.ask, view.dossier)
    lines = {one.occurrence: one for one in view.told.known.sheet}
    return tuple(
        MovesLine(
            view.told.deadline(lines[one.occurrence]).label,
            tuple(
                DayLine(
                    day.due_on,
                    day.recorded_at.astimezone(PARIS).date(),
                    _because(mistakes, day),
                    view.told.trail(day.event_id),
                )
                for day in one.days
            ),
        )
        for one in moved(view.dossier, view.ask.today, holidays)
    )


def _because(mistakes: Mistakes, day: DayFixed) -> Phrase:
    target = mistakes.events.get(day.mended_id) if day.mended_id is not None else None
    fact = target or mistakes.events[day.event_id]
    key = f"page.moves.because.{day.topic.removeprefix(TOPIC_PREFIX)}" if target is not None else "page.literal"
    return Phrase(key, {"text": mistakes.telling.label(fact)})
