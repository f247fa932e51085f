"""Mistakes mended: any recorded fact or decision may be corrected or annulled; nothing appended is touched (R28, R29).

Who may record a fact may say that it was mistaken. A milestone takes a second person: it is proposed, and nothing
changes until somebody else confirms it; where nobody else could, it is mended at once and that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.convention.closed import Closing
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    ANNULMENT,
    CORRECTION,
    RECORDED_BY,
    Actor,
    Aggregate,
    BrokenRule,
    Case,
    Command,
    Corrected,
    CorrectionLapsed,
    CorrectionProposed,
    CorrectionRefused,
    CreatedEvent,
    Event,
    EventAnnulled,
    EventCorrected,
    Level,
    Mending,
    NotEntitled,
    Right,
    Settling,
    Streams,
    UnknownReference,
    command,
    folded,
)
from domain.method import CorrectionRule
from domain.perimeters import Reservation, check_free, registers_of, release, reserve
from domain.replaying import Mended, World, command_of, mended, turns_of
from domain.territories import Territory
from domain.values import Code, InvalidValue

NEVER_MENDED: Final = ("ctg.method-profile.", "ctg.territory.territory-role-", "ctg.framework.framework-role-")
"""A published method is pinned for ever and gets another version; a role is ended, not undone (R33)."""


@dataclass(frozen=True)
class ImmutableEvent(BrokenRule):
    """R28: what follows by itself, what the engine said, a method or a role is not corrected by anybody."""

    RULE = "R28"
    LEVEL = Level.HARD
    FIELD = "target_id"
    topic: Code


@dataclass(frozen=True)
class CountsNoMore(BrokenRule):
    """R28: the event was annulled already, or something else stands in its place."""

    RULE = "R28"
    LEVEL = Level.HARD
    FIELD = "target_id"
    target_id: UUID


@dataclass(frozen=True)
class NothingCorrected(BrokenRule):
    """R28: what is said again is what was said: an event would say nothing."""

    RULE = "R28"
    LEVEL = Level.HARD


@dataclass(frozen=True)
class DependentEvents(BrokenRule):
    """R29: other facts rest on this one; they fall with it, once whoever mends it has seen which and agreed."""

    RULE = "R29"
    LEVEL = Level.HARD
    FIELD = "cascade"
    events: tuple[UUID, ...]


@dataclass(frozen=True)
class CitedElsewhere(BrokenRule):
    """R29: facts that are not of this territory rest on it; each of them is mended first, where it stands."""

    RULE = "R29"
    CODE = "dependent-events"
    LEVEL = Level.HARD
    events: tuple[UUID, ...]


@dataclass(frozen=True)
class CorrectionPending(BrokenRule):
    """R28: a proposal to mend this waits already for a second person."""

    RULE = "R28"
    LEVEL = Level.HARD
    proposal_id: UUID
    lapses_on: date


@dataclass(frozen=True)
class ProposalClosed(BrokenRule):
    """R28: the proposal was confirmed, refused, or lapsed."""

    RULE = "R28"
    LEVEL = Level.HARD
    FIELD = "proposal_id"
    lapses_on: date


@dataclass(frozen=True)
class SecondPersonRequired(BrokenRule):
    """R28: whoever proposed does not confirm."""

    RULE = "R28"
    LEVEL = Level.HARD


@dataclass(frozen=True)
class NoSecondPerson(BrokenRule):
    """R28: a milestone was mended by one person alone, for nobody else could confirm it here."""

    RULE = "R28"
    CODE = "second-person-required"
    LEVEL = Level.NOTICE


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
        proposal = _open_proposal(state, case, self.proposal_id)
        case.breaks_if(proposal.envelope.actor_id == case.context.actor.actor_id, SecondPersonRequired())
        case.settle()
        history = case.streams.history(state.id)
        corrected = Corrected(history)
        target = _counting(corrected, proposal.target_id)
        if target is None:
            case.broken(CountsNoMore(proposal.target_id))
            case.settle()
            return
        said = corrected.said_by(proposal.envelope.event_id)
        say = command_of(said[0], said[1:]) if said else None
        found = _found(state, case, target, say)
        second = _second_person(found, case)
        entitled = second is None or case.context.role in second.rule.confirmed_by
        case.breaks_if(not entitled, NotEntitled(self.NAME))
        _agreed(case, found, (*self.cascade, *proposal.cascade))
        case.settle()
        _record(state, case, target, found, say, proposal)


@command(Aggregate)
@dataclass(frozen=True, kw_only=True)
class RefuseCorrection(Command):
    """Refuse what somebody else proposed to mend, or take back one's own proposal; the reason is required."""

    proposal_id: UUID

    def decide(self, state: Aggregate, case: Case) -> None:
        _motive(case)
        _open_proposal(state, case, self.proposal_id)
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


