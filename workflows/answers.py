"""What `execute` answers, and how an answer is kept so that a repeated request gets the same one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from itertools import islice, takewhile
from typing import Any, Final, TypeAlias
from uuid import UUID

import msgspec
from sqlalchemy import Engine, Table, select

from domain.kernel import COMMANDS, EVENTS, RULES, BrokenRule, Command, Context, CreatedEvent, Event, Irregularity
from domain.values import Code, Prose, deterministic_id
from workflows.decoders import converted, decoder_of
from workflows.people import Vault
from workflows.schema import idempotency

_AT_ONCE: Final = 200
"""Keys that are looked up with one query."""

REQUESTS: Final = deterministic_id("vault", "requests")
"""The subject of the vault under whose key requests are hashed: they are made of clear texts."""


@dataclass(frozen=True)
class RecordedEvent:
    """An event that the command appended."""

    event_id: UUID
    topic: Code
    version: int


@dataclass(frozen=True)
class Answer:
    """The command was accepted: what was appended, and what the people concerned should know.

    `notices`: rules of level N that were broken; `waived`: rules that a waiver set aside; `irregularities`: the marks
    that the fact carries, and `irregular` the rules behind them. `replayed` says the key had been used before.
    """

    stream_id: UUID
    version: int
    events: tuple[RecordedEvent, ...]
    notices: tuple[BrokenRule, ...] = ()
    waived: tuple[BrokenRule, ...] = ()
    irregularities: tuple[Irregularity, ...] = ()
    irregular: tuple[BrokenRule, ...] = ()
    replayed: bool = False

    @property
    def fact(self) -> RecordedEvent:
        """What the act said: its own event, not that its stream began where it was the first there."""
        return next((one for one in self.events if one.topic not in beginnings()), self.events[0])


@cache
def beginnings() -> frozenset[str]:
    """The topics of what no act says: a stream began because something was the first there."""
    recorded = {one.RECORDS.TOPIC for one in COMMANDS.values() if one.RECORDS is not None}
    return frozenset(topic for topic, one in EVENTS.items() if issubclass(one, CreatedEvent) and topic not in recorded)


@dataclass(frozen=True)
class Weighing:
    """What would come of a command: it is refused by these rules, or allowed, with what the answer would tell."""

    refused: tuple[BrokenRule, ...] = ()
    notices: tuple[BrokenRule, ...] = ()
    waived: tuple[BrokenRule, ...] = ()
    irregularities: tuple[Irregularity, ...] = ()
    irregular: tuple[BrokenRule, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it would be recorded."""
        return not self.refused


class IdempotencyKeyReused(Exception):
    """The key was sent before with another request (422): nothing was done. Use a new key for a new intent."""


_KeptRule: TypeAlias = tuple[str, dict[str, Any]]
"""The key of a rule's text, and its parameters."""


class _KeptAnswer(msgspec.Struct, array_like=True, frozen=True):
    """An answer as it is kept: without the names of its fields, for there is one of it beside each command."""

    stream_id: UUID
    version: int
    events: tuple[tuple[UUID, Code, int], ...]
    notices: tuple[_KeptRule, ...] = ()
    waived: tuple[_KeptRule, ...] = ()
    irregularities: tuple[Irregularity, ...] = ()
    irregular: tuple[_KeptRule, ...] = ()


_decode: Final = decoder_of(_KeptAnswer).decode


def to_json(answer: Answer) -> str:
    """The answer as it is kept beside the events."""
    kept = _KeptAnswer(
        answer.stream_id,
        answer.version,
        tuple((event.event_id, event.topic, event.version) for event in answer.events),
        _kept(answer.notices),
        _kept(answer.waived),
        answer.irregularities,
        _kept(answer.irregular),
    )
    return msgspec.json.encode(kept).decode()


def from_json(text: str) -> Answer:
    """The kept answer, marked as replayed."""
    kept = _decode(text)
    return Answer(
        kept.stream_id,
        kept.version,
        tuple(RecordedEvent(*event) for event in kept.events),
        _rules(kept.notices),
        _rules(kept.waived),
        kept.irregularities,
        _rules(kept.irregular),
        replayed=True,
    )


def _kept(rules: tuple[BrokenRule, ...]) -> tuple[_KeptRule, ...]:
    return tuple((rule.TEXT_KEY, rule.parameters) for rule in rules)


def _rules(kept: tuple[_KeptRule, ...]) -> tuple[BrokenRule, ...]:
    return tuple(converted(parameters, RULES[key]) for key, parameters in kept)


def answer_of(
    stream_id: UUID,
    version: int,
    events: tuple[Event, ...],
    notices: tuple[BrokenRule, ...] = (),
    waived: tuple[BrokenRule, ...] = (),
    irregular: tuple[BrokenRule, ...] = (),
) -> Answer:
    """The answer to a command that appended these events."""
    marks = tuple(dict.fromkeys(mark for event in events for mark in event.envelope.irregularities))
    return Answer(
        stream_id,
        version,
        tuple(RecordedEvent(event.envelope.event_id, Code(event.TOPIC), event.originator_version) for event in events),
        notices,
        waived,
        irregularities=marks,
        irregular=tuple(
            rule for rule in irregular if (rule.RULE, rule.CODE) in {(one.rule, one.code) for one in marks}
        ),
    )


