"""An action is written down: what will be done for a priority, and by whom and when where that is known already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.action_sheets.acting import check_inside, check_period
from domain.action_sheets.state import ActionSheet
from domain.convention.beside import convention_of_new
from domain.convention.closed import check_open
from domain.convention.priorities import NoPriorityChosen, PrioritiesChosen
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    Level,
    Surroundings,
    Weighed,
    command,
    event,
    required_text,
    start_from,
)
from domain.partners import Partner
from domain.values import LocalId, Prose, ValidityPeriod


@dataclass(frozen=True)
class SheetBeforePriority(BrokenRule):
    """The action was written down before its priority was chosen: it happens, and it is told."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    drafted_on: date
    chosen_on: date


@event("action-sheet.action-sheet-drafted")
class ActionSheetDrafted(CreatedEvent):
    """An action was written down for a priority, with its owner and its dates where they were known."""

    convention_id: UUID
    home_territory_id: UUID
    priority_id: LocalId
    title: Prose
    owner_id: UUID | None
    calendar: ValidityPeriod | None

    def apply(self, sheet: ActionSheet) -> None:
        """Take the terms."""
        sheet.convention_id = self.convention_id
        sheet.home_territory_id = self.home_territory_id
        sheet.priority_id = self.priority_id
        sheet.title = self.title
        sheet.owner_id = self.owner_id
        sheet.calendar = self.calendar
        sheet.drafted_on = self.occurred_on


@command(ActionSheet, starts=True, records=ActionSheetDrafted, derived=("calendar",))
@dataclass(frozen=True, kw_only=True)
class DraftActionSheet(Command):
    """Write down an action for a chosen priority; its owner and its dates may come later.

    `home_territory_id` is checked against the convention's.
    """

    convention_id: UUID
    home_territory_id: UUID
    priority_id: LocalId
    title: Prose
    owner_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        required_text(self.title, "title")
        check_period(self.starts_on, self.ends_on)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory of its convention."""
        return self.home_territory_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`."""
        case.breaks_if(not PrioritiesChosen.of(state).ranks, NoPriorityChosen())
        check_open(state, case, is_fact=False)
        return case.weighed()

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its dates."""
        return days_of(event.calendar)

    def decide(self, state: ActionSheet | None, case: Case) -> ActionSheet:
        calendar = period_of(self.starts_on, self.ends_on)
        convention = convention_of_new(self, state, case)
        if convention is not None:
            chosen = PrioritiesChosen.of(convention)
            if chosen.check_live(self.priority_id, case):
                chosen_on = chosen.chosen_on[self.priority_id]
                case.breaks_if(case.occurred_on < chosen_on, SheetBeforePriority(case.occurred_on, chosen_on))
            if calendar is not None:
                check_inside(calendar, convention, case)
        if self.owner_id is not None:
            case.find(Partner, self.owner_id, "owner_id")
        case.settle()
        started: ActionSheet = start_from(self, case, calendar=calendar)
        return started


def period_of(starts_on: date | None, ends_on: date | None) -> ValidityPeriod | None:
    """A period, None where its days are not known."""
    return ValidityPeriod(starts_on, ends_on) if starts_on is not None and ends_on is not None else None


def days_of(calendar: ValidityPeriod | None) -> Mapping[str, Any]:
    """The days of a period as commands say them."""
    return {
        "starts_on": calendar.effective_from if calendar is not None else None,
        "ends_on": calendar.effective_to if calendar is not None else None,
    }
