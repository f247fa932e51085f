"""A forum to come: people are invited, each expertise says who will be there, it is moved to another day (D03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import ConventionCommand, NothingToTakeBack
from domain.convention.forum_days import ForumDays
from domain.convention.forums import ConveneForum, ForumAlreadyHeld
from domain.convention.state import TerritorialConvention
from domain.kernel import (
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
from domain.partners import Partner
from domain.values import Attendance, Code, InvalidValue, LocalId, Prose

INVITED_BY = tuple(Code(name) for name in ("MAIL", "LETTER", "POSTER", "PRESS", "ONLINE", "WORD_OF_MOUTH"))
"""How people are told of a forum: those who receive no letter see the poster."""


@dataclass(frozen=True)
class ForumIsCancelled(BrokenRule):
    """Nobody is invited to a forum that will not be held; it is moved no more either."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "forum_id"
    MENDED_BY = ConveneForum.NAME


@dataclass(frozen=True)
class ForumDayIsPast(BrokenRule):
    """One invites, and answers, before the forum: who came is said when it is recorded."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    forum_on: date
    occurred_on: date


@event("convention.forum-invitation-sent")
class ForumInvitationSent(Event):
    """People were invited to a forum on `occurred_on`: how, and which partners were asked by name."""

    forum_id: LocalId
    invited_by: tuple[Code, ...]
    recipients: tuple[UUID, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep since when."""
        ForumDays.of(convention).invite(self.forum_id, self.occurred_on)


@event("convention.forum-attendance-confirmed")
class ForumAttendanceConfirmed(Event):
    """So many people of each expertise say that they will be at a forum: counts, nobody is named. The last one counts,
    for the day on which the forum is then to be."""

    forum_id: LocalId
    confirmed: Attendance

    def apply(self, convention: TerritorialConvention) -> None:
        """Nothing rests on it but what is asked of the forum."""


@event("convention.forum-moved")
class ForumMoved(Event):
    """A forum that was announced is to be held on another day, and why; its place too where it is said."""

    forum_id: LocalId
    planned_on: date
    motive: Prose
    place: Prose | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Take the new day."""
        ForumDays.of(convention).move(self.forum_id, self.planned_on)


@dataclass(frozen=True, kw_only=True)
class _OfExpectedForum(ConventionCommand):
    """What the acts on a forum that was announced have in common."""

    forum_id: LocalId

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A forum that was announced and not called off."""
        announced = ForumDays.of(state).announced.keys() - ForumsHeld.of(state).cancelled
        case.breaks_if(not announced, NothingToTakeBack("forum_id"))

    def check(self, state: TerritorialConvention, case: Case) -> None:
        """It was announced, before this act, and was not called off."""
        one = ForumDays.of(state).announced.get(self.forum_id)
        if self.forum_id in ForumsHeld.of(state).cancelled:
            case.broken(ForumIsCancelled())
        elif one is None:
            case.broken(UnknownReference("forum_id", self.forum_id))
        elif one.announced_on > case.occurred_on:
            case.broken(DatesDoNotFit("forum_id", one.announced_on, case.occurred_on))

    def check_before(self, state: TerritorialConvention, case: Case) -> None:
        """The same, and its day is not past: that on which it was held, else for which it is announced."""
        self.check(state, case)
        held, announced = ForumsHeld.of(state).held.get(self.forum_id), ForumDays.of(state).announced.get(self.forum_id)
        if announced is not None:
            day = held.held_on if held is not None else announced.planned_on
            case.breaks_if(day < case.occurred_on, ForumDayIsPast(day, case.occurred_on))


@command(TerritorialConvention, records=ForumInvitationSent)
@dataclass(frozen=True, kw_only=True)
class RecordForumInvitation(_OfExpectedForum):
    """Record that people were invited to a forum; again where others are. The letter or the poster is its document."""

    invited_by: tuple[Code, ...]
    recipients: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        unique(self.invited_by, "invited_by")
        unique(map(str, self.recipients), "recipients")
        if not self.invited_by:
            raise InvalidValue("at-least-one", field="invited_by")
        for one in self.invited_by:
            if one not in INVITED_BY:
                raise InvalidValue("unknown-code", field="invited_by", value=one, allowed=INVITED_BY)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.check_before(state, case)
        for partner_id in self.recipients:
            case.find(Partner, partner_id, "recipients")
        self.settle(state, case)
        record_from(self, state, case)


@command(TerritorialConvention, records=ForumAttendanceConfirmed)
@dataclass(frozen=True, kw_only=True)
class RecordForumAttendance(_OfExpectedForum):
    """Record how many people of each expertise say that they will come, in all; counts only, nobody is named (R32)."""

    confirmed: Attendance

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.check_before(state, case)
        self.settle(state, case)
        record_from(self, state, case)


@command(TerritorialConvention, records=ForumMoved)
@dataclass(frozen=True, kw_only=True)
class MoveForum(_OfExpectedForum):
    """Move a forum that was announced to another day, and say why; `place` where it changes too."""

    planned_on: date
    motive: Prose
    place: Prose | None = None

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A forum that is still expected."""
        case.breaks_if(not ForumsHeld.of(state).announced, NothingToTakeBack("forum_id"))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.check(state, case)
        case.breaks_if(self.forum_id in ForumsHeld.of(state).held, ForumAlreadyHeld(self.forum_id))
        past = self.planned_on < case.occurred_on
        case.breaks_if(past, EndsBeforeStart("planned_on", case.occurred_on, self.planned_on))
        self.settle(state, case)
        record_from(self, state, case)
