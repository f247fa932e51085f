"""What becomes of a recommendation: decided by whoever it is addressed to, then done or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.convention.closed import check_not_closed
from domain.convention.state import TerritorialConvention
from domain.counsel.counsel import Counsel
from domain.counsel.explaining import check_decision
from domain.counsel.recommending import (
    ACCEPTED,
    IN_PART,
    REFUSED,
    IssueRecommendation,
    Recommendations,
    Recommended,
)
from domain.following import DoneWithoutProof
from domain.kernel import (
    Actor,
    BrokenRule,
    Case,
    Command,
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
from domain.steering.reference import DecisionReference
from domain.values import Code, InvalidValue, LocalId, Prose

OUTCOMES: Final = (ACCEPTED, IN_PART, REFUSED)
"""What whoever it is addressed to says of it."""

DONE: Final = Code("DONE")
ABANDONED: Final = Code("ABANDONED")
ENDINGS: Final = (DONE, ABANDONED)


@dataclass(frozen=True)
class RecommendationDecidedAlready(BrokenRule):
    """What was said of a recommendation is corrected, or recommended anew."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "recommendation_id"
    decided_on: date


@dataclass(frozen=True)
class BodyDecidesInMeeting(BrokenRule):
    """R08: what is recommended to a body it decides in one of its meetings, which is cited."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "decided_in"
    MENDED_BY = "record-meeting"


@dataclass(frozen=True)
class RecommendationNotAccepted(BrokenRule):
    """Only what was accepted is done, or given up afterwards."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "recommendation_id"
    MENDED_BY = "decide-recommendation"


@dataclass(frozen=True)
class RecommendationEnded(BrokenRule):
    """Nothing more is expected of it."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "recommendation_id"
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class _OfRecommendation(Command):
    """What is said of one recommendation, by whoever it is addressed to or whoever steers."""

    recommendation_id: LocalId

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The partner that it is addressed to says so itself."""
        counsel = streams.find(Counsel, self.stream_id)
        known = Recommendations.of(counsel).known.get(self.recommendation_id) if counsel is not None else None
        return Right(self.NAME, known.to_partner_id if known is not None else None)

    def found(self, state: Counsel, case: Case) -> Recommended | None:
        """The recommendation; the act is refused without, or once it ended."""
        known = Recommendations.of(state).known.get(self.recommendation_id)
        if known is None:
            case.broken(UnknownReference("recommendation_id", self.recommendation_id))
        elif known.ended_on is not None:
            case.broken(RecommendationEnded(known.ended_on))
        return known


@event("counsel.recommendation-decided")
class RecommendationDecided(Event):
    """Whoever it is addressed to accepts it, in whole or in part, or refuses it, and says why; a body does so by a
    decision of its meeting (`decided_in`)."""

    recommendation_id: LocalId
    answer: Code
    motive: Prose
    decided_in: DecisionReference | None

    def apply(self, counsel: Counsel) -> None:
        """It is followed, or over."""
        known = Recommendations.of(counsel).known
        if (one := known.get(self.recommendation_id)) is not None:
            known[self.recommendation_id] = one._replace(outcome=self.answer, decided_on=self.occurred_on)


@command(Counsel, records=RecommendationDecided)
@dataclass(frozen=True, kw_only=True)
class DecideRecommendation(_OfRecommendation):
    """Accept a recommendation, in whole or in part, or refuse it, and say why."""

    answer: Code
    motive: Prose
    decided_in: DecisionReference | None = None

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")
        if self.answer not in OUTCOMES:
            raise InvalidValue("unknown-code", field="answer", value=self.answer, allowed=OUTCOMES)

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: something has to be recommended that nobody decided."""
        if not any(one.outcome is None for each in _there(state, around) for one in each):
            case.broken(check_not_closed(state) or NothingToCite("recommendation_id", IssueRecommendation.NAME))
        return case.weighed()

    def decide(self, state: Counsel, case: Case) -> None:
        known = self.found(state, case)
        if known is not None and known.decided_on is not None:
            case.broken(RecommendationDecidedAlready(known.decided_on))
        check_decision(self.decided_in, "decided_in", state.places(), case)
        if known is not None and known.to_body_id is not None:
            elsewhere = self.decided_in is None or self.decided_in.body_id != known.to_body_id
            case.breaks_if(elsewhere, BodyDecidesInMeeting())
        case.settle()
        record_from(self, state, case)


@event("counsel.recommendation-followed")
class RecommendationFollowed(Event):
    """What was accepted is done, as documents or words show, or is given up, and why."""

    recommendation_id: LocalId
    ended: Code
    shown_by: Prose | None

    def apply(self, counsel: Counsel) -> None:
        """Nothing more is expected of it."""
        known = Recommendations.of(counsel).known
        if (one := known.get(self.recommendation_id)) is not None:
            known[self.recommendation_id] = one._replace(ended_on=self.occurred_on)


@command(Counsel, records=RecommendationFollowed)
@dataclass(frozen=True, kw_only=True)
class FollowRecommendation(_OfRecommendation):
    """Say that what was recommended and accepted is done, with what shows it, or that it is given up, and why."""

    ended: Code
    shown_by: Prose | None = None

    def __post_init__(self) -> None:
        if self.ended not in ENDINGS:
            raise InvalidValue("unknown-code", field="ended", value=self.ended, allowed=ENDINGS)
        if self.ended == ABANDONED:
            required_text(self.shown_by, "shown_by")

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: a recommendation has to be accepted."""
        if not any(one.is_followed for each in _there(state, around) for one in each):
            case.broken(check_not_closed(state) or NothingToCite("recommendation_id", DecideRecommendation.NAME))
        return case.weighed()

    def decide(self, state: Counsel, case: Case) -> None:
        known = self.found(state, case)
        accepted = known is not None and known.outcome in (ACCEPTED, IN_PART)
        case.breaks_if(known is not None and not accepted, RecommendationNotAccepted())
        shown = bool(self.shown_by) or bool(case.context.evidence)
        case.breaks_if(self.ended == DONE and not shown, DoneWithoutProof())
        case.settle()
        record_from(self, state, case)


def _there(state: TerritorialConvention, around: Surroundings) -> list[tuple[Recommended, ...]]:
    return [Recommendations.of(one).of_convention(state.id) for one in around.states(Counsel)]
