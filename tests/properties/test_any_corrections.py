"""Whatever is annulled or said again, in whatever order, nothing unsound is left, and all else stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from domain.convention.state import TerritorialConvention
from domain.corrections import AnnulEvent, correct
from domain.kernel import (
    RECORDED_BY,
    Aggregate,
    Case,
    Command,
    Corrected,
    Correcting,
    Event,
    EventAnnulled,
    EventCorrected,
    Mending,
    Refused,
)
from domain.mending import is_mendable
from domain.values import Prose
from tests.properties.test_any_sequence_of_commands import (
    CONVENTION_ID,
    READY,
    TODAY,
    Streams,
    closing,
    context_on,
    it_is_sound,
    opened,
    state_of,
)

WHY = Prose("Une erreur de saisie.")


def mend(streams: Streams, target: Event, say: Command | None, cascade: tuple[UUID, ...] = ()) -> tuple[Any, ...]:
    """Annul an event, or say it again: the rules that refuse it, none when it is done."""
    target_id = target.envelope.event_id
    context = replace(context_on(TODAY), reason=WHY)
    state = streams.live[target.originator_id]
    try:
        if say is None:
            command = AnnulEvent(stream_id=state.id, target_id=target_id, cascade=cascade)
            command.decide(state, Case(context, streams, None))
        else:
            context = replace(context, corrects=Correcting(target_id, cascade))
            correct(say, state, Case(context, streams, say.occurred_on))
    except Refused as refused:
        assert not state.pending_events, "a refused correction leaves nothing behind"
        return refused.broken
    streams.change(state)
    return ()


def mend_with_what_falls(streams: Streams, target: Event, say: Command | None) -> bool:
    """The same, agreeing to what falls with it; whether it was done."""
    broken = mend(streams, target, say)
    falling = next((one.events for one in broken if one.CODE == "dependent-events" and one.FIELD == "cascade"), None)
    if falling is not None and len(broken) == 1:
        assert not mend(streams, target, say, falling), "what was listed is all that falls"
        return True
    return not broken


def counting(streams: Streams, stream_id: UUID) -> list[Event]:
    return [one.event for one in Corrected(streams.history(stream_id)).counting()]


def left_by_hand(history: list[Event]) -> list[Event]:
    """What counts, told the slow way: each correction in turn takes out what it says and puts in what it said."""
    left: list[Event] = []
    said: dict[UUID, list[Event]] = {}
    for one in history:
        cause = one.envelope.causation_id
        owner = next(
            (key for key, some in said.items() if cause == key or cause in [e.envelope.event_id for e in some]), None
        )
        if owner is not None and not one.DERIVED and not isinstance(one, Mending):
            said[owner].append(one)
            place = next((n for n, each in enumerate(left) if each.envelope.event_id == owner), None)
            if place is not None:
                left.insert(place, one)
        elif isinstance(one, EventAnnulled | EventCorrected):
            gone = set(one.fallen)
            left = [each for each in left if each.envelope.event_id not in gone]
            if isinstance(one, EventCorrected):
                said[one.envelope.event_id] = []
                left = [one if each.envelope.event_id == one.target_id else each for each in left]
        else:
            left.append(one)
    return [one for one in left if not isinstance(one, Mending)]


def folded_from(events: list[Event]) -> Aggregate:
    state: Any = events[0].mutate(None)
    for one in events[1:]:
        one.apply(state)
    return state  # type: ignore[no-any-return]


mistakes = st.tuples(st.integers(0, 1_000), st.booleans())
acts = st.lists(st.one_of(closing, closing, mistakes, mistakes), min_size=3, max_size=16)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts)
def test_any_corrections_leave_what_is_sound(sequence: list[Any]) -> None:
    streams = opened()
    for command in READY:
        assert streams.send(command)
    for act in sequence:
        if not isinstance(act, tuple):
            streams.send(act)
            continue
        number, annul = act
        own = [one for one in streams.live if streams.live[one].places().territory_id is not None]
        known = [one for stream_id in own for one in counting(streams, stream_id) if is_mendable(one)]
        known = [one for one in known if one.envelope.event_id not in _gone(streams)]
        if not known:
            continue
        target = known[number % len(known)]
        say = None if annul else _again(streams, target)
        done = mend_with_what_falls(streams, target, say)
        event(f"{'annulled' if annul else 'said again'} {type(target).__name__}: {done}")
        for stream_id in own:
            live = streams.live[stream_id]
            by_hand = left_by_hand(streams.history(stream_id))
            if not live.is_annulled:
                assert [one.envelope.event_id for one in counting(streams, stream_id)] == [
                    one.envelope.event_id for one in by_hand
                ]
        convention = streams.live[CONVENTION_ID]
        assert isinstance(convention, TerritorialConvention)
        if not convention.is_annulled:
            left = counting(streams, CONVENTION_ID)
            it_is_sound(convention, left)
            assert state_of(folded_from(left)) == state_of(convention)  # type: ignore[arg-type]


def _gone(streams: Streams) -> set[UUID]:
    annulled = (one for one in streams.recorded if isinstance(one, EventAnnulled | EventCorrected))
    return {one for each in annulled for one in each.fallen}


def _again(streams: Streams, target: Event) -> Command:
    """What an event says, dated a day later where it can be."""
    caused = [
        one for one in streams.history(target.originator_id) if one.envelope.causation_id == target.envelope.event_id
    ]
    told = RECORDED_BY[type(target)].again(target, [one for one in caused if not one.DERIVED])
    return replace(told, occurred_on=target.occurred_on.replace(day=target.occurred_on.day % 28 + 1))
