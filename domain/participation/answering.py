"""What became of what people said: what it feeds, or why it is not kept; and that they were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.convention.closed import check_not_closed, check_open
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    Command,
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
    unique,
)
from domain.participation.contributing import Contributions, RecordContribution
from domain.participation.participation import (
    KEPT,
    NOT_KEPT,
    KeptForNothing,
    NotKeptWithoutReason,
    TerritoryParticipation,
    Tracing,
    require_code,
)
from domain.values import Code, InvalidValue, LocalId, Prose

OUTCOMES: Final = (KEPT, NOT_KEPT)
TOLD_BY: Final = tuple(map(Code, ("MEETING", "LETTER", "ONLINE", "POSTER", "IN_PERSON", "OTHER")))
"""How people are told what became of what they said."""


@dataclass(frozen=True)
class NothingToTellBack(BrokenRule):
    """One tells people what became of what they said: it has to be known first."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "contribution_ids"


@event("participation.contribution-answered")
class ContributionAnswered(Event):
    """What became of a contribution: kept, for a finding, a priority or an action; or not, because (`motive`)."""

    convention_id: UUID
    contribution_id: LocalId
    became: Code
    finding_id: LocalId | None
    priority_id: LocalId | None
    sheet_id: UUID | None
    motive: Prose | None

    def apply(self, participation: TerritoryParticipation) -> None:
        """Keep the outcome; of another one than was told back, people have still to be told."""
        known = Contributions.of(participation).known
        if (one := known.get(self.contribution_id)) is not None:
            known[self.contribution_id] = one._replace(outcome=self.became, told=False)


@command(TerritoryParticipation, records=ContributionAnswered)
@dataclass(frozen=True, kw_only=True)
class AnswerContribution(Tracing):
    """Say what became of a contribution; said again, the last answer counts."""

    contribution_id: LocalId
    became: Code
    motive: Prose | None = None

    def __post_init__(self) -> None:
        require_code(self.became, "became", OUTCOMES)

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: something has to have been said, and the convention is not closed."""
        check_open(state, case, is_fact=False)
        if not any(Contributions.of(one).of_convention(state.id) for one in around.states(TerritoryParticipation)):
            case.broken(NothingToCite("contribution_id", RecordContribution.NAME))
        return case.weighed()

    def decide(self, state: TerritoryParticipation, case: Case) -> None:
        known = Contributions.of(state).known
        case.breaks_if(self.contribution_id not in known, UnknownReference("contribution_id", self.contribution_id))
        self.check_traces(state, case)
        case.breaks_if(self.became == KEPT and not self.is_traced, KeptForNothing())
        case.breaks_if(self.became == NOT_KEPT and not self.motive, NotKeptWithoutReason())
        case.settle()
        record_from(self, state, case)


@event("participation.told-back")
class ToldBack(Event):
    """People were told on `occurred_on` what became of what they said: who was, and how."""

    contribution_ids: tuple[LocalId, ...]
    told_to: Prose
    told_by: Code

    def apply(self, participation: TerritoryParticipation) -> None:
        """Nothing more is expected of them."""
        known = Contributions.of(participation).known
        for one in self.contribution_ids:
            if one in known:
                known[one] = known[one]._replace(told=True)


@command(TerritoryParticipation, records=ToldBack)
@dataclass(frozen=True, kw_only=True)
class RecordToldBack(Command):
    """Record that people were told what became of what they said."""

    contribution_ids: tuple[LocalId, ...]
    told_to: Prose
    told_by: Code

    def __post_init__(self) -> None:
        required_text(self.told_to, "told_to")
        require_code(self.told_by, "told_by", TOLD_BY)
        unique(self.contribution_ids, "contribution_ids")
        if not self.contribution_ids:
            raise InvalidValue("at-least-one", field="contribution_ids")

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: something has to have become of what was said."""
        for one in around.states(TerritoryParticipation):
            if any(each.outcome is not None for each in Contributions.of(one).of_convention(state.id).values()):
                return case.weighed()
        case.broken(check_not_closed(state) or NothingToCite("contribution_ids", AnswerContribution.NAME))
        return case.weighed()

    def decide(self, state: TerritoryParticipation, case: Case) -> None:
        known = Contributions.of(state).known
        for one in self.contribution_ids:
            case.breaks_if(one not in known, UnknownReference("contribution_ids", one))
        waiting = any(one in known and known[one].outcome is None for one in self.contribution_ids)
        case.breaks_if(waiting, NothingToTellBack())
        case.settle()
        record_from(self, state, case)
