"""An indicator is defined, redefined with a reason, retired with a reason."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from domain.action_sheets.indicators import attach
from domain.action_sheets.state import ActionSheet
from domain.convention.beside import convention_of_new
from domain.convention.closed import check_not_closed, check_open
from domain.convention.deciding import ease_before, pinned_profile
from domain.convention.state import TerritorialConvention
from domain.indicators.indicator import Indicator
from domain.indicators.small_cells import SmallCell, Told, small_cells
from domain.indicators.terms import NUMBER, Terms, check_terms
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    record_from,
    required_text,
    start_from,
)
from domain.partners import Partner
from domain.values import Prose

TERMS: Final = tuple(one.name for one in dataclasses.fields(Terms))


@dataclass(frozen=True)
class BaselineUnknown(BrokenRule):
    """R11: an indicator says from where it starts, or by when that will be known; told when it is defined, weighed when
    the plan is validated."""

    RULE = "R11"
    LEVEL = Level.NOTICE
    FIELD = "baseline_value"


@dataclass(frozen=True)
class ValueInFuture(BrokenRule):
    """R03: nothing is measured of a day to come."""

    RULE = "R03"
    CODE = "bad-business-date"
    LEVEL = Level.HARD
    field: str
    about: date
    today: date


@dataclass(frozen=True)
class MeasuredOtherwise(BrokenRule):
    """What was measured in one unit, or without counting people, makes no series with what comes in another one."""

    RULE = ""
    LEVEL = Level.HARD
    field: str


@dataclass(frozen=True)
class IndicatorIsRetired(BrokenRule):
    """A retired indicator is measured and redefined no more."""

    RULE = ""
    LEVEL = Level.HARD
    retired_on: date


def terms_of(holder: Any) -> Terms:
    """The terms that an event or a command says."""
    return Terms(**{name: getattr(holder, name) for name in TERMS})


@event("indicator.indicator-defined")
class IndicatorDefined(CreatedEvent, Terms):
    """An indicator was defined for a convention."""

    convention_id: UUID
    home_territory_id: UUID

    def apply(self, indicator: Indicator) -> None:
        """Take the terms."""
        indicator.convention_id = self.convention_id
        indicator.home_territory_id = self.home_territory_id
        indicator.terms = terms_of(self)


@event("indicator.indicator-redefined")
class IndicatorRedefined(Event, Terms):
    """Its definition changed: measures from now on are taken under another version."""

    motive: Prose

    def apply(self, indicator: Indicator) -> None:
        """Take the new terms."""
        indicator.terms = terms_of(self)
        indicator.definition_version += 1


@event("indicator.indicator-retired")
class IndicatorRetired(Event):
    """It is measured no more: what was measured stays. `title`: as it was called then."""

    motive: Prose
    title: Prose

    def apply(self, indicator: Indicator) -> None:
        """Close it."""
        indicator.retired_on = self.occurred_on


def check_fits(terms: Terms, convention: TerritorialConvention, case: Case) -> None:
    """Add to the case what keeps these terms from being those of an indicator of a convention."""
    profile = pinned_profile(case, *convention.profile_key)
    minimum = profile.thresholds.small_cell_persons
    case.find(Partner, terms.owner_id, "owner_id")
    for sheet_id in terms.sheet_ids:
        sheet = case.find(ActionSheet, sheet_id, "sheet_ids")
        elsewhere = sheet is not None and sheet.convention_id != convention.id
        case.breaks_if(elsewhere, UnknownReference("sheet_ids", str(sheet_id)))
    if terms.baseline_value is not None and terms.baseline_on is not None:
        today = case.context.today
        case.breaks_if(terms.baseline_on > today, ValueInFuture("baseline_on", terms.baseline_on, today))
        told = Told(terms.baseline_value, terms.baseline_total, None, "baseline_value", "baseline_total")
        case.broken(*small_cells(terms, told, minimum))
    else:
        case.breaks_if(terms.baseline_promised_by is None, BaselineUnknown())
    few = terms.counts_persons and terms.unit == NUMBER
    case.breaks_if(few and any(0 < one.value < minimum for one in terms.comparisons), SmallCell("comparisons", minimum))


def convention_of(state: Indicator, case: Case) -> TerritorialConvention:
    """The convention of an indicator. Raises `Refused` where it was opened by mistake."""
    convention = case.find(TerritorialConvention, state.convention_id, "convention_id")
    if convention is None:
        case.settle()
    assert convention is not None
    ease_before(convention, case)
    return convention


@command(Indicator, starts=True, records=IndicatorDefined)
@dataclass(frozen=True, kw_only=True)
class DefineIndicator(Command, Terms):
    """Define an indicator: what is measured, from where to where, by whom. `sheet_ids`: the actions it speaks of."""

    convention_id: UUID
    home_territory_id: UUID

    def __post_init__(self) -> None:
        check_terms(self)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory of its convention."""
        return self.home_territory_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`."""
        check_open(state, case, is_fact=False)
        return case.weighed()

    def decide(self, state: Indicator | None, case: Case) -> Indicator:
        convention = convention_of_new(self, state, case)
        if convention is not None:
            check_fits(self, convention, case)
        case.settle()
        started: Indicator = start_from(self, case)
        attach(case, started.id, started.terms.title, self.sheet_ids, cast(Event, started.pending_events[0]))
        return started


class OnIndicator:
    """What acts on an indicator that runs have in common."""

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`: an indicator has to be there, and to run."""
        if not any(one.retired_on is None for one in around.states(Indicator)):
            case.broken(check_not_closed(state) or NothingToCite("stream_id", DefineIndicator.NAME))
        return case.weighed()


@command(Indicator, records=IndicatorRedefined)
@dataclass(frozen=True, kw_only=True)
class RedefineIndicator(OnIndicator, Command, Terms):
    """Change the definition of an indicator, whole, and say why: what is left out is no part of it any more, so read it
    first (`GET …/indicators`) and send it back changed. What was measured keeps the version it was taken under."""

    motive: Prose

    def __post_init__(self) -> None:
        check_terms(self)
        required_text(self.motive, "motive")

    def decide(self, state: Indicator, case: Case) -> None:
        if state.retired_on is not None:
            case.broken(IndicatorIsRetired(state.retired_on))
        for name in ("unit", "counts_persons"):
            changed = getattr(self, name) != getattr(state.terms, name)
            case.breaks_if(changed and state.measures.known, MeasuredOtherwise(name))
        check_fits(self, convention_of(state, case), case)
        case.settle()
        recorded = record_from(self, state, case)
        attach(case, state.id, state.terms.title, self.sheet_ids, recorded)


@command(Indicator, records=IndicatorRetired, derived=("title",))
@dataclass(frozen=True, kw_only=True)
class RetireIndicator(OnIndicator, Command):
    """Retire an indicator that nobody uses any more, and say why; what it measured stays."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def decide(self, state: Indicator, case: Case) -> None:
        if state.retired_on is not None:
            case.broken(IndicatorIsRetired(state.retired_on))
        case.settle()
        record_from(self, state, case, title=state.terms.title)
