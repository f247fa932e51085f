"""How an action goes: its owner reports it, and it is postponed, abandoned or completed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.action_sheets.acting import SheetCommand, check_inside, check_period
from domain.action_sheets.drafting import days_of
from domain.action_sheets.state import (
    ABANDONED,
    ACTION_STATUSES,
    DONE,
    POSTPONED,
    TO_START,
    ActionSheet,
    SheetPart,
)
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Actor,
    BrokenRule,
    Case,
    Event,
    Level,
    Right,
    Streams,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.values import Code, InvalidValue, Prose, ValidityPeriod


@dataclass(frozen=True)
class ActionIsSoAlready(BrokenRule):
    """The action stands so already: it is neither abandoned nor completed twice."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    action_status: Code
    since: date


@dataclass(frozen=True)
class NotPostponed(BrokenRule):
    """An action that is postponed starts or ends later than it was to; what comes sooner is scheduled anew."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "ends_on"
    calendar: ValidityPeriod


@part(ActionSheet, "following")
@dataclass
class Progress(SheetPart):
    """How it stands, since when it was said to and why; `reported_on`: the last day of which there is any news."""

    status: Code = TO_START
    status_on: date | None = None
    progress_percent: int | None = None
    motive: Prose | None = None
    reported_on: date | None = None

    def stand(self, status: Code, day: date, motive: Prose | None, progress_percent: int | None = None) -> None:
        """Note how it stood on a day; what is told late of an earlier day changes nothing of how it stands."""
        if self.status_on is not None and day < self.status_on:
            return
        self.status, self.status_on, self.motive = status, day, motive
        self.progress_percent = 100 if status == DONE else progress_percent
        self.reported_on = day


@dataclass(frozen=True, kw_only=True)
class _OfOwner(SheetCommand):
    """What whoever owns an action tells of it (R33)."""

    @classmethod
    def records_a_fact(cls) -> bool:
        return True

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The owner's own record; a sheet that nobody owns yet is only its pilot's."""
        sheet = streams.find(ActionSheet, self.stream_id)
        return Right(self.NAME, sheet.owner_id if sheet is not None else None)


@event("action-sheet.action-status-reported")
class ActionStatusReported(Event):
    """How the action stood on `occurred_on`, as whoever owns it or steers it told it."""

    status: Code
    progress_percent: int | None
    motive: Prose | None

    def apply(self, sheet: ActionSheet) -> None:
        """It stands so."""
        Progress.of(sheet).stand(self.status, self.occurred_on, self.motive, self.progress_percent)


@command(ActionSheet, records=ActionStatusReported)
@dataclass(frozen=True, kw_only=True)
class ReportActionStatus(_OfOwner):
    """Say how an action stands. Why it was postponed or abandoned is always told."""

    status: Code
    progress_percent: int | None = None
    motive: Prose | None = None

    def __post_init__(self) -> None:
        if self.status not in ACTION_STATUSES:
            raise InvalidValue("unknown-code", field="status", value=self.status, allowed=ACTION_STATUSES)
        if self.progress_percent is not None and not 0 <= self.progress_percent <= 100:
            raise InvalidValue("percent", field="progress_percent", value=self.progress_percent)
        if self.status in (POSTPONED, ABANDONED):
            required_text(self.motive, "motive")

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        case.settle()
        record_from(self, state, case)


@event("action-sheet.action-postponed")
class ActionPostponed(Event):
    """The action was put off to later dates, and why."""

    calendar: ValidityPeriod
    motive: Prose

    def apply(self, sheet: ActionSheet) -> None:
        """Take the new dates."""
        sheet.calendar = self.calendar
        Progress.of(sheet).stand(POSTPONED, self.occurred_on, self.motive)


@command(ActionSheet, records=ActionPostponed, derived=("calendar",))
@dataclass(frozen=True, kw_only=True)
class PostponeAction(SheetCommand):
    """Put an action off to later dates."""

    starts_on: date
    ends_on: date
    motive: Prose

    def __post_init__(self) -> None:
        check_period(self.starts_on, self.ends_on)
        required_text(self.motive, "motive")

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its dates."""
        return days_of(event.calendar)

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        was, calendar = state.calendar, ValidityPeriod(self.starts_on, self.ends_on)
        if was is not None:
            later = self.starts_on > was.effective_from or self.ends_on > was.effective_to
            case.breaks_if(not later, NotPostponed(was))
        check_inside(calendar, convention, case)
        case.settle()
        record_from(self, state, case, calendar=calendar)


@event("action-sheet.action-abandoned")
class ActionAbandoned(Event):
    """The action will not be done, and why."""

    motive: Prose

    def apply(self, sheet: ActionSheet) -> None:
        """Nothing more is expected of it."""
        Progress.of(sheet).stand(ABANDONED, self.occurred_on, self.motive)


@command(ActionSheet, records=ActionAbandoned)
@dataclass(frozen=True, kw_only=True)
class AbandonAction(SheetCommand):
    """Give an action up. It stays in the plan that was signed, which drifts from it."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        check_changes(state, ABANDONED, case)
        case.settle()
        record_from(self, state, case)


@event("action-sheet.action-completed")
class ActionCompleted(Event):
    """The action was done on `occurred_on`; `outcome`: what came of it."""

    outcome: Prose | None

    def apply(self, sheet: ActionSheet) -> None:
        """It is done."""
        Progress.of(sheet).stand(DONE, self.occurred_on, self.outcome)


@command(ActionSheet, records=ActionCompleted)
@dataclass(frozen=True, kw_only=True)
class CompleteAction(_OfOwner):
    """Say that an action is done, and what came of it."""

    outcome: Prose | None = None

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        check_changes(state, DONE, case)
        case.settle()
        record_from(self, state, case)


def check_changes(sheet: ActionSheet, status: Code, case: Case) -> None:
    """What is so already is not said again as if it were news."""
    known = Progress.of(sheet)
    if known.status == status and known.status_on is not None:
        case.broken(ActionIsSoAlready(status, known.status_on))
