"""The sweep: what time has brought, recorded once in each agenda (of conventions and of
frameworks), with who is told of it.

The log says what is due (`projections/what_is_due`); the sweep compares that with what each agenda has said, and
sends one command per agenda that has something to say, after what follows by itself from the day that came
(`workflows/reactions`). It may run anywhere, at any time, as often as one likes, in any
number of workers: what was said is never said again, and after days without a sweep only the most severe pending step
of each deadline is said.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.agenda import Agenda, Occurrence, PendingStep, Spoken, agenda_stream, unsaid
from domain.kernel import People as KnownOnes
from domain.sweeping import SweepAgenda
from domain.values import Clock, Code
from projections import what_is_due
from projections.engine import Dossier, WholeFramework
from projections.what_is_due import Deadline
from projections.what_is_due.of_frameworks import framework_sheet
from workflows.acting_by_itself import by_itself
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.database import DatabaseUnavailable
from workflows.leases import Leases
from workflows.reactions import Reactions
from workflows.recipients import People, people_of, people_of_framework
from workflows.sharing import in_parts
from workflows.summaries import Summaries

_CHUNK: Final = 200  # conventions that are held in memory together

FRAMEWORKS: Final = "frameworks"
"""The work of the agendas of frameworks, among those who share it."""

_HELD_UP: Final = timedelta(minutes=1)
"""A part takes some seconds: after so long the process was stopped meanwhile, and others have gone on recording."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What one sweep found: conventions and frameworks looked at, due days newly missed, steps newly said, and steps
    that wait because nobody holds a role to be told in. `next_on`: the next day on which something falls due, None
    when nothing will."""

    conventions: int = 0
    frameworks: int = 0
    missed: int = 0
    said: int = 0
    unheard: int = 0
    next_on: date | None = None


def sweep(
    steering: Steering, summaries: Summaries, clock: Clock, holidays: PublicHolidays, leases: Leases | None = None
) -> Swept:
    """Record what has fallen due by today (Europe/Paris) in every agenda. Returns when all of it is in the log.

    With `leases`, workers that sweep at the same time share the conventions; what is counted is this one's part.

    The summaries tell which conventions have something to say; those that they cannot vouch for are looked at too. What
    is said is decided on what was recorded, not on a summary.

    Raises `DatabaseUnavailable`, and after having gone through all the others an ExceptionGroup with what failed, each
    noted with its convention.
    """
    today = clock.today()
    summaries.refresh(_CHUNK)
    total = Swept(next_on=summaries.next_due_after(today))
    reactions = Reactions(steering, summaries, clock)
    failures: list[Exception] = []
    for some in in_parts(lambda: sorted(summaries.reader.register().frameworks), leases, _CHUNK, FRAMEWORKS):
        for framework_id in some:
            try:
                one = _sweep_framework(steering, clock, summaries.reader.of_framework(framework_id), holidays)
            except DatabaseUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - the others must not wait for it; raised below
                error.add_note(f"framework {framework_id}")
                failures.append(error)
            else:
                total = _sum(total, one)
    for some in in_parts(lambda: summaries.to_sweep(clock.today()), leases, _CHUNK):
        read_at = clock.now()
        for convention_id, dossier in summaries.dossiers(some).items():
            try:
                if isinstance(dossier, Exception):
                    raise dossier
                if reactions.of_day(dossier) or clock.now() - read_at > _HELD_UP:
                    dossier = _as_it_is_now(summaries, convention_id)
                one = _sweep_convention(steering, clock, dossier, holidays.of(dossier.territory.department))
            except DatabaseUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - the others must not wait for it; raised below
                error.add_note(f"convention {convention_id}")
                failures.append(error)
            else:
                total = _sum(total, one)
    if failures:
        raise ExceptionGroup("conventions and frameworks that could not be swept", failures)
    return total


def _sweep_framework(steering: Steering, clock: Clock, place: WholeFramework, holidays: PublicHolidays) -> Swept:
    """Say what is new about one framework, in one save."""
    context = by_itself(clock)
    days_off = holidays.of(place.framework.department)
    sheet = framework_sheet(place, context.today, days_off)
    new = _new(
        sheet, place.agenda, context.today, days_off, lambda: people_of_framework(place, context.today, steering.people)
    )
    if new.missed or new.steps:
        framework_id = place.framework_id
        command = SweepAgenda(
            stream_id=agenda_stream(framework_id),
            framework_id=framework_id,
            missed=new.missed,
            pending=new.steps,
        )
        answer = steering.execute(command, context)
        _logger.info("agenda of framework %s: %d events", framework_id, len(answer.events))
    return Swept(frameworks=1, missed=len(new.missed), said=len(new.steps), unheard=new.unheard, next_on=new.next_on)


def _as_it_is_now(summaries: Summaries, convention_id: UUID) -> Dossier:
    """A convention about which something was just recorded, or may have been."""
    dossier = summaries.dossiers([convention_id])[convention_id]
    if isinstance(dossier, Exception):
        raise dossier
    return dossier


def _sweep_convention(steering: Steering, clock: Clock, dossier: Dossier, holidays: Container[date]) -> Swept:
    """Say what is new about one convention, in one save, on the day that it is by then: a sweep may be held up (the
    machine slept), and would say the steps of a day that is over."""
    context = by_itself(clock)
    new = new_on(dossier, dossier.agenda, context.today, holidays, steering.people)
    missed, steps = new.missed, new.steps
    if missed or steps:
        convention_id = dossier.convention_id
        agenda = dossier.agenda
        command = SweepAgenda(
            stream_id=agenda_stream(convention_id),
            convention_id=convention_id,
            missed=missed,
            pending=steps,
            known_silences=agenda.known_silences() if agenda is not None else frozenset(),
        )
        answer = steering.execute(command, context)
        _logger.info("agenda of convention %s: %d events", convention_id, len(answer.events))
    return Swept(conventions=1, missed=len(missed), said=len(steps), unheard=new.unheard, next_on=new.next_on)


@dataclass(frozen=True)
class New:
    """What a day brings about one convention or framework: due days missed, steps with those who are told, how many
    steps wait for somebody to tell; the next day that brings something."""

    missed: tuple[tuple[Occurrence, date], ...]
    steps: tuple[PendingStep, ...]
    unheard: int
    next_on: date | None


def new_on(
    dossier: Dossier,
    agenda: Agenda | Spoken | None,
    today: date,
    holidays: Container[date],
    people: KnownOnes,
) -> New:
    """What is to be said of a convention on a day, after what its agenda has said: a sweep records it, a rehearsal
    only remembers."""
    sheet = what_is_due.still_expected(dossier, what_is_due.sheet(dossier, today, holidays), today)
    return _new(sheet, agenda, today, holidays, lambda: people_of(dossier, today, people))


def _new(
    sheet: tuple[Deadline, ...],
    agenda: Agenda | Spoken | None,
    today: date,
    holidays: Container[date],
    people: Callable[[], People],
) -> New:
    next_on = what_is_due.next_day(sheet, today, holidays)
    reached = what_is_due.pending_steps(sheet, today, holidays)
    missed, pending = unsaid(agenda, what_is_due.missed(sheet), reached)
    if not missed and not pending:
        return New((), (), 0, next_on)
    addressed = _addressed(people(), reached)
    missed, steps = unsaid(agenda, missed, addressed)
    unheard = {_identity(step) for step in pending} - {_identity(step) for step in addressed}
    return New(missed, steps, len(unheard), next_on)


def _addressed(people: People, pending: Sequence[PendingStep]) -> list[PendingStep]:
    """The steps that somebody can be told of, with those people and the roles they are told in."""
    addressed = []
    for step in pending:
        told = people.told(step)
        if told:
            recipients = tuple(dict.fromkeys(one.person_id for one in told))
            addressed.append(replace(step, recipients=recipients, roles=tuple(dict.fromkeys(one.role for one in told))))
    return addressed


def _identity(step: PendingStep) -> tuple[Occurrence, date, int, Code]:
    """What a step is, whoever is told of it."""
    return step.occurrence, step.due_on, step.offset_days, step.kind


def _sum(total: Swept, one: Swept) -> Swept:
    days = [day for day in (total.next_on, one.next_on) if day is not None]
    return Swept(
        conventions=total.conventions + one.conventions,
        frameworks=total.frameworks + one.frameworks,
        missed=total.missed + one.missed,
        said=total.said + one.said,
        unheard=total.unheard + one.unheard,
        next_on=min(days, default=None),
    )
