"""Facts contested: any recorded fact may be contested by a partner, discussed, and resolved by a second person (S2).

It is kept, for a reason, or it is corrected or annulled by the acts that mend any mistake (R28): what mends it resolves
what contests it. Whoever contests never resolves alone, and whoever recorded the fact does not judge it where somebody
else can. Until then the fact has its effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.contested import (
    KEPT,
    ContestationAnswered,
    ContestationResolved,
    ContestationWithdrawn,
    RecordContested,
    closes,
    contesting,
    open_ones,
)
from domain.frameworks import FrameworkConvention
from domain.kernel import (
    RECORDED_BY,
    Actor,
    Aggregate,
    BrokenRule,
    Case,
    Command,
    Corrected,
    Event,
    Level,
    Right,
    Streams,
    UnknownReference,
    command,
    required_text,
)
from domain.mending import CountsNoMore, counting
from domain.partners import Partner
from domain.roles import CAF_ADVISER, CO_PILOT, COOPERATION_OFFICER, FRAMEWORK_CO_PILOT, FRAMEWORK_PILOT, PILOT
from domain.territories import Territory
from domain.values import Code

RESOLVING: Final = (PILOT, CO_PILOT, COOPERATION_OFFICER, CAF_ADVISER)
RESOLVING_ON_FRAMEWORK: Final = (FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT)
"""Who may say that a contested fact is kept: on a territory, on a whole framework."""

NEVER_CONTESTED: Final = ("ctg.method-profile.", "ctg.contestation.")
"""A published method gets another version; a contestation is answered."""


@dataclass(frozen=True)
class NotContestable(BrokenRule):
    """R28: what follows by itself, what the engine said or a method is not contested: the fact it comes from is."""

    RULE = "R28"
    LEVEL = Level.HARD
    FIELD = "target_id"
    topic: Code


@dataclass(frozen=True)
class AlreadyContested(BrokenRule):
    """R28: the same partner contests the same fact already, and nobody resolved that yet."""

    RULE = "R28"
    LEVEL = Level.HARD
    FIELD = "target_id"
    contestation_id: UUID
    since: date


@dataclass(frozen=True)
class ContestationClosed(BrokenRule):
    """R28: the contestation was resolved or withdrawn."""

    RULE = "R28"
    LEVEL = Level.HARD
    FIELD = "contestation_id"
    closed_on: date


@dataclass(frozen=True)
class OwnContestation(BrokenRule):
    """R28: whoever contests does not resolve, nor mends alone what it contests, where somebody else can."""

    RULE = "R28"
    LEVEL = Level.HARD


@dataclass(frozen=True)
class OwnRecord(BrokenRule):
    """R28: whoever recorded a contested fact does not keep it alone, where somebody else can judge."""

    RULE = "R28"
    LEVEL = Level.HARD


@dataclass(frozen=True)
class NobodyElseResolves(BrokenRule):
    """R28: a contested fact was judged by somebody who contested or recorded it, for nobody else can here."""

    RULE = "R28"
    LEVEL = Level.NOTICE


@command(Aggregate)
@dataclass(frozen=True, kw_only=True)
class ContestRecord(Command):
    """Contest a recorded fact for a partner; the reason is required, documents may prove it.

    `target_id`: the event. The fact keeps its effect until it is mended.
    """

    target_id: UUID
    partner_id: UUID

    @property
    def acting_partner(self) -> UUID:
        """The partner that contests; who steers may record it for the partner."""
        return self.partner_id

    def decide(self, state: Aggregate, case: Case) -> None:
        required_text(case.context.reason, "reason")
        case.find(Partner, self.partner_id, "partner_id")
        history = case.streams.history(state.id)
        known = next((one for one in history if one.envelope.event_id == self.target_id), None)
        if known is None:
            case.broken(UnknownReference("target_id", str(self.target_id)))
            case.settle()
            return
        case.breaks_if(not is_contestable(known), NotContestable(Code(known.TOPIC)))
        case.settle()
        case.breaks_if(counting(Corrected(history), self.target_id) is None, CountsNoMore(self.target_id))
        for one in open_ones(history):
            if (one.target_id, one.partner_id) == (self.target_id, self.partner_id):
                case.broken(AlreadyContested(one.envelope.event_id, one.recorded_on))
        case.settle()
        state.record(RecordContested, case, target_id=self.target_id, partner_id=self.partner_id)


@dataclass(frozen=True, kw_only=True)
class _OnContestation(Command):
    """What is said of a contestation that is open; what is said stands in the reason."""

    contestation_id: UUID

    def open_one(self, state: Aggregate, case: Case) -> RecordContested:
        """The contestation. Raises `Refused`."""
        history = case.streams.history(state.id)
        found = contesting(history, self.contestation_id)
        if found is None:
            case.broken(UnknownReference("contestation_id", str(self.contestation_id)))
        elif (closed := next((one for one in history if closes(one, found)), None)) is not None:
            case.broken(ContestationClosed(closed.recorded_on))
        case.settle()
        assert found is not None
        return found


@command(Aggregate)
@dataclass(frozen=True, kw_only=True)
class AnswerContestation(_OnContestation):
    """Answer a contestation, or add to what was said; the text is required."""

    def decide(self, state: Aggregate, case: Case) -> None:
        required_text(case.context.reason, "reason")
        self.open_one(state, case)
        state.record(ContestationAnswered, case, contestation_id=self.contestation_id)


@command(Aggregate)
@dataclass(frozen=True, kw_only=True)
class KeepContestedRecord(_OnContestation):
    """Resolve a contestation: the fact is right, and is kept; the reason is required."""

    def decide(self, state: Aggregate, case: Case) -> None:
        required_text(case.context.reason, "reason")
        found = self.open_one(state, case)
        me = case.context.actor.actor_id
        case.breaks_if(found.envelope.actor_id == me, OwnContestation())
        history = case.streams.history(state.id)
        fact = next(one for one in history if one.envelope.event_id == found.target_id)
        if fact.envelope.actor_id == me:
            case.broken(OwnRecord() if somebody_else(state, case) else NobodyElseResolves())
        case.settle()
        state.record(ContestationResolved, case, contestation_id=self.contestation_id, outcome=KEPT, settled_by=None)


@command(Aggregate)
@dataclass(frozen=True, kw_only=True)
class WithdrawContestation(_OnContestation):
    """Take back a contestation: by the partner that contests, or whoever recorded it for the partner."""

    def right(self, streams: Streams, actor: Actor) -> Right:
        """Its partner's, or their own of whoever recorded it."""
        found = contesting(streams.history(self.stream_id), self.contestation_id)
        if found is None:
            return Right(self.NAME, own=True)
        return Right(self.NAME, found.partner_id, own=found.envelope.actor_id == actor.actor_id)

    def decide(self, state: Aggregate, case: Case) -> None:
        self.open_one(state, case)
        state.record(ContestationWithdrawn, case, contestation_id=self.contestation_id)


