"""The shape of a method's `calendars`: what dates are looked at with, beside working days."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.method import Calendars, Pause, Vote
from workflows.methods.vocabulary import PartnerKind, Pattern, Shape, Some, codes

DayOfYear = Annotated[str, Pattern(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", "07-15")]
Month = Annotated[str, Pattern(r"2[0-9]{3}-(?:0[1-9]|1[0-2])", "2032-03")]


class PauseShape(Shape):
    """One of `council_pauses`: the first and the last day, month first."""

    first: DayOfYear
    last: DayOfYear

    def read(self) -> Pause:
        """As the domain knows it."""
        return Pause(_pair(self.first), _pair(self.last))


class VoteShape(Shape):
    """One of `votes`: its month, and whose councils it renews."""

    month: Month
    partner_kinds: Some[PartnerKind]

    def read(self) -> Vote:
        """As the domain knows it."""
        return Vote(*_pair(self.month), codes(self.partner_kinds))


class CalendarsShape(Shape):
    """`calendars`."""

    school_holidays: bool
    council_pauses: list[PauseShape]
    council_pause_before_vote_months: Annotated[int, Field(ge=0, le=12)]
    reserve_months: Annotated[int, Field(ge=0, le=24)]
    votes: list[VoteShape]

    def read(self) -> Calendars:
        """As the domain knows it."""
        return Calendars(
            self.school_holidays,
            tuple(one.read() for one in self.council_pauses),
            self.council_pause_before_vote_months,
            self.reserve_months,
            tuple(one.read() for one in self.votes),
        )


def _pair(text: str) -> tuple[int, int]:
    first, second = text.split("-")
    return int(first), int(second)
