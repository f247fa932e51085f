"""What is awaited of a whole framework: what partners pledged to it, what its committees decided; the worst first."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

from domain.roles import COOPERATION_OFFICER
from projections.engine import WholeFramework
from projections.how_a_convention_does.known import status_of, what
from projections.saying import Asked, Expected, InRole, Said
from projections.what_comes_next import MEETINGS, PLEDGES, Awaited
from projections.what_is_due.deadline import DUE_SOON, MISSED, WATCHED, Deadline
from projections.what_is_due.of_frameworks import ACT_OF, framework_sheet
from projections.what_is_due.waited_for import PLEDGE
from projections.who_does_what_next import When
from projections.who_is_in_charge import in_charge_on

WAITED_FOR = (MISSED, WATCHED, DUE_SOON)
"""The states of a deadline in which somebody is to do something."""


def awaited_of_framework(place: WholeFramework, today: date, holidays: Container[date]) -> tuple[Awaited, ...]:
    """Everything awaited of it today, what is latest first."""
    sheet = framework_sheet(place, today, holidays)
    found = [of_framework_deadline(place, one, today) for one in sheet if one.is_open and one.state in WAITED_FOR]
    return tuple(sorted(found, key=lambda one: -one.days_late))


def of_framework_deadline(place: WholeFramework, deadline: Deadline, today: date) -> Awaited:
    """A deadline of a framework as something awaited; of a silence, since when nothing was heard."""
    act = ACT_OF[place.method.deadline(deadline.id).trigger]
    asked = tuple(Asked(step.on, step.recipients) for step in deadline.steps)
    silent = Said(word="silence", of=deadline.id, on=deadline.trigger_on, asked=asked)
    of_pledges = any(one.kind == PLEDGE for one in deadline.things)
    return Awaited(
        what(deadline),
        status_of(deadline),
        act,
        PLEDGES if of_pledges else MEETINGS,
        why=silent if deadline.is_silence else None,
        due_on=None if deadline.is_silence else deadline.due_on,
        days_late=0 if deadline.is_silence else deadline.days_late,
        expected=_expected(place, deadline, today),
        occurrence=deadline.occurrence,
        owner_id=deadline.owner_id,
        things=deadline.things if deadline.is_open else (),
    )


def _expected(place: WholeFramework, deadline: Deadline, today: date) -> Expected | None:
    """The partner of whom it is asked, else whoever prepares the meetings there, or the next one up."""
    if deadline.owner_id is not None:
        return Expected(deadline.owner_id)
    people = in_charge_on(place, place.method, today)
    found = [InRole(one.person_id, one.role) for one in people.of(COOPERATION_OFFICER, None)]
    return Expected(people=tuple(dict.fromkeys(found))) if found else None


def when_on_framework(one: Awaited, today: date) -> When:
    """When whoever steers it has to do one of them: nobody else may say it."""
    if one.days_late > 0:
        return "late"
    due_on = one.due_on or date.max
    if due_on > today + timedelta(days=30):
        return "later"
    return "week" if due_on <= today + timedelta(days=7) else "month"
