"""What users say: a question asked of them, how many answered, and how the answers are spread.

Under the threshold of the method no spread is kept (R32): a percentage of a few would tell what each of them said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.convention.beside import convention_of_new
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    Level,
    Places,
    Surroundings,
    UnknownReference,
    Weighed,
    aggregate,
    command,
    event,
    required_text,
    start_from,
    unique,
)
from domain.values import Code, InvalidValue, Prose

CHANNELS: Final = tuple(map(Code, ("PAPER", "ONLINE", "TELEPHONE", "INTERVIEW", "MEETING", "OTHER")))
"""How the question was asked."""

LEVELS: Final = ("very_satisfied", "satisfied", "unsatisfied", "very_unsatisfied", "no_opinion")
"""The answers, from the best to none; each is a field that counts them."""


@dataclass(frozen=True)
class FewAnswers(BrokenRule):
    """R32: of so few answers the spread is not kept: it would tell what each person said."""

    RULE = "R32"
    CODE = "small-cell"
    LEVEL = Level.HARD
    FIELD = "answers"
    minimum: int


@aggregate("satisfaction", "satisfaction")
class Satisfaction(Aggregate):
    """One question asked of users once, a stream of its own."""

    convention_id: UUID
    home_territory_id: UUID

    @property
    def territory_id(self) -> UUID:
        """The territory of its convention."""
        return self.home_territory_id

    def places(self) -> Places:
        """Its convention and the territory of that."""
        return Places(self.convention_id, self.home_territory_id)


@event("satisfaction.satisfaction-measured")
class SatisfactionMeasured(CreatedEvent):
    """Users were asked a question: of whom, how, how many answered, what they said."""

    convention_id: UUID
    home_territory_id: UUID
    question: Prose
    audience: Prose
    channel: Code
    answers: int
    asked: int | None
    very_satisfied: int | None
    satisfied: int | None
    unsatisfied: int | None
    very_unsatisfied: int | None
    no_opinion: int | None
    sheet_ids: tuple[UUID, ...]
    note: Prose | None

    def apply(self, satisfaction: Satisfaction) -> None:
        """Keep where it belongs."""
        satisfaction.convention_id = self.convention_id
        satisfaction.home_territory_id = self.home_territory_id


@command(Satisfaction, starts=True, records=SatisfactionMeasured)
@dataclass(frozen=True, kw_only=True)
class RecordSatisfaction(Command):
    """Record what users answered to a question. `audience`: who was asked; `asked`: how many of them. `sheet_ids`:
    the actions it is about."""

    convention_id: UUID
    home_territory_id: UUID
    question: Prose
    audience: Prose
    channel: Code
    answers: int
    asked: int | None = None
    very_satisfied: int | None = None
    satisfied: int | None = None
    unsatisfied: int | None = None
    very_unsatisfied: int | None = None
    no_opinion: int | None = None
    sheet_ids: tuple[UUID, ...] = ()
    note: Prose | None = None

    def __post_init__(self) -> None:
        required_text(self.question, "question")
        required_text(self.audience, "audience")
        if self.channel not in CHANNELS:
            raise InvalidValue("unknown-code", field="channel", value=self.channel, allowed=CHANNELS)
        for name in ("answers", "asked", *LEVELS):
            if (getattr(self, name) or 0) < 0:
                raise InvalidValue("negative-count", field=name)
        if self.asked is not None and self.asked < self.answers:
            raise InvalidValue("more-answers-than-asked", field="asked")
        if self.is_spread and sum(getattr(self, name) or 0 for name in LEVELS) != self.answers:
            raise InvalidValue("answers-do-not-add-up", field="answers")
        unique(map(str, self.sheet_ids), "sheet_ids")

    @property
    def is_spread(self) -> bool:
        """Whether it says how the answers are spread."""
        return any(getattr(self, name) is not None for name in LEVELS)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory of its convention."""
        return self.home_territory_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """Nothing is in the way of it: users may be asked at any time."""
        return case.weighed()

    def decide(self, state: Satisfaction | None, case: Case) -> Satisfaction:
        convention = convention_of_new(self, state, case)
        if convention is not None:
            minimum = pinned_profile(case, *convention.profile_key).thresholds.small_cell_persons
            case.breaks_if(self.is_spread and self.answers < minimum, FewAnswers(minimum))
        for sheet_id in self.sheet_ids:
            sheet = case.find(ActionSheet, sheet_id, "sheet_ids")
            elsewhere = sheet is not None and sheet.convention_id != self.convention_id
            case.breaks_if(elsewhere, UnknownReference("sheet_ids", str(sheet_id)))
        case.settle()
        started: Satisfaction = start_from(self, case)
        return started
