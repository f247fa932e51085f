"""Whatever is contested, answered, kept, taken back or mended, in whatever order: a contested fact reads as contested
until somebody resolves it, has its effect until it is mended, and what was mended reads with both of its values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from domain.contesting import (
    AnswerContestation,
    ContestRecord,
    KeepContestedRecord,
    WithdrawContestation,
    is_contestable,
)
from domain.kernel import Actor, Aggregate, Case, Command, Event, Refused, RoleHeld
from domain.mending import is_mendable
from domain.roles import FRAMEWORK_PILOT
from domain.values import deterministic_id
from projections.engine import Entry, History, Register, stream_of
from projections.which_facts_are_contested import contestations, still_contested
from projections.which_mistakes_are_mended import CORRECTED, fates
from tests.properties.test_any_corrections import WHY, _again, counting, mend_with_what_falls
from tests.properties.test_any_sequence_of_commands import (
    BODY,
    CAF,
    CONVENTION_ID,
    EPCI,
    MSA,
    READY,
    TODAY,
    Streams,
    context_on,
    opened,
)

PARTNERS = (CAF, EPCI, MSA)
CONTESTS, JUDGES = "contests", "judges"


def said(streams: Streams, command: Command, who: str) -> bool:
    """One person says something of a record; whether it was accepted."""
    actor = Actor(deterministic_id("person", who), (RoleHeld(FRAMEWORK_PILOT),))
    context = replace(context_on(TODAY), actor=actor, reason=WHY)
    state: Any = streams.live[command.stream_id]
    try:
        command.decide(state, Case(context, streams, None))
    except Refused:
        assert not state.pending_events, "what is refused leaves nothing behind"
        return False
    streams.change(state)
    return True


def told(streams: Streams) -> History:
    """All that was recorded, as questions read it."""
    found = {}
    for one in (CONVENTION_ID, BODY):
        stream = stream_of(Entry(place, each) for place, each in enumerate(streams.history(one), 1))
        assert stream is not None
        found[one] = stream
    return History(found, Register({}))


def effect(aggregate: Aggregate) -> dict[str, Any]:
    """What rules look at."""
    return {name: value for name, value in vars(aggregate).items() if not name.startswith("_")}


class Naive:
    """What was contested by hand: for each contestation its fact, its partner and what became of it."""

    def __init__(self) -> None:
        self.known: dict[UUID, tuple[UUID, UUID, str]] = {}

    def open_ones(self) -> list[UUID]:
        return [one for one, (_, _, state) in self.known.items() if state == "OPEN"]

    def waits(self, target: UUID, partner: UUID) -> bool:
        return any(self.known[one][:2] == (target, partner) for one in self.open_ones())

    def close(self, contestation: UUID, state: str) -> None:
        self.known[contestation] = (*self.known[contestation][:2], state)

    def mended(self, target: UUID, gone: set[UUID], how: str) -> None:
        for one in self.open_ones():
            fact = self.known[one][0]
            if fact == target or fact in gone:
                self.close(one, how if fact == target else "ANNULLED")


KINDS = ("contest", "contest", "contest", "answer", "keep", "withdraw", "annul", "say again")
acts = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 1_000), st.integers(0, 2)), min_size=4, max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts)
def test_a_contested_fact_reads_as_contested_until_it_is_resolved_and_keeps_its_effect(sequence: list[Any]) -> None:
    streams, by_hand = opened(), Naive()
    for command in READY:
        assert streams.send(command)
    for kind, number, which in sequence:
        before = {one: effect(streams.live[one]) for one in (CONVENTION_ID, BODY)}
        done = _do(streams, by_hand, kind, number, PARTNERS[which])
        event(f"{kind}: {done}")
        if kind not in ("annul", "say again"):
            assert {one: effect(streams.live[one]) for one in (CONVENTION_ID, BODY)} == before, "words change nothing"
        history = told(streams)
        found = {one.contestation_id: (one.target_id, one.partner_id, one.state) for one in contestations(history)}
        assert found == by_hand.known
        assert still_contested(history) == {by_hand.known[one][0] for one in by_hand.open_ones()}
        _both_values_are_kept(streams, history)


def _do(streams: Streams, by_hand: Naive, kind: str, number: int, partner: UUID) -> bool | None:
    """One act and what it does by hand; None where there is nothing to do it to."""
    if kind == "contest":
        facts = [one for stream in (CONVENTION_ID, BODY) for one in streams.history(stream) if is_contestable(one)]
        return _contested(streams, by_hand, facts[number % len(facts)], partner)
    if kind in ("annul", "say again"):
        return _mended(streams, by_hand, kind, number)
    if not by_hand.known:
        return None
    known = list(by_hand.known)
    contestation = known[number % len(known)]
    stream_id = next(one.originator_id for one in streams.recorded if one.envelope.event_id == contestation)
    act: type[Any] = {"answer": AnswerContestation, "keep": KeepContestedRecord, "withdraw": WithdrawContestation}[kind]
    done = said(streams, act(stream_id=stream_id, contestation_id=contestation), JUDGES)
    assert done is (contestation in by_hand.open_ones()), "what is closed stays closed"
    if done and kind != "answer":
        by_hand.close(contestation, "KEPT" if kind == "keep" else "WITHDRAWN")
    return done


def _contested(streams: Streams, by_hand: Naive, fact: Event, partner: UUID) -> bool:
    fact_id = fact.envelope.event_id
    counts = fact_id in _standing(streams)
    act = ContestRecord(stream_id=fact.originator_id, target_id=fact_id, partner_id=partner)
    done = said(streams, act, CONTESTS)
    assert done is (counts and not by_hand.waits(fact_id, partner))
    if done:
        by_hand.known[streams.recorded[-1].envelope.event_id] = (fact_id, partner, "OPEN")
    return done


def _mended(streams: Streams, by_hand: Naive, kind: str, number: int) -> bool | None:
    was = _standing(streams)
    facts = [one for one in _counting(streams) if is_mendable(one)]
    if not facts:
        return None
    target = facts[number % len(facts)]
    done = mend_with_what_falls(streams, target, None if kind == "annul" else _again(streams, target))
    if done:
        gone = was - _standing(streams)
        by_hand.mended(target.envelope.event_id, gone, "ANNULLED" if kind == "annul" else "CORRECTED")
    return done


def _standing(streams: Streams) -> set[UUID]:
    return {one.envelope.event_id for one in _counting(streams)}


def _counting(streams: Streams) -> list[Event]:
    """What counts; nothing of what was opened by mistake."""
    standing = [one for one in (CONVENTION_ID, BODY) if not streams.live[one].is_annulled]
    return [one for stream in standing for one in counting(streams, stream)]


def _both_values_are_kept(streams: Streams, history: History) -> None:
    """What was said first is still in the log, and the question tells what is said instead of it."""
    recorded = {one.envelope.event_id for one in streams.recorded}
    for fate in fates(history, TODAY).values():
        if fate.stands == CORRECTED and fate.mended is not None:
            assert fate.event_id in recorded
            assert all(one.was != one.now for one in fate.mended.changes)
            assert fate.mended.changes
