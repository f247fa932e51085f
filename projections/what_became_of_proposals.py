"""What became of what people proposed to a territory: each proposal with its outcome, what waits first, none left out.

One that nobody answered for the method's period is a silence (S12).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_period
from domain.method import Period
from domain.participation.participation import TerritoryParticipation
from domain.participation.proposing import (
    MERGED,
    OUTCOMES,
    Proposals,
    ProposalSubmitted,
    ProposalTriaged,
    TriageProposal,
)
from domain.roles import PUBLIC
from domain.values import Code, LocalId, Prose
from projections.engine import Dossier, Surroundings
from projections.what_became_of_contributions import SILENT, WAITING, heard_on, silent_after

SILENCE: Final = "LATEST_NEWS_OF_PROPOSAL"
"""What starts the deadline of a method that says after how long without an answer a proposal is a silence."""

STATES: Final = (SILENT, WAITING, *OUTCOMES)
"""Worst first: a proposal is in exactly one of them."""


@dataclass(frozen=True)
class ProposalTold:
    """One proposal and what became of it by a day. `by_public`: it came without an account; `heard_on`: the day of the
    last news of it; `next_act`: the one act that brings it on, None once it was answered."""

    proposal_id: LocalId
    event_id: UUID
    stream_id: UUID
    given_on: date
    by_public: bool
    text: Prose
    state: Code
    heard_on: date
    silent_on: date | None
    outcome: Code | None
    answered_on: date | None
    finding_id: LocalId | None
    priority_id: LocalId | None
    sheet_id: UUID | None
    merged_with: LocalId | None
    motive: Prose | None
    next_act: Code | None


@dataclass(frozen=True)
class ProposalsTold:
    """What was proposed, worst first; `open_since`: from when on anybody may by the public form, None while nobody
    may; `with_outcome` of them have one."""

    open_since: date | None
    proposals: tuple[ProposalTold, ...]
    with_outcome: int


def proposals(dossier: Dossier, today: date) -> ProposalsTold:
    """What was proposed to the territory of a convention, and what became of it."""
    return _told_there(dossier, silent_after(dossier.method, SILENCE), today)


def proposal(place: Surroundings, proposal_id: str, today: date, *, merged: bool = True) -> ProposalTold | None:
    """One proposal, as whoever made it follows it; `merged`: of one merged with another, what became of that one."""
    known = {one.proposal_id: one for one in _told_there(place, None, today).proposals}
    found = known.get(LocalId(proposal_id))
    seen = {proposal_id}
    while merged and found is not None and found.outcome == MERGED and found.merged_with not in (None, *seen):
        seen.add(found.merged_with or "")
        found = known.get(found.merged_with or LocalId(""))
    return found


def is_open(place: Surroundings) -> bool:
    """Whether anybody may propose something to a territory."""
    return any(Proposals.of(one).open_since is not None for one in place.states(TerritoryParticipation))


def _told_there(place: Surroundings, silence: Period | None, today: date) -> ProposalsTold:
    answers = {one.proposal_id: one for _, one in place.of(TerritoryParticipation, ProposalTriaged)}
    found = [
        _told(one, answers.get(one.proposal_id), silence, today)
        for _, one in place.of(TerritoryParticipation, ProposalSubmitted)
    ]
    found.sort(key=lambda one: (STATES.index(one.state), one.given_on))
    since = [Proposals.of(one).open_since for one in place.states(TerritoryParticipation)]
    return ProposalsTold(
        next((one for one in since if one is not None), None),
        tuple(found),
        sum(one.outcome is not None for one in found),
    )


def _told(one: ProposalSubmitted, answer: ProposalTriaged | None, silence: Period | None, today: date) -> ProposalTold:
    heard = heard_on(answer or one)
    silent_on = add_period(heard, silence, frozenset()) if silence is not None and answer is None else None
    waits = SILENT if silent_on is not None and silent_on <= today else WAITING
    return ProposalTold(
        proposal_id=one.proposal_id,
        event_id=one.envelope.event_id,
        stream_id=one.originator_id,
        given_on=one.occurred_on,
        by_public=one.envelope.actor_role == PUBLIC,
        text=one.text,
        state=answer.became if answer is not None else waits,
        heard_on=heard,
        silent_on=silent_on,
        outcome=answer.became if answer is not None else None,
        answered_on=answer.occurred_on if answer is not None else None,
        finding_id=answer.finding_id if answer is not None else None,
        priority_id=answer.priority_id if answer is not None else None,
        sheet_id=answer.sheet_id if answer is not None else None,
        merged_with=answer.merged_with if answer is not None else None,
        motive=answer.motive if answer is not None else None,
        next_act=Code(TriageProposal.NAME) if answer is None else None,
    )
