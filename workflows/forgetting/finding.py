"""The texts of the log: those of an event by their fields, those under a subject's key, those that say some words."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, or_, select

from domain.kernel import Event
from domain.values import Prose
from workflows import codec
from workflows.people import Vault
from workflows.schema import events
from workflows.seals import parse

_AT_ONCE: Final = 50
"""Subjects that one look at the log searches for."""

_BATCH: Final = 500
"""Events whose texts are opened together."""


_Item = TypeVar("_Item")


class SaidText(NamedTuple):
    """A text of an event: its field is `title`, `findings.0.statement`; `envelope.reason` for why it was recorded."""

    event: Event
    field: str
    token: str

    @property
    def event_id(self) -> UUID:
        """The event that says it."""
        return self.event.envelope.event_id


def texts_of(event: Event) -> Iterator[SaidText]:
    """Every text of an event, by its field."""
    for name, value in vars(event).items():
        for field, token in _walk(name, value):
            yield SaidText(event, field, token)


def texts_of_event(engine: Engine, event_id: UUID) -> list[SaidText] | None:
    """The texts of an event of the log, None when there is no such event. The whole log is looked through."""
    with engine.connect() as connection:
        found = [*_holding(connection, [events.c.state.like(f'%"event_id":"{event_id}"%')])]
    return next((list(texts_of(event)) for event in found if event.envelope.event_id == event_id), None)


def tokens_under(engine: Engine, subjects: Collection[UUID]) -> dict[UUID, list[SaidText]]:
    """Every text that was sealed under the keys of these subjects, wherever the log says it."""
    found: dict[UUID, list[SaidText]] = {one: [] for one in subjects}
    with engine.connect() as connection:
        for some in batches(found, _AT_ONCE):
            for event in _holding(connection, [events.c.state.like(f'%"{one.hex}.%') for one in some]):
                for said in texts_of(event):
                    subject = parse(said.token).subject
                    if subject in some:
                        found[subject].append(said)
    return found


def find_texts(engine: Engine, vault: Vault, words: Iterable[str]) -> Iterator[tuple[SaidText, str]]:
    """The texts that say one of these words or names, whatever their accents and capitals, with what they say.

    The whole log is opened, from its beginning: for the operator, not for pages.
    """
    wanted = [folded for word in words if (folded := _folded(word))]
    with engine.connect() as connection:
        for some in batches(_holding(connection, []), _BATCH):
            said = [one for event in some for one in texts_of(event)]
            opened = vault.open_texts((one.token for one in said), connection)
            for one in said:
                text = opened[one.token]
                if text is not None and any(word in _folded(text) for word in wanted):
                    yield one, text


def batches(several: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Several things, few at a time."""
    left = iter(several)
    while some := list(islice(left, size)):
        yield some


def _holding(connection: Connection, conditions: list[ColumnElement[bool]]) -> Iterator[Event]:
    """The events that meet one of these conditions; all of them when there is none. Raises `UnreadableEvent`."""
    asked = select(events.c.topic, events.c.stream_id, events.c.version, events.c.state).order_by(events.c.position)
    if conditions:
        asked = asked.where(or_(*conditions))
    with connection.execute(asked.execution_options(yield_per=_BATCH)) as rows:
        for topic, stream_id, version, state in rows:
            yield codec.decode(topic, stream_id, version, state)


def _walk(field: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Prose):
        if value.token is not None:
            yield field, value.token
    elif isinstance(value, tuple | list):
        for place, one in enumerate(value):
            yield from _walk(f"{field}.{place}", one)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _walk(f"{field}.{name}", one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for each in dataclasses.fields(value):
            yield from _walk(f"{field}.{each.name}", getattr(value, each.name))


def _folded(text: str) -> str:
    """Without accents, capitals and spaces that are doubled: as people read a name."""
    bare = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join("".join(bare).casefold().replace("’", "'").split())
