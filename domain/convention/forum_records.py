"""What a forum said is given back to those who came, and to whom else: its record, shared on a day (D04)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import ConventionCommand
from domain.convention.forum_days import ForumDays
from domain.convention.forums import RecordForum
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    DatesDoNotFit,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    UnknownReference,
    command,
    event,
    record_from,
    unique,
)
from domain.method import MethodProfile
from domain.values import Code, InvalidValue, LocalId

SHARED_WITH = tuple(Code(name) for name in ("TECHNICAL", "POLITICAL", "USAGE", "PARTNERS", "PUBLIC"))
"""To whom the record of a forum is given: those of each expertise, the partners of the convention, everybody."""


@dataclass(frozen=True)
class ForumNotHeldYet(BrokenRule):
    """The record is that of a forum that was held."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "forum_id"
    MENDED_BY = RecordForum.NAME


@dataclass(frozen=True)
class ForumRecordWithoutDocument(BrokenRule):
    """What was shared is a document, and it is joined."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "evidence"


@event("convention.forum-record-shared")
class ForumRecordShared(Event):
    """The record of a forum was shared on `occurred_on`, with whom; the record is the document of this fact."""

    forum_id: LocalId
    shared_with: tuple[Code, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep since when."""
        ForumDays.of(convention).share(self.forum_id, self.occurred_on)


@command(TerritorialConvention, records=ForumRecordShared)
@dataclass(frozen=True, kw_only=True)
class RecordSharedForumRecord(ConventionCommand):
    """Record that the record of a forum was shared, with whom; again where others receive it."""

    forum_id: LocalId
    shared_with: tuple[Code, ...]

    def __post_init__(self) -> None:
        unique(self.shared_with, "shared_with")
        if not self.shared_with:
            raise InvalidValue("at-least-one", field="shared_with")
        for one in self.shared_with:
            if one not in SHARED_WITH:
                raise InvalidValue("unknown-code", field="shared_with", value=one, allowed=SHARED_WITH)

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A forum that was held."""
        case.breaks_if(not ForumsHeld.of(state).held, NothingToCite("forum_id", RecordForum.NAME))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        known = ForumsHeld.of(state)
        held = known.held.get(self.forum_id)
        if held is not None:
            case.breaks_if(held.held_on > case.occurred_on, DatesDoNotFit("forum_id", held.held_on, case.occurred_on))
        elif known.knows(self.forum_id):
            case.broken(ForumNotHeldYet())
        else:
            case.broken(UnknownReference("forum_id", self.forum_id))
        case.breaks_if(not case.context.evidence, ForumRecordWithoutDocument())
        self.settle(state, case)
        record_from(self, state, case)
