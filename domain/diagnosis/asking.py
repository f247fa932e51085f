"""Data are asked of a partner once: what was received serves again, what is awaited is not asked twice (R32: aggregated
data only, in forms that hold no person)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.diagnosis.content import DiagnosisContent, check_convention, check_its_content, opened
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    EndsBeforeStart,
    Event,
    Level,
    Part,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.money import check_year
from domain.partners import Partner
from domain.values import Code, InvalidValue, LocalId, Prose

DATA_FORMS: Final = tuple(Code(one) for one in ("FIGURES", "TABLE", "MAP", "NOTE"))
"""In which form data are asked: none of them holds a line per person or household (R32)."""


@dataclass(frozen=True)
class DataAsked:
    """What a partner was asked for, until when, and what it answered so far."""

    convention_id: UUID
    partner_id: UUID
    theme: Code
    first_year: int
    last_year: int
    asked_on: date
    due_on: date
    promised_for: date | None = None
    received_on: date | None = None
    refused_on: date | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether the partner still has to answer."""
        return self.received_on is None and self.refused_on is None

    def is_about(self, partner_id: UUID, theme: Code, first_year: int, last_year: int) -> bool:
        """Whether it is of the same partner and theme, and shares a year."""
        same = self.partner_id == partner_id and self.theme == theme
        return same and self.first_year <= last_year and first_year <= self.last_year


@part(DiagnosisContent, "data")
@dataclass
class DataOfPartners(Part):
    """Every datum asked, by its name."""

    known: dict[LocalId, DataAsked] = field(default_factory=dict)

    def say(self, data_id: LocalId, **said: Any) -> None:
        """Keep what is said of a datum; of one whose request was a mistake nothing is kept."""
        if data_id in self.known:
            self.known[data_id] = replace(self.known[data_id], **said)


@dataclass(frozen=True)
class DataReceivedAlready(BrokenRule):
    """The partner already gave data on that theme for these years: they are used again, or one says what this request
    adds to them."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "beyond"
    MENDED_BY = "reuse-data"
    theme: Code
    received_on: date


@dataclass(frozen=True)
class DataAskedAlready(BrokenRule):
    """The partner was already asked for data on that theme for these years, and has not answered yet."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "beyond"
    theme: Code
    asked_on: date


@event("diagnosis.data-contribution-requested")
class DataContributionRequested(Event):
    """A partner is asked for data about a theme, of some years, by `due_on`. `beyond`: what it adds to what the same
    partner was asked before about the same."""

    convention_id: UUID
    home_territory_id: UUID
    data_id: LocalId
    partner_id: UUID
    what: Prose
    theme: Code
    first_year: int
    last_year: int
    data_form: Code
    due_on: date
    beyond: Prose | None

    def apply(self, content: DiagnosisContent) -> None:
        """It is awaited."""
        DataOfPartners.of(content).known[self.data_id] = DataAsked(
            self.convention_id,
            self.partner_id,
            self.theme,
            self.first_year,
            self.last_year,
            self.occurred_on,
            self.due_on,
        )


@command(DiagnosisContent, starts=True, records=DataContributionRequested)
@dataclass(frozen=True, kw_only=True)
class AskForData(Command):
    """Ask a partner for data: what, about which theme of which convention, of which years, in which form, by when.

    `stream_id` is `diagnosis_stream(home_territory_id)`.
    """

    convention_id: UUID
    home_territory_id: UUID
    data_id: LocalId
    partner_id: UUID
    what: Prose
    theme: Code
    first_year: int
    last_year: int
    data_form: Code
    due_on: date
    beyond: Prose | None = None

    def __post_init__(self) -> None:
        required_text(self.what, "what")
        check_year(self.first_year, "first_year")
        check_year(self.last_year, "last_year")
        if self.last_year < self.first_year:
            raise InvalidValue("period-reversed", field="last_year")
        if self.data_form not in DATA_FORMS:
            raise InvalidValue("unknown-code", field="data_form", value=self.data_form, allowed=DATA_FORMS)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory that wants to know."""
        return self.home_territory_id

    def decide(self, state: DiagnosisContent | None, case: Case) -> DiagnosisContent:
        check_its_content(case, self.stream_id, self.home_territory_id)
        check_convention(case, self.convention_id, self.home_territory_id, self.theme, is_fact=False)
        case.find(Partner, self.partner_id, "partner_id")
        if self.due_on < case.occurred_on:
            case.broken(EndsBeforeStart("due_on", case.occurred_on, self.due_on))
        known = DataOfPartners.of(state).known if state is not None else {}
        case.breaks_if(self.data_id in known, AlreadyExists(self.data_id))
        if not self.beyond:
            self._check_new(known.values(), case)
        case.settle()
        content = opened(state, self.stream_id, self.home_territory_id, case)
        record_from(self, content, case)
        return content

    def _check_new(self, known: Iterable[DataAsked], case: Case) -> None:
        """Nothing like it was received, nor is awaited; what was refused may be asked again."""
        for one in known:
            if one.is_about(self.partner_id, self.theme, self.first_year, self.last_year):
                if one.received_on is not None:
                    case.broken(DataReceivedAlready(self.theme, one.received_on))
                elif one.is_awaited:
                    case.broken(DataAskedAlready(self.theme, one.asked_on))
