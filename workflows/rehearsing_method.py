"""The calendar that a method would give: a typical convention of it is played, as a real one is, in memory.

Either each thing is done on its day, or each comes only once everything that the method says of its delay was said.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.agenda import Spoken
from domain.calendar import next_working_day
from domain.kernel import ANYBODY
from domain.values import Code
from projections.what_is_due import Deadline, sheet
from workflows.rehearsing import DONE, Foreseen, Rehearsal, last_day, play
from workflows.typical.acts import Acts
from workflows.typical.setting import Setting

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class MethodRehearsed:
    """The calendar of a typical convention; the deadlines whose act the method refused to it (`refused`)."""

    rehearsal: Rehearsal
    refused: tuple[Code, ...]


def rehearse_method(
    setting: Setting, first: date, last: date | None, holidays: Container[date], *, done_on_time: bool
) -> MethodRehearsed:
    """Play it from its engagement until `last`, else until some months after its term. What is done takes effect on the
    day after: the messages of its day have left by then."""
    acts = Acts(setting)
    spoken, said, refused, tried = Spoken(), list[Foreseen](), dict[Code, None](), set[object]()
    unheard, day, dossier = 0, first, setting.dossier()
    end = last or last_day(dossier)
    while day <= end:
        coming = [
            (max(day, _day_of(one, holidays, done_on_time=done_on_time)), one)
            for one in sheet(dossier, day, holidays)
            if one.is_open and one.occurrence not in tried and acts.can(one)
        ]
        until = min([on for on, _ in coming] + [end])
        more, waiting, _ = play(dossier, spoken, day, until, holidays, ANYBODY)
        said += more
        unheard += waiting
        for one in [one for on, one in coming if on == until]:
            tried.add(one.occurrence)
            if acts.do(one, until):
                said.append(Foreseen(until, one.id, one.occurrence, one.due_on, DONE, 0, (), ()))
            else:
                refused[one.id] = None
        dossier, day = setting.dossier(), until + _DAY
    return MethodRehearsed(Rehearsal(setting.convention_id, first, end, tuple(said), unheard, holidays), tuple(refused))


def _day_of(deadline: Deadline, holidays: Container[date], *, done_on_time: bool) -> date:
    """When its act is done: on its day, or on the first worked day after its last message."""
    if done_on_time:
        return deadline.due_on
    return next_working_day(max([deadline.due_on, *(step.on for step in deadline.steps)]) + _DAY, holidays)
