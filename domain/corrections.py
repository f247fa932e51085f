"""Mistakes mended: any recorded fact or decision may be corrected or annulled; nothing appended is touched (R28, R29).

Who may record a fact may say that it was mistaken. A milestone takes a second person: it is proposed, and nothing
changes until somebody else confirms it; where nobody else could, it is mended at once and that is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.contesting import refuse_own
from domain.kernel import (
    ANNULMENT,
    CORRECTION,
    RECORDED_BY,
    Actor,
    Aggregate,
    Case,
    Command,
    Corrected,
    CorrectionLapsed,
    CorrectionProposed,
    CorrectionRefused,
    Mending,
    NotEntitled,
    Right,
    Streams,
    UnknownReference,
    command,
)
from domain.mending import (
    CountsNoMore,
    ImmutableEvent,
    NothingCorrected,
    counting,
    is_mendable,
    may_be_said_again,
    record_mended,
    refuse_unseen,
    say_in_place,
    what_falls,
)
from domain.proposals import (
    CorrectionPending,
    NoSecondPerson,
    SecondPersonRequired,
    lapsed,
    open_proposal,
    second_person,
    waiting_on,
)
from domain.replaying import command_of, turns_of
from domain.values import Code, InvalidValue


@dataclass(frozen=True, kw_only=True)
class _Mends(Command):
    """What acts about a mistake have in common: they act on a stream of whatever kind."""

    cascade: tuple[UUID, ...] = ()


@command(Aggregate)
@dataclass(frozen=True, kw_only=True)
class AnnulEvent(_Mends):
    """Say that something was recorded by mistake: it counts no more, nor does what fell with it (`cascade`).

    `target_id`: the event; the reason is required. A milestone is proposed, and waits for a second person.
    """

    target_id: UUID

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The right to record such a fact."""
        return _right_on(streams, self.stream_id, self.target_id, actor) or Right(self.NAME, None)

    def decide(self, state: Aggregate, case: Case) -> None:
        _mend(state, case, self.target_id, self.cascade, None)


@command(Aggregate)
@dataclass(frozen=True, kw_only=True)
class ConfirmCorrection(_Mends):
    """Confirm what somebody else proposed to mend, with what falls by it; it counts from now on."""

    proposal_id: UUID

    def decide(self, state: Aggregate, case: Case) -> None:
        proposal = open_proposal(state, case, self.proposal_id)
        case.breaks_if(proposal.envelope.actor_id == case.context.actor.actor_id, SecondPersonRequired())
        case.settle()
        history = case.streams.history(state.id)
        corrected = Corrected(history)
        target = counting(corrected, proposal.target_id)
        if target is None:
            case.broken(CountsNoMore(proposal.target_id))
            case.settle()
            return
        said = corrected.said_by(proposal.envelope.event_id)
        say = command_of(said[0], said[1:]) if said else None
        found = what_falls(state, case, target, say)
        second = second_person(found, case)
        entitled = second is None or case.context.role in second.rule.confirmed_by
        case.breaks_if(not entitled, NotEntitled(self.NAME))
        refuse_unseen(case, found, (*self.cascade, *proposal.cascade))
        case.settle()
        record_mended(state, case, target, found, say, proposal)


@command(Aggregate)
@dataclass(frozen=True, kw_only=True)
class RefuseCorrection(Command):
    """Refuse what somebody else proposed to mend, or take back one's own proposal; the reason is required."""

    proposal_id: UUID

    def decide(self, state: Aggregate, case: Case) -> None:
        _motive(case)
        open_proposal(state, case, self.proposal_id)
        case.settle()
        state.note(CorrectionRefused, case, proposal_id=self.proposal_id)


@command(Aggregate, internal=True)
@dataclass(frozen=True, kw_only=True)
class LapseCorrection(Command):
    """Record that a proposal waited in vain; sent by the sweep. Nothing is recorded of one that is closed already."""

    proposal_id: UUID

    def decide(self, state: Aggregate, case: Case) -> None:
        case.settle()
        for one in lapsed(case.streams.history(state.id), case.context.today):
            if one.envelope.event_id == self.proposal_id:
                state.note(CorrectionLapsed, case, proposal_id=self.proposal_id)


def correct(say: Command, state: Aggregate, case: Case) -> None:
    """Say again, by a command, what an event says wrongly (`Context.corrects`). Raises `Refused`."""
    corrects = case.context.corrects
    assert corrects is not None
    _mend(state, case, corrects.target_id, corrects.cascade, say)


def right_to_correct(command: Command, streams: Streams, actor: Actor, target_id: UUID) -> Right:
    """The right that correcting takes: to have recorded what was said, as well as what is said now."""
    was = _right_on(streams, command.stream_id, target_id, actor)
    now = command.right(streams, actor)
    return now if was is None or was.action == now.action else was


def _mend(state: Aggregate, case: Case, target_id: UUID, agreed: Sequence[UUID], say: Command | None) -> None:
    _motive(case)
    history = case.streams.history(state.id)
    known = next((one for one in history if one.envelope.event_id == target_id), None)
    if known is None:
        case.broken(UnknownReference("target_id", str(target_id)))
        case.settle()
        return
    case.breaks_if(not is_mendable(known), ImmutableEvent(Code(known.TOPIC)))
    corrected = Corrected(history)
    target = counting(corrected, target_id)
    case.breaks_if(target is None, CountsNoMore(target_id))
    other = say is not None and (type(say) is not RECORDED_BY.get(type(known)) or not may_be_said_again(known))
    case.breaks_if(other, ImmutableEvent(Code(known.TOPIC)))
    pending = waiting_on(history, case.context.today, target_id)
    if pending is not None:
        case.broken(CorrectionPending(pending.envelope.event_id, pending.lapses_on))
    case.settle()
    assert target is not None
    if say is not None:
        beside = next(turn.with_it for turn in turns_of(history) if turn.event.envelope.event_id == target_id)
        case.breaks_if(say == command_of(target, beside), NothingCorrected())
    found = what_falls(state, case, target, say)
    refuse_unseen(case, found, agreed)
    second = second_person(found, case)
    case.breaks_if(second is not None and not second.exists, NoSecondPerson())
    if second is None or not second.exists:
        refuse_own(state, case, (one.envelope.event_id for one in found.fallen))
    case.settle()
    if second is None or not second.exists:
        record_mended(state, case, target, found, say, None)
        return
    proposal = state.note(
        CorrectionProposed,
        case,
        target_id=target.envelope.event_id,
        kind=ANNULMENT if say is None else CORRECTION,
        cascade=tuple(one.envelope.event_id for one in found.fallen[1:]),
        lapses_on=case.context.today + timedelta(days=second.rule.lapses_after_days),
    )
    say_in_place(state, proposal, target, found.said)


def _motive(case: Case) -> None:
    """R28: a correction says why. Raises `InvalidValue`."""
    if not case.context.reason:
        raise InvalidValue("text-required", field="reason")


def _right_on(streams: Streams, stream_id: UUID, target_id: UUID, actor: Actor) -> Right | None:
    """The right to record what an event tells of, None for what nobody records."""
    for one in streams.history(stream_id):
        if one.envelope.event_id == target_id and not isinstance(one, Mending):
            told = command_of(one, ())
            kind = RECORDED_BY.get(type(one))
            return (
                told.right(streams, actor) if told is not None else Right(kind.NAME, None) if kind is not None else None
            )
    return None
