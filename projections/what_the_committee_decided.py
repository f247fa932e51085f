"""What did the committee decide? Its bodies, meetings and decisions, the waivers it granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.adjusting import AdjustmentDecided
from domain.collation import alphabetical
from domain.convention.reviews import ReviewDone
from domain.convention.waivers import WaiverGranted
from domain.kernel import Event
from domain.steering import (
    DecisionReference,
    SteeringBody,
    SteeringBodyConstituted,
    SteeringDecisionRecorded,
    SteeringMeetingHeld,
)
from domain.values import Code, Evidence, LocalId, Prose, PublicName
from projections.engine import Dossier, Steered
from projections.what_became_of_adjustments import TOUCHED, adjustments

CITING: Final = ("decided_in", "given_up_in")
"""The fields in which what rests on a decision names it."""
COMMITTEE: Final = Code("COPIL")
REVIEW_VALIDATED: Final = Code("REVIEW_VALIDATED")


@dataclass(frozen=True)
class Body:
    """A committee or group of a territory; `mandated_by` the committee that lets it decide in its place."""

    body_id: UUID
    territory_id: UUID | None
    kind: Code
    name: PublicName
    mandated_by: UUID | None
    constituted_on: date


@dataclass(frozen=True)
class DecisionUse:
    """What cites a decision: a priority, a plan, a waiver."""

    convention_id: UUID
    topic: Code
    event_id: UUID


@dataclass(frozen=True)
class DecisionTaken:
    """One decision of a meeting, and what was founded on it so far (nothing: it waits for its act)."""

    reference: DecisionReference
    kind: Code
    text: Prose
    uses: tuple[DecisionUse, ...]


@dataclass(frozen=True)
class Meeting:
    """One meeting; people are counted (`attendance` None: nobody counted them), not named."""

    body: Body
    meeting_id: LocalId
    event_id: UUID
    held_on: date
    attendance: int | None
    partners_present: tuple[UUID, ...]
    evidence: tuple[Evidence, ...]
    decisions: tuple[DecisionTaken, ...]


@dataclass(frozen=True)
class WaiverInForce:
    """A rule set aside; `subject` limits it to a theme or a forum. `in_force` on the day asked about."""

    event_id: UUID
    rule: Code
    subject: Code | None
    motive: Prose
    granted_on: date
    expires_on: date
    decided_in: DecisionReference
    in_force: bool


def bodies(place: Steered) -> tuple[Body, ...]:
    """The committees and groups of a place, oldest first."""
    steering = {one.id for one in place.bodies}
    found = [
        Body(event.originator_id, event.home_territory_id, event.kind, event.name, event.mandated_by, event.occurred_on)
        for _, event in place.of(SteeringBody, SteeringBodyConstituted)
        if event.originator_id in steering
    ]
    return tuple(sorted(found, key=lambda one: (one.constituted_on, alphabetical(one.name))))


def meetings(place: Steered, dossiers: Sequence[Dossier]) -> tuple[Meeting, ...]:
    """The meetings of the committees of a place with their decisions, the latest first; `dossiers`: the
    conventions that say what was founded on them."""
    known = {one.body_id: one for one in bodies(place)}
    cited = _uses(dossiers)
    taken: dict[tuple[UUID, LocalId], list[DecisionTaken]] = {}
    said: list[SteeringDecisionRecorded | AdjustmentDecided] = [
        *(event for _, event in place.of(SteeringBody, SteeringDecisionRecorded)),
        *(event for _, event in place.of(SteeringBody, AdjustmentDecided)),
    ]
    for event in said:
        reference = DecisionReference(event.originator_id, event.meeting_id, event.decision_id)
        taken.setdefault((event.originator_id, event.meeting_id), []).append(
            DecisionTaken(reference, event.kind, event.text, tuple(cited.get(reference, ())))
        )
    held = [
        Meeting(
            known[event.originator_id],
            event.meeting_id,
            event.envelope.event_id,
            event.occurred_on,
            event.attendance,
            event.partners_present,
            event.envelope.evidence,
            tuple(taken.get((event.originator_id, event.meeting_id), ())),
        )
        for _, event in place.of(SteeringBody, SteeringMeetingHeld)
        if event.originator_id in known
    ]
    held.reverse()  # the latest recorded first, within one day
    return tuple(sorted(held, key=lambda one: one.held_on, reverse=True))


def of_committees(held: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Those of the steering committees, where there are any; else those of all bodies."""
    return tuple(one for one in held if one.body.kind == COMMITTEE) or tuple(held)


def _uses(dossiers: Sequence[Dossier]) -> dict[DecisionReference, list[DecisionUse]]:
    """What cites each decision, what carried adjustments out first, then in the order of the log."""
    found: dict[DecisionReference, list[DecisionUse]] = {}
    for dossier in dossiers:
        for one in adjustments(dossier, date.max):
            followed = one.carried_out if one.kept_on is not None else one.since if one.state == TOUCHED else ()
            done = (each for each in followed if each.sheet_id is not None)
            uses = (DecisionUse(dossier.convention_id, each.topic, each.event_id) for each in done)
            found.setdefault(one.reference, []).extend(uses)
    cited = [one for dossier in dossiers for one in dossier.once(_citing)]
    told: set[tuple[DecisionReference, UUID]] = set()  # what a body recorded is of each of the conventions
    for _, reference, use in sorted(cited, key=lambda one: one[0]):
        if (reference, use.event_id) not in told:
            found.setdefault(reference, []).append(use)
            told.add((reference, use.event_id))
    return found


def _citing(dossier: Dossier) -> list[tuple[int, DecisionReference, DecisionUse]]:
    """Where in the log a decision is cited, and by what: whatever says where it was decided, and the review that a
    meeting validated. That a review names another decision of its meeting carries nothing of it out."""
    cited = [
        (entry.position, reference, _use(dossier, entry.event))
        for stream in dossier.streams.values()
        if not stream.state.is_annulled
        for entry in stream.entries
        for name in CITING
        if isinstance(reference := getattr(entry.event, name, None), DecisionReference)
    ]
    validated = {
        DecisionReference(event.originator_id, event.meeting_id, event.decision_id)
        for _, event in dossier.of(SteeringBody, SteeringDecisionRecorded)
        if event.kind == REVIEW_VALIDATED
    }
    for entry, event in dossier.facts(ReviewDone):
        named = (DecisionReference(event.body_id, event.meeting_id, one) for one in event.decisions)
        cited += [(entry.position, one, _use(dossier, event)) for one in named if one in validated]
    return cited


def _use(dossier: Dossier, event: Event) -> DecisionUse:
    return DecisionUse(dossier.convention_id, Code(event.TOPIC), event.envelope.event_id)


def waivers(dossier: Dossier, today: date) -> tuple[WaiverInForce, ...]:
    """The rules set aside for a convention, in force or expired, oldest first."""
    found = [
        WaiverInForce(
            event.envelope.event_id,
            event.rule,
            event.subject,
            event.motive,
            event.occurred_on,
            event.expires_on,
            event.decided_in,
            event.occurred_on <= today <= event.expires_on,
        )
        for _, event in dossier.facts(WaiverGranted)
    ]
    return tuple(sorted(found, key=lambda one: one.granted_on))
