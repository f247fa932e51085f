"""Which choices of priorities and which plans still stand, and since when do the others not?

A priority withdrawn founds nothing any more, nor does the plan that served it. As long as one priority is left, those
chosen before stay what met the method's deadlines; once none is left, priorities are to be chosen again from that day,
and so is a plan validated that stands no more. All of it in the order of the log, as the state is folded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.convention.withdrawing import PriorityWithdrawn
from domain.kernel import Event
from domain.values import LocalId
from projections.engine import Dossier

EventT = TypeVar("EventT", bound=Event)


@dataclass(frozen=True)
class Standing(Generic[EventT]):
    """The facts of a kind that stand, in order; `undone_on`: the day on which the last of those before stopped to."""

    facts: tuple[EventT, ...]
    undone_on: date | None = None


def choices(dossier: Dossier) -> Standing[PriorityChosen]:
    """The choices since the last time that no priority was left."""
    if not dossier.effective(PriorityWithdrawn):
        return Standing(dossier.effective(PriorityChosen))
    found: list[PriorityChosen] = []
    live: set[LocalId] = set()
    undone_on = None
    for event in _in_order(dossier):
        if isinstance(event, PriorityChosen):
            found.append(event)
            live.add(event.priority_id)
        elif isinstance(event, PriorityWithdrawn) and event.priority_id in live:
            live.discard(event.priority_id)
            if not live:
                found, undone_on = [], event.occurred_on
    return Standing(tuple(found), undone_on)


def plans(dossier: Dossier) -> Standing[ActionPlanValidated]:
    """The plans validated since the last time that one served a priority that was withdrawn."""
    if not dossier.effective(PriorityWithdrawn):
        return Standing(dossier.effective(ActionPlanValidated))
    found: list[ActionPlanValidated] = []
    undone_on = None
    for event in _in_order(dossier):
        if isinstance(event, ActionPlanValidated):
            found.append(event)
        elif isinstance(event, PriorityWithdrawn) and found and _serves(found[-1], event.priority_id):
            found, undone_on = [], event.occurred_on
    return Standing(tuple(found), undone_on)


def withdrawals(dossier: Dossier) -> dict[LocalId, PriorityWithdrawn]:
    """The withdrawal of each priority withdrawn."""
    return {event.priority_id: event for _, event in dossier.facts(PriorityWithdrawn)}


def _serves(plan: ActionPlanValidated, priority_id: LocalId) -> bool:
    return any(sheet.priority_id == priority_id for sheet in plan.sheets)


def _in_order(dossier: Dossier) -> list[Event]:
    kinds: tuple[type[Event], ...] = (PriorityChosen, PriorityWithdrawn, ActionPlanValidated)
    events = [event for kind in kinds for event in dossier.effective(kind)]
    return sorted(events, key=lambda event: event.originator_version)
