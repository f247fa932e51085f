"""The calendars of councils and votes that a method looks at: pauses, the weeks before a vote, the electoral reserve.

Pure arithmetic on the method's own data. They give a notice and move no date.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date
from typing import Final

from domain.calendar import add_months
from domain.method import Calendars, Vote
from domain.values import Code

COUNCIL_PAUSE: Final = Code("COUNCIL_PAUSE")
BEFORE_VOTE: Final = Code("BEFORE_VOTE")
RESERVE: Final = Code("RESERVE")


def reserve(vote: Vote, months: int) -> tuple[date, date]:
    """The days on which the electoral reserve holds for a vote, both included (electoral code, L52-1).

    From the first day of the sixth month before that of the vote; its day is set by decree, so that the whole month of
    the vote belongs to it.
    """
    first = date(vote.year, vote.month, 1)
    return add_months(first, -months), _end_of_month(first)


def council_clashes(day: date, calendars: Calendars, partner_kinds: Collection[str] | None = None) -> tuple[Code, ...]:
    """What of these calendars a day falls into; of the votes, those that renew the councils of these kinds of partners,
    or of any."""
    found: list[Code] = []
    of_year = (day.month, day.day)
    if any(_is_between(pause.first, of_year, pause.last) for pause in calendars.council_pauses):
        found.append(COUNCIL_PAUSE)
    votes = [
        one for one in calendars.votes if partner_kinds is None or not set(partner_kinds).isdisjoint(one.partner_kinds)
    ]
    for code, months in (
        (BEFORE_VOTE, calendars.council_pause_before_vote_months),
        (RESERVE, calendars.reserve_months),
    ):
        if months and any(first <= day <= last for first, last in (reserve(vote, months) for vote in votes)):
            found.append(code)
    return tuple(found)


def _is_between(first: tuple[int, int], day: tuple[int, int], last: tuple[int, int]) -> bool:
    """Of days of the year; a pause may reach over its end."""
    return first <= day <= last if first <= last else day >= first or day <= last


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
