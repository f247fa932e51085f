"""The kinds of columns that read models share: instants, sealed prose, codes, evidence, marks, facts.

Prose stays sealed in rows: what a question answers holds `Prose` with a token, which the caller opens in the vault.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, Column, Date, Dialect, Integer, Text, Uuid
from sqlalchemy.types import TypeDecorator

from domain.convention.state import TerritorialConvention
from domain.kernel import Event, Irregularity
from domain.method import MethodProfile
from domain.values import Code, Evidence, Prose, Sha256

_NOT_FACTS: Final = frozenset({"timestamp", "envelope", "originator_id", "originator_version", "originator_topic"})
_PROSE: Final = "prose"


class Instant(TypeDecorator[datetime]):
    """An instant as ISO 8601 text in UTC, which both databases sort like the instants."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Sealed(TypeDecorator[Prose]):
    """Free text as its sealed token."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Prose | None, dialect: Dialect) -> str | None:
        return None if value is None else _token(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Prose | None:
        return None if value is None else Prose(token=value)


class Codes(TypeDecorator[tuple[Any, ...]]):
    """A few codes, ids or counts as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(list(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else tuple(_read(value))


class Ids(TypeDecorator[tuple[UUID, ...]]):
    """Ids of streams as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[UUID] | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(list(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[UUID, ...] | None:
        return None if value is None else tuple(UUID(one) for one in json.loads(value))


class EvidenceList(TypeDecorator[tuple[Evidence, ...]]):
    """The documents of a fact: their titles stay sealed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Evidence, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(UUID(one["document_id"]), Sha256(one["sha256"]), one["title"]) for one in _read(value or "[]")
        )


class Irregularities(TypeDecorator[tuple[Irregularity, ...]]):
    """The rules that a fact breaks."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Irregularity, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Irregularity, ...]:
        return tuple(Irregularity(Code(one["rule"]), Code(one["code"])) for one in json.loads(value or "[]"))


class Facts(TypeDecorator[dict[str, Any]]):
    """The payload of an event as JSON values (dates and ids as text), its free texts as `Prose`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any]:
        found: dict[str, Any] = _read(value or "{}")
        return found


class Method(TypeDecorator[MethodProfile]):
    """A whole method profile."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: MethodProfile | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> MethodProfile | None:
        return None if value is None else msgspec.json.decode(value, type=MethodProfile)


def facts_of(event: Event) -> dict[str, Any]:
    """What an event says, without its envelope."""
    return {name: value for name, value in vars(event).items() if name not in _NOT_FACTS}


def envelope_columns() -> tuple[Column[Any], ...]:
    """The columns that say who recorded an event, when, why and on what documents."""
    return (
        Column("position", BigInteger().with_variant(Integer, "sqlite"), nullable=False, primary_key=True),
        Column("event_id", Uuid, nullable=False),
        Column("topic", Text, nullable=False),
        Column("occurred_on", Date, nullable=False),
        Column("recorded_at", Instant, nullable=False),
        Column("actor_id", Uuid, nullable=False),
        Column("actor_role", Text, nullable=False),
        Column("on_behalf_of", Uuid),
        Column("reason", Sealed),
        Column("evidence", EvidenceList, nullable=False),
        Column("irregularities", Irregularities, nullable=False),
        Column("facts", Facts, nullable=False),
    )


def envelope_values(position: int, event: Event) -> dict[str, Any]:
    """What an event puts in the `envelope_columns`."""
    envelope = event.envelope
    return {
        "position": position,
        "event_id": envelope.event_id,
        "topic": event.TOPIC,
        "occurred_on": envelope.occurred_on,
        "recorded_at": event.recorded_at,
        "actor_id": envelope.actor_id,
        "actor_role": envelope.actor_role,
        "on_behalf_of": envelope.on_behalf_of,
        "reason": envelope.reason,
        "evidence": envelope.evidence,
        "irregularities": envelope.irregularities,
        "facts": facts_of(event),
    }


def prose_tokens(answer: object) -> set[str]:
    """Every sealed text in an answer, whatever its depth: what to give to `Vault.open_texts`."""
    return {prose.token for prose in _prose_in(answer) if prose.token is not None}


def _prose_in(value: object) -> Iterator[Prose]:
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _prose_in(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _prose_in(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _prose_in(getattr(value, field.name))


def empty_convention() -> TerritorialConvention:
    """A convention's state with nothing in it, to which a question gives the few rows that a rule needs."""
    state = object.__new__(TerritorialConvention)  # not started: no event is made
    TerritorialConvention.__init__(state)
    return state


def _token(prose: Prose) -> str:
    if prose.token is None:
        raise ValueError("prose in the log is sealed")
    return prose.token


def _seal(value: Any) -> Any:
    if isinstance(value, Prose):
        return {_PROSE: _token(value)}
    raise NotImplementedError(f"no column for {type(value)}")


def _json(value: Any) -> str:
    return msgspec.json.encode(value, enc_hook=_seal).decode()


def _read(text: str) -> Any:
    return json.loads(text, object_hook=lambda one: Prose(token=one[_PROSE]) if set(one) == {_PROSE} else one)
