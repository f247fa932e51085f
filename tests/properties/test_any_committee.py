"""Two years of three bodies, in any order: what they decide stays in view, nothing rests on what nobody may decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from domain import cited_decisions
from domain.convention.priorities import ChoosePriority
from domain.convention.signatories import ChangeSignatory
from domain.convention.waivers import GrantWaiver
from domain.following import AbandonDecision, EntrustDecision, RecordDecisionDone, ReplaceDecision
from domain.kernel import Command
from domain.mending import is_mendable
from domain.method import Period
from domain.steering import (
    DIAGNOSIS_VALIDATED,
    PRIORITY_CHOSEN,
    SIGNATORIES_CHANGED,
    WAIVER,
    ConstituteSteeringBody,
    Decision,
    DecisionReference,
    RecordMeeting,
)
from domain.steering.meetings import RecordDecision
from domain.steering.minutes import ApproveMinutes, DraftMinutes
from domain.steering.planning import AgendaItem, CancelMeeting, ConveneMeeting, MoveMeeting, PlanMeeting
from domain.steering.quorum import ChangeSteeringRules
from domain.steering.seats import FillSteeringSeat, GiveSteeringSeat, VacateSteeringSeat
from domain.values import Code, LocalId, Prose, PublicName, deterministic_id, local_id
from projections import what_became_of_decisions as question
from projections.engine import Dossier
from projections.which_meetings_there_are import sittings
from tests.properties.committee_notes import Note, Notebook
from tests.properties.test_any_corrections import counting, mend_with_what_falls
from tests.properties.test_any_money import dossier_of
from tests.properties.test_any_sequence_of_commands import (
    BODY,
    CAF,
    CONVENTION_ID,
    EPCI,
    MSA,
    OPENED,
    READY,
    TERRITORY,
    THEMES,
    TODAY,
    Streams,
    opened,
)

GROUP, TECHNICAL = deterministic_id("any", "group"), deterministic_id("any", "technical")
BODIES = (BODY, GROUP, TECHNICAL)
SILENCE = 56
BEGINS = TODAY - timedelta(days=730)
MANY = (pytest.mark.slow, pytest.mark.timeout(1_200))
YES = Prose("Oui.")
WALKED = {"ACTED": 4, "DONE": 1, "REPLACED": 1, "ABANDONED": 1, "AGEING": 2}
"""What became of what the walk decides, counted by hand."""

bodies = st.sampled_from((BODY, BODY, GROUP, TECHNICAL))
days = st.integers(0, 730).map(lambda count: BEGINS + timedelta(days=count))
meetings = st.integers(0, 5).map(lambda number: local_id("meeting", number))
numbers = st.integers(0, 5).map(lambda number: local_id("decision", number))
kinds = st.sampled_from((Code("OTHER"), DIAGNOSIS_VALIDATED, PRIORITY_CHOSEN, WAIVER, SIGNATORIES_CHANGED))
seats = st.integers(0, 3).map(lambda number: local_id("seat", number))
owners = st.sampled_from((CAF, EPCI))
anything = st.builds(DecisionReference, bodies, meetings, numbers)
picks = st.integers(0, 1_000)


class AnyCommittee(RuleBasedStateMachine):
    """A committee, a group that it mandated and one that it did not. What is refused is not noted by hand either."""

    def __init__(self) -> None:
        super().__init__()
        self.streams = opened()
        self.notes = Notebook(BODY, frozenset((GROUP,)))
        self.done: Counter[str] = Counter()

    def seen(self) -> Dossier:
        """What questions are asked of."""
        return dossier_of(self.streams)

    @initialize(seated=st.integers(0, 4))
    def a_committee_and_two_groups(self, seated: int) -> None:
        for command in READY[:2]:
            assert self.streams.send(command)
        for stream_id, kind, mandated_by in ((GROUP, "WORKING_GROUP", BODY), (TECHNICAL, "COTECH", None)):
            command = ConstituteSteeringBody(
                stream_id=stream_id,
                home_territory_id=TERRITORY,
                kind=Code(kind),
                name=PublicName(kind),
                mandated_by=mandated_by,
                occurred_on=OPENED,
            )
            assert self.streams.send(command)
        self.tell(ChangeSteeringRules(stream_id=BODY, occurred_on=OPENED), "ruled")
        for number in range(seated):
            seat = GiveSteeringSeat(
                stream_id=BODY, seat_id=local_id("seat", number), partner_id=CAF, occurred_on=OPENED
            )
            self.tell(seat, "seated")

    def tell(self, command: Any, *what: str, others: Sequence[tuple[UUID, dict[str, Any]]] = ()) -> bool:
        """Send it; when it is done, note one line for each event that it leaves: its own, then those of `others`."""
        before = len(self.streams.recorded)
        if not self.streams.send(command):
            return False
        said = [(command.stream_id, vars(command)), *others]
        here = (*BODIES, CONVENTION_ID)
        left = [one for one in self.streams.recorded[before:] if one.originator_id in here and not one.DERIVED]
        for (body, fields), name, known in zip(said, what, left, strict=True):
            self.notes.lines.append(Note(name, body, command.occurred_on, known.envelope.event_id, fields))
        self.done[command.NAME] += 1
        return True

    def some(self, number: int) -> DecisionReference | None:
        """One of the decisions that stand."""
        known = list(self.notes.taken())
        return known[number % len(known)] if known else None

    def by_then(self, pick: int, reference: DecisionReference, on: date) -> date:
        """That day, mostly once the decision was taken."""
        return max(on, self.notes.held_on(reference) or on) if pick % 4 else on

    # --- meetings -----------------------------------------------------------------------------------------------------

    @rule(body=bodies, meeting=meetings, on=days, ahead=st.integers(0, 200), joint=st.sets(st.sampled_from(BODIES)))
    def plan(self, body: UUID, meeting: LocalId, on: date, ahead: int, joint: set[UUID]) -> None:
        joint_with = tuple(sorted(joint - {body}))
        command = PlanMeeting(
            stream_id=body,
            meeting_id=meeting,
            planned_on=on + timedelta(days=ahead),
            joint_with=joint_with,
            occurred_on=on,
        )
        with_them = [(one, vars(command)) for one in joint_with]
        self.tell(command, *["planned"] * (1 + len(joint_with)), others=with_them)

    def _of_all(self, body: UUID, meeting: LocalId) -> list[UUID]:
        """The other bodies of a meeting, as it was planned."""
        planned = [one for one in self.notes.of("planned") if (one.body, one.meeting_id) == (body, meeting)]
        return [] if not planned else sorted({planned[-1].body, *planned[-1].joint_with} - {body})

    @rule(body=bodies, meeting=meetings, on=days)
    def convene(self, body: UUID, meeting: LocalId, on: date) -> None:
        agenda = (AgendaItem(local_id("point", 1), YES),)
        self.tell(ConveneMeeting(stream_id=body, meeting_id=meeting, agenda=agenda, occurred_on=on), "convened")

    @rule(body=bodies, meeting=meetings, on=days, decided=st.lists(kinds, max_size=3), came=st.sets(seats))
    def hold(self, body: UUID, meeting: LocalId, on: date, decided: list[Code], came: set[LocalId]) -> None:
        made = tuple(Decision(local_id("decision", place), kind, YES) for place, kind in enumerate(decided))
        present = tuple(sorted(came)) if body == BODY else ()
        command = RecordMeeting(
            stream_id=body, meeting_id=meeting, decisions=made, seats_present=present, occurred_on=on
        )
        told = [(body, {**vars(one), "meeting_id": meeting}) for one in made]
        self.tell(command, "held", *["decided"] * len(made), others=told)

    @rule(pick=picks, decision=numbers, kind=kinds, on=days, due=st.none() | days)
    def decide(self, pick: int, decision: LocalId, kind: Code, on: date, due: date | None) -> None:
        held = self.notes.of("held")
        if held:
            meeting = held[pick % len(held)]
            command = RecordDecision(
                stream_id=meeting.body,
                meeting_id=meeting.meeting_id,
                decision_id=decision,
                kind=kind,
                text=YES,
                due_on=due,
                occurred_on=max(on, meeting.on) if pick % 4 else on,
            )
            self.tell(command, "decided")

    @rule(body=bodies, meeting=meetings, on=days, approved=st.booleans())
    def write_minutes(self, body: UUID, meeting: LocalId, on: date, approved: bool) -> None:
        self.tell(DraftMinutes(stream_id=body, meeting_id=meeting, occurred_on=on), "drafted")
        if approved:
            self.tell(ApproveMinutes(stream_id=body, meeting_id=meeting, occurred_on=on), "approved")

    @rule(body=bodies, meeting=meetings, on=days, moved=st.booleans())
    def move_or_cancel(self, body: UUID, meeting: LocalId, on: date, moved: bool) -> None:
        command: Command
        if moved:
            command = MoveMeeting(stream_id=body, meeting_id=meeting, planned_on=on, occurred_on=on)
        else:
            command = CancelMeeting(stream_id=body, meeting_id=meeting, motive=YES, occurred_on=on)
        others = self._of_all(body, meeting)
        name = "moved" if moved else "cancelled"
        self.tell(command, *[name] * (1 + len(others)), others=[(one, vars(command)) for one in others])

    # --- who sits -----------------------------------------------------------------------------------------------------

    @rule(seat=seats, on=days, how=st.sampled_from(("seated", "left", "filled")))
    def seat_somebody(self, seat: LocalId, on: date, how: str) -> None:
        commands: dict[str, Command] = {
            "seated": GiveSteeringSeat(stream_id=BODY, seat_id=seat, partner_id=CAF, occurred_on=on),
            "left": VacateSteeringSeat(stream_id=BODY, seat_id=seat, occurred_on=on),
            "filled": FillSteeringSeat(stream_id=BODY, seat_id=seat, occurred_on=on),
        }
        self.tell(commands[how], how)

    # --- what becomes of decisions ------------------------------------------------------------------------------------

    @rule(pick=picks, on=days, owner=owners, due=st.none() | days)
    def entrust(self, pick: int, on: date, owner: UUID, due: date | None) -> None:
        if (one := self.some(pick)) is not None:
            command = EntrustDecision(
                stream_id=one.body_id, decision=one, owner_id=owner, due_on=due, occurred_on=self.by_then(pick, one, on)
            )
            self.tell(command, "entrusted")

    @rule(pick=picks, on=days)
    def say_done(self, pick: int, on: date) -> None:
        if (one := self.some(pick)) is not None:
            shown = Prose(f"La salle {pick} est ouverte.")
            self.tell(
                RecordDecisionDone(
                    stream_id=one.body_id, decision=one, shown_by=shown, occurred_on=self.by_then(pick, one, on)
                ),
                "done",
            )

    @rule(pick=picks, other=anything, on=days)
    def replace(self, pick: int, other: DecisionReference, on: date) -> None:
        if (one := self.some(pick)) is not None:
            command = ReplaceDecision(
                stream_id=one.body_id, decision=one, replaced_by=other, occurred_on=self.by_then(pick, one, on)
            )
            done = self.tell(command, "replaced")
            assert not done or other in self.notes.taken(), "replaced by what nobody decided"

    @rule(pick=picks, other=st.none() | anything, on=days)
    def abandon(self, pick: int, other: DecisionReference | None, on: date) -> None:
        if (one := self.some(pick)) is not None:
            command = AbandonDecision(
                stream_id=one.body_id,
                decision=one,
                motive=YES,
                given_up_in=other,
                occurred_on=self.by_then(pick, one, on),
            )
            done = self.tell(command, "abandoned")
            assert not done or other is None or other in self.notes.taken(), "given up by what nobody decided"

    # --- what rests on decisions --------------------------------------------------------------------------------------

    @rule(cited=anything, pick=picks, blind=st.booleans(), on=days, act=st.sampled_from((0, 1, 2)))
    def rest_on(self, cited: DecisionReference, pick: int, blind: bool, on: date, act: int) -> None:
        reference = cited if blind else self.some(pick) or cited
        on = self.by_then(pick, reference, on)
        of_here: dict[str, Any] = {"stream_id": CONVENTION_ID, "decided_in": reference, "occurred_on": on}
        priority = local_id("priority", pick % 3)
        command, kind = (
            (GrantWaiver(**of_here, rule=Code("R27"), motive=YES, expires_on=date(2030, 1, 1)), WAIVER),
            (
                ChangeSignatory(**of_here, partner_id=MSA, expectation=Code("REQUIRED"), motive=YES),
                SIGNATORIES_CHANGED,
            ),
            (
                ChoosePriority(
                    **of_here,
                    priority_id=priority,
                    title=YES,
                    themes=THEMES[:1],
                    findings=(local_id(f"ready-{THEMES[0]}"),),
                ),
                PRIORITY_CHOSEN,
            ),
        )[act]
        could = self.notes.could_found(reference, kind, on, by_mandated=act > 0)
        assert not self.tell(command, "cited") or could, "it rests on what nobody there could decide"

    # --- mistakes -----------------------------------------------------------------------------------------------------

    @rule(pick=picks)
    def annul(self, pick: int) -> None:
        """Any line of the notebook was a mistake: it goes, with all that falls with it."""
        known = {one.event_id for one in self.notes.lines}
        counted = [one for stream_id in (*BODIES, CONVENTION_ID) for one in counting(self.streams, stream_id)]
        targets = [one for one in counted if one.envelope.event_id in known and is_mendable(one)]
        if not targets:
            return
        before = len(self.streams.recorded)
        if mend_with_what_falls(self.streams, targets[pick % len(targets)], None):
            gone = {fallen for one in self.streams.recorded[before:] for fallen in getattr(one, "fallen", ())}
            self.notes.strike(gone)
            self.done["annulled"] += 1

    # --- what is seen -------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        self.nothing_is_lost()

    def nothing_is_lost(self) -> None:
        """What the questions answer is what the notebook says."""
        dossier = self.seen()
        everything = question.decisions(dossier, (dossier,), Period(days=SILENCE), TODAY)
        assert len({one.reference for one in everything}) == len(everything), "each stands once"
        found = [one for one in everything if str(one.reference.meeting_id) != "m1"]
        states = self.notes.states(TODAY, SILENCE)
        assert {one.reference: str(one.state) for one in found} == states
        shown = {one.reference: one.shown_by for one in found if one.shown_by is not None}
        assert shown == {one.reference: one.shown_by for one in self.notes.of("done")}, "a proof is never lost"
        counted = Counter(
            states[reference] for reference, one in self.notes.taken().items() if one.kind != DIAGNOSIS_VALIDATED
        )
        rate = question.said_and_done(found)
        assert rate.kept == counted["ACTED"] + counted["DONE"]
        assert (rate.taken, rate.replaced) == (counted.total() - counted["REPLACED"], counted["REPLACED"])
        assert (rate.waiting, rate.ageing, rate.dormant, rate.abandoned) == tuple(
            counted[one] for one in ("WAITING", "AGEING", "DORMANT", "ABANDONED")
        )
        told = {(one.body_id, one.meeting_id): str(one.state) for one in sittings(dossier, TODAY)}
        told.pop((BODY, local_id("m1")), None)
        assert {key: state for key, state in told.items() if str(key[1]) != "m1"} == self.notes.sittings(TODAY)
        for one in self.notes.of("cited"):
            assert one.decided_in in states, "what rests on a decision stands while the decision does"


def play(machine: type[AnyCommittee], examples: int, steps: int, **more: Any) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            **more,
        ),
    )


@pytest.mark.parametrize(("examples", "steps"), [(20, 30), pytest.param(300, 50, marks=MANY)], ids=["some", "many"])
def test_whatever_committees_do_nothing_is_lost_and_nothing_rests_on_nothing(examples: int, steps: int) -> None:
    play(AnyCommittee, examples, steps)


def walked() -> AnyCommittee:
    """One walk by hand through every act."""
    walk = AnyCommittee()
    first, second, third, fourth = (BEGINS + timedelta(days=each) for each in (60, 200, 330, 460))
    one, two, three, joint = (local_id("meeting", number) for number in range(4))
    walk.a_committee_and_two_groups(seated=3)
    for meeting, on in ((one, first), (two, second)):
        walk.plan(BODY, meeting, on - timedelta(days=40), 30, set())
        walk.convene(BODY, meeting, on - timedelta(days=35))
    walk.move_or_cancel(BODY, one, first - timedelta(days=9), moved=True)
    walk.hold(BODY, one, first, [PRIORITY_CHOSEN, WAIVER, Code("OTHER")], {local_id("seat", 0), local_id("seat", 1)})
    walk.decide(0, local_id("decision", 3), SIGNATORIES_CHANGED, first, None)
    walk.write_minutes(BODY, one, first + timedelta(days=20), approved=True)
    for act, pick in ((0, 1), (1, 3), (2, 0)):
        walk.rest_on(DecisionReference(BODY, one, local_id("decision", pick)), pick, True, first, act)
    walk.entrust(2, first, EPCI, second)
    walk.say_done(2, second)
    walk.hold(BODY, two, second, [WAIVER], {local_id("seat", 0)})  # one seat of three: too few
    walk.rest_on(DecisionReference(BODY, two, local_id("decision", 0)), 4, True, second, 0)
    walk.plan(BODY, joint, second, 100, {TECHNICAL})
    walk.hold(TECHNICAL, joint, third, [PRIORITY_CHOSEN], set())
    walk.rest_on(DecisionReference(TECHNICAL, joint, local_id("decision", 0)), 5, True, third, 2)
    walk.hold(BODY, joint, third, [Code("OTHER")], set())
    walk.replace(4, DecisionReference(BODY, joint, local_id("decision", 0)), third)
    walk.plan(GROUP, three, third, 10, set())
    walk.move_or_cancel(GROUP, three, third, moved=False)
    walk.hold(GROUP, local_id("meeting", 4), fourth, [PRIORITY_CHOSEN, Code("OTHER")], set())
    walk.rest_on(DecisionReference(GROUP, local_id("meeting", 4), local_id("decision", 0)), 7, True, fourth, 2)
    walk.abandon(8, None, fourth)
    for how in ("left", "filled"):
        walk.seat_somebody(local_id("seat", 0), fourth, how)
    return walk


def test_the_walk_reaches_every_act_and_is_refused_what_rests_on_nothing() -> None:
    """Else the property above would speak of nothing."""
    walk = walked()
    walk.nothing_is_lost()
    assert {one: count for one, count in walk.done.items() if one in ("grant-waiver", "choose-priority")} == {
        "grant-waiver": 1,
        "choose-priority": 2,
    }
    assert len(walk.done) == 19
    assert Counter(walk.notes.states(TODAY, SILENCE).values()) == WALKED
    assert sorted(walk.notes.sittings(TODAY).values()) == ["APPROVED", "CANCELLED", "HELD", "HELD", "HELD", "HELD"]
    walk.annul(0)
    walk.nothing_is_lost()


def forgetting(lost: str) -> type[AnyCommittee]:
    """The same, where questions are not told of a kind of event."""

    class Forgetful(AnyCommittee):
        def seen(self) -> Dossier:
            told = [one for one in self.streams.recorded if not one.TOPIC.endswith(lost)]
            return dossier_of(Streams(self.streams.live, told))

    return Forgetful


@pytest.mark.parametrize("lost", ["steering-decision-taken", "steering-decision-done", "steering-meeting-planned"])
def test_an_event_that_is_lost_from_view_is_found_out(lost: str) -> None:
    with pytest.raises(AssertionError):
        play(forgetting(lost), 400, 30, phases=[Phase.generate], derandomize=True, database=None)


def test_a_body_that_may_decide_everything_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cited_decisions, "_unfit", lambda *told: [])
    with pytest.raises(AssertionError):
        play(AnyCommittee, 400, 30, phases=[Phase.generate], derandomize=True, database=None)
