"""Recommendations: of tools, of organisation, of what is offered; resting on what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.convention.closed import check_open
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.reviewed import ReviewsDone
from domain.convention.state import TerritorialConvention
from domain.counsel.counsel import Counsel, begun, check_home
from domain.diagnosis.content import DiagnosisContent, diagnosis_stream
from domain.diagnosis.finding import FindingsRecorded
from domain.diagnosis.publishing import DiagnosesStarted
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    DoesNotFit,
    Event,
    Level,
    Part,
    Places,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    part,
    record_from,
    required_text,
    unique,
)
from domain.partners import Partner
from domain.steering import SteeringBody
from domain.values import Code, InvalidValue, LocalId, Prose

KINDS: Final = tuple(map(Code, ("TOOLS", "ORGANISATION", "OFFER")))
"""What a recommendation would change: the tools of the work, how it is organised, what families are offered."""

ACCEPTED: Final = Code("ACCEPTED")
IN_PART: Final = Code("IN_PART")
REFUSED: Final = Code("REFUSED")
NOT_OF_HERE: Final = Code("NOT_OF_HERE")
"""Why a body neither recommends nor is advised there: it steers another place."""


@dataclass(frozen=True)
class RecommendationRestsOnNothing(BrokenRule):
    """What is recommended follows from something that is known: findings, a review or a diagnosis."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "findings"


@dataclass(frozen=True)
class RecommendedToItself(BrokenRule):
    """One recommends to somebody else."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "to_partner_id"


class Recommended(NamedTuple):
    """A recommendation, as rules look at it: to whom, what was said of it, since when it is over."""

    convention_id: UUID
    to_body_id: UUID | None
    to_partner_id: UUID | None
    outcome: Code | None = None
    decided_on: date | None = None
    ended_on: date | None = None

    @property
    def is_followed(self) -> bool:
        """Whether something is still to be done of it."""
        return self.outcome in (ACCEPTED, IN_PART) and self.ended_on is None


@part(Counsel, "recommendations")
@dataclass
class Recommendations(Part):
    """What was recommended, by id."""

    known: dict[LocalId, Recommended] = field(default_factory=dict)

    def of_convention(self, convention_id: UUID) -> tuple[Recommended, ...]:
        """What was recommended under one convention."""
        return tuple(one for one in self.known.values() if one.convention_id == convention_id)


@event("counsel.recommendation-issued")
class RecommendationIssued(Event):
    """A partner recommends something, itself or for a body (`by_body_id`), resting on findings, on a review or on a
    diagnosis, to a body or to a partner."""

    home_territory_id: UUID
    convention_id: UUID
    recommendation_id: LocalId
    kind: Code
    text: Prose
    partner_id: UUID
    by_body_id: UUID | None
    findings: tuple[LocalId, ...]
    review_id: UUID | None
    diagnosis_id: LocalId | None
    to_body_id: UUID | None
    to_partner_id: UUID | None

    def apply(self, counsel: Counsel) -> None:
        """It waits for whoever it is addressed to."""
        known = Recommendations.of(counsel).known
        known[self.recommendation_id] = Recommended(self.convention_id, self.to_body_id, self.to_partner_id)


@command(Counsel, starts=True, records=RecommendationIssued)
@dataclass(frozen=True, kw_only=True)
class IssueRecommendation(Command):
    """Recommend something to a body or to a partner; `by_body_id`: the body in whose name the partner does."""

    home_territory_id: UUID
    convention_id: UUID
    recommendation_id: LocalId
    kind: Code
    text: Prose
    partner_id: UUID
    by_body_id: UUID | None = None
    findings: tuple[LocalId, ...] = ()
    review_id: UUID | None = None
    diagnosis_id: LocalId | None = None
    to_body_id: UUID | None = None
    to_partner_id: UUID | None = None

    def __post_init__(self) -> None:
        required_text(self.text, "text")
        unique(self.findings, "findings")
        if self.kind not in KINDS:
            raise InvalidValue("unknown-code", field="kind", value=self.kind, allowed=KINDS)
        if (self.to_partner_id is None) == (self.to_body_id is None):
            raise InvalidValue("at-least-one", field="to_body_id")

    def scope(self, state: Any) -> UUID | None:
        """The territory itself."""
        return self.home_territory_id

    @property
    def acting_partner(self) -> UUID:
        """The partner that recommends; whoever steers writes it for the partner."""
        return self.partner_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: the convention is over."""
        check_open(state, case, is_fact=False)
        return case.weighed()

    def decide(self, state: Counsel | None, case: Case) -> Counsel:
        home = Places(territory_id=self.home_territory_id)
        check_home(self.stream_id, home, case)
        known = Recommendations.of(state).known if state is not None else {}
        case.breaks_if(self.recommendation_id in known, AlreadyExists(self.recommendation_id))
        for name in ("partner_id", "to_partner_id"):
            if (one := getattr(self, name)) is not None:
                case.find(Partner, one, name)
        for name in ("by_body_id", "to_body_id"):
            if (one := getattr(self, name)) is not None:
                body = case.find(SteeringBody, one, name)
                strange = body is not None and body.home_territory_id != self.home_territory_id
                case.breaks_if(strange, DoesNotFit(name, str(one), NOT_OF_HERE))
        giver = self.by_body_id or self.partner_id
        case.breaks_if(giver in (self.to_partner_id, self.to_body_id), RecommendedToItself())
        self._check_grounds(case)
        case.settle()
        counsel: Counsel = begun(state, self.stream_id, home, case)
        record_from(self, counsel, case)
        return counsel

    def _check_grounds(self, case: Case) -> None:
        """What it rests on is known."""
        rests = bool(self.findings) or self.review_id is not None or self.diagnosis_id is not None
        case.breaks_if(not rests, RecommendationRestsOnNothing())
        convention = case.find(TerritorialConvention, self.convention_id, "convention_id")
        if convention is None:
            return
        if convention.territory_id != self.home_territory_id:
            case.broken(UnknownReference("convention_id", str(self.convention_id)))
            return
        check_open(convention, case, is_fact=False)
        content = case.streams.find(DiagnosisContent, diagnosis_stream(self.home_territory_id))
        shared = DiagnosesShared.of(convention).findings
        recorded = FindingsRecorded.of(content).known if content is not None else {}
        for one in self.findings:
            case.breaks_if(one not in shared and one not in recorded, UnknownReference("findings", one))
        if self.diagnosis_id is not None:
            known = content is not None and self.diagnosis_id in DiagnosesStarted.of(content).last
            case.breaks_if(not known, UnknownReference("diagnosis_id", self.diagnosis_id))
        if self.review_id is not None and ReviewsDone.of(convention).held(self.review_id) is None:
            case.broken(UnknownReference("review_id", str(self.review_id)))
