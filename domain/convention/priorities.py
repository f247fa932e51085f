"""Priorities: chosen in the steering committee, on findings, once the theme was crossed in forums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.calendar import add_months
from domain.cited_decisions import DecisionNotCited, check_decision, decision_awaited
from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import ConventionCommand
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.state import TerritorialConvention
from domain.convention.themes import check_known, to_cross
from domain.convention.uncrossed import NoThemeCrossed, may_begin, without_forum, without_forums
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    DatesDoNotFit,
    DoesNotFit,
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
from domain.steering import PRIORITY_CHOSEN, DecisionReference
from domain.values import Code, InvalidValue, LocalId, Prose, parse_insee

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
class PriorityBeforeDiagnosis(BrokenRule):
    """R05: a diagnosis was shared, after the priority is said to have been chosen."""

    RULE = "R05"
    CODE = PriorityWithoutDiagnosis.CODE
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    chosen_on: date
    shared_on: date


@dataclass(frozen=True)
class FindingNotInDiagnosis(BrokenRule):
    """R05: the cited findings belong to a shared diagnosis of this convention, and there is at least one."""

    RULE = "R05"
    LEVEL = Level.WAIVABLE
    FIELD = "findings"
    findings: tuple[LocalId, ...]


@dataclass(frozen=True)
class FindingsSharedLater(BrokenRule):
    """R05: the cited findings belong to a diagnosis that was shared after the priority is said to have been chosen."""

    RULE = "R05"
    CODE = FindingNotInDiagnosis.CODE
    LEVEL = Level.WAIVABLE
    FIELD = "findings"
    findings: tuple[LocalId, ...]
    chosen_on: date
    shared_on: date


@dataclass(frozen=True)
class StaleDiagnosis(BrokenRule):
    """R10: the last diagnosis shared by then is older than the method lets one be, in months, for a choice; told."""

    RULE = "R10"
    LEVEL = Level.NOTICE
    FIELD = "findings"
    shared_on: date
    chosen_on: date
    months: int


NOT_HELD = Code("NOT_HELD")
OTHER_THEME = Code("OTHER_THEME")
"""Why a forum founds no priority: it was not held, it was about something else."""
PRIORITY_IS_WITHDRAWN = Code("PRIORITY_IS_WITHDRAWN")
"""Why nothing is written for a priority any more."""


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
    """The live priorities by id, with their rank where they have one; those withdrawn since. `chosen_on`: when each of
    them was; `themes_of`: those that each serves, or did."""

    ranks: dict[LocalId, int | None] = field(default_factory=dict)
    withdrawn: set[LocalId] = field(default_factory=set)
    chosen_on: dict[LocalId, date] = field(default_factory=dict)
    themes_of: dict[LocalId, tuple[Code, ...]] = field(default_factory=dict)

    @property
    def themes(self) -> frozenset[Code]:
        """The themes that any of them ever served."""
        return frozenset(theme for themes in self.themes_of.values() for theme in themes)

    def check_live(self, priority_id: LocalId, case: Case) -> bool:
        """Whether a priority that an act cites is live; the act is refused when it is not."""
        if priority_id in self.withdrawn:
            case.broken(DoesNotFit("priority_id", priority_id, PRIORITY_IS_WITHDRAWN))
        elif priority_id not in self.ranks:
            case.broken(UnknownReference("priority_id", priority_id))
        return priority_id in self.ranks


@event("convention.priority-chosen")
class PriorityChosen(Event):
    """The committee chose a priority on `occurred_on`: why, on which findings and forums, against what.

    Without `decided_in`: of before a take-over (R34), and nobody knows where it was decided.
    """

    priority_id: LocalId
    title: Prose
    themes: tuple[Code, ...]
    rank: int | None
    findings: tuple[LocalId, ...]
    forums: tuple[LocalId, ...]
    ends_served: tuple[Code, ...]
    alternatives: tuple[Prose, ...]
    decided_in: DecisionReference | None
    communes: tuple[Code, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the priority, its rank and its day."""
        chosen = PrioritiesChosen.of(convention)
        chosen.ranks[self.priority_id] = self.rank
        chosen.chosen_on[self.priority_id] = self.occurred_on
        chosen.themes_of[self.priority_id] = self.themes


