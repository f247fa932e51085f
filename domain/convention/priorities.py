"""Priorities: chosen in the steering committee, on findings, once the theme was crossed in forums."""

from __future__ import annotations

from dataclasses import dataclass

from domain.convention.forums import in_order
from domain.convention.state import ConventionCommand, TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Event,
    Level,
    UnknownReference,
    command,
    event,
    required_text,
    unique,
)
from domain.method import MethodProfile
from domain.steering import PRIORITY_CHOSEN, DecisionReference, check_decision
from domain.values import AnalysisSide, Code, Expertise, InvalidValue, LocalId, Prose, parse_insee

ENDS = tuple(
    Code(name)
    for name in (
        "TERRITORIALISE_OFFER",
        "COORDINATE_AUTHORITIES",
        "SENSE_AND_EFFICIENCY",
        "COMPLEMENTARITY",
        "RATIONALISE_CONTRACTS",
    )
)
"""The five ends of the framework (S2) that a priority may serve."""


@dataclass(frozen=True)
class PriorityWithoutDiagnosis(BrokenRule):
    """R05: a priority needs at least one shared diagnosis, dated on or before it."""

    RULE = "R05"
    LEVEL = Level.HARD


@dataclass(frozen=True)
class FindingNotInDiagnosis(BrokenRule):
    """R05: the cited findings belong to a shared diagnosis of this convention, and there is at least one."""

    RULE = "R05"
    LEVEL = Level.WAIVABLE
    FIELD = "findings"
    findings: tuple[LocalId, ...]


@dataclass(frozen=True)
class PriorityWithoutForum(BrokenRule):
    """R06: the theme is crossed by the union of its forums that count."""

    RULE = "R06"
    LEVEL = Level.WAIVABLE
    FIELD = "theme"
    theme: Code
    missing_expertises: tuple[Expertise, ...]
    missing_sides: tuple[AnalysisSide, ...]

    @property
    def subject(self) -> str:
        return self.theme


@dataclass(frozen=True)
class DuplicateRank(BrokenRule):
    """R09: rank is optional; two priorities of one rank are told, not refused."""

    RULE = "R09"
    LEVEL = Level.NOTICE
    FIELD = "rank"
    rank: int


@event("convention.priority-chosen")
class PriorityChosen(Event):
    """The committee chose a priority on `occurred_on`: why, on which findings and forums, against what."""

    priority_id: LocalId
    title: Prose
    theme: Code
    rank: int | None
    findings: tuple[LocalId, ...]
    forums: tuple[LocalId, ...]
    ends_served: tuple[Code, ...]
    alternatives: tuple[Prose, ...]
    decided_in: DecisionReference
    communes: tuple[Code, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the priority and its rank."""
        convention.priorities[self.priority_id] = self.rank


@command(TerritorialConvention)
@dataclass(frozen=True, kw_only=True)
class ChoosePriority(ConventionCommand):
    """Choose a priority. `communes` empty: the whole perimeter; `forums` empty: all those of the theme."""

    priority_id: LocalId
    title: Prose
    theme: Code
    findings: tuple[LocalId, ...] = ()
    forums: tuple[LocalId, ...] = ()
    decided_in: DecisionReference
    rank: int | None = None
    ends_served: tuple[Code, ...] = ()
    alternatives: tuple[Prose, ...] = ()
    communes: tuple[Code, ...] = ()

    def __post_init__(self) -> None:
        required_text(self.title, "title")
        unique(self.findings, "findings")
        unique(self.forums, "forums")
        unique(self.communes, "communes")
        for insee in self.communes:
            parse_insee(insee)
        for end in self.ends_served:
            if end not in ENDS:
                raise InvalidValue("unknown-code", field="ends_served", value=end, allowed=ENDS)
        if self.rank is not None and self.rank < 1:
            raise InvalidValue("rank", field="rank", value=self.rank)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        case.breaks_if(self.priority_id in state.priorities, AlreadyExists(self.priority_id))
        case.breaks_if(self.theme not in profile.themes, UnknownReference("theme", self.theme))
        for forum_id in self.forums:
            forum = state.forums.get(forum_id)
            fits = forum is not None and forum.held_on is not None and self.theme in forum.themes
            case.breaks_if(not fits, UnknownReference("forums", forum_id))
        for insee in self.communes:
            case.breaks_if(insee not in state.communes, UnknownReference("communes", insee))
        shared = [one for one in state.diagnoses if one.shared_on <= case.occurred_on]
        case.breaks_if(not shared, PriorityWithoutDiagnosis())
        known = frozenset[LocalId]().union(*(one.findings for one in shared))
        foreign = tuple(finding for finding in self.findings if finding not in known)
        case.breaks_if(shared and (foreign or not self.findings), FindingNotInDiagnosis(foreign))
        if self.theme in profile.themes:
            self._check_crossing(state, case, profile)
        check_decision(case, self.decided_in, PRIORITY_CHOSEN, state.home_territory_id, profile.deciding_bodies)
        case.breaks_if(self.rank is not None and self.rank in state.priorities.values(), DuplicateRank(self.rank or 0))
        self.settle(state, case)
        state.record(
            PriorityChosen,
            case,
            priority_id=self.priority_id,
            title=self.title,
            theme=self.theme,
            rank=self.rank,
            findings=self.findings,
            forums=self.forums,
            ends_served=self.ends_served,
            alternatives=self.alternatives,
            decided_in=self.decided_in,
            communes=self.communes,
        )

    def _check_crossing(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R06, over the forums held on or before the choice; all those of the theme, or the cited ones."""
        held = {
            forum_id
            for forum_id, forum in state.forums.items()
            if forum.held_on is not None and forum.held_on <= case.occurred_on
        }
        only = frozenset(held & set(self.forums)) if self.forums else frozenset(held)
        expertises, sides = state.missing_for_crossing(self.theme, profile, only)
        if expertises or sides:
            case.broken(PriorityWithoutForum(self.theme, in_order(expertises), in_order(sides)))