def record_key(actor_id: UUID, key: str, secret: bytes) -> bytes:
    """Under what an answer is kept: a key belongs to who sends it, and two partners may use the same one.

    Hashed under the key of the vault too: some make their keys of what they send.
    """
    return hashlib.blake2b(actor_id.bytes + key.encode(), key=secret, digest_size=16).digest()


def request_hash(command: Command, context: Context, key: bytes) -> bytes:
    """What makes two requests the same: the command, its fields, the reason, the evidence, and what it corrects.

    Hashed under a key of the vault: nobody who reads the table can try out what somebody may have written.
    """

    def clear(value: Any) -> Any:
        if isinstance(value, Prose):
            return [value.text, value.token]
        raise NotImplementedError(f"no encoding for {type(value)}")

    kind: Any = type(command)
    content = (
        command.NAME,
        {name: getattr(command, name) for name in _fields_of(kind)},
        context.on_behalf_of,
        context.reason,
        context.evidence,
        context.expected_version,
        context.or_versions,
        context.corrects,
    )
    return hashlib.blake2b(msgspec.json.encode(content, enc_hook=clear), key=key, digest_size=32).digest()


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


class KeptAnswers:
    """The answers kept beside the events, by who asked and the key they gave."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._key: bytes | None = None

    def hash_of(self, command: Command, context: Context) -> bytes:
        """See `request_hash`; nothing for a command without a key."""
        if context.idempotency_key is None:
            return b""
        return request_hash(command, context, self._secret())

    def rows(self, context: Context, asked: bytes, answer: Answer) -> list[tuple[Table, dict[str, Any]]]:
        """What to write beside the events of a command, when it came under a key."""
        if context.idempotency_key is None:
            return []
        key = record_key(context.actor.actor_id, context.idempotency_key, self._secret())
        return [(idempotency, {"key": key, "request_hash": asked, "answer": to_json(answer), "day": context.today})]

    def find(self, actor_id: UUID, key: str) -> Answer | None:
        """What was answered to an actor under a key, to be said again; None when nothing was."""
        asked = select(idempotency.c.answer).where(idempotency.c.key == record_key(actor_id, key, self._secret()))
        with self._engine.connect() as connection:
            kept = connection.execute(asked).scalar()
        return from_json(kept) if kept is not None else None

    def found(self, actor_id: UUID, keys: Iterable[str]) -> list[Answer]:
        """What was answered under these keys, in their order, up to the first one under which nothing was."""
        answers: list[Answer] = []
        left = iter(keys)
        with self._engine.connect() as connection:
            while asked := [record_key(actor_id, one, self._secret()) for one in islice(left, _AT_ONCE)]:
                query = select(idempotency.c.key, idempotency.c.answer).where(idempotency.c.key.in_(asked))
                kept = {bytes(one.key): one.answer for one in connection.execute(query)}
                said = list(takewhile(kept.__contains__, asked))
                answers += [from_json(kept[one]) for one in said]
                if len(said) < len(asked):
                    break
        return answers

    def same(self, context: Context, asked: bytes) -> Answer | None:
        """What was answered to this very request, None when it was not sent before.

        Raises `IdempotencyKeyReused` when another request came under its key.
        """
        if context.idempotency_key is None:
            return None
        kept = self.kept_under(context, asked)
        return None if kept is None else from_json(kept)

    def hash_of_request(self, content: Any) -> bytes:
        """What makes two requests the same that are no single command."""
        return hashlib.blake2b(msgspec.json.encode(content), key=self._secret(), digest_size=32).digest()

    def row_of(self, context: Context, asked: bytes, answer: str) -> tuple[Table, dict[str, Any]]:
        """What to write beside the events of a whole that came under a key: its answer, as it keeps it."""
        key = record_key(context.actor.actor_id, str(context.idempotency_key), self._secret())
        return idempotency, {"key": key, "request_hash": asked, "answer": answer, "day": context.today}

    def kept_under(self, context: Context, asked: bytes) -> str | None:
        """What a whole kept under its key, None when nothing came under it.

        Raises `IdempotencyKeyReused` when another request came under its key.
        """
        key = record_key(context.actor.actor_id, str(context.idempotency_key), self._secret())
        wanted = select(idempotency.c.request_hash, idempotency.c.answer).where(idempotency.c.key == key)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        if row is not None and row.request_hash != asked:
            raise IdempotencyKeyReused(str(context.idempotency_key))
        return None if row is None else str(row.answer)

    def _secret(self) -> bytes:
        if self._key is None:
            self._key = Vault(self._engine).own_key(REQUESTS)
        return self._key
