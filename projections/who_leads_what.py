"""Who leads what: on all of a place and on each theme, with whom, since when, what is contested of it and what became
of that? What is contested first, then what is held, what nobody leads, what is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.lead_roles.assigning import CoordinatorDesignated, LeadRoleAssigned
from domain.lead_roles.changing import LeadRoleEnded
from domain.lead_roles.disputing import LeadContestationWithdrawn, LeadRoleContested, LeadRoleResolved
from domain.lead_roles.leading import KINDS, Lead, LeadRoles
from domain.steering import DecisionReference
from domain.values import Code, LocalId, Prose, Theme
from projections.engine import Steered

CONTESTED: Final = Code("CONTESTED")
HELD: Final = Code("HELD")
NOBODY: Final = Code("NOBODY")
OVER: Final = Code("OVER")
STATES: Final = (CONTESTED, HELD, NOBODY, OVER)
"""In the order in which they are told."""

WITHDRAWN: Final = Code("WITHDRAWN")
"""What became of a contestation that was taken back."""


@dataclass(frozen=True)
class LeadDispute:
    """What a partner contests of a lead role: what it wants (`wish`), and what became of it."""

    contestation_id: LocalId
    event_id: UUID
    partner_id: UUID
    wish: Code
    motive: Prose
    contested_on: date
    recorded_by: UUID
    outcome: Code | None = None
    resolved_on: date | None = None
    answer: Prose | None = None
    decided_in: DecisionReference | None = None


@dataclass(frozen=True)
class LeadTold:
    """Who leads, or coordinates, on a theme (None: on all): several share it, nobody where it was left open.
    `decided_in`: where that was decided; `motive`: why the last partner left it."""

    lead_id: LocalId
    event_id: UUID
    territory_id: UUID | None
    framework_id: UUID | None
    kind: Code
    theme: Theme | None
    partners: tuple[UUID, ...]
    since: date
    decided_in: DecisionReference | None
    state: Code
    over_on: date | None
    motive: Prose | None
    disputes: tuple[LeadDispute, ...]

    @property
    def is_live(self) -> bool:
        """Whether it may change still."""
        return self.state != OVER

    @property
    def waiting(self) -> tuple[LeadDispute, ...]:
        """What is contested of it and not settled, the oldest first."""
        return tuple(one for one in self.disputes if one.outcome is None)


def leads(place: Steered) -> tuple[LeadTold, ...]:
    """The lead roles said on a territory, or on a whole framework."""
    told = [one for roles in place.states(LeadRoles) for one in _of(place, roles)]
    return tuple(sorted(told, key=_order))


def live(told: tuple[LeadTold, ...]) -> tuple[LeadTold, ...]:
    """Those that are not over, as they are said in one line: of all first, then by theme."""
    return tuple(sorted((one for one in told if one.is_live), key=_as_said))


def _as_said(one: LeadTold) -> tuple[bool, int, date]:
    return one.theme is not None, KINDS.index(one.kind), one.since


def _order(one: LeadTold) -> tuple[int, bool, int, date]:
    return (STATES.index(one.state), *_as_said(one))


def _of(place: Steered, roles: LeadRoles) -> Iterator[LeadTold]:
    events = [entry.event for entry in place.streams[roles.id].entries]
    ends = {one.lead_id: one for one in events if isinstance(one, LeadRoleEnded)}
    disputes = [one for one in events if isinstance(one, LeadRoleContested)]
    settled = {
        one.contestation_id: one for one in events if isinstance(one, LeadRoleResolved | LeadContestationWithdrawn)
    }
    for event in events:
        if not isinstance(event, LeadRoleAssigned | CoordinatorDesignated) or event.lead_id not in roles.leads:
            continue
        lead, ended = roles.leads[event.lead_id], ends.get(event.lead_id)
        mine = tuple(
            _dispute(one, settled.get(one.contestation_id)) for one in disputes if one.lead_id == event.lead_id
        )
        yield LeadTold(
            lead_id=event.lead_id,
            event_id=event.envelope.event_id,
            territory_id=roles.home_territory_id,
            framework_id=roles.home_framework_id,
            kind=lead.kind,
            theme=event.theme,
            partners=lead.holders,
            since=lead.since,
            decided_in=event.decided_in,
            state=_state(lead, mine),
            over_on=lead.over_on,
            motive=ended.motive if ended is not None and lead.over_on is not None else None,
            disputes=mine,
        )


def _state(lead: Lead, disputes: tuple[LeadDispute, ...]) -> Code:
    if lead.over_on is not None:
        return OVER
    if any(one.outcome is None for one in disputes):
        return CONTESTED
    return HELD if lead.holders else NOBODY


def _dispute(one: LeadRoleContested, closed: LeadRoleResolved | LeadContestationWithdrawn | None) -> LeadDispute:
    resolved = closed if isinstance(closed, LeadRoleResolved) else None
    return LeadDispute(
        contestation_id=one.contestation_id,
        event_id=one.envelope.event_id,
        partner_id=one.partner_id,
        wish=one.wish,
        motive=one.motive,
        contested_on=one.occurred_on,
        recorded_by=one.envelope.actor_id,
        outcome=resolved.outcome if resolved is not None else WITHDRAWN if closed is not None else None,
        resolved_on=closed.occurred_on if closed is not None else None,
        answer=resolved.motive if resolved is not None else None,
        decided_in=resolved.decided_in if resolved is not None else None,
    )
