"""What a meeting of a committee asks for: its invitation and its papers before it (D07), its minutes after it (D08).

The method says which bodies it asks; of a joint meeting, the invitation of any of them is everybody's. A meeting is
asked of the convention that runs that day: of a successor, from its first day on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.calendar import add_period
from domain.convention.reviews import ReviewDone
from domain.kernel import Event
from domain.method import DeadlineRule
from domain.steering import SteeringBody, SteeringMeetingHeld
from domain.steering.minutes import MinutesApproved, MinutesDrafted
from domain.steering.planning import (
    Planned,
    SteeringMeetingConvened,
    SteeringMeetingMoved,
    SteeringMeetingPlanned,
)
from domain.values import LocalId
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, key

PAPERS: Final = "MEETING_PAPERS_SENT"
_KINDS: Final = (
    SteeringMeetingPlanned,
    SteeringMeetingMoved,
    SteeringMeetingConvened,
    SteeringMeetingHeld,
    MinutesDrafted,
    MinutesApproved,
)


@named(trigger="MEETING_PLANNED", conditions=(PAPERS,))
def before_meetings(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D07: of each meeting that is planned, counted from its day as it stands; met by the first invitation, or the
    first that papers were joined to.

    It moves with the meeting. Nothing is asked of one that is cancelled, nor once its day is past; one that was set too
    late for it is watched, never late.
    """
    found = []
    for body in _bodies(dossier, rule):
        for meeting_id, one in Planned.of(body).meetings.items():
            if one.cancelled_on is not None or not _runs(dossier, one.planned_on):
                continue
            planned = _said(dossier, body.id, meeting_id, SteeringMeetingPlanned)[0]
            moves = _said(dossier, body.id, meeting_id, SteeringMeetingMoved)
            convened = [
                each
                for each_id in (body.id, *one.joint_with)
                for each in _said(dossier, each_id, meeting_id, SteeringMeetingConvened)
                if PAPERS not in rule.met_by or each.envelope.evidence
            ]
            held = body.meetings.get(meeting_id)
            set_on = max(each.occurred_on for each in (planned, *moves))
            lost = _lost(dossier, body.id, meeting_id, SteeringMeetingConvened)
            found.append(
                _start(
                    dossier,
                    planned,
                    one.planned_on,
                    convened,
                    lost,
                    obliged=set_on <= add_period(one.planned_on, rule.offset, frozenset()),
                    asked_until=min(one.planned_on, held.held_on) if held is not None else one.planned_on,
                )
            )
    return found


@named(trigger="MEETING_HELD")
def after_meetings(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D08: of each meeting that was held, met once its minutes are drafted, or approved, as the method says; of one
    that reviewed the convention, even after its end."""
    wanted = tuple(one for one in (MinutesDrafted, MinutesApproved) if one.TOPIC in rule.met_by)
    reviewed = {(one.body_id, one.meeting_id) for _, one in dossier.facts(ReviewDone)}
    found = []
    for body in _bodies(dossier, rule):
        for meeting_id, one in body.meetings.items():
            if _runs(dossier, one.held_on) or (body.id, meeting_id) in reviewed:
                held = _said(dossier, body.id, meeting_id, SteeringMeetingHeld)[-1]
                minutes, lost = (each(dossier, body.id, meeting_id, *wanted) for each in (_said, _lost))
                found.append(_start(dossier, held, one.held_on, minutes, lost))
    return found


def _start(
    dossier: Dossier, first: Event, day: date, meeting: Sequence[Event], lost: Sequence[Event], **how: Any
) -> Start:
    met = min(meeting, key=lambda one: one.occurred_on, default=None)
    return Start(
        dossier.convention_id,
        key(dossier.first_said(first), lost),
        day,
        met.occurred_on if met is not None else None,
        met.envelope.event_id if met is not None else None,
        about_on=day,
        **how,
    )


def _bodies(dossier: Dossier, rule: DeadlineRule) -> Iterator[SteeringBody]:
    """The bodies of the territory that the method asks."""
    return (one for one in dossier.bodies if not rule.bodies or one.kind in rule.bodies)


def _runs(dossier: Dossier, day: date) -> bool:
    """Whether a meeting of a day is asked of the convention."""
    convention = dossier.convention
    first = convention.opened_on if convention.successor_of is None else convention.period.effective_from
    return first <= day <= convention.period.effective_to


def _said(dossier: Dossier, body_id: UUID, meeting_id: LocalId, *kinds: type[Event]) -> list[Event]:
    """What was said of a meeting, as it counts, in order."""
    known = dossier.once(_by_meeting).get((body_id, meeting_id), ())
    return [one for one in known if isinstance(one, kinds)]


def _lost(dossier: Dossier, body_id: UUID, meeting_id: LocalId, *kinds: type[Event]) -> list[Event]:
    """What was said of it and was annulled."""
    stream = dossier.streams.get(body_id)
    corrected = stream.corrected if stream is not None else None
    every: list[Any] = [one for one in corrected.annulled() if isinstance(one, kinds)] if corrected is not None else []
    return [one for one in every if one.meeting_id == meeting_id]


def _by_meeting(dossier: Dossier) -> Mapping[tuple[UUID, LocalId], Sequence[Event]]:
    found: dict[tuple[UUID, LocalId], list[Event]] = defaultdict(list)
    for _, event in dossier.of(SteeringBody, *_KINDS):
        said: Any = event
        found[event.originator_id, said.meeting_id].append(event)
    return found
