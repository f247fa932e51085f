"""Priorities: chosen in the steering committee, on findings, once the theme was crossed in forums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.convention.crossing import ForumsHeld, in_order
from domain.convention.deciding import ConventionCommand
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.state import TerritorialConvention
from domain.convention.waived import WaiversGranted
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Event,
    Level,
    Part,
    Surroundings,
    UnknownReference,
    command,
    event,
    part,
    record_from,
    required_text,
    unique,
)
from domain.method import MethodProfile
from domain.steering import PRIORITY_CHOSEN, DecisionReference, check_decision, decision_awaited
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
    MENDED_BY = "record-shared-diagnosis"


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
    MENDED_BY = "record-forum"
    theme: Code
    missing_expertises: tuple[Expertise, ...]
    missing_sides: tuple[AnalysisSide, ...]

    @property
    def subject(self) -> str:
        return self.theme


@dataclass(frozen=True)
class NoPriorityChosen(BrokenRule):
    """Action sheets, and the plan made of them, are of priorities: before one is chosen, none that is cited exists."""

    RULE = ""
    CODE = UnknownReference.CODE
    LEVEL = Level.HARD
    MENDED_BY = "choose-priority"


@dataclass(frozen=True)
class DuplicateRank(BrokenRule):
    """R09: rank is optional; two priorities of one rank are told, not refused."""

    RULE = "R09"
    LEVEL = Level.NOTICE
    FIELD = "rank"
    rank: int


@part(TerritorialConvention, "priorities")
@dataclass
class PrioritiesChosen(Part):
    """The live priorities by id, with their rank where they have one; those withdrawn since."""

    ranks: dict[LocalId, int | None] = field(default_factory=dict)
    withdrawn: set[LocalId] = field(default_factory=set)


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
        PrioritiesChosen.of(convention).ranks[self.priority_id] = self.rank


@command(TerritorialConvention, records=PriorityChosen)
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

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R05: before any diagnosis is shared there is nothing to choose on."""
        case.breaks_if(not DiagnosesShared.of(state).is_shared_by(case.occurred_on), PriorityWithoutDiagnosis())

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        chosen, forums, diagnoses = PrioritiesChosen.of(state), ForumsHeld.of(state), DiagnosesShared.of(state)
        taken = self.priority_id in chosen.ranks or self.priority_id in chosen.withdrawn
        case.breaks_if(taken, AlreadyExists(self.priority_id))
        case.breaks_if(self.theme not in profile.themes, UnknownReference("theme", self.theme))
        for forum_id in self.forums:
            fits = forum_id in forums.held and self.theme in forums.themes_of(forum_id)
            case.breaks_if(not fits, UnknownReference("forums", forum_id))
        for insee in self.communes:
            case.breaks_if(insee not in state.communes, UnknownReference("communes", insee))
        if diagnoses.is_shared_by(case.occurred_on):
            foreign = diagnoses.foreign(self.findings, case.occurred_on)
            case.breaks_if(foreign or not self.findings, FindingNotInDiagnosis(foreign))
        if self.theme in profile.themes:
            lacking = without_forum(state, self.theme, profile, case.occurred_on, self.forums)
            case.broken(*([lacking] if lacking is not None else []))
        check_decision(case, self.decided_in, PRIORITY_CHOSEN, state.home_territory_id, profile.deciding_bodies)
        case.breaks_if(self.rank is not None and self.rank in chosen.ranks.values(), DuplicateRank(self.rank or 0))
        self.settle(state, case)
        record_from(self, state, case)

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """R06 while no theme at all may lead to a priority; a decision of the committee."""
        lacking = [without_forum(state, theme, profile, case.occurred_on) for theme in profile.themes]
        granted = WaiversGranted.of(state)
        if all(rule is not None and not granted.set_aside(rule, case.occurred_on) for rule in lacking):
            named = state.themes or frozenset(profile.themes)
            case.broken(*(rule for rule in lacking if rule is not None and rule.theme in named))
        decision_awaited(case, around, PRIORITY_CHOSEN, state.home_territory_id, profile.deciding_bodies)


def without_forum(
    state: TerritorialConvention, theme: Code, profile: MethodProfile, day: date, cited: tuple[LocalId, ...] = ()
) -> PriorityWithoutForum | None:
    """R06, over the forums held by a day; all those of the theme, or the cited ones. None when the theme is crossed."""
    forums = ForumsHeld.of(state)
    if cited:
        held = [one for one in dict.fromkeys(cited) if one in forums.held and forums.held[one].held_on <= day]
        expertises, sides = forums.missing_among(theme, profile, held)
    else:
        expertises, sides = forums.missing_by(theme, profile, day)
    if not expertises and not sides:
        return None
    return PriorityWithoutForum(theme, in_order(expertises), in_order(sides))
