"""Which days are set, and how often did each move? Deadlines, forums announced, committees, the term, as calendars want
them: under a name that never changes, with what became of it.

Nothing is kept: the days are asked again of what was known after each record, so that how often one moved is the same
whoever asks, and only grows.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final, Literal
from uuid import UUID

from domain.calendar import StepKind
from domain.convention.expected_forums import ForumMoved
from domain.convention.forums import ForumCancelled, ForumConvened, ForumHeld
from domain.steering import SteeringBody
from domain.steering.planning import Planned
from domain.trainings import COLLOQUIUM, FORM_ACTION, TRAINING, Trainings
from domain.values import Code, PublicName
from projections.engine import Dossier, Steered, WholeFramework, after_each, after_each_of_framework
from projections.how_a_convention_does.known import what
from projections.saying import Said
from projections.what_is_due import Deadline, sheet

Kind = Literal["deadline", "forum", "committee", "term", "training", "form_action", "colloquium"]

_TRAININGS: Final[Mapping[Code, Kind]] = {TRAINING: "training", FORM_ACTION: "form_action", COLLOQUIUM: "colloquium"}


@dataclass(frozen=True)
class DaySet:
    """A day in a calendar. `key` never changes, `sequence` grows whenever it is said otherwise, `changed_at`: when that
    was recorded. `is_gone`: it is not expected any more; `on` is the day it had. `line`: of a deadline, as it was;
    `starts_at`, `body`: of a meeting, its hour where it is known, and whose it is. `territories`: of a training, those
    that it is for, empty for all; `lasts_until`: its last day, where it lasts several."""

    key: str
    kind: Kind
    on: date
    is_done: bool
    is_gone: bool = False
    sequence: int = 0
    changed_at: datetime | None = None
    line: Deadline | None = None
    starts_at: time | None = None
    body: PublicName | None = None
    territories: tuple[UUID, ...] = ()
    lasts_until: date | None = None

    @property
    def is_training(self) -> bool:
        """Whether it gathers those whom a framework follows, and not one of its bodies."""
        return self.kind in _TRAININGS.values()

    @property
    def what(self) -> Said | None:
        """What is expected on the day of a deadline."""
        return what(self.line) if self.line is not None else None

    @property
    def roles(self) -> tuple[Code, ...]:
        """To whom a deadline's reminders are addressed, first of all."""
        steps = self.line.steps if self.line is not None else ()
        named = (role for step in steps if step.kind is StepKind.REMINDER for role in step.recipients)
        return tuple(dict.fromkeys(named))


def days_set(dossier: Dossier, today: date, holidays: Container[date]) -> tuple[DaySet, ...]:
    """Every day that is or was set, by day; of what changed since, how often."""
    return _set((event.recorded_at, _days(then, today, holidays)) for event, then in after_each(dossier))


def days_set_of_framework(place: WholeFramework) -> tuple[DaySet, ...]:
    """The same of a framework: the meetings of the bodies of the whole of it, and its trainings."""
    each = after_each_of_framework(place)
    return _set(
        (event.recorded_at, {one.key: one for one in (*_committees(then), *_trainings(then))}) for event, then in each
    )


def _trainings(place: WholeFramework) -> Iterator[DaySet]:
    """Those to come and those that took place; one that is off is gone."""
    for training_id, one in Trainings.of(place.framework).known.items():
        if one.cancelled_on is None:
            on = one.delivered_on or one.starts_on
            yield DaySet(
                f"training:{training_id}",
                _TRAININGS[one.kind],
                on,
                is_done=one.delivered_on is not None,
                starts_at=one.starts_at if one.delivered_on is None else None,
                territories=one.territories,
                lasts_until=one.ends_on if one.delivered_on is None else None,
            )


def _set(said: Iterable[tuple[datetime, Mapping[str, DaySet]]]) -> tuple[DaySet, ...]:
    found: dict[str, DaySet] = {}
    for instant, now in said:
        for key in (*found, *(one for one in now if one not in found)):
            found[key] = _after(found.get(key), now.get(key), instant)
    return tuple(sorted(found.values(), key=lambda one: (one.on, one.key)))


def _after(before: DaySet | None, now: DaySet | None, instant: datetime) -> DaySet:
    """What is said of a day after a record, given what was said before it."""
    if before is None:
        assert now is not None
        return replace(now, changed_at=instant)
    said = now if now is not None else replace(before, is_gone=True)
    kept = replace(said, sequence=before.sequence, changed_at=before.changed_at)
    if _told(said) == _told(before):
        return kept
    return replace(kept, sequence=before.sequence + 1, changed_at=instant)


def _told(day: DaySet) -> tuple[object, ...]:
    """What a calendar shows of it."""
    return (day.on, day.starts_at, day.lasts_until, day.is_done, day.is_gone)


def _days(dossier: Dossier, today: date, holidays: Container[date]) -> Mapping[str, DaySet]:
    if dossier.convention.is_annulled:
        return {}
    found = [*_deadlines(dossier, today, holidays), *_forums(dossier), *_committees(dossier)]
    found.append(DaySet("term", "term", dossier.convention.period.effective_to, is_done=False))
    return {one.key: one for one in found}


def _deadlines(dossier: Dossier, today: date, holidays: Container[date]) -> list[DaySet]:
    return [
        DaySet(
            line.occurrence.word,
            "deadline",
            line.due_on,
            is_done=line.met_on is not None,
            line=line,
        )
        for line in sheet(dossier, today, holidays)
    ]


def _forums(dossier: Dossier) -> list[DaySet]:
    planned: dict[str, DaySet] = {}
    kinds = (ForumConvened, ForumMoved, ForumCancelled, ForumHeld)
    told = [entry for kind in kinds for entry, _ in dossier.facts(kind)]
    for _, event in sorted(told, key=lambda entry: entry.position):
        if isinstance(event, ForumConvened):
            planned[event.forum_id] = DaySet(f"forum:{event.forum_id}", "forum", event.planned_on, is_done=False)
        elif isinstance(event, ForumMoved) and event.forum_id in planned:
            planned[event.forum_id] = replace(planned[event.forum_id], on=event.planned_on)
        elif isinstance(event, ForumCancelled):
            planned.pop(event.forum_id, None)
        elif isinstance(event, ForumHeld) and event.forum_id in planned:
            planned[event.forum_id] = replace(planned[event.forum_id], on=event.occurred_on, is_done=True)
    return list(planned.values())


def _committees(place: Steered) -> list[DaySet]:
    """The meetings to come, and those that were held; one that is off is gone."""
    found = []
    for body in place.states(SteeringBody):
        key = f"committee:{body.id}"
        for meeting_id, one in Planned.of(body).awaited(body).items():
            day = DaySet(f"{key}:{meeting_id}", "committee", one.planned_on, is_done=False, body=body.name)
            found.append(replace(day, starts_at=one.starts_at))
        for meeting_id, held in body.meetings.items():
            found.append(DaySet(f"{key}:{meeting_id}", "committee", held.held_on, is_done=True, body=body.name))
    return found
