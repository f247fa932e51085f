"""Whatever a committee decides, and whatever is said of it or annulled: no decision and no proof is lost from view."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.following import AbandonDecision, EntrustDecision, RecordDecisionDone, ReplaceDecision
from domain.kernel import RECORDED_BY, Command, Event
from domain.method import Period
from domain.steering import Decision, DecisionReference, RecordMeeting
from domain.values import Code, Prose, local_id
from projections.what_became_of_decisions import decisions, said_and_done
from tests.properties.test_any_corrections import counting, mend_with_what_falls
from tests.properties.test_any_money import dossier_of
from tests.properties.test_any_sequence_of_commands import CAF, DECIDED, EPCI, TODAY, Streams, opened

BODY = next(iter(DECIDED.values())).body_id
SILENCE = Period(days=56)
MEETINGS = 5
KINDS = tuple(map(Code, ("OTHER", "DIAGNOSIS_VALIDATED", "REVIEW_VALIDATED")))

days = st.integers(0, 200).map(lambda count: TODAY - timedelta(days=count))
numbers = st.integers(0, MEETINGS - 1)
references = st.builds(
    lambda meeting, decision: DecisionReference(BODY, local_id("any", meeting), local_id("any", decision)),
    numbers,
    st.integers(0, 1),
)


def said(command: Any, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
    return st.builds(command, stream_id=st.just(BODY), occurred_on=days, decision=references, **more)


def held(number: int, kinds: tuple[Code, ...], on: date) -> Command:
    """A meeting, and what it decides."""
    made = tuple(Decision(local_id("any", place), kind, Prose("Oui.")) for place, kind in enumerate(kinds))
    return RecordMeeting(
        stream_id=BODY, meeting_id=local_id("any", number), attendance=3, decisions=made, occurred_on=on
    )


commands = st.one_of(
    st.builds(held, numbers, st.lists(st.sampled_from(KINDS), max_size=2).map(tuple), days),
    said(EntrustDecision, owner_id=st.sampled_from((CAF, EPCI)), due_on=st.one_of(st.none(), days)),
    said(RecordDecisionDone, shown_by=st.sampled_from((None, Prose("La salle est ouverte.")))),
    said(ReplaceDecision, replaced_by=references),
    said(AbandonDecision, motive=st.just(Prose("Trop cher.")), given_up_in=st.one_of(st.none(), references)),
)


def by_hand(streams: Streams) -> dict[DecisionReference, str]:
    """How each decision stands, told the slow way from what counts."""
    told = counting(streams, BODY)
    met: dict[str, date] = {}
    states: dict[DecisionReference, str] = {}
    for one in told:
        name = one.TOPIC.rpartition(".")[2]
        if name == "steering-meeting-held":
            met[vars(one)["meeting_id"]] = one.occurred_on
        elif name == "steering-decision-recorded":
            reference = DecisionReference(BODY, vars(one)["meeting_id"], vars(one)["decision_id"])
            states[reference] = _stands(streams, reference, one, told)
    assert {one.meeting_id for one in states} <= met.keys(), "a decision is of a meeting that was held"
    return states


def _stands(streams: Streams, reference: DecisionReference, made: Event, told: list[Event]) -> str:
    about = [one for one in told if vars(one).get("decision") == reference]
    ends = {"done": "DONE", "replaced": "REPLACED", "abandoned": "ABANDONED"}
    for one in about:
        if (last := one.TOPIC.rpartition("-")[2]) in ends:
            return ends[last]
    every = [one for stream_id in streams.live for one in counting(streams, stream_id)]
    if vars(made)["kind"] == "DIAGNOSIS_VALIDATED" or any(
        reference in (vars(one).get("decided_in"), vars(one).get("given_up_in")) for one in every
    ):
        return "ACTED"
    meetings = {vars(one)["meeting_id"]: one.occurred_on for one in told if "meeting-held" in one.TOPIC}
    heard = max([meetings[reference.meeting_id], *(one.occurred_on for one in about)])
    due: Any = vars(about[-1]).get("due_on") if about else None
    if sum(on > max(heard, due or heard) for on in meetings.values()) >= 2:
        return "DORMANT"
    is_due = due is not None and due >= heard
    return "AGEING" if (due < TODAY if is_due else heard + timedelta(days=56) <= TODAY) else "WAITING"


def nothing_is_lost(streams: Streams) -> None:
    dossier = dossier_of(streams)
    found = decisions(dossier, (dossier,), SILENCE, TODAY)
    assert len({one.reference for one in found}) == len(found), "each stands once"
    assert {one.reference: str(one.state) for one in found} == by_hand(streams)
    rate, states = said_and_done(found), Counter(str(one.state) for one in found if not one.is_whole)
    open_ones = rate.waiting + rate.ageing + rate.dormant
    assert (rate.taken, rate.replaced) == (rate.kept + open_ones + rate.abandoned, states["REPLACED"])
    for one in found:
        assert (one.next_act is not None) is one.is_open, "what waits has its one next act, and nothing else has"
        assert (one.ended_by is not None) is (one.state in ("DONE", "REPLACED", "ABANDONED"))
        assert one.state != "DONE" or one.shown_by or one.evidence, "a proof is never lost"


@given(st.lists(commands, max_size=16), st.lists(st.integers(0, 40), max_size=3))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_decision_and_no_proof_is_ever_lost_from_view(done: list[Command], mistakes: list[int]) -> None:
    streams = opened()
    for number, kinds in enumerate((KINDS[:1] * 2, KINDS[:2])):
        streams.send(held(number, kinds, TODAY - timedelta(days=150 - 90 * number)))
    for command in done:
        streams.send(command)
    nothing_is_lost(streams)
    for number in mistakes:
        told = [
            one
            for one in streams.recorded
            if type(one) in RECORDED_BY and one.originator_id == BODY and one.originator_version > 1
        ]
        if told:
            mend_with_what_falls(streams, told[number % len(told)], None)
            nothing_is_lost(streams)


def test_a_decision_that_a_lost_meeting_took_is_lost_with_all_that_was_said_of_it() -> None:
    streams = opened()
    body, decision = BODY, DecisionReference(BODY, local_id("any", 0), local_id("any", 0))
    assert streams.send(held(0, KINDS[:1], TODAY))
    assert streams.send(
        RecordDecisionDone(stream_id=body, decision=decision, shown_by=Prose("Oui."), occurred_on=TODAY)
    )
    met = next(one for one in streams.recorded if vars(one).get("meeting_id") == decision.meeting_id)
    assert mend_with_what_falls(streams, met, None)
    assert decision not in by_hand(streams)
    nothing_is_lost(streams)
