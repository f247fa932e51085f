"""An indicator is measured; a value that another partner proposes waits for the owner of the data; one is revised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from domain.convention.closed import Closing, RecordedAfterClosing, check_not_closed
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.indicators.defining import IndicatorIsRetired, OnIndicator, ValueInFuture, convention_of
from domain.indicators.indicator import PROPOSED, REFUSED, STANDS, Indicator, Measured
from domain.indicators.small_cells import Told, small_cells
from domain.kernel import (
    Actor,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    DoesNotFit,
    Event,
    Level,
    NothingToCite,
    Right,
    Streams,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    record_from,
    required_text,
)
from domain.partners import Partner
from domain.values import Code, InvalidValue, LocalId, Prose

METHODS: Final = tuple(map(Code, ("COUNT", "ADMINISTRATIVE_DATA", "STATISTICS", "SURVEY", "INTERVIEWS", "ESTIMATE")))
"""How a measure was taken."""

ACCEPTED: Final = Code("ACCEPTED")
ANSWERS: Final = (ACCEPTED, REFUSED)
"""What the owner of the data says of a proposed value."""

NOT_STANDING: Final = Code("NOT_STANDING")
NOT_WAITING: Final = Code("NOT_WAITING")
"""Why a measure is not revised (another one stands in its place, or none yet), or not answered (nobody waits)."""


@dataclass(frozen=True)
class AlreadyMeasured(BrokenRule):
    """A day has one value: another one is said by revising it, which keeps what was said before."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "period_ends_on"
    about: date


@event("indicator.indicator-measured")
class IndicatorMeasured(Event):
    """A value, or in words, of a day or period. `title`: of what, as it was called then; `proposed`: it waits for the
    owner of the data."""

    measure_id: LocalId
    value: Decimal | None
    total: int | None
    period_starts_on: date | None
    period_ends_on: date | None
    provided_by: UUID | None
    method: Code | None
    sample_size: int | None
    note: Prose | None
    revises: LocalId | None
    motive: Prose | None
    title: Prose
    proposed: bool
    definition_version: int

    @property
    def about(self) -> date:
        """The day that it is about: the last of its period, else the day it was taken."""
        return self.period_ends_on or self.occurred_on

    def apply(self, indicator: Indicator) -> None:
        """Keep it; it is the value unless it is only proposed."""
        fate = PROPOSED if self.proposed else STANDS
        indicator.measures.put(self.measure_id, Measured(self.about, fate, self.revises))


@event("indicator.measure-answered")
class MeasureAnswered(Event):
    """The owner of the data accepted a proposed value, or refused it and said why."""

    measure_id: LocalId
    answer: Code
    motive: Prose | None
    title: Prose

    def apply(self, indicator: Indicator) -> None:
        """It is the value from now on, or never was."""
        indicator.measures.answered(self.measure_id, accepted=self.answer == ACCEPTED)


def owner_of(streams: Streams, stream_id: UUID) -> UUID | None:
    """The partner that owns the data of an indicator; None where there is none."""
    state = streams.standing(stream_id)
    return state.terms.owner_id if isinstance(state, Indicator) else None


