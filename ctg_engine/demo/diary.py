"""The diary of the demonstration: what will be recorded, by whom and on which day, then played in order of time.

Chapters write in it in any order; a moment is played on the day it is *recorded*, which may be weeks after the fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from ctg_engine.clock import SetClock
from ctg_engine.demo.cast import demo_id
from ctg_engine.demo.papers import Paper
from domain.kernel import Actor, Command, Context, Origin, Refused
from domain.values import Evidence, Prose, Sha256
from workflows.application import Steering
from workflows.instants import PARIS

DEMO_TODAY = date(2026, 6, 15)
"""The day on which the story stops and visitors arrive, a Monday."""

DAILY_SWEEPS_FROM = date(2026, 3, 1)
"""Deadlines are swept each Monday before this day and each working day from then on, where visitors will look."""

FIRST_HOUR = time(9, 10)
BETWEEN_MOMENTS = timedelta(minutes=3)
SWEEP_HOUR = 7

Sweep = Callable[[datetime], object]
"""Records what is due at an instant (UTC): missed deadlines, reminders, escalations."""


class StoryBroken(Exception):
    """The engine refused what the story says it accepts, or accepted what the story says it refuses."""


@dataclass(frozen=True)
class Moment:
    """One command as it reaches the engine, or what makes it of what was told before, where it names a fact of the log.
    `refused` holds the text keys of the rules that it is meant to break."""

    day: date
    command: Command | Callable[[Steering], Command]
    actor: Actor
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass
class Diary:
    """Every moment of the story."""

    moments: list[Moment] = field(default_factory=list)
    papers: dict[tuple[Sha256, UUID], Paper] = field(default_factory=dict)

    def write(self, moment: Moment) -> None:
        """Add a moment; those of one day are played in the order in which they are written."""
        if moment.day > DEMO_TODAY:
            raise StoryBroken(f"{moment.command} would be recorded on {moment.day}, after the story ends")
        self.moments.append(moment)

    def keep(self, paper: Paper) -> Sha256:
        """Add a paper to keep, in its place; several facts may cite one, in several places."""
        self.papers[paper.sha256, paper.place_id] = paper
        return paper.sha256

    def play(self, steering: Steering, clock: SetClock, sweep: Sweep) -> None:
        """Live every day in order: the sweep early in the morning, then what people record."""
        ordered = sorted(self.moments, key=lambda moment: moment.day)
        reached = ordered[0].day
        number = 0
        for day, moments in groupby(ordered, key=lambda moment: moment.day):
            for morning in _sweep_days(reached, day):
                clock.set(morning, SWEEP_HOUR)
                sweep(clock.now())
            reached = day + timedelta(days=1)
            clock.moment = datetime.combine(day, FIRST_HOUR, PARIS).astimezone(UTC)
            for moment in moments:
                number += 1
                clock.moment += BETWEEN_MOMENTS
                self._live(moment, number, steering, clock)
        for morning in _sweep_days(reached, DEMO_TODAY):
            clock.set(morning, SWEEP_HOUR)
            sweep(clock.now())

    @staticmethod
    def _live(moment: Moment, number: int, steering: Steering, clock: SetClock) -> None:
        context = Context(
            actor=moment.actor,
            today=clock.today(),
            now=clock.now(),
            on_behalf_of=moment.actor.roles[0].partner_id,
            reason=Prose(moment.reason) if moment.reason else None,
            evidence=moment.evidence,
            correlation_id=demo_id("correlation", str(number)),
            origin=Origin.DEMO,
        )
        command = moment.command if isinstance(moment.command, Command) else moment.command(steering)
        said = f"{command.NAME} of {command.stream_id} on {moment.day}"
        try:
            steering.execute(command, context)
        except Refused as refused:
            broken = tuple(rule.TEXT_KEY for rule in refused.broken)
            if broken != moment.refused:
                raise StoryBroken(f"{said}: refused for {broken}, the story says {moment.refused}") from refused
        else:
            if moment.refused:
                raise StoryBroken(f"{said}: accepted, the story says refused for {moment.refused}")


def _sweep_days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day.weekday() == 0 or (day >= DAILY_SWEEPS_FROM and day.weekday() < 5):
            yield day
        day += timedelta(days=1)
