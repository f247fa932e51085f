"""What falls when a mistake is mended, what is said in its place, and what then follows by itself (R28, R29)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from domain.contested import resolve_mended
from domain.convention.closed import Closing
from domain.convention.extended import perimeter_of
from domain.convention.state import TerritorialConvention
from domain.elections import ElectedMandatesRenewed, FrameworkMandatesRenewed
from domain.kernel import (
    ANNULMENT,
    CORRECTION,
    RECORDED_BY,
    Aggregate,
    BrokenRule,
    Case,
    Command,
    Corrected,
    CorrectionProposed,
    CreatedEvent,
    Event,
    EventAnnulled,
    EventCorrected,
    Level,
    Settling,
    Streams,
    TwinReplaced,
    folded,
)
from domain.partner_keys import free, take
from domain.partners import Partner, PartnerMerged
from domain.perimeters import check_free, registers_of, release, reserve
from domain.replaying import Mended, World, mended, parted
from domain.steering.seats import SteeringSeatEmptied
from domain.values import Code

NEVER_MENDED: Final = (
    "ctg.method-profile.",
    "ctg.convention.method-changed",
    "ctg.territory.territory-role-",
    "ctg.framework.framework-role-",
)
"""A published method is pinned for ever and gets another version; a convention goes back to the method it left by
another change; a role is ended, not undone (R33)."""


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


def is_mendable(event: Event) -> bool:
    """Whether somebody may say that this was recorded by mistake."""
    return type(event) in RECORDED_BY and not event.TOPIC.startswith(NEVER_MENDED)


def may_be_said_again(event: Event) -> bool:
    """Whether a mistake is mended by saying the same otherwise: partners that were merged are told apart, then merged
    anew; a renewal of mandates reaches seats and roles of other places, and is annulled, then told anew."""
    return not isinstance(event, PartnerMerged | ElectedMandatesRenewed)


def what_falls(state: Aggregate, case: Case, target: Event, say: Command | None) -> Mended:
    """What falls with the mistake. Raises `Refused` when what is said in its place may not be."""
    if isinstance(target, PartnerMerged):
        return _told_apart(state, case, target)
    around = case.streams.on_territory(state.territory_id) if state.territory_id is not None else ()
    history = around if any(one is target or _same(one, target) for one in around) else None
    if history is None:
        history = case.streams.history(state.id)
    own = next(one for one in history if _same(one, target))

    def sealed(world: World) -> Case:
        return case.within(world, say.occurred_on if say is not None else None)

    found = mended(history, own, case, say, sealed)
    if isinstance(target, ElectedMandatesRenewed):
        found = _filled_again(case, target, found)
    if isinstance(target, CreatedEvent) and say is None:
        fallen = {one.envelope.event_id for one in found.fallen}
        named = case.streams.mentioning(state.id)
        left = [one for one in named if one.envelope.event_id not in fallen and type(one) in RECORDED_BY]
        left = [one for one in left if _stands(case.streams, one)]
        case.breaks_if(left, CitedElsewhere(tuple(one.envelope.event_id for one in left)))
    return found


def _filled_again(case: Case, target: ElectedMandatesRenewed, found: Mended) -> Mended:
    """What falls with a renewal of mandates: that it emptied seats and ended roles, on whatever stream."""
    known = {one.envelope.event_id for one in found.fallen}
    renewal_id = target.envelope.event_id
    emptied = [
        one
        for one in case.streams.mentioning(renewal_id)
        if isinstance(one, SteeringSeatEmptied | FrameworkMandatesRenewed)
        and one.renewal_id == renewal_id
        and one.envelope.event_id not in known
        and _stands(case.streams, one)
    ]
    return replace(found, fallen=(*found.fallen, *emptied))


def _told_apart(state: Aggregate, case: Case, target: PartnerMerged) -> Mended:
    """What falls when two partners are two again: in each stream that names the twin, that it meant the other one; and
    what was decided since because it did."""
    named = case.streams.mentioning(state.id)
    replaced = [
        one for one in named if isinstance(one, TwinReplaced) and one.envelope.causation_id == target.envelope.event_id
    ]
    fallen: list[Event] = [target, *replaced]
    follows: set[UUID] = set()
    streams = (case.streams.standing(one.originator_id) for one in replaced)
    for territory_id in dict.fromkeys(one.territory_id for one in streams if one is not None):
        if territory_id is not None:
            found = parted(case.streams.on_territory(territory_id), replaced, case)
            fallen += found.fallen
            follows |= found.follows
    return Mended(tuple(fallen), (), frozenset(follows))


def refuse_unseen(case: Case, found: Mended, agreed: Iterable[UUID]) -> None:
    """R29: whoever mends has seen what falls with it."""
    falling = tuple(one.envelope.event_id for one in found.fallen[1:])
    known = {*agreed, *(one.envelope.event_id for one in found.fallen if _goes_with(one, found.fallen[0]))}
    case.breaks_if(set(falling) - known, DependentEvents(falling))


def _goes_with(one: Event, target: Event) -> bool:
    """Whether it was recorded by the very act that was mistaken, and stands on the same line for people."""
    return one.envelope.causation_id == target.envelope.event_id and not one.DERIVED


def record_mended(
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
        say_in_place(state, cause, target, found.said)
    assert isinstance(cause, Settling)
    kind = ANNULMENT if say is None else CORRECTION
    resolve_mended(state, case, cause, kind, cause.fallen)
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
        resolve_mended(other, case, cause, kind, ids)
        touched[stream_id] = other
    _free_perimeters(case, touched.values())
    _free_keys(case, touched.values())
    for stream_id in found.follows:
        if stream_id not in touched:
            following = case.streams.standing(stream_id)
            assert following is not None
            touched[stream_id] = following
        record_following(touched[stream_id], case, cause)
    for stream_id, changed in touched.items():
        if stream_id != state.id:
            case.streams.change(changed)


def say_in_place(state: Aggregate, cause: Event, target: Event, said: Sequence[Event]) -> None:
    """Add what is said in the place of a mistake, caused by its correction; the documents of before still prove it."""
    for place, one in enumerate(said):
        envelope = one.envelope
        if place == 0:
            known = {document.sha256 for document in envelope.evidence}
            kept = tuple(document for document in target.envelope.evidence if document.sha256 not in known)
            evidence = (*kept, *envelope.evidence)
            envelope = replace(envelope, causation_id=cause.envelope.event_id, evidence=evidence)
        state.append(one, envelope)


def record_following(state: Aggregate, case: Case, cause: Event) -> None:
    """Record what follows by itself now, on the history as it is with what is pending."""
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
        elif perimeter_of(now) != perimeter_of(one):
            release(case, one.id, one.communes)
            reserve(case, registers_of(case, now.communes), perimeter_of(now))
        elif Closing.of(one).closed_on is not None and Closing.of(now).closed_on is None:
            _reserve_again(case, now)


def _free_keys(case: Case, touched: Iterable[Aggregate]) -> None:
    """A partner's SIREN and name are free again when its registration is annulled, and follow its correction."""
    for one in touched:
        if isinstance(one, Partner):
            now = folded((*case.streams.history(one.id), *one.pending_events))  # type: ignore[arg-type]
            assert isinstance(now, Partner)
            borne = () if now.is_annulled else now.keys
            free(case, tuple(key for key in one.keys if key not in borne), one.id)
            take(case, borne, one.id)


def _reserve_again(case: Case, convention: TerritorialConvention) -> None:
    """R01: a convention that is closed no more covers its perimeter again, unless another one took it meanwhile."""
    registers = registers_of(case, convention.communes)
    if all(one is not None and convention.id in one.reservations for one in registers.values()):
        return  # it was signed: its closing freed nothing
    wanted = perimeter_of(convention)
    check_free(case, registers, wanted, frozenset())
    case.settle()
    reserve(case, registers, wanted)


def counting(corrected: Corrected, target_id: UUID) -> Event | None:
    """The event with this id, if it counts."""
    counting = (one.event for one in corrected.counting() if corrected.counts(one.event))
    return next((one for one in counting if one.envelope.event_id == target_id), None)


def _stands(streams: Streams, one: Event) -> bool:
    return counting(Corrected(streams.history(one.originator_id)), one.envelope.event_id) is not None


def _same(one: Event, other: Event) -> bool:
    return one.envelope.event_id == other.envelope.event_id
