"""An idea is tried with those who would use it before its action is paid for: a prototype planned, tested, dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from domain.action_sheets.acting import SheetCommand, check_period
from domain.action_sheets.state import ActionSheet, SheetPart
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    DatesDoNotFit,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.money import check_amount
from domain.values import Attendance, Code, InvalidValue, LocalId, Prose

KEEP: Final = Code("KEEP")
CHANGE: Final = Code("CHANGE")
DROP: Final = Code("DROP")
VERDICTS: Final = (KEEP, CHANGE, DROP)
"""What is made of an idea once it was tried: done so, done otherwise, not done."""


@dataclass(frozen=True)
class PrototypeNotTested(BrokenRule):
    """Money is said for an action of which a prototype was to be tested first, and was not yet: told, never refused."""

    RULE = ""
    LEVEL = Level.NOTICE
    MENDED_BY = "record-prototype-test"
    planned_on: date


@dataclass(frozen=True)
class PrototypeGivenUpAlready(BrokenRule):
    """The prototype was given up: it is not given up twice."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "prototype_id"
    since: date


class Prototype(NamedTuple):
    """A prototype as rules look at it. `verdict`: of its last test, None while there was none."""

    planned_on: date
    verdict: Code | None = None
    given_up_on: date | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether its test is still to be done."""
        return self.verdict is None and self.given_up_on is None


@part(ActionSheet, "prototypes")
@dataclass
class Prototypes(SheetPart):
    """The prototypes of an action, by id; nothing of them is adopted with the plan."""

    known: dict[LocalId, Prototype] = field(default_factory=dict)

    def say(self, prototype_id: LocalId, **said: Any) -> None:
        """Keep what is said of one; of one whose planning was a mistake nothing is kept."""
        if prototype_id in self.known:
            self.known[prototype_id] = self.known[prototype_id]._replace(**said)


def check_tested(sheet: ActionSheet, case: Case) -> None:
    """Money is said for the action: a prototype that still waits for its test is told."""
    waiting = [one.planned_on for one in Prototypes.of(sheet).known.values() if one.is_awaited]
    if waiting:
        case.broken(PrototypeNotTested(min(waiting)))


@event("action-sheet.prototype-planned")
class PrototypePlanned(Event):
    """Something of the action is to be tried with those who would use it: what, where, between which days."""

    prototype_id: LocalId
    what: Prose
    place: Prose | None
    starts_on: date | None
    ends_on: date | None

    def apply(self, sheet: ActionSheet) -> None:
        """It waits for its test."""
        Prototypes.of(sheet).known[self.prototype_id] = Prototype(self.occurred_on)


@command(ActionSheet, records=PrototypePlanned)
@dataclass(frozen=True, kw_only=True)
class PlanPrototype(SheetCommand):
    """Plan a prototype of an action, tried before the action is paid for."""

    prototype_id: LocalId
    what: Prose
    place: Prose | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        required_text(self.what, "what")
        check_period(self.starts_on, self.ends_on)

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        case.breaks_if(self.prototype_id in Prototypes.of(state).known, AlreadyExists(self.prototype_id))
        case.settle()
        record_from(self, state, case)


@dataclass(frozen=True, kw_only=True)
class _OfPrototype(SheetCommand):
    """An act on a prototype that was planned."""

    prototype_id: LocalId

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: a prototype has to be planned."""
        super().gate(state, case, around)
        sheets = [one for one in around.states(ActionSheet) if one.convention_id == state.id]
        if sheets and not any(Prototypes.of(one).known for one in sheets):
            case.broken(NothingToCite("prototype_id", PlanPrototype.NAME))
        return case.weighed()

    def check_known(self, state: ActionSheet, case: Case) -> Prototype | None:
        """It was planned on that sheet, by then."""
        known = Prototypes.of(state).known.get(self.prototype_id)
        if known is None:
            case.broken(UnknownReference("prototype_id", self.prototype_id))
        elif known.planned_on > case.occurred_on:
            case.broken(DatesDoNotFit("prototype_id", known.planned_on, case.occurred_on))
        return known


@event("action-sheet.prototype-tested")
class PrototypeTested(Event):
    """A prototype was tried until `occurred_on` (from `starts_on`): with how many of each college, what was learned,
    what is made of it, what it cost. Nobody is named."""

    prototype_id: LocalId
    verdict: Code
    learned: Prose
    usage: int
    technical: int
    political: int
    starts_on: date | None
    cost_cents: int | None

    def apply(self, sheet: ActionSheet) -> None:
        """It was tested."""
        Prototypes.of(sheet).say(self.prototype_id, verdict=self.verdict)


@command(ActionSheet, records=PrototypeTested)
@dataclass(frozen=True, kw_only=True)
class RecordPrototypeTest(_OfPrototype):
    """Record that a prototype was tested, and what is made of it; `occurred_on` is the last day of the test."""

    verdict: Code
    learned: Prose
    usage: int
    technical: int = 0
    political: int = 0
    starts_on: date | None = None
    cost_cents: int | None = None

    def __post_init__(self) -> None:
        required_text(self.learned, "learned")
        if self.verdict not in VERDICTS:
            raise InvalidValue("unknown-code", field="verdict", value=self.verdict, allowed=VERDICTS)
        Attendance(self.technical, self.political, self.usage)
        if self.cost_cents is not None:
            check_amount(self.cost_cents, "cost_cents")

    @classmethod
    def records_a_fact(cls) -> bool:
        return True

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.check_known(state, case)
        if self.starts_on is not None and self.starts_on > case.occurred_on:
            case.broken(DatesDoNotFit("starts_on", self.starts_on, case.occurred_on))
        case.settle()
        record_from(self, state, case)


@event("action-sheet.prototype-given-up")
class PrototypeGivenUp(Event):
    """A prototype is not tested, or not again, because (`motive`)."""

    prototype_id: LocalId
    motive: Prose

    def apply(self, sheet: ActionSheet) -> None:
        """Nothing more is expected of it."""
        Prototypes.of(sheet).say(self.prototype_id, given_up_on=self.occurred_on)


@command(ActionSheet, records=PrototypeGivenUp)
@dataclass(frozen=True, kw_only=True)
class GiveUpPrototype(_OfPrototype):
    """Give a prototype up, and say why."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        known = self.check_known(state, case)
        if known is not None and known.given_up_on is not None:
            case.broken(PrototypeGivenUpAlready(known.given_up_on))
        case.settle()
        record_from(self, state, case)