def is_mendable(event: Event) -> bool:
    """Whether somebody may say that this was recorded by mistake."""
    return type(event) in RECORDED_BY and not event.TOPIC.startswith(NEVER_MENDED)


# --- deciding ---------------------------------------------------------------------------------------------------------


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
    target = _counting(corrected, target_id)
    case.breaks_if(target is None, CountsNoMore(target_id))
    case.breaks_if(say is not None and type(say) is not RECORDED_BY.get(type(known)), ImmutableEvent(Code(known.TOPIC)))
    pending = _waiting(history, case.context.today, target_id)
    if pending is not None:
        case.broken(CorrectionPending(pending.envelope.event_id, pending.lapses_on))
    case.settle()
    assert target is not None
    if say is not None:
        beside = next(turn.with_it for turn in turns_of(history) if turn.event is target)
        case.breaks_if(say == command_of(target, beside), NothingCorrected())
    found = _found(state, case, target, say)
    _agreed(case, found, agreed)
    second = _second_person(found, case)
    case.breaks_if(second is not None and not second.exists, NoSecondPerson())
    case.settle()
    if second is None or not second.exists:
        _record(state, case, target, found, say, None)
        return
    proposal = state.note(
        CorrectionProposed,
        case,
        target_id=target.envelope.event_id,
        kind=ANNULMENT if say is None else CORRECTION,
        cascade=tuple(one.envelope.event_id for one in found.fallen[1:]),
        lapses_on=case.context.today + timedelta(days=second.rule.lapses_after_days),
    )
    _say(state, proposal, target, found.said)


def _found(state: Aggregate, case: Case, target: Event, say: Command | None) -> Mended:
    """What falls with the mistake. Raises `Refused` when what is said in its place may not be."""
    around = case.streams.on_territory(state.territory_id) if state.territory_id is not None else ()
    history = around if any(one is target or _same(one, target) for one in around) else None
    if history is None:
        history = case.streams.history(state.id)
    own = next(one for one in history if _same(one, target))

    def sealed(world: World) -> Case:
        return case.within(world, say.occurred_on if say is not None else None)

    found = mended(history, own, case, say, sealed)
    if isinstance(target, CreatedEvent) and say is None:
        fallen = {one.envelope.event_id for one in found.fallen}
        named = case.streams.mentioning(state.id)
        left = [one for one in named if one.envelope.event_id not in fallen and type(one) in RECORDED_BY]
        left = [one for one in left if _stands(case.streams, one)]
        case.breaks_if(left, CitedElsewhere(tuple(one.envelope.event_id for one in left)))
    return found


def _agreed(case: Case, found: Mended, agreed: Iterable[UUID]) -> None:
    """R29: whoever mends has seen what falls with it."""
    falling = tuple(one.envelope.event_id for one in found.fallen[1:])
    known = {*agreed, *(one.envelope.event_id for one in found.fallen if _goes_with(one, found.fallen[0]))}
    case.breaks_if(set(falling) - known, DependentEvents(falling))


