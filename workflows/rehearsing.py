"""A convention's calendar to come, played in memory: who would be told what, and when, if nothing is done.

The clock is a parameter. What is said on each day is asked of the function of the sweep, on the convention's facts and
method, after what its agenda has said: there is no second rule book. Nothing is recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from domain.agenda import (
    ESCALATION,
    REMINDER,
    Agenda,
    DeadlineMissed,
    Occurrence,
    PendingStep,
    ReminderEscalated,
    ReminderSent,
    Spoken,
    missed_on,
)
from domain.calendar import add_months, next_working_day
from domain.convention.methods_followed import MethodsFollowed
from domain.kernel import People as KnownOnes
from domain.method import MethodProfile
from domain.values import Code
from projections.engine import Dossier, Moment
from projections.engine.supposed import opened_under
from workflows.clashes import clashes
from workflows.deadlines import new_on
from workflows.instants import PARIS
from workflows.known_people import AtOneMoment

MISSED: Final = Code("MISSED")
DONE: Final = Code("DONE")
"""What a typical convention did: a rehearsal of a method alone tells it."""
AFTER_TERM: Final = 6
"""Months after its term until which a convention is played: its last review falls due then, and is asked for."""

_DAY: Final = timedelta(days=1)


class NotBegun(ValueError):
    """What is to be played would end before its `first` day."""

    def __init__(self, first: date) -> None:
        super().__init__(f"nothing was recorded before {first}")
        self.first = first


@dataclass(frozen=True)
class Foreseen:
    """One thing that would be said on a day: a message (`REMINDER`, `ESCALATION`), a due day `MISSED` or what was then
    `DONE`; about which deadline, to whom, in which roles."""

    on: date
    deadline: Code
    occurrence: Occurrence
    due_on: date
    kind: Code
    offset_days: int
    recipients: tuple[UUID, ...]
    roles: tuple[Code, ...]

    @property
    def what(self) -> tuple[Occurrence, Code, int]:
        """What is said, whatever its day and its people."""
        return self.occurrence, self.kind, self.offset_days


@dataclass(frozen=True)
class Clash:
    """A due day or a message that falls on a day to think of: which deadline, and what the day is (`clash`)."""

    on: date
    deadline: Code
    is_due: bool
    causes: tuple[Code, ...]


@dataclass(frozen=True)
class Rehearsal:
    """What would be said of one convention between two days, in order; steps for which nobody holds a role are
    `unheard`."""

    convention_id: UUID
    first: date
    last: date
    said: tuple[Foreseen, ...]
    unheard: int
    holidays: Container[date]

    @property
    def messages(self) -> tuple[Foreseen, ...]:
        """What somebody would be told."""
        return tuple(one for one in self.said if one.kind in (REMINDER, ESCALATION))

    def mails(self) -> Mapping[tuple[UUID, date], int]:
        """Mails for each person and month (by its first day)."""
        return Counter((person, on.replace(day=1)) for person, on in self.mail_days())

    def mail_days(self) -> frozenset[tuple[UUID, date]]:
        """The days on which somebody gets a mail: what leaves to one person on one day is one, and on a day off none
        leaves."""
        return frozenset(
            (person, next_working_day(one.on, self.holidays)) for one in self.messages for person in one.recipients
        )


def rehearse(dossier: Dossier, first: date, last: date, holidays: Container[date], people: KnownOnes) -> Rehearsal:
    """Play the days from `first` to `last` over the facts of today: nothing more is done, the chain goes to its end."""
    spoken = Spoken.of(dossier.agenda)
    said, unheard, _ = play(dossier, spoken, first, last, holidays, AtOneMoment(people))
    return Rehearsal(dossier.convention_id, first, last, tuple(said), unheard, holidays)


def last_day(dossier: Dossier) -> date:
    """Until when a convention is played: some months after its term."""
    return add_months(dossier.convention.period.effective_to, AFTER_TERM)


def replayed(
    dossier: Dossier, method: MethodProfile, last: date, holidays: Container[date], people: KnownOnes
) -> Rehearsal:
    """The real past of a convention under another method, from its first day on, with what each day had recorded.

    People are those who hold a role on the day, as is known today. Raises `NotBegun`.
    """
    spoken, said, unheard, people = Spoken(), list[Foreseen](), 0, AtOneMoment(people)
    recorded = [entry.event for entry in dossier.entries]
    first = min(one.recorded_on for one in recorded if one.originator_id == dossier.convention_id)
    if last < first:
        raise NotBegun(first)
    days = sorted({one.recorded_on for one in recorded if first <= one.recorded_on <= last})
    for day, following in zip(days, [*days[1:], last + _DAY], strict=True):
        supposed = opened_under(_by_the_end_of(dossier, day), method)
        more, waiting, _ = play(supposed, spoken, day, following - _DAY, holidays, people)
        said += more
        unheard += waiting
    return Rehearsal(dossier.convention_id, first, last, tuple(said), unheard, holidays)


def _by_the_end_of(dossier: Dossier, day: date) -> Dossier:
    """What was recorded by the end of a day on which its convention was there."""
    midnight = datetime.combine(day + _DAY, time.min, tzinfo=PARIS)
    streams = {
        one: then
        for one, stream in dossier.streams.items()
        if (then := stream.as_of(Moment(recorded_by=midnight))) is not None
    }
    return Dossier(dossier.convention_id, streams, dossier.register)


def was(dossier: Dossier) -> tuple[Foreseen, ...]:
    """What was really said of a convention, in the same terms."""
    found = []
    for _, event in dossier.of(Agenda, DeadlineMissed, ReminderSent, ReminderEscalated):
        if isinstance(event, DeadlineMissed):
            found.append(_missed(event.occurred_on, event.occurrence, event.due_on))
        elif isinstance(event, ReminderSent | ReminderEscalated):
            kind = ESCALATION if isinstance(event, ReminderEscalated) else REMINDER
            found.append(
                Foreseen(
                    event.occurred_on,
                    event.occurrence.deadline,
                    event.occurrence,
                    event.due_on,
                    kind,
                    event.offset_days,
                    event.recipients,
                    event.roles,
                )
            )
    return tuple(found)


def clashes_of(
    dossier: Dossier, said: Iterable[Foreseen], department: str, *, besides: Container[Code] = ()
) -> tuple[Clash, ...]:
    """The due days and messages that fall on days to think of, each once, in order; but for what is in `besides`."""
    found: dict[tuple[date, Code, bool], tuple[Code, ...]] = {}
    for one in said:
        for day, is_due in ((one.due_on, True), (one.on, False)):
            if is_due or one.kind != MISSED:
                causes = tuple(each for each in clashes(day, department, dossier.method) if each not in besides)
                if causes:
                    found[day, one.deadline, is_due] = causes
    return tuple(Clash(day, deadline, is_due, causes) for (day, deadline, is_due), causes in sorted(found.items()))


def play(
    dossier: Dossier,
    spoken: Spoken,
    first: date,
    last: date,
    holidays: Container[date],
    people: KnownOnes,
) -> tuple[list[Foreseen], int, date]:
    """What the days from one to another bring, one after the other; those on which nothing can come are passed over."""
    said: list[Foreseen] = []
    unheard, day = 0, first
    turns = sorted(_turns(dossier))
    since = MethodsFollowed.of(dossier.convention).since
    while day <= last:
        new = new_on(dossier, spoken, day, holidays, people)
        spoken.say(new.missed, new.steps)
        said += [_missed(missed_on(due_on, since), occurrence, due_on) for occurrence, due_on in new.missed]
        said += [_message(day, step) for step in new.steps]
        unheard += new.unheard
        coming = [one for one in turns if one > day]
        day = min([*coming[:1], *([new.next_on] if new.next_on is not None else []), last + _DAY])
    return said, unheard, day


def _turns(dossier: Dossier) -> Iterator[date]:
    """The days on which somebody else may be told, or on which nothing more is expected."""
    yield dossier.convention.period.effective_to + _DAY
    for given in dossier.register.given_on(dossier.territory_id):
        yield given.assignment.starts_on
        if given.assignment.ends_on is not None:
            yield given.assignment.ends_on
            yield given.assignment.ends_on + _DAY


def _missed(day: date, occurrence: Occurrence, due_on: date) -> Foreseen:
    return Foreseen(day, occurrence.deadline, occurrence, due_on, MISSED, 0, (), ())


def _message(day: date, step: PendingStep) -> Foreseen:
    return Foreseen(
        day,
        step.occurrence.deadline,
        step.occurrence,
        step.due_on,
        step.kind,
        step.offset_days,
        step.recipients,
        step.roles,
    )


def different(one: Sequence[Foreseen], other: Sequence[Foreseen]) -> tuple[tuple[Foreseen, ...], tuple[Foreseen, ...]]:
    """What only the first says and what only the second says, by what is said and on which day."""
    these, those = ({(each.on, each.what) for each in some} for some in (one, other))
    return (
        tuple(each for each in one if (each.on, each.what) not in those),
        tuple(each for each in other if (each.on, each.what) not in these),
    )