def is_contestable(event: Event) -> bool:
    """Whether somebody recorded it, so that somebody may say that it is not so."""
    return type(event) in RECORDED_BY and not event.TOPIC.startswith(NEVER_CONTESTED)


def refuse_own(state: Aggregate, case: Case, mended: Iterable[UUID]) -> None:
    """R28: what somebody contests is not mended by that person alone, where somebody else can."""
    wanted, me = set(mended), case.context.actor.actor_id
    for one in open_ones(case.streams.history(state.id)):
        if one.target_id in wanted and one.envelope.actor_id == me:
            case.broken(OwnContestation() if somebody_else(state, case) else NobodyElseResolves())
            return


def somebody_else(state: Aggregate, case: Case) -> bool:
    """Whether anybody else could resolve a contestation there today: by coming in, or by a link."""
    place: Aggregate | None = None
    roles: tuple[Code, ...] = RESOLVING
    if state.territory_id is not None:
        place = case.streams.find(Territory, state.territory_id)
    elif state.whole_framework_id is not None:
        place, roles = case.streams.find(FrameworkConvention, state.whole_framework_id), RESOLVING_ON_FRAMEWORK
    if not isinstance(place, Territory | FrameworkConvention):
        return False
    me, today = case.context.actor.actor_id, case.context.today
    others = {
        one.person_id for one in place.assignments if one.role in roles and one.person_id != me and one.holds_on(today)
    }
    return bool(case.people.could_answer(others))