@command(Indicator, records=IndicatorMeasured, derived=("title", "proposed", "definition_version"))
@dataclass(frozen=True, kw_only=True)
class RecordMeasure(OnIndicator, Command):
    """Record what was measured: a value, or what is seen in words. `total`: of how many. `provided_by`: the partner
    that gives it, the owner of the data unless said; another one's waits for the owner. `revises`: the measure that it
    is said in the place of, with why; what was said before is kept."""

    measure_id: LocalId
    value: Decimal | None = None
    total: int | None = None
    period_starts_on: date | None = None
    period_ends_on: date | None = None
    provided_by: UUID | None = None
    method: Code | None = None
    sample_size: int | None = None
    note: Prose | None = None
    revises: LocalId | None = None
    motive: Prose | None = None

    def __post_init__(self) -> None:
        if self.value is None and not self.note:
            raise InvalidValue("measure-says-nothing", field="value")
        if self.method is not None and self.method not in METHODS:
            raise InvalidValue("unknown-code", field="method", value=self.method, allowed=METHODS)
        for name in ("total", "sample_size"):
            if (getattr(self, name) or 0) < 0:
                raise InvalidValue("negative-count", field=name)
        ends_on = self.period_ends_on or self.occurred_on
        if None not in (self.period_starts_on, ends_on) and ends_on < self.period_starts_on:  # type: ignore[operator]
            raise InvalidValue("period-reversed", field="period_ends_on")
        if self.revises is not None:
            required_text(self.motive, "motive")

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The partner that gives it."""
        return Right(self.NAME, self.provided_by or owner_of(streams, self.stream_id))

    def decide(self, state: Indicator, case: Case) -> None:
        about = self.period_ends_on or case.occurred_on
        case.breaks_if(about > case.occurred_on, ValueInFuture("period_ends_on", about, case.occurred_on))
        case.breaks_if(self.measure_id in state.measures.known, AlreadyExists(self.measure_id))
        if state.retired_on is not None and case.occurred_on >= state.retired_on:
            case.broken(IndicatorIsRetired(state.retired_on))
        if self.provided_by is not None:
            case.find(Partner, self.provided_by, "provided_by")
        self._check_revised(state, case, about)
        convention = convention_of(state, case)
        closed_on = Closing.of(convention).closed_on
        if closed_on is not None:
            case.broken(RecordedAfterClosing(closed_on))
        if self.value is not None:
            minimum = pinned_profile(case, *convention.profile_key).thresholds.small_cell_persons
            case.broken(*small_cells(state.terms, Told(self.value, self.total, self.sample_size), minimum))
        case.settle()
        proposed = self.provided_by not in (None, state.terms.owner_id)
        record_from(
            self,
            state,
            case,
            title=state.terms.title,
            proposed=proposed,
            definition_version=state.definition_version,
        )

    def _check_revised(self, state: Indicator, case: Case, about: date) -> None:
        """What it revises is the value; where it revises nothing, its day has none yet."""
        measures = state.measures
        if self.revises is None:
            proposes = self.provided_by not in (None, state.terms.owner_id)
            case.breaks_if(measures.standing_on(about) is not None and not proposes, AlreadyMeasured(about))
            return
        revised = measures.known.get(self.revises)
        if revised is None:
            case.broken(UnknownReference("revises", self.revises))
        elif revised.fate != STANDS:
            case.broken(DoesNotFit("revises", self.revises, NOT_STANDING))
        other = measures.standing_on(about)
        case.breaks_if(other not in (None, self.revises), AlreadyMeasured(about))


@command(Indicator, records=MeasureAnswered, derived=("title",))
@dataclass(frozen=True, kw_only=True)
class AnswerMeasure(Command):
    """Accept, or refuse and say why, a value that another partner proposed: the owner of the data answers."""

    measure_id: LocalId
    answer: Code
    motive: Prose | None = None

    def __post_init__(self) -> None:
        if self.answer not in ANSWERS:
            raise InvalidValue("unknown-code", field="answer", value=self.answer, allowed=ANSWERS)
        if self.answer == REFUSED:
            required_text(self.motive, "motive")

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The owner of the data."""
        return Right(self.NAME, owner_of(streams, self.stream_id))

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`: a value has to wait."""
        waiting = any(told.fate == PROPOSED for one in around.states(Indicator) for told in one.measures.known.values())
        if not waiting:
            case.broken(check_not_closed(state) or NothingToCite("measure_id", RecordMeasure.NAME))
        return case.weighed()

    def decide(self, state: Indicator, case: Case) -> None:
        told = state.measures.known.get(self.measure_id)
        if told is None:
            case.broken(UnknownReference("measure_id", self.measure_id))
        elif told.fate != PROPOSED:
            case.broken(DoesNotFit("measure_id", self.measure_id, NOT_WAITING))
        case.settle()
        record_from(self, state, case, title=state.terms.title)
