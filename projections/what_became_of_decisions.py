"""What became of what a committee decided: which decisions are kept, wait, age, sleep, were replaced or abandoned?

That a decision is acted is said by the events that cite it, and by nobody; that it is done, replaced or abandoned, by
whoever says so with what shows it. Everything else is a matter of the method and of the day: one of which nothing was
heard for the method's period, or that is past its day, ages; one that two meetings of its body passed by sleeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.following import ReportActionStatus
from domain.adjusting import AdjustmentDecided
from domain.calendar import add_days, add_period
from domain.following import (
    EntrustDecision,
    RecordDecisionDone,
    SaidOfDecision,
    SteeringDecisionAbandoned,
    SteeringDecisionDone,
    SteeringDecisionEntrusted,
    SteeringDecisionReplaced,
)
from domain.method import MethodProfile, Period
from domain.roles import COOPERATION_OFFICER, PARTNER_REPRESENTATIVE
from domain.steering import DIAGNOSIS_VALIDATED, DecisionReference, SteeringBody, SteeringDecisionRecorded
from domain.steering.deciding import SteeringDecisionTaken
from domain.steering.followed import ABANDONED, DONE, REPLACED
from domain.values import Code, Evidence, LocalId, Prose
from projections.engine import Dossier, Steered
from projections.what_the_committee_decided import Body, DecisionUse, Meeting, meetings
from projections.which_signatures_are_missing import Votes
from projections.who_holds_which_role import Holder
from projections.who_is_in_charge import InCharge

WAITING: Final = Code("WAITING")
AGEING: Final = Code("AGEING")
DORMANT: Final = Code("DORMANT")
ACTED: Final = Code("ACTED")
STATES: Final = (DORMANT, AGEING, WAITING, ACTED, DONE, REPLACED, ABANDONED)
"""Worst first: a decision is in exactly one of them."""
TO_FOLLOW: Final = (DORMANT, AGEING)
"""What heads the next agenda."""
KEPT: Final = (ACTED, DONE)
WHOLE_WHEN_SAID: Final = (DIAGNOSIS_VALIDATED,)
"""Kinds that ask for nothing more: nothing need cite them."""
SILENCE: Final = "LATEST_NEWS_OF_DECISION"
"""What starts the deadline of a method that says after how long without news a decision ages."""
MEETINGS_SLEPT: Final = 2
"""Meetings of its body that pass a decision by before it sleeps."""

_SAID: Final = (SteeringDecisionEntrusted, SteeringDecisionDone, SteeringDecisionReplaced, SteeringDecisionAbandoned)


@dataclass(frozen=True)
class DecisionStanding:
    """One decision and what became of it by a day.

    `heard_on`: the day of the last news of it, at first that of its meeting; `passed`: how many meetings of its body
    have passed since without any; `ages_on`: from when on it ages, None where no method says. `event_id` recorded it,
    `ended_by` says how it ended, on `ended_on`, as `shown_by` words or `evidence` or as `motive` and `replaced_by` say;
    `uses` cite it. `days_late`: days since its due day while it is open. `next_act`: the one act that brings it on,
    None where nothing is to be done. `votes`: as its meeting counted them, None where it did not; `in_charge`: who is
    asked of it while it waits, in which role: whoever speaks for the partner that sees to it, else whoever prepares the
    meetings, or the next one up.
    """

    reference: DecisionReference
    body: Body
    event_id: UUID
    kind: Code
    text: Prose
    decided_on: date
    owner_id: UUID | None
    due_on: date | None
    proof: Prose | None
    state: Code
    heard_on: date
    passed: int
    ages_on: date | None
    uses: tuple[DecisionUse, ...]
    ended_on: date | None
    ended_by: UUID | None
    shown_by: Prose | None
    motive: Prose | None
    replaced_by: DecisionReference | None
    evidence: tuple[Evidence, ...]
    days_late: int
    next_act: Code | None
    votes: Votes | None
    in_charge: tuple[Holder, ...]
    item_id: LocalId | None
    """The point of the agenda of its meeting that it is about, where one was named."""

    @property
    def is_open(self) -> bool:
        """Whether something is still expected of it."""
        return self.state in (WAITING, *TO_FOLLOW)

    @property
    def is_whole(self) -> bool:
        """Whether it asked for nothing more when it was said."""
        return self.kind in WHOLE_WHEN_SAID


@dataclass(frozen=True)
class SaidAndDone:
    """How many decisions were kept of those that asked for something: `kept` of `taken`. Those replaced are left out of
    `taken`, for what replaced them stands there; those abandoned are in it, and not kept."""

    taken: int
    kept: int
    waiting: int
    ageing: int
    dormant: int
    abandoned: int
    replaced: int


def ages_after(method: MethodProfile) -> Period | None:
    """After how long without news a decision ages, where the method watches that."""
    return next((one.offset for one in method.active_deadlines if one.trigger == SILENCE), None)


def decisions(
    place: Steered,
    dossiers: Sequence[Dossier],
    silence: Period | None,
    today: date,
    citing: Mapping[Code, Code] | None = None,
    people: InCharge | None = None,
) -> tuple[DecisionStanding, ...]:
    """The decisions of the bodies of a place, the latest first; `dossiers`: the conventions that may cite them,
    `silence`: after how long one ages, `citing`: the act that cites each kind, `people`: who may be
    in charge."""
    held = meetings(place, dossiers)
    made = _made(place)
    said = _said(place)
    found = []
    for meeting in held:
        later = sorted(one.held_on for one in held if one.body.body_id == meeting.body.body_id)
        for decision in meeting.decisions:
            one = _Followed(made[decision.reference], said.get(decision.reference, ()), meeting, decision.uses, people)
            found.append(one.standing(later, silence, today, citing or {}))
    return tuple(found)


def to_follow(found: Iterable[DecisionStanding]) -> tuple[DecisionStanding, ...]:
    """Those that head the next agenda: asleep or ageing, the worst and the oldest first."""
    return tuple(sorted((one for one in found if one.state in TO_FOLLOW), key=_worst))


def still_open(found: Iterable[DecisionStanding]) -> tuple[DecisionStanding, ...]:
    """Those of which something is still expected, the worst and the oldest first."""
    return tuple(sorted((one for one in found if one.is_open), key=_worst))


def _worst(one: DecisionStanding) -> tuple[int, date]:
    return STATES.index(one.state), one.heard_on


def said_and_done(found: Iterable[DecisionStanding]) -> SaidAndDone:
    """How many were kept, of those that asked for something."""
    asked = [one.state for one in found if not one.is_whole]
    replaced = asked.count(REPLACED)
    return SaidAndDone(
        taken=len(asked) - replaced,
        kept=sum(asked.count(one) for one in KEPT),
        waiting=asked.count(WAITING),
        ageing=asked.count(AGEING),
        dormant=asked.count(DORMANT),
        abandoned=asked.count(ABANDONED),
        replaced=replaced,
    )


def _made(place: Steered) -> Mapping[DecisionReference, SteeringDecisionRecorded | AdjustmentDecided]:
    """What recorded each decision."""
    recorded: list[SteeringDecisionRecorded | AdjustmentDecided] = [
        *(event for _, event in place.of(SteeringBody, SteeringDecisionRecorded)),
        *(event for _, event in place.of(SteeringBody, AdjustmentDecided)),
    ]
    return {DecisionReference(one.originator_id, one.meeting_id, one.decision_id): one for one in recorded}


def _said(place: Steered) -> Mapping[DecisionReference, tuple[SaidOfDecision, ...]]:
    """What was said of each decision since, in the order of the log."""
    found: dict[DecisionReference, tuple[SaidOfDecision, ...]] = {}
    for _, event in place.of(SteeringBody, *_SAID):
        found[event.decision] = (*found.get(event.decision, ()), event)
    return found


@dataclass(frozen=True)
class _Followed:
    """One decision with all that was recorded of it."""

    made: SteeringDecisionRecorded | AdjustmentDecided
    said: tuple[SaidOfDecision, ...]
    meeting: Meeting
    uses: tuple[DecisionUse, ...]
    people: InCharge | None

    def standing(
        self, held: Sequence[date], silence: Period | None, today: date, citing: Mapping[Code, Code]
    ) -> DecisionStanding:
        owner_id, due_on, proof = self._entrusted()
        ended = next((one for one in self.said if not isinstance(one, SteeringDecisionEntrusted)), None)
        heard_on = max((self.meeting.held_on, *(one.occurred_on for one in self.said)))
        ages_on = _ages_on(heard_on, due_on, silence)
        since = max(heard_on, due_on or heard_on)
        passed = sum(since < one <= today for one in held)
        state = self._state(ended, passed, ages_on, today)
        waits = state in (WAITING, *TO_FOLLOW)
        return DecisionStanding(
            DecisionReference(self.made.originator_id, self.made.meeting_id, self.made.decision_id),
            self.meeting.body,
            self.made.envelope.event_id,
            self.made.kind,
            self.made.text,
            self.meeting.held_on,
            owner_id,
            due_on,
            proof,
            state,
            heard_on,
            passed,
            ages_on if waits else None,
            self.uses,
            ended.occurred_on if ended is not None else None,
            ended.envelope.event_id if ended is not None else None,
            ended.shown_by if isinstance(ended, SteeringDecisionDone) else None,
            ended.motive if isinstance(ended, SteeringDecisionAbandoned) else None,
            ended.replaced_by if isinstance(ended, SteeringDecisionReplaced) else None,
            ended.envelope.evidence if isinstance(ended, SteeringDecisionDone) else (),
            max((today - due_on).days, 0) if due_on is not None and waits else 0,
            self._next_act(owner_id, citing) if waits else None,
            self._votes(),
            self._in_charge(owner_id) if waits else (),
            self.made.item_id if isinstance(self.made, SteeringDecisionTaken) else None,
        )

    def _entrusted(self) -> tuple[UUID | None, date | None, Prose | None]:
        """Who sees to it, by when, and what will show it: as it was last said."""
        last = next((one for one in reversed(self.said) if isinstance(one, SteeringDecisionEntrusted)), None)
        first = self.made
        if last is not None:
            return last.owner_id, last.due_on, last.proof
        return tuple(getattr(first, name, None) for name in ("owner_id", "due_on", "proof"))  # type: ignore[return-value]

    def _state(self, ended: SaidOfDecision | None, passed: int, ages_on: date | None, today: date) -> Code:
        if ended is not None:
            return _ENDED[type(ended)]
        if self.uses or self.made.kind in WHOLE_WHEN_SAID:
            return ACTED
        if passed >= MEETINGS_SLEPT:
            return DORMANT
        return AGEING if ages_on is not None and ages_on <= today else WAITING

    def _votes(self) -> Votes | None:
        counted = [getattr(self.made, name, None) for name in ("votes_for", "votes_against", "abstentions")]
        return Votes(*counted) if any(one is not None for one in counted) else None

    def _in_charge(self, owner_id: UUID | None) -> tuple[Holder, ...]:
        if self.people is None:
            return ()
        role = COOPERATION_OFFICER if owner_id is None else PARTNER_REPRESENTATIVE
        return tuple(dict.fromkeys(self.people.of(role, owner_id)))

    def _next_act(self, owner_id: UUID | None, citing: Mapping[Code, Code]) -> Code:
        """The act that cites it, where its kind has one; else that somebody sees to it, then that it is done."""
        if self.made.kind in citing:
            return citing[self.made.kind]
        if isinstance(self.made, AdjustmentDecided):
            return Code(ReportActionStatus.NAME)
        return Code(RecordDecisionDone.NAME if owner_id is not None else EntrustDecision.NAME)


_ENDED: Final[Mapping[type[SaidOfDecision], Code]] = {
    SteeringDecisionDone: DONE,
    SteeringDecisionReplaced: REPLACED,
    SteeringDecisionAbandoned: ABANDONED,
}


def _ages_on(heard_on: date, due_on: date | None, silence: Period | None) -> date | None:
    """From when on it ages: the day after its due day, where that is ahead of the last news; else once nothing was
    heard for the method's period."""
    if due_on is not None and due_on >= heard_on:
        return add_days(due_on, 1)
    return add_period(heard_on, silence, frozenset()) if silence is not None else None
