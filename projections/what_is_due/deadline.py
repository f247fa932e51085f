"""One line of what is due, in one of seven states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.agenda import MUTED, Occurrence
from domain.calendar import DatedStep, ReviewPeriod
from domain.values import Code
from projections.what_is_due.waited_for import Thing

PLANNED = Code("PLANNED")
DUE_SOON = Code("DUE_SOON")
"""Its first reminder is past and its day is not."""
MISSED = Code("MISSED")
MET = Code("MET")
MET_LATE = Code("MET_LATE")
WATCHED = Code("WATCHED")
"""Past its day, and nobody was obliged: an optional signature."""
ANSWERED = Code("ANSWERED")
"""The partner's own body said no: nobody is asked again until it votes anew or the committee decides."""


@dataclass(frozen=True)
class Deadline:
    """One line of the sheet: which deadline of the method, about what, due when, in what state today.

    `days_late`: calendar days from the due day to the day it was met, or to today; 0 when in time. `partner_id`: whose
    mandate or signature (D09 to D11); `review_period`: which review (D16); `role`: which one is vacant (D23).
    `next_step`: the next message, while it is not met. `moves`: whether its messages wait for a working day.
    `missed_before`: that it is late was said under a former method.
    """

    convention_id: UUID | None
    territory_id: UUID | None
    id: Code
    occurrence: Occurrence
    trigger_on: date
    due_on: date
    met_on: date | None
    met_by: UUID | None
    state: Code
    days_late: int
    steps: tuple[DatedStep, ...]
    next_step: DatedStep | None
    moves: bool = True
    partner_id: UUID | None = None
    review_period: ReviewPeriod | None = None
    missed_before: bool = False
    met_elsewhere: bool = False
    """Whether it was met outside, on proof."""
    muted_until: date | None = None
    role: Code | None = None
    is_signature: bool = False
    """Whether it is the signature itself that its partner owes (D11)."""
    owner_id: UUID | None = None
    """The partner that is asked of several things together: its actions (D13, D14, S05), what it pledged (D19)."""
    things: tuple[Thing, ...] = ()
    """Those of them that it still waits for, or that give no news."""
    framework_id: UUID | None = None
    """The framework that it is of; a deadline of a convention is of none."""
    met_until: date | None = None
    """The last day until which what met it does, where it may cease to."""
    about_on: date | None = None
    """The day of the meeting that it is about, where there are several (D07, D08)."""

    @property
    def is_open(self) -> bool:
        """Whether something is still expected."""
        return self.met_on is None and self.state not in (ANSWERED, MUTED)

    @property
    def is_silence(self) -> bool:
        """Whether it is about what gives no news (S01 to S13)."""
        return is_silence(self.id)


def is_silence(deadline: str) -> bool:
    """Whether a deadline of a method is about what gives no news."""
    return deadline.startswith("S")
