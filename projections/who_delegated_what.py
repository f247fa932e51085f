"""Who delegated what, to whom, until when, and what was decided under it? Worst first: what ends soon, what holds, the
rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_days
from domain.delegations.citing import DelegatedDecisionRecorded, use_of
from domain.delegations.delegation import Delegation
from domain.delegations.granting import DelegationGranted, DelegationRevoked
from domain.delegations.using import DelegationUsed
from domain.kernel import Event
from domain.method import MethodProfile
from domain.steering import DecisionReference, SteeringBody, SteeringDecisionRecorded
from domain.values import Code, LocalId, Prose, PublicName
from projections.engine import Dossier, History, WholeFramework

ENDS_SOON: Final = Code("ENDS_SOON")
IN_FORCE: Final = Code("IN_FORCE")
TO_COME: Final = Code("TO_COME")
ENDED: Final = Code("ENDED")
REVOKED: Final = Code("REVOKED")
STATES: Final = (ENDS_SOON, IN_FORCE, TO_COME, ENDED, REVOKED)
"""In the order in which they are told."""


@dataclass(frozen=True)
class UseTold:
    """One decision taken under a delegation; `amount_cents`: what it spends, None where it spends nothing.

    `decided_in`: the meeting's decision that it is, where one was cited; `counts`: whether it was covered."""

    use_id: LocalId
    event_id: UUID
    used_on: date
    matter: Code
    what: Prose
    amount_cents: int | None
    decided_in: DecisionReference | None = None
    counts: bool = True


@dataclass(frozen=True)
class DelegationTold:
    """A delegation as it stands on a day. `body_name`: the body to which it was given; `motive`: why it was revoked."""

    delegation_id: UUID
    event_id: UUID
    territory_id: UUID | None
    framework_id: UUID | None
    delegator_id: UUID
    given_to: Code
    body_id: UUID | None
    body_name: PublicName | None
    partner_id: UUID | None
    matters: tuple[Code, ...]
    limits: Prose | None
    limit_cents: int | None
    spent_cents: int
    starts_on: date
    ends_on: date | None
    revoked_on: date | None
    motive: Prose | None
    state: Code
    uses: tuple[UseTold, ...]


def delegations(place: Dossier | WholeFramework, today: date) -> tuple[DelegationTold, ...]:
    """The delegations recorded around the territory of a convention, or on a framework as a whole; its method says
    which end soon."""
    told = [_told(place, one, place.method, today) for one in place.states(Delegation)]
    return tuple(sorted(told, key=lambda one: (STATES.index(one.state), one.ends_on or date.max, one.starts_on)))


def state_of(one: Delegation, method: MethodProfile, today: date) -> Code:
    """Where a delegation stands on a day."""
    if one.revoked_on is not None and one.revoked_on <= today:
        return REVOKED
    if today < one.starts_on:
        return TO_COME
    if one.ends_on is None:
        return IN_FORCE
    if one.ends_on < today:
        return ENDED
    soon = method.thresholds.delegation_ending_days
    return ENDS_SOON if soon is not None and one.ends_on <= add_days(today, soon) else IN_FORCE


def _told(history: History, one: Delegation, method: MethodProfile, today: date) -> DelegationTold:
    events = [entry.event for entry in history.streams[one.id].entries]
    granted = next(event for event in events if isinstance(event, DelegationGranted))
    revoked = next((event for event in events if isinstance(event, DelegationRevoked)), None)
    body = history.streams.get(one.to_body_id) if one.to_body_id is not None else None
    return DelegationTold(
        delegation_id=one.id,
        event_id=granted.envelope.event_id,
        territory_id=one.home_territory_id,
        framework_id=one.home_framework_id,
        delegator_id=one.delegator_id,
        given_to=one.given_to,
        body_id=one.to_body_id,
        body_name=body.state.name if body is not None and isinstance(body.state, SteeringBody) else None,
        partner_id=one.to_partner_id,
        matters=one.matters,
        limits=one.limits,
        limit_cents=one.limit_cents,
        spent_cents=one.spent_cents,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        revoked_on=one.revoked_on,
        motive=revoked.motive if revoked is not None else None,
        state=state_of(one, method, today),
        uses=tuple(sorted(_uses(history, events), key=lambda each: each.used_on)),
    )


def _uses(history: History, events: Iterable[Event]) -> Iterator[UseTold]:
    said = {
        DecisionReference(one.originator_id, one.meeting_id, one.decision_id): one
        for _, one in history.of(SteeringBody, SteeringDecisionRecorded)
    }
    for one in events:
        event_id = one.envelope.event_id
        if isinstance(one, DelegationUsed):
            yield UseTold(one.use_id, event_id, one.occurred_on, one.matter, one.what, one.amount_cents)
        elif isinstance(one, DelegatedDecisionRecorded):
            what = said[one.decided_in].text if one.decided_in in said else Prose("")
            use_id, counts = use_of(one.decided_in), not one.is_outside
            yield UseTold(use_id, event_id, one.decided_on, one.matter, what, one.amount_cents, one.decided_in, counts)
