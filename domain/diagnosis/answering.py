"""A partner answers what it was asked for: promised, received, refused; and what was received is used again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.diagnosis.asking import DataAsked, DataOfPartners, DataReceivedAlready
from domain.diagnosis.content import DiagnosisContent
from domain.indicators.small_cells import SmallCell
from domain.kernel import (
    Actor,
    BrokenRule,
    Case,
    Command,
    EndsBeforeStart,
    Event,
    Level,
    Right,
    Streams,
    UnknownReference,
    command,
    event,
    record_from,
    required_text,
)
from domain.values import InvalidValue, LocalId, Prose


@dataclass(frozen=True)
class DataAnsweredAlready(BrokenRule):
    """The partner already gave the data, or refused them: nothing more is awaited of it."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "data_id"
    answered_on: date


@dataclass(frozen=True)
class DataNotReceived(BrokenRule):
    """Only what was received is used again."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "data_id"
    MENDED_BY = "record-data-received"


@dataclass(frozen=True)
class ReceivedWithoutFile(BrokenRule):
    """Data were received, and no document keeps them: nobody will use them again."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "evidence"


@event("diagnosis.data-contribution-promised")
class DataContributionPromised(Event):
    """The partner says that it gives the data by `promised_for`; a later promise moves the day."""

    data_id: LocalId
    partner_id: UUID
    promised_for: date

    def apply(self, content: DiagnosisContent) -> None:
        """Keep the day."""
        DataOfPartners.of(content).say(self.data_id, promised_for=self.promised_for)


@event("diagnosis.data-contribution-received")
class DataContributionReceived(Event):
    """The data came on `occurred_on`; `smallest_count`: the fewest people that one of their figures counts."""

    data_id: LocalId
    partner_id: UUID
    smallest_count: int | None

    def apply(self, content: DiagnosisContent) -> None:
        """Nothing more is awaited, be it refused before."""
        DataOfPartners.of(content).say(self.data_id, received_on=self.occurred_on, refused_on=None)


@event("diagnosis.data-contribution-refused")
class DataContributionRefused(Event):
    """The partner does not give the data, and why."""

    data_id: LocalId
    partner_id: UUID
    motive: Prose

    def apply(self, content: DiagnosisContent) -> None:
        """Nothing more is awaited."""
        DataOfPartners.of(content).say(self.data_id, refused_on=self.occurred_on)


@event("diagnosis.data-contribution-reused")
class DataContributionReused(Event):
    """What a partner gave once serves for something else, and is not asked again."""

    data_id: LocalId
    partner_id: UUID
    purpose: Prose

    def apply(self, content: DiagnosisContent) -> None:
        """Nothing stands otherwise: it is told by the log."""


@dataclass(frozen=True, kw_only=True)
class OnData(Command):
    """Base of what is said of a datum that was asked for. `OWN`: whether it is the partner's own to say (R33)."""

    OWN: ClassVar[bool] = True
    data_id: LocalId

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The line of the policy table."""
        content = streams.standing(self.stream_id) if self.OWN else None
        asked = DataOfPartners.of(content).known.get(self.data_id) if isinstance(content, DiagnosisContent) else None
        return Right(self.NAME, asked.partner_id if asked is not None else None)

    def asked(self, state: DiagnosisContent, case: Case) -> DataAsked | None:
        """What was asked for; one that nobody asked for, or later, is told to the case."""
        asked = DataOfPartners.of(state).known.get(self.data_id)
        if asked is None:
            case.broken(UnknownReference("data_id", self.data_id))
        elif case.occurred_on < asked.asked_on:
            case.broken(EndsBeforeStart("occurred_on", asked.asked_on, case.occurred_on))
        return asked


def _check_awaited(asked: DataAsked | None, case: Case) -> None:
    answered = (asked.received_on or asked.refused_on) if asked is not None else None
    if answered is not None:
        case.broken(DataAnsweredAlready(answered))


@command(DiagnosisContent, records=DataContributionPromised, derived=("partner_id",))
@dataclass(frozen=True, kw_only=True)
class PromiseData(OnData):
    """Say by when the partner gives what it was asked for."""

    promised_for: date

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        asked = self.asked(state, case)
        _check_awaited(asked, case)
        if self.promised_for < case.occurred_on:
            case.broken(EndsBeforeStart("promised_for", case.occurred_on, self.promised_for))
        case.settle()
        assert asked is not None
        record_from(self, state, case, partner_id=asked.partner_id)


@command(DiagnosisContent, records=DataContributionReceived, derived=("partner_id",))
@dataclass(frozen=True, kw_only=True)
class RecordDataReceived(OnData):
    """Record that the data came; `smallest_count`: the fewest people that one of their figures counts, where they count
    people (R32)."""

    smallest_count: int | None = None

    def __post_init__(self) -> None:
        if self.smallest_count is not None and self.smallest_count < 0:
            raise InvalidValue("negative-count", field="smallest_count")

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        asked = self.asked(state, case)
        if asked is not None:
            if asked.received_on is not None:
                case.broken(DataReceivedAlready(asked.theme, asked.received_on))
            self._check_cells(asked, case)
        case.breaks_if(not case.context.evidence, ReceivedWithoutFile())
        case.settle()
        assert asked is not None
        record_from(self, state, case, partner_id=asked.partner_id)

    def _check_cells(self, asked: DataAsked, case: Case) -> None:
        """R32: no figure counts so few people that somebody is recognised; none at all tells of nobody."""
        convention = case.find(TerritorialConvention, asked.convention_id, "data_id")
        if convention is None or not self.smallest_count:
            return
        minimum = pinned_profile(case, *convention.profile_key).thresholds.small_cell_persons
        case.breaks_if(self.smallest_count < minimum, SmallCell("smallest_count", minimum))


@command(DiagnosisContent, records=DataContributionRefused, derived=("partner_id",))
@dataclass(frozen=True, kw_only=True)
class RefuseData(OnData):
    """Say that the partner does not give what it was asked for, and why."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        asked = self.asked(state, case)
        _check_awaited(asked, case)
        case.settle()
        assert asked is not None
        record_from(self, state, case, partner_id=asked.partner_id)


@command(DiagnosisContent, records=DataContributionReused, derived=("partner_id",))
@dataclass(frozen=True, kw_only=True)
class ReuseData(OnData):
    """Use again what a partner gave, instead of asking it once more; for what."""

    OWN: ClassVar[bool] = False
    purpose: Prose

    def __post_init__(self) -> None:
        required_text(self.purpose, "purpose")

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        asked = self.asked(state, case)
        case.breaks_if(asked is not None and asked.received_on is None, DataNotReceived())
        case.settle()
        assert asked is not None
        record_from(self, state, case, partner_id=asked.partner_id)
