"""What a deadline still waits for, by the names that people give it: actions, indicators, what was pledged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.describing import Description
from domain.action_sheets.state import ActionSheet
from domain.adjusting import AdjustmentDecided
from domain.claims.calendar import Claim, claims_stream
from domain.indicators.indicator import Indicator
from domain.pledges.pledge import Pledge
from domain.steering import DecisionReference, SteeringBody, SteeringDecisionRecorded
from domain.values import Code, LocalId, Prose, PublicName
from projections.engine import Dossier, Stream

SHEET = Code("SHEET")
INDICATOR = Code("INDICATOR")
PLEDGE = Code("PLEDGE")
CLAIM = Code("CLAIM")
DECISION = Code("DECISION")

Naming = Callable[[Dossier], Mapping[UUID, "Thing"]]
_NAMING: Final[list[Naming]] = []
"""What names things that have no stream of their own, by the ids under which their families speak of them."""


def names_things(function: Naming) -> Naming:
    """Let a function name things of a convention."""
    _NAMING.append(function)
    return function


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the field of a form is filled with."""

    field: Code
    value: LocalId


@dataclass(frozen=True, slots=True)
class Thing:
    """One of several things that a partner is asked of together, as people call it.

    `kind`: an action sheet, an indicator, a pledge, a claim, a decision, or what people wait to hear of; `thing_id`:
    its stream; `title`: its words, sealed until somebody asks; `claim`: which one of the calendar; `decision`: which
    one of the body; `pledge_id`: which one of a framework; `chosen`: of what has no stream of its own, what the form of
    its act is filled with; `on`, `partner_id`: the day and the partner that it is called by, where it has no title.
    """

    kind: Code
    thing_id: UUID
    title: Prose | None
    number: PublicName | None = None
    claim: Claim | None = None
    decision: DecisionReference | None = None
    recorded_by: UUID | None = None
    pledge_id: LocalId | None = None
    on: date | None = None
    partner_id: UUID | None = None
    chosen: tuple[Chosen, ...] = ()

    @property
    def about_id(self) -> UUID:
        """What tells it from all others: its stream; of the calendar of claims, the claim; of a body, what recorded the
        decision."""
        if self.recorded_by is not None:
            return self.recorded_by
        return UUID(self.claim.claim_id) if self.claim is not None else self.thing_id


def claimed(claim: Claim, convention_id: UUID) -> tuple[Thing, ...]:
    """What is to be sent to a funder, as a thing."""
    return (Thing(CLAIM, claims_stream(convention_id), None, claim=claim),)


def things(dossier: Dossier, ids: Iterable[UUID]) -> tuple[Thing, ...]:
    """These things, in their order; a name is read where it is kept, and sealed there."""
    found = (
        dossier.streams[one].once(_named) if one in dossier.streams else dossier.once(_without_stream)[one]
        for one in ids
    )
    return tuple(one for one in found if one is not None)


def _named(stream: Stream) -> Thing | None:
    state = stream.state
    if isinstance(state, ActionSheet):
        return Thing(SHEET, state.id, state.title, Description.of(state).number)
    if isinstance(state, Indicator):
        return Thing(INDICATOR, state.id, state.terms.title)
    return Thing(PLEDGE, state.id, state.terms.what) if isinstance(state, Pledge) else None


def _without_stream(dossier: Dossier) -> Mapping[UUID, Thing]:
    return {about: one for naming in _NAMING for about, one in naming(dossier).items()}


@names_things
def _decisions(dossier: Dossier) -> Mapping[UUID, Thing]:
    """The decisions of the bodies, by what recorded each."""
    found = {}
    said: list[SteeringDecisionRecorded | AdjustmentDecided] = [
        *(event for _, event in dossier.of(SteeringBody, SteeringDecisionRecorded)),
        *(event for _, event in dossier.of(SteeringBody, AdjustmentDecided)),
    ]
    for event in said:
        reference = DecisionReference(event.originator_id, event.meeting_id, event.decision_id)
        event_id = event.envelope.event_id
        found[event_id] = Thing(DECISION, event.originator_id, event.text, decision=reference, recorded_by=event_id)
    return found
