"""Who answers for an action, and when it is done: its dates and its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.action_sheets.acting import NothingChanged, SheetCommand, check_inside, check_period
from domain.action_sheets.drafting import days_of
from domain.action_sheets.state import ActionSheet, SheetPart
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    Event,
    Level,
    UnknownReference,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.partners import Partner
from domain.values import Prose, ValidityPeriod


@dataclass(frozen=True)
class AlreadyOwner(BrokenRule):
    """The partner answers for the action already, by the same person: nothing would change."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "owner_id"
    owner_id: UUID


@dataclass(frozen=True)
class StepsOutsideAction(BrokenRule):
    """Steps are planned on days on which the action does not run: most often one of the dates is mistyped; told."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "steps"
    calendar: ValidityPeriod
    days: tuple[date, ...]


@dataclass(frozen=True)
class ActionStep:
    """A step of an action: what, until when, and since when it is done."""

    title: Prose
    due_on: date | None = None
    done_on: date | None = None

    def __post_init__(self) -> None:
        required_text(self.title, "title")


@part(ActionSheet, "steps")
@dataclass
class PlannedSteps(SheetPart):
    """The steps of an action, in the order in which they were planned."""

    steps: tuple[ActionStep, ...] = ()

    def adopted(self) -> Any:
        return [(one.title, one.due_on) for one in self.steps]


@event("action-sheet.action-owner-assigned")
class ActionOwnerAssigned(Event):
    """A partner answers for the action from now on, by a person where one was named."""

    owner_id: UUID
    owner_person_id: UUID | None

    def apply(self, sheet: ActionSheet) -> None:
        """One owner at a time (R11)."""
        sheet.owner_id = self.owner_id
        sheet.owner_person_id = self.owner_person_id


@command(ActionSheet, records=ActionOwnerAssigned)
@dataclass(frozen=True, kw_only=True)
class AssignActionOwner(SheetCommand):
    """Say which partner answers for an action, and which of its people: nobody by name where that is left out."""

    owner_id: UUID
    owner_person_id: UUID | None = None

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        case.find(Partner, self.owner_id, "owner_id")
        person_id = self.owner_person_id
        unknown = person_id is not None and not case.people.knows(person_id)
        case.breaks_if(unknown, UnknownReference("owner_person_id", str(person_id)))
        same = (state.owner_id, state.owner_person_id) == (self.owner_id, person_id)
        case.breaks_if(same, AlreadyOwner(self.owner_id))
        case.settle()
        record_from(self, state, case)


@event("action-sheet.action-scheduled")
class ActionScheduled(Event):
    """The action runs on these dates; `steps`: those that it is done in, all of them, where any were given."""

    calendar: ValidityPeriod
    steps: tuple[ActionStep, ...]

    def apply(self, sheet: ActionSheet) -> None:
        """Take the dates, and the steps where some were given."""
        sheet.calendar = self.calendar
        if self.steps:
            PlannedSteps.of(sheet).steps = self.steps


@command(ActionSheet, records=ActionScheduled, derived=("calendar",))
@dataclass(frozen=True, kw_only=True)
class ScheduleAction(SheetCommand):
    """Plan an action: from when to when, in which steps: all of them; where none is given those that were planned
    stay."""

    starts_on: date
    ends_on: date
    steps: tuple[ActionStep, ...] = ()

    def __post_init__(self) -> None:
        check_period(self.starts_on, self.ends_on)

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its dates."""
        return days_of(event.calendar)

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        calendar = ValidityPeriod(self.starts_on, self.ends_on)
        check_inside(calendar, convention, case)
        days = tuple(one.due_on for one in self.steps if one.due_on is not None)
        outside = tuple(day for day in days if not self.starts_on <= day <= self.ends_on)
        case.breaks_if(outside, StepsOutsideAction(calendar, outside))
        case.keep_seals(state.adopted_texts)
        steps = tuple(replace(one, title=case.as_before(one.title)) for one in self.steps)
        same = calendar == state.calendar and steps in ((), PlannedSteps.of(state).steps)
        case.breaks_if(same, NothingChanged())
        case.settle()
        record_from(self, state, case, calendar=calendar)