def _goes_with(one: Event, target: Event) -> bool:
    """Whether it was recorded by the very act that was mistaken, and stands on the same line for people."""
    return one.envelope.causation_id == target.envelope.event_id and not one.DERIVED


def _record(
    state: Aggregate, case: Case, target: Event, found: Mended, say: Command | None, proposal: CorrectionProposed | None
) -> None:
    """What counts no more, what is said in its place, and what then follows by itself."""
    fallen: dict[UUID, list[UUID]] = {state.id: []}
    for one in found.fallen:
        fallen.setdefault(one.originator_id, []).append(one.envelope.event_id)
    if say is not None:
        fallen[state.id].remove(target.envelope.event_id)
    cause = state.note(
        EventAnnulled if say is None else EventCorrected,
        case,
        target_id=target.envelope.event_id,
        fallen=tuple(fallen.pop(state.id)),
        proposal_id=proposal.envelope.event_id if proposal is not None else None,
    )
    if proposal is None:
        _say(state, cause, target, found.said)
    touched = {state.id: state}
    for stream_id, ids in fallen.items():
        other = case.streams.standing(stream_id)
        assert other is not None, "what falls is recorded somewhere"
        other.note(
            EventAnnulled,
            case,
            caused_by=cause,
            target_id=target.envelope.event_id,
            fallen=tuple(ids),
            proposal_id=None,
        )
        touched[stream_id] = other
    _free_perimeters(case, touched.values())
    for stream_id in found.follows:
        if stream_id not in touched:
            following = case.streams.standing(stream_id)
            assert following is not None
            touched[stream_id] = following
        _follow_up(touched[stream_id], case, cause)
    for stream_id, changed in touched.items():
        if stream_id != state.id:
            case.streams.change(changed)


def _say(state: Aggregate, cause: Event, target: Event, said: Sequence[Event]) -> None:
    """Add what is said in the place of a mistake, caused by its correction; the documents of before still prove it."""
    for place, one in enumerate(said):
        envelope = one.envelope
        if place == 0:
            known = {document.sha256 for document in envelope.evidence}
            kept = tuple(document for document in target.envelope.evidence if document.sha256 not in known)
            evidence = (*kept, *envelope.evidence)
            envelope = replace(envelope, causation_id=cause.envelope.event_id, evidence=evidence)
        state.append(one, envelope)


def _follow_up(state: Aggregate, case: Case, cause: Event) -> None:
    """Record what follows now, on the history as it is with this correction."""
    now = folded((*case.streams.history(state.id), *state.pending_events))  # type: ignore[arg-type]
    assert now is not None
    now.follow_up(case, cause)
    for one in now.pending_events:
        state.append(one)  # type: ignore[arg-type]


def _free_perimeters(case: Case, touched: Iterable[Aggregate]) -> None:
    """R01: what an opening reserved is free again when it is annulled, and follows it when it is corrected."""
    for one in touched:
        if not isinstance(one, TerritorialConvention):
            continue
        now = folded((*case.streams.history(one.id), *one.pending_events))  # type: ignore[arg-type]
        assert isinstance(now, TerritorialConvention)
        if now.is_annulled:
            release(case, one.id, one.communes)
        elif (now.communes, now.themes, now.period) != (one.communes, one.themes, one.period):
            release(case, one.id, one.communes)
            wanted = Reservation(one.id, now.communes, now.themes, now.period)
            reserve(case, registers_of(case, now.communes), wanted)
        elif Closing.of(one).closed_on is not None and Closing.of(now).closed_on is None:
            _reserve_again(case, now)


def _reserve_again(case: Case, convention: TerritorialConvention) -> None:
    """R01: a convention that is closed no more covers its perimeter again, unless another one took it meanwhile."""
    registers = registers_of(case, convention.communes)
    if all(one is not None and convention.id in one.reservations for one in registers.values()):
        return  # it was signed: its closing freed nothing
    wanted = Reservation(convention.id, convention.communes, convention.themes, convention.period)
    check_free(case, registers, wanted, frozenset())
    case.settle()
    reserve(case, registers, wanted)


