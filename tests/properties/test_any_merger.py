"""Whenever a partner turns out to be another one, all goes on as if it had always been that one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from domain.convention.state import TerritorialConvention
from domain.kernel import Actor, Case, Command, Corrected, Event, RoleHeld, renamed
from domain.mending import is_mendable
from domain.partners import Partner, PartnerMerged, RegisterPartner
from domain.roles import ADMINISTRATOR
from domain.twins import MergePartners
from domain.values import Code, Prose, PublicName, deterministic_id
from tests.properties.test_any_corrections import acts, counting, mend_with_what_falls
from tests.properties.test_any_sequence_of_commands import (
    CAF,
    CONVENTION_ID,
    EPCI,
    MSA,
    READY,
    TODAY,
    Streams,
    context_on,
    it_is_sound,
    opened,
    state_of,
)

KINDS = {CAF: Code("CAF"), EPCI: Code("EPCI"), MSA: Code("MSA")}
KEPT = deterministic_id("partner", "kept")


def begun(twin: UUID) -> Streams:
    """A convention ready to be signed, and a partner that nobody knows to be a signatory."""
    streams = opened()
    for command in (*READY, RegisterPartner(stream_id=KEPT, kind=KINDS[twin], name=PublicName("Gardé"))):
        assert streams.send(command)
    return streams


def merge(streams: Streams, twin: UUID) -> None:
    office = Actor(deterministic_id("office"), (RoleHeld(ADMINISTRATOR),))
    context = replace(context_on(TODAY), actor=office, reason=Prose("Inscrit deux fois"))
    state = streams.find(Partner, twin)
    assert state is not None
    MergePartners(stream_id=twin, kept_id=KEPT).decide(state, Case(context, streams, None))
    streams.change(state)


def go_on(streams: Streams, sequence: list[Any], names: dict[UUID, UUID]) -> None:
    """Acts as they come, and mistakes annulled with what falls; partners named by the ids they have then."""
    for act in sequence:
        if isinstance(act, Command):
            streams.send(renamed(act, names))
        else:
            own = [one for one in streams.live if streams.live[one].places().territory_id is not None]
            known = [one for stream_id in own for one in counting(streams, stream_id) if is_mendable(one)]
            mend_with_what_falls(streams, known[act[0] % len(known)], None)


def told(value: Any, names: dict[UUID, UUID]) -> Any:
    """A value to compare, with ids under the names that they have in the end; without what is a hash of them."""
    if isinstance(value, UUID):
        return names.get(value, value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, tuple(
            told(getattr(value, one.name), names) for one in fields(value) if one.name != "plan_hash"
        )
    if isinstance(value, dict):
        return {told(key, names): told(one, names) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [told(one, names) for one in value]
    return frozenset(told(one, names) for one in value) if isinstance(value, (set, frozenset)) else value


def convention_of(streams: Streams) -> TerritorialConvention:
    found = streams.live[CONVENTION_ID]
    assert isinstance(found, TerritorialConvention)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts, acts, st.sampled_from((CAF, EPCI, MSA)))
def test_a_partner_that_is_merged_goes_on_under_its_other_name_whatever_happens(
    before: list[Any], after: list[Any], twin: UUID
) -> None:
    one, other = begun(twin), begun(twin)
    for streams in (one, other):
        go_on(streams, before, {})
    merge(one, twin)
    go_on(one, after, {twin: KEPT})
    go_on(other, after, {})
    assert told(state_of(convention_of(one)), {}) == told(state_of(convention_of(other)), {twin: KEPT})
    merged = next(each for each in one.recorded if isinstance(each, PartnerMerged))
    assert mend_with_what_falls(one, merged, None), "they are told apart again"
    convention = convention_of(one)
    event(f"annulled: {convention.is_annulled}")
    if not convention.is_annulled:
        left: list[Event] = [each.event for each in Corrected(one.history(CONVENTION_ID)).counting()]
        it_is_sound(convention, left)
