"""Forums that cross three expertises with offer and demand. Format, number and place are free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.crossing import ForumsHeld, in_order
from domain.convention.deciding import ConventionCommand, NothingToTakeBack
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.forum_days import ForumDays
from domain.convention.state import TerritorialConvention
from domain.convention.themes import check_known, named, to_cross
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    DatesDoNotFit,
    EndsBeforeStart,
    Event,
    Level,
    Surroundings,
    UnknownReference,
    command,
    event,
    record_from,
    required_text,
    unique,
)
from domain.method import MethodProfile
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, InvalidValue, LocalId, Prose, Theme

FORUM_FORMATS = tuple(
    Code(name)
    for name in (
        "FORUM",
        "WORKSHOP",
        "SEMINAR",
        "PLAYBACK",
        "CO_DESIGN",
        "PUBLIC_MEETING",
        "SURVEY_EVENING",
        "OUTREACH",
        "OTHER",
    )
)
"""How people meet: whatever its format, those who come are counted, and themes are crossed by it."""


@dataclass(frozen=True)
class ForumBeforeDiagnosis(BrokenRule):
    """R04: a forum counts when some shared diagnosis is dated on or before it."""

    RULE = "R04"
    LEVEL = Level.IRREGULAR
    forum_id: LocalId

    @property
    def subject(self) -> str:
        return self.forum_id


@dataclass(frozen=True)
class ForumBeforeSharing(BrokenRule):
    """R04: a diagnosis was shared, after the forum."""

    RULE = "R04"
    CODE = ForumBeforeDiagnosis.CODE
    LEVEL = Level.IRREGULAR
    FIELD = "occurred_on"
    forum_id: LocalId
    held_on: date
    shared_on: date

    @property
    def subject(self) -> str:
        return self.forum_id


@dataclass(frozen=True)
class ForumNotCrossed(BrokenRule):
    """R07: the theme still lacks an expertise or a side after this forum; told, never refused."""

    RULE = "R07"
    LEVEL = Level.NOTICE
    theme: Theme
    missing_expertises: tuple[Expertise, ...]
    missing_sides: tuple[AnalysisSide, ...]

    @property
    def subject(self) -> str:
        return self.theme.code


@dataclass(frozen=True)
class ForumAlreadyHeld(BrokenRule):
    """A forum that was held is a fact: it is cancelled no more."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "forum_id"
    forum_id: LocalId


@event("convention.forum-convened")
class ForumConvened(Event):
    """A forum is announced for a day."""

    forum_id: LocalId
    themes: tuple[Code, ...]
    format: Code
    planned_on: date
    place: Prose | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Expect it."""
        ForumsHeld.of(convention).announce(self.forum_id, self.occurred_on)
        ForumDays.of(convention).announce(self.forum_id, self.occurred_on, self.planned_on)


@event("convention.forum-cancelled")
class ForumCancelled(Event):
    """A forum that was announced will not be held, and why."""

    forum_id: LocalId
    motive: Prose

    def apply(self, convention: TerritorialConvention) -> None:
        """Expect it no more."""
        ForumsHeld.of(convention).cancel(self.forum_id)


@event("convention.forum-held")
class ForumHeld(Event):
    """A forum was held on `occurred_on`: counts by expertise, cells of the grid covered, outputs."""

    forum_id: LocalId
    themes: tuple[Code, ...]
    format: Code
    place: Prose | None
    attendance_by_expertise: Attendance
    cells_covered: tuple[Cell, ...]
    outputs: tuple[Prose, ...]
    animators: tuple[UUID, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep what the crossing needs."""
        ForumsHeld.of(convention).hold(
            self.forum_id,
            self.occurred_on,
            self.themes,
            self.attendance_by_expertise,
            self.cells_covered,
            withheld=convention.withholds(self),
        )


@dataclass(frozen=True, kw_only=True)
class _AboutForum(ConventionCommand):
    """What convening and holding a forum have in common."""

    forum_id: LocalId
    themes: tuple[Code, ...]
    format: Code = FORUM_FORMATS[0]
    place: Prose | None = None

    def __post_init__(self) -> None:
        unique(self.themes, "themes")
        if not self.themes:
            raise InvalidValue("at-least-one", field="themes")
        if self.format not in FORUM_FORMATS:
            raise InvalidValue("unknown-code", field="format", value=self.format, allowed=FORUM_FORMATS)

    def check_themes(self, state: TerritorialConvention, profile: MethodProfile, case: Case) -> None:
        """Each is a theme of the method or of the convention."""
        check_known(self.themes, "themes", state, profile, case)


@command(TerritorialConvention, records=ForumConvened)
@dataclass(frozen=True, kw_only=True)
class ConveneForum(_AboutForum):
    """Announce a forum; `occurred_on` is the day of the announcement, `planned_on` the day of the forum."""

    planned_on: date

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.check_themes(state, profile, case)
        case.breaks_if(ForumsHeld.of(state).knows(self.forum_id), AlreadyExists(self.forum_id))
        case.breaks_if(
            self.planned_on < case.occurred_on, EndsBeforeStart("planned_on", case.occurred_on, self.planned_on)
        )
        self.settle(state, case)
        record_from(self, state, case)


@command(TerritorialConvention, records=ForumHeld, derived=("cells_covered",))
@dataclass(frozen=True, kw_only=True)
class RecordForum(_AboutForum):
    """Record a forum that was held, convened here or not; counts only, nobody is named (R32)."""

    attendance_by_expertise: Attendance
    cells_covered: tuple[Cell, ...] = ()
    outputs: tuple[Prose, ...] = ()
    animators: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        for cell in self.cells_covered:
            if self.attendance_by_expertise.of(cell.expertise) == 0:
                raise InvalidValue("cell-without-people", field="cells_covered", value=cell.expertise.value)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.check_themes(state, profile, case)
        forums = ForumsHeld.of(state)
        case.breaks_if(self.forum_id in forums.held, AlreadyExists(self.forum_id))
        shared_on = min(DiagnosesShared.of(state).shared_on, default=None)
        if shared_on is None:
            case.broken(ForumBeforeDiagnosis(self.forum_id))
        elif case.occurred_on < shared_on:
            case.broken(ForumBeforeSharing(self.forum_id, case.occurred_on, shared_on))
        self.settle(state, case)
        record_from(self, state, case, cells_covered=tuple(dict.fromkeys(self.cells_covered)))
        for theme in to_cross(state, self.themes, profile):
            expertises, sides = forums.missing(theme, profile)
            if expertises or sides:
                case.broken(ForumNotCrossed(named(state, theme), in_order(expertises), in_order(sides)))
        self.settle(state, case)


@command(TerritorialConvention, records=ForumCancelled)
@dataclass(frozen=True, kw_only=True)
class CancelForum(ConventionCommand):
    """Cancel a forum that was announced; another one is announced anew. `occurred_on`: the day it was called off."""

    forum_id: LocalId
    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A forum that is still expected."""
        case.breaks_if(not ForumsHeld.of(state).announced, NothingToTakeBack("forum_id"))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        forums = ForumsHeld.of(state)
        case.breaks_if(self.forum_id in forums.held, ForumAlreadyHeld(self.forum_id))
        case.breaks_if(self.forum_id in forums.cancelled, AlreadyExists(self.forum_id))
        case.breaks_if(not forums.knows(self.forum_id), UnknownReference("forum_id", self.forum_id))
        announced_on = forums.announced.get(self.forum_id, case.occurred_on)
        case.breaks_if(announced_on > case.occurred_on, DatesDoNotFit("forum_id", announced_on, case.occurred_on))
        self.settle(state, case)
        record_from(self, state, case)