@command(TerritorialConvention, records=PriorityChosen)
@dataclass(frozen=True, kw_only=True)
class ChoosePriority(ConventionCommand):
    """Choose a priority, on one theme or several. `communes` empty: the whole perimeter; `forums` empty: all those of
    its themes. `decided_in` is left out only of what is before a take-over, where nobody knows it."""

    MAY_BE_OF_BEFORE = True

    priority_id: LocalId
    title: Prose
    themes: tuple[Code, ...]
    findings: tuple[LocalId, ...] = ()
    forums: tuple[LocalId, ...] = ()
    decided_in: DecisionReference | None = None
    rank: int | None = None
    ends_served: tuple[Code, ...] = ()
    alternatives: tuple[Prose, ...] = ()
    communes: tuple[Code, ...] = ()

    def __post_init__(self) -> None:
        required_text(self.title, "title")
        unique(self.themes, "themes")
        if not self.themes:
            raise InvalidValue("at-least-one", field="themes")
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
        shared_on = min(DiagnosesShared.of(state).shared_on, default=None)
        if shared_on is None:
            case.broken(PriorityWithoutDiagnosis())
        elif case.occurred_on < shared_on:
            case.broken(PriorityBeforeDiagnosis(case.occurred_on, shared_on))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        chosen, forums, diagnoses = PrioritiesChosen.of(state), ForumsHeld.of(state), DiagnosesShared.of(state)
        taken = self.priority_id in chosen.ranks or self.priority_id in chosen.withdrawn
        case.breaks_if(taken, AlreadyExists(self.priority_id))
        themes = check_known(self.themes, "themes", state, profile, case)
        self._check_forums(forums, case)
        for insee in self.communes:
            case.breaks_if(insee not in state.communes, UnknownReference("communes", insee))
        shared_on, months = diagnoses.latest_by(case.occurred_on), profile.thresholds.stale_diagnosis_months
        if shared_on is not None:
            self._check_findings(diagnoses, case)
            stale = add_months(shared_on, months) < case.occurred_on
            case.breaks_if(stale, StaleDiagnosis(shared_on, case.occurred_on, months))
        crossed = to_cross(state, themes, profile)
        for theme in crossed:
            lacking = without_forum(state, theme, profile, case.occurred_on, self.forums)
            case.broken(*([lacking] if lacking is not None else []))
        if not crossed:
            case.breaks_if(None not in without_forums(state, profile, case), NoThemeCrossed())
        if self.decided_in is None:
            case.broken(DecisionNotCited(PRIORITY_CHOSEN))
        else:
            check_decision(case, self.decided_in, PRIORITY_CHOSEN, state.home_territory_id, profile.deciding_bodies)
        case.breaks_if(self.rank is not None and self.rank in chosen.ranks.values(), DuplicateRank(self.rank or 0))
        self.settle(state, case)
        record_from(self, state, case)

    def _check_forums(self, forums: ForumsHeld, case: Case) -> None:
        """The cited forums were held on one of these themes, on or before the day of the choice."""
        for forum_id in self.forums:
            if not forums.knows(forum_id):
                case.broken(UnknownReference("forums", forum_id))
            elif forum_id not in forums.held:
                case.broken(DoesNotFit("forums", forum_id, NOT_HELD))
            elif not forums.themes_of(forum_id) & set(self.themes):
                case.broken(DoesNotFit("forums", forum_id, OTHER_THEME))
            elif (held_on := forums.held[forum_id].held_on) > case.occurred_on:
                case.broken(DatesDoNotFit("forums", held_on, case.occurred_on))

    def _check_findings(self, diagnoses: DiagnosesShared, case: Case) -> None:
        """R05: at least one, each of a diagnosis shared on or before the day of the choice."""
        foreign = diagnoses.foreign(self.findings, case.occurred_on)
        later = tuple(one for one in foreign if one in diagnoses.findings)
        if later:
            shared_on = max(diagnoses.findings[one] for one in later)
            case.broken(FindingsSharedLater(later, case.occurred_on, shared_on))
        unknown = tuple(one for one in foreign if one not in later)
        case.breaks_if(unknown or not self.findings, FindingNotInDiagnosis(unknown))

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """R06 while no theme at all may lead to a priority; a decision of the committee."""
        if not may_begin(state, profile, case):
            lacking = without_forums(state, profile, case)
            meant = state.themes or frozenset(profile.themes)
            case.broken(*(rule for rule in lacking if rule is not None and rule.theme.code in meant))
        decision_awaited(case, around, PRIORITY_CHOSEN, state.home_territory_id, profile.deciding_bodies)