# --- a second person --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _SecondPerson:
    """Milestones are concerned: by what rule, and whether somebody else could confirm."""

    rule: CorrectionRule
    exists: bool


def _second_person(found: Mended, case: Case) -> _SecondPerson | None:
    """R28: who could confirm, None where no milestone is concerned."""
    for stream_id in dict.fromkeys(one.originator_id for one in found.fallen):
        convention = case.streams.standing(stream_id)
        if isinstance(convention, TerritorialConvention):
            method = pinned_profile(case, *convention.profile_key)
            territory = case.streams.find(Territory, convention.home_territory_id)
            exists = territory is not None and _others(territory, method.corrections, case)
            return _SecondPerson(method.corrections, exists)
    return None


def _others(territory: Territory, rule: CorrectionRule, case: Case) -> bool:
    return any(
        one.role in rule.confirmed_by
        and one.person_id != case.context.actor.actor_id
        and one.holds_on(case.context.today)
        and case.people.may_sign_in(one.person_id)
        for one in territory.assignments
    )


def _open_proposal(state: Aggregate, case: Case, proposal_id: UUID) -> CorrectionProposed:
    """A proposal that waits. Raises `Refused`."""
    history = case.streams.history(state.id)
    known = (one for one in history if isinstance(one, CorrectionProposed) and one.envelope.event_id == proposal_id)
    proposal = next(known, None)
    if proposal is None:
        case.broken(UnknownReference("proposal_id", str(proposal_id)))
    elif not is_waiting(proposal, history, case.context.today):
        case.broken(ProposalClosed(proposal.lapses_on))
    case.settle()
    assert proposal is not None
    return proposal


def lapsed(history: Sequence[Event], today: date) -> list[CorrectionProposed]:
    """The proposals of a stream that waited in vain, and of which that is not recorded yet."""
    return [
        one
        for one in history
        if isinstance(one, CorrectionProposed)
        and one.lapses_on < today
        and not any(closes(each, one) for each in history)
    ]


def is_waiting(proposal: CorrectionProposed, history: Iterable[Event], today: date) -> bool:
    """Whether a proposal still waits for a second person: neither confirmed, nor refused, nor lapsed."""
    return today <= proposal.lapses_on and not any(closes(one, proposal) for one in history)


def closes(one: Event, proposal: CorrectionProposed) -> bool:
    """Whether an event confirms or refuses a proposal, lets it lapse, or mends the same mistake otherwise."""
    proposal_id = proposal.envelope.event_id
    if isinstance(one, CorrectionRefused | CorrectionLapsed):
        return one.proposal_id == proposal_id
    if not isinstance(one, Settling) or one.originator_version < proposal.originator_version:
        return False
    return one.proposal_id == proposal_id or proposal.target_id in (one.target_id, *one.fallen)


def _waiting(history: Sequence[Event], today: date, target_id: UUID) -> CorrectionProposed | None:
    return next(
        (
            one
            for one in history
            if isinstance(one, CorrectionProposed) and one.target_id == target_id and is_waiting(one, history, today)
        ),
        None,
    )


# --- what is meant ----------------------------------------------------------------------------------------------------


def _motive(case: Case) -> None:
    """R28: a correction says why. Raises `InvalidValue`."""
    if not case.context.reason:
        raise InvalidValue("text-required", field="reason")


def _counting(corrected: Corrected, target_id: UUID) -> Event | None:
    """The event with this id, if it counts."""
    counting = (one.event for one in corrected.counting() if corrected.counts(one.event))
    return next((one for one in counting if one.envelope.event_id == target_id), None)


def _stands(streams: Streams, one: Event) -> bool:
    return _counting(Corrected(streams.history(one.originator_id)), one.envelope.event_id) is not None


def _same(one: Event, other: Event) -> bool:
    return one.envelope.event_id == other.envelope.event_id


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
