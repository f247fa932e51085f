"""What an event may hold: every text is an id, a code, an official name or sealed prose, and nothing else (R32)."""

import dataclasses
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pytest

import domain  # noqa: F401 - registers every event
from domain.kernel import AGGREGATES, EVENTS, TOPIC_PREFIX, Envelope, Event, kebab
from domain.values import Code, LocalId, Prose, PublicName, Sha256
from workflows.rights_told import ROLE_ACTS

CODES = {Code, PublicName}
IDS = {UUID, LocalId, Sha256}
NUMBERS_AND_DAYS = {int, bool, Decimal, date, datetime, time, type(None)}
STREAM_OF_EVENT = "originator_id"
"""A UUID that the library types as a variable."""
ALLOWED = CODES | IDS | NUMBERS_AND_DAYS | {Prose}


def leaves(hint: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The plain types inside a type, with their places."""
    if hint in ALLOWED:
        yield place, hint
    elif typing.get_origin(hint) in (typing.Union, types.UnionType, tuple):
        for one in typing.get_args(hint):
            if one is not Ellipsis:
                yield from leaves(one, place)
    elif isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        for field in dataclasses.fields(hint):
            if field.name != STREAM_OF_EVENT:
                yield from leaves(hints[field.name], f"{place}.{field.name}")
    elif not (isinstance(hint, type) and issubclass(hint, Enum)):
        yield place, hint


def not_allowed(holder: type[Any]) -> list[tuple[str, Any]]:
    """The fields of a class that hold something else."""
    return [(place, hint) for place, hint in leaves(holder, holder.__name__) if hint not in ALLOWED]


@pytest.mark.parametrize("topic", sorted(EVENTS))
def test_every_text_of_an_event_is_an_id_a_code_or_prose(topic: str) -> None:
    assert not_allowed(EVENTS[topic]) == []


def test_the_envelope_too() -> None:
    assert not_allowed(Envelope) == []


def test_a_bare_text_is_seen() -> None:
    @dataclass
    class Inner:
        name: str

    @dataclass
    class Planted:
        inner: tuple[Inner | None, ...]
        anything: dict[str, int]

    Planted.__annotations__["inner"] = tuple[Inner | None, ...]
    assert [place for place, _ in not_allowed(Planted)] == ["Planted.inner.name", "Planted.anything"]


def test_topics_are_stable_words() -> None:
    for topic, event_class in EVENTS.items():
        assert topic == event_class.TOPIC
        assert re.fullmatch(re.escape(TOPIC_PREFIX) + r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", topic)
        assert topic.rpartition(".")[2] == kebab(event_class.__name__)


def test_no_two_classes_share_a_topic() -> None:
    topics = [event_class.TOPIC for event_class in EVENTS.values()]
    topics += [kind.TOPIC for kind in AGGREGATES.values()]
    assert len(topics) == len(set(topics))
    assert len(set(EVENTS.values())) == len(EVENTS)


OF_ANY_STREAM = {"ctg.correction", "ctg.contestation"}
"""Mistakes are spoken of where they were made, and what is contested where it was recorded."""


def test_the_kind_in_a_topic_is_an_aggregate() -> None:
    kinds = {kind.TOPIC for kind in AGGREGATES.values()} | OF_ANY_STREAM
    assert {topic.rpartition(".")[0] for topic in EVENTS} <= kinds


def test_the_security_journal_is_told_of_every_event_about_a_role() -> None:
    """A role given or taken away that leaves no trace there would be the one that matters."""
    of_people = {topic for topic, kind in EVENTS.items() if "person_id" in _fields(kind)}
    about = {topic for topic in of_people if "-role-" in topic or "role" in _fields(EVENTS[topic])}
    assert about == set(ROLE_ACTS)


def _fields(kind: type[Event]) -> set[str]:
    return set(typing.get_type_hints(kind))
