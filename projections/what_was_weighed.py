"""What was weighed before it was decided? Each arbitration with its alternatives, those set aside as those chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.arbitrating import Alternative, ArbitrationRecorded
from domain.steering import SteeringBody
from domain.steering.reference import DecisionReference
from domain.subjects import FactReference
from domain.values import Code, Evidence, LocalId, Prose
from projections.engine import Steered


@dataclass(frozen=True)
class Arbitration:
    """One arbitration. `chosen`: the number of the alternative that was, from 1, None where none was; `reopens`: the
    one that it opens again, `reopened_by`: the one that opened it again since."""

    reference: DecisionReference
    event_id: UUID
    arbitrated_on: date
    question: Prose
    alternatives: tuple[Alternative, ...]
    outcome: Code
    chosen: int | None
    motive: Prose
    criteria: Prose | None
    convention_id: UUID | None
    priority_id: LocalId | None
    sheet_id: UUID | None
    pledge_id: UUID | None
    proposal_id: LocalId | None
    settled_fact: FactReference | None
    reopens: DecisionReference | None
    reopened_by: DecisionReference | None
    evidence: tuple[Evidence, ...]


def arbitrations(place: Steered) -> tuple[Arbitration, ...]:
    """Those of the bodies of a place, the latest first."""
    bodies = {one.id: one for one in place.bodies}
    said = [event for _, event in place.of(SteeringBody, ArbitrationRecorded) if event.originator_id in bodies]
    again = {event.reopens: _reference(event) for event in said if event.reopens is not None}
    found = []
    for event in said:
        meeting = bodies[event.originator_id].meetings.get(event.meeting_id)
        reference = _reference(event)
        found.append(
            Arbitration(
                reference=reference,
                event_id=event.envelope.event_id,
                arbitrated_on=meeting.held_on if meeting is not None else event.occurred_on,
                question=event.question,
                alternatives=event.alternatives,
                outcome=event.outcome,
                chosen=event.chosen,
                motive=event.motive,
                criteria=event.criteria,
                convention_id=event.convention_id,
                priority_id=event.priority_id,
                sheet_id=event.sheet_id,
                pledge_id=event.pledge_id,
                proposal_id=event.proposal_id,
                settled_fact=event.settled_fact,
                reopens=event.reopens,
                reopened_by=again.get(reference),
                evidence=event.envelope.evidence,
            )
        )
    found.reverse()  # the latest recorded first, within one day
    return tuple(sorted(found, key=lambda one: one.arbitrated_on, reverse=True))


def _reference(event: ArbitrationRecorded) -> DecisionReference:
    return DecisionReference(event.originator_id, event.meeting_id, event.decision_id)
