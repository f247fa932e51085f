"""Every fact that people record can be said again: its command is made anew from what the log holds of it."""

import json
from dataclasses import fields

import pytest

from domain.kernel import EVENTS, RECORDED_BY, Event
from tests.samples.make import STREAM, VERSION, path_of
from workflows import codec

RECORDED = [kind for kind in EVENTS.values() if kind in RECORDED_BY]


def sample(kind: type[Event]) -> Event:
    kept = json.loads(path_of(kind).read_text(encoding="utf-8"))
    return codec.decode(kind.TOPIC, STREAM, VERSION, json.dumps(kept).encode())


@pytest.mark.parametrize("kind", RECORDED, ids=lambda kind: kind.TOPIC)
def test_a_fact_gives_back_its_command(kind: type[Event]) -> None:
    command, event = RECORDED_BY[kind], sample(kind)
    names = {one.name for one in fields(command)} - {"stream_id", "occurred_on"}
    otherwise = command.said_otherwise(event, ())
    lost = [name for name in names if name not in otherwise and not hasattr(event, name)]
    assert lost == [], "a correction of it would forget them"


def test_what_follows_by_itself_is_nobody_s_to_correct() -> None:
    derived = [kind for kind in EVENTS.values() if kind.DERIVED]
    assert derived
    assert not [kind for kind in derived if kind in RECORDED_BY]
