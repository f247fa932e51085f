"""Corrections of milestones wait for a second person: proposed, then confirmed, refused, or left to lapse (R28)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    CorrectionLapsed,
    CorrectionProposed,
    CorrectionRefused,
    Event,
    Level,
    Settling,
    TwinReplaced,
    UnknownReference,
)
from domain.method import CorrectionRule
from domain.replaying import Mended
from domain.territories import Territory


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


@dataclass(frozen=True)
class SecondPerson:
    """Milestones are concerned: by what rule, and whether somebody else could confirm."""

    rule: CorrectionRule
    exists: bool


def second_person(found: Mended, case: Case) -> SecondPerson | None:
    """R28: who could confirm, None where no milestone is concerned."""
    for stream_id in dict.fromkeys(one.originator_id for one in found.fallen if not isinstance(one, TwinReplaced)):
        convention = case.streams.standing(stream_id)
        if isinstance(convention, TerritorialConvention):
            method = pinned_profile(case, *convention.profile_key)
            territory = case.streams.find(Territory, convention.home_territory_id)
            exists = territory is not None and _others(territory, method.corrections, case)
            return SecondPerson(method.corrections, exists)
    return None


def _others(territory: Territory, rule: CorrectionRule, case: Case) -> bool:
    """Whether anybody else could confirm: by coming in, or by the one-time link that the proposal sends them."""
    others = {
        one.person_id
        for one in territory.assignments
        if one.role in rule.confirmed_by
        and one.person_id != case.context.actor.actor_id
        and one.holds_on(case.context.today)
    }
    return bool(case.people.could_answer(others))


def open_proposal(state: Aggregate, case: Case, proposal_id: UUID) -> CorrectionProposed:
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


def waiting_on(history: Sequence[Event], today: date, target_id: UUID) -> CorrectionProposed | None:
    return next(
        (
            one
            for one in history
            if isinstance(one, CorrectionProposed) and one.target_id == target_id and is_waiting(one, history, today)
        ),
        None,
    )
