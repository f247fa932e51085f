"""What did the committees of a whole framework decide, and what became of it? Each body with its meetings, the latest
first; each decision as it stands by the method that the framework was opened under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.collation import alphabetical
from domain.steering import SteeringBody, SteeringBodyConstituted, SteeringDecisionRecorded, SteeringMeetingHeld
from domain.values import Code, LocalId, Prose, PublicName
from projections.engine import History, WholeFramework
from projections.what_became_of_decisions import DecisionStanding, ages_after, decisions
from projections.who_is_in_charge import in_charge_on


@dataclass(frozen=True)
class FrameworkDecision:
    """One decision of a meeting: its kind and its words."""

    decision_id: LocalId
    kind: Code
    text: Prose


@dataclass(frozen=True)
class FrameworkMeeting:
    """One meeting of a body; people are counted (`attendance` None: nobody counted them), not named."""

    meeting_id: LocalId
    event_id: UUID
    held_on: date
    attendance: int | None
    partners_present: tuple[UUID, ...]
    decisions: tuple[FrameworkDecision, ...]


@dataclass(frozen=True)
class FrameworkBody:
    """A committee or group of the whole framework; `mandated_by` the one that lets it decide in its place."""

    body_id: UUID
    kind: Code
    name: PublicName
    mandated_by: UUID | None
    constituted_on: date
    meetings: tuple[FrameworkMeeting, ...]


def framework_bodies(history: History) -> tuple[FrameworkBody, ...]:
    """The bodies of a framework, the one that met last first, those that never met last."""
    found = [
        FrameworkBody(
            event.originator_id,
            event.kind,
            event.name,
            event.mandated_by,
            event.occurred_on,
            _meetings(history, event.originator_id),
        )
        for _, event in history.of(SteeringBody, SteeringBodyConstituted)
    ]
    found.sort(key=lambda one: alphabetical(one.name))
    return tuple(sorted(found, key=_last_met, reverse=True))


def framework_decisions(place: WholeFramework, today: date) -> tuple[DecisionStanding, ...]:
    """Every decision of its bodies, the latest first. No convention rests on one (R08): nothing acts it, and it is
    done when somebody says so."""
    method = place.method
    return decisions(place, (), ages_after(method), today, None, in_charge_on(place, method, today))


def _last_met(one: FrameworkBody) -> date:
    return one.meetings[0].held_on if one.meetings else date.min


def _meetings(history: History, body_id: UUID) -> tuple[FrameworkMeeting, ...]:
    events = [entry.event for entry in history.streams[body_id].entries]
    taken: dict[LocalId, list[FrameworkDecision]] = {}
    for event in events:
        if isinstance(event, SteeringDecisionRecorded):
            taken.setdefault(event.meeting_id, []).append(FrameworkDecision(event.decision_id, event.kind, event.text))
    held = [
        FrameworkMeeting(
            event.meeting_id,
            event.envelope.event_id,
            event.occurred_on,
            event.attendance,
            event.partners_present,
            tuple(taken.get(event.meeting_id, ())),
        )
        for event in events
        if isinstance(event, SteeringMeetingHeld)
    ]
    return tuple(sorted(held, key=lambda one: one.held_on, reverse=True))
