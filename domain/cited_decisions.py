"""The decision of a steering body that an act rests on: taken, of its kind, by then, by a body entitled here (R08)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.kernel import BrokenRule, Case, DatesDoNotFit, Level, NothingToCite, Surroundings, UnknownReference
from domain.steering import DeciderNotEntitled, DecisionReference, RecordMeeting, SteeringBody
from domain.steering.meetings import QUORUM, DecidedWithoutQuorum
from domain.steering.quorum import quorum_at
from domain.values import Code


@dataclass(frozen=True)
class DecisionDoesNotFit(BrokenRule):
    """R08: the cited decision is about something else (domain.md 4.2b)."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "decided_in"
    kind: Code
    expected: Code


@dataclass(frozen=True)
class DecisionWithoutQuorum(BrokenRule):
    """R35: the body decided without its quorum: nothing rests on that until it decides again."""

    RULE = QUORUM
    CODE = DecidedWithoutQuorum.CODE
    LEVEL = Level.HARD
    FIELD = "decided_in"
    MENDED_BY = "record-meeting"
    present: int
    needed: int


@dataclass(frozen=True)
class DecisionAwaited(NothingToCite):
    """R08: the act rests on a decision of this kind, and no body entitled to it has taken one."""

    RULE = "R08"
    CODE = "decision-awaited"
    expected: Code


@dataclass(frozen=True)
class DecisionNotCited(BrokenRule):
    """R08: the act says of no decision that it rests on it; of what is before a take-over nobody may know one."""

    RULE = "R08"
    CODE = DecisionAwaited.CODE
    LEVEL = Level.HARD
    FIELD = "decided_in"
    MENDED_BY = "record-meeting"
    expected: Code


def check_decision(
    case: Case,
    reference: DecisionReference,
    kind: Code,
    territory_id: UUID | None,
    deciding_kinds: tuple[Code, ...],
    *,
    by_mandated_body: bool = True,
) -> None:
    """R08: the cited decision exists, is of this kind, was made on or before the fact, by a body entitled here.

    A body that the committee mandated decides in its place, but waives no rule (R30: `by_mandated_body` false).
    `territory_id`: None where the caller saw that the body is of the right framework.
    """
    body = case.find(SteeringBody, reference.body_id, "decided_in")
    if body is not None:
        case.broken(*_unfit(case, body, reference, kind, territory_id, deciding_kinds, by_mandated_body))


def decision_awaited(
    case: Case,
    around: Surroundings,
    kind: Code,
    territory_id: UUID,
    deciding_kinds: tuple[Code, ...],
    *,
    by_mandated_body: bool = True,
) -> None:
    """R08: whether no decision is recorded yet that `check_decision` would accept."""
    taken = (
        (body, DecisionReference(body.id, meeting_id, decision_id))
        for body in around.states(SteeringBody)
        for meeting_id, meeting in body.meetings.items()
        for decision_id in meeting.decisions
    )
    fits = any(
        not _unfit(case, body, reference, kind, territory_id, deciding_kinds, by_mandated_body)
        for body, reference in taken
    )
    case.breaks_if(not fits, DecisionAwaited("decided_in", RecordMeeting.NAME, kind))


def _unfit(
    case: Case,
    body: SteeringBody,
    reference: DecisionReference,
    kind: Code,
    territory_id: UUID | None,
    deciding_kinds: tuple[Code, ...],
    by_mandated_body: bool,
) -> list[BrokenRule]:
    """Why a decision does not found an act of this case; nothing when it does."""
    broken: list[BrokenRule] = []
    entitled = body.kind in deciding_kinds or (by_mandated_body and body.mandated_by is not None)
    if not entitled or body.home_territory_id != territory_id:
        broken.append(DeciderNotEntitled(body.kind))
    meeting = body.meetings.get(reference.meeting_id)
    made = meeting.decisions.get(reference.decision_id) if meeting is not None else None
    if meeting is None or made is None:
        return [*broken, UnknownReference("decided_in", f"{reference.meeting_id}/{reference.decision_id}")]
    if meeting.held_on > case.occurred_on:
        broken.append(DatesDoNotFit("decided_in", meeting.held_on, case.occurred_on))
    if (told := quorum_at(body, reference.meeting_id)) is not None and told.reached is False:
        broken.append(DecisionWithoutQuorum(told.present, told.needed or 0))
    if made != kind:
        broken.append(DecisionDoesNotFit(made, kind))
    return broken
