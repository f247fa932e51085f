"""Every version of every event that was ever written can still be read, and says the same."""

import json
from pathlib import Path

import pytest

from domain.kernel import EVENTS
from tests.samples.make import FOLDER, STREAM, VERSION, path_of, write_missing
from workflows import codec

SAMPLES = sorted(FOLDER.glob("*.json"))


def test_every_event_has_a_sample() -> None:
    missing = [path_of(event_class).name for event_class in EVENTS.values() if not path_of(event_class).exists()]
    assert missing == [], "run: python -m tests.samples.make --new"


def test_a_sample_is_never_rewritten() -> None:
    before = {path: path.read_bytes() for path in SAMPLES}
    assert write_missing() == []
    assert {path: path.read_bytes() for path in SAMPLES} == before


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_and_written_back(path: Path) -> None:
    topic, _, version = path.stem.rpartition(".v")
    kept = json.loads(path.read_text(encoding="utf-8"))
    event = codec.decode(topic, STREAM, VERSION, json.dumps(kept).encode())
    assert type(event) is EVENTS[topic]
    assert (event.originator_id, event.originator_version) == (STREAM, VERSION)
    assert codec.decode_log([(7, STREAM, VERSION, topic, json.dumps(kept))]) == [(7, event)]
    written, key = codec.encode(event)
    assert key is None, "a sealed text stays as it was sealed"
    assert codec.decode(topic, STREAM, VERSION, written) == event
    if int(version) == getattr(EVENTS[topic], "class_version", 1):
        assert json.loads(written) == kept


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_later_version_of_an_event_is_not_read_in_silence(path: Path) -> None:
    """However well it reads: what the later release added to it is not known here."""
    topic, _, version = path.stem.rpartition(".v")
    kept = json.loads(path.read_text(encoding="utf-8"))
    state = json.dumps(kept | {"class_version": int(version) + 1})
    with pytest.raises(codec.UnreadableEvent, match="later release"):
        codec.decode(topic, STREAM, VERSION, state)
    with pytest.raises(codec.UnreadableEvent, match="later release"):
        codec.decode_log([(1, STREAM, VERSION, topic, state)])


def test_a_changed_shape_is_seen() -> None:
    path = path_of(EVENTS["ctg.convention.forum-held"])
    kept = json.loads(path.read_text(encoding="utf-8"))
    del kept["attendance_by_expertise"]["usage"]
    with pytest.raises(codec.UnreadableEvent):
        codec.decode("ctg.convention.forum-held", STREAM, VERSION, json.dumps(kept).encode())
    with pytest.raises(codec.UnreadableEvent):
        codec.decode_log([(1, STREAM, VERSION, "ctg.convention.forum-held", json.dumps(kept))])
    with pytest.raises(codec.UnreadableEvent):
        codec.decode_log([(1, STREAM, VERSION, "ctg.convention.unheard-of", json.dumps(kept))])
