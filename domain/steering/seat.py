"""One seat of a body: whose it is, who sits there since when, and the times in which nobody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.roles import Renewal
from domain.values import Code

CHAIR: Final = Code("CHAIR")
CO_CHAIR: Final = Code("CO_CHAIR")
ADVISER: Final = Code("ADVISER")
"""A seat without a vote, which no quorum counts."""
ELECTED: Final = Code("ELECTED")


@dataclass(frozen=True)
class Vacancy:
    """A time in which nobody held a seat, until `filled_on` (None while it lasts), by the event `filled_by`; and the
    renewal of mandates that emptied it, where one did."""

    since: date
    cause: Code
    renewal_id: UUID | None = None
    filled_on: date | None = None
    filled_by: UUID | None = None


@dataclass(frozen=True)
class Seat:
    """A seat and who sits there. It is vacant from the day on which its holder left until it is filled again.

    `filled_on`: since when whoever sits there does, where it is not since the seat was given. Past vacancies are kept:
    a meeting is weighed by who sat on its day.
    """

    partner_id: UUID
    seat_role: Code
    college: Code
    given_on: date
    person_id: UUID | None
    substitute_id: UUID | None
    filled_on: date | None = None
    vacancies: tuple[Vacancy, ...] = ()
    ended_on: date | None = None

    @property
    def vacancy(self) -> Vacancy | None:
        """The one that lasts."""
        return self.vacancies[-1] if self.vacancies and self.vacancies[-1].filled_on is None else None

    @property
    def vacant_since(self) -> date | None:
        """Since when nobody sits there, None while somebody does."""
        return self.vacancy.since if self.vacancy is not None else None

    @property
    def is_vacant(self) -> bool:
        """Whether it waits for somebody."""
        return self.ended_on is None and self.vacancy is not None

    def held_on(self, day: date) -> bool:
        """Whether there was such a seat that day: from the day on which it was given, until that of its end."""
        return self.given_on <= day and (self.ended_on is None or day < self.ended_on)

    def votes_on(self, day: date) -> bool:
        """Whether it counted for the quorum that day: a vote, and somebody to cast it."""
        vacant = any(one.since <= day and (one.filled_on is None or day < one.filled_on) for one in self.vacancies)
        return self.held_on(day) and self.seat_role != ADVISER and not vacant

    def is_emptied_by(self, renewal: Renewal) -> bool:
        """Whether elections end the mandate of whoever sits there: an elected person, or a chair, of such a partner,
        who sat before them."""
        elected = self.college == ELECTED or self.seat_role in (CHAIR, CO_CHAIR)
        before = (self.filled_on or self.given_on) < renewal.on and self.held_on(renewal.on)
        return elected and before and self.vacancy is None and self.partner_id in renewal.partners
