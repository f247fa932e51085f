"""Which messages of each deadline left, and which did not, replaced by a more severe one?

Derived from the sheet, from what the agenda asked for and from what became of the letters; nothing of it is an event.
After days without a sweep only the most severe message of a deadline is sent: each that was passed over is told here,
with the one that took its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.agenda import ESCALATION, REMINDER, Occurrence, PendingStep, ReminderEscalated, ReminderSent
from domain.values import Code
from projections.engine import Dossier
from projections.what_is_due import Deadline, steps_of

SENT: Final = Code("SENT")
"""A letter left to somebody."""
PREPARED: Final = Code("PREPARED")
"""It was asked for, and no letter has left yet."""
REPLACED: Final = Code("REPLACED")
"""It did not leave: a more severe one took its place."""
WITHDRAWN: Final = Code("WITHDRAWN")
"""It was asked for, and not meant any more when its letters were to leave."""
WAITING: Final = Code("WAITING")
"""Its day is reached and nothing was said: nobody is in charge, or the day is not worked."""


@dataclass(frozen=True)
class Fate:
    """What became of the letters about an event: when the first one left, or why none is to leave."""

    left_on: date | None = None
    withdrawn_for: str | None = None


@dataclass(frozen=True)
class Replacement:
    """The message that took the place of another one, and the day on which it was asked for."""

    kind: Code
    offset_days: int
    said_on: date


@dataclass(frozen=True)
class Message:
    """One message of a deadline whose day was reached: what became of it. `roles`: those that the method names.

    `planned_on`: its day by the sheet; of one that is planned no more, the day on which it was asked for.
    """

    deadline: Code
    occurrence: Occurrence
    due_on: date
    planned_on: date
    kind: Code
    offset_days: int
    roles: tuple[Code, ...]
    state: Code
    said_on: date | None = None
    left_on: date | None = None
    replaced_by: Replacement | None = None


_Said = ReminderSent | ReminderEscalated
_Key = tuple[Occurrence, date]


def asked_for(dossier: Dossier) -> tuple[_Said, ...]:
    """Every message that the agenda asked for."""
    return tuple(entry.event for entry in dossier.entries if isinstance(entry.event, ReminderSent | ReminderEscalated))


def messages(
    dossier: Dossier, sheet: Iterable[Deadline], fates: Mapping[UUID, Fate], today: date
) -> tuple[Message, ...]:
    """The messages of a sheet whose day was reached before its deadline was met, in the order of their days; and all
    else that was asked for, be it that its deadline has another day since, is silenced, or is expected no more."""
    every = asked_for(dossier)
    said: dict[_Key, list[_Said]] = {}
    for event in every:
        said.setdefault((event.occurrence, event.due_on), []).append(event)
    reached = [(on, step) for line in sheet for on, step in steps_of(line) if on <= min(today, line.met_on or today)]
    planned = {_step(step) for _, step in reached}
    reached += [(one.occurred_on, step) for one in every if _step(step := _said_as(one)) not in planned]
    found = [_message(on, step, said.get((step.occurrence, step.due_on), ()), fates) for on, step in reached]
    return tuple(sorted(found, key=lambda one: (one.planned_on, one.deadline, one.offset_days)))


def replaced(several: Iterable[Message], line: Deadline) -> tuple[Message, ...]:
    """Of these, the messages of a deadline that did not leave because a more severe one took their place."""
    own = line.occurrence, line.due_on
    return tuple(one for one in several if (one.occurrence, one.due_on) == own and one.state == REPLACED)


def _step(step: PendingStep) -> tuple[Occurrence, date, int, Code]:
    """What tells a step from others, whoever it is addressed to."""
    return step.occurrence, step.due_on, step.offset_days, step.kind


def _said_as(event: _Said) -> PendingStep:
    return PendingStep(event.occurrence, event.due_on, event.offset_days, _kind(event), event.recipients, event.roles)


def _message(on: date, step: PendingStep, said: Sequence[_Said], fates: Mapping[UUID, Fate]) -> Message:
    mine = next((one for one in said if _step(_said_as(one)) == _step(step)), None)
    later = _instead([one for one in said if one.offset_days > step.offset_days], fates)
    fate = fates.get(mine.envelope.event_id, Fate()) if mine is not None else Fate()
    if fate.left_on is not None:
        state = SENT
    elif later is not None and (mine is None or fate.withdrawn_for is not None):
        state = REPLACED
    elif mine is None:
        state = WAITING
    else:
        state = PREPARED if fate.withdrawn_for is None else WITHDRAWN
    return Message(
        step.occurrence.deadline,
        step.occurrence,
        step.due_on,
        on,
        step.kind,
        step.offset_days,
        step.roles,
        state,
        mine.occurred_on if mine is not None else None,
        fate.left_on,
        _replacement(later) if state == REPLACED and later is not None else None,
    )


def _replacement(event: _Said) -> Replacement:
    return Replacement(_kind(event), event.offset_days, event.occurred_on)


def _kind(event: _Said) -> Code:
    return ESCALATION if isinstance(event, ReminderEscalated) else REMINDER


def _instead(later: Sequence[_Said], fates: Mapping[UUID, Fate]) -> _Said | None:
    """Of the messages that came later, the first that left; while none has, the most severe, which is to."""
    in_order = sorted(later, key=lambda one: one.offset_days)
    left = (one for one in in_order if fates.get(one.envelope.event_id, Fate()).left_on is not None)
    return next(left, in_order[-1] if in_order else None)
