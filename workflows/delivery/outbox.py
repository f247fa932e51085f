"""The outbox: letters are queued with the facts they tell of, and sent later, at least once, by any worker.

A letter is claimed, sent, then recorded as sent. A worker killed in between leaves a claim that lapses, and the
letter goes out again under the same Message-ID. What cannot be sent ends on a list people look at.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Select, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflows.delivery.mail import PARAMETERS, LetterRefused, Letters, Mailer, MailRound, ServerFailing
from workflows.instants import from_text, to_text
from workflows.people import Vault
from workflows.schema import outbox

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""How long a letter waits after each failure; one more failure and it is dead."""

CLAIM = timedelta(minutes=30)
"""After this, counted from the start of its round, what a worker claimed is taken over by others.

Long enough for a round with a slow server; what is sent twice when even that is too short carries one Message-ID.
"""

FORGOTTEN = "person-forgotten"
"""Why a letter to someone the vault forgot is closed. Nothing can be done about it, so it is no dead letter."""

CLOSED = "convention-closed"
"""Why a letter is closed that waited for a convention closed since: nothing is expected of it any more."""

ANNULLED = "annulled"
"""Why a letter is closed that tells of what was annulled meanwhile: nothing is expected any more of what it says."""

INTERRUPTED = "interrupted"
"""Why a letter is dead whose every attempt ended with the worker itself."""

# Codes, ids, dates and paths: nothing a name or an address could hide in.
_CODE = re.compile(r"[A-Za-z0-9._:/+-]{1,200}")

_logger = logging.getLogger(__name__)


class UnusableMessage(ValueError):
    """The kind is unknown, or the parameters are not exactly what it is made of (`delivery/mail.py`, PARAMETERS)."""


class NotDead(LookupError):
    """No dead letter has this id."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What one round did: letters sent, to be tried again, given up; closed, the person being forgotten, or what they
    tell of annulled."""

    sent: int = 0
    delayed: int = 0
    dead: int = 0
    forgotten: int = 0
    annulled: int = 0


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """A letter nobody will get unless somebody acts. `error` is a short code, never what a server wrote."""

    message_id: UUID
    person_id: UUID
    kind: str
    parameters: Mapping[str, str]
    queued_at: datetime
    dead_at: datetime
    attempts: int
    error: str


def enqueue(
    connection: Connection, message_id: UUID, person_id: UUID, kind: str, parameters: Mapping[str, str], now: datetime
) -> bool:
    """Queue a letter in the caller's transaction; False when this message_id was queued before, sent or not.

    Raises UnusableMessage.
    """
    if kind not in PARAMETERS or parameters.keys() != PARAMETERS[kind]:
        raise UnusableMessage(kind)
    if not all(_CODE.fullmatch(value) for value in parameters.values()) or not parameters["path"].startswith("/"):
        raise UnusableMessage(kind)
    row = {
        "message_id": message_id,
        "person_id": person_id,
        "kind": kind,
        "parameters": json.dumps(dict(parameters), sort_keys=True),
        "queued_at": to_text(now),
        "next_try_at": to_text(now),
        "attempts": 0,
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    queued = dialect.insert(outbox).values(row).on_conflict_do_nothing(index_elements=[outbox.c.message_id])
    return connection.execute(queued.returning(outbox.c.message_id)).first() is not None


StillMeant = Callable[[str, Mapping[str, str]], bool]
"""Whether a letter still tells of something that stands, by its kind and its parameters."""


def deliver_due(
    engine: Engine,
    vault: Vault,
    mailer: Mailer,
    letters: Letters,
    now: datetime,
    batch: int = 50,
    still_meant: StillMeant = lambda kind, parameters: True,
) -> Delivered:
    """Send what is due, the longest due first, at most `batch` letters; each is weighed again before it leaves.

    The round ends early when the server fails, so that an outage costs each letter few of its attempts.
    """
    counts = {"sent": 0, "delayed": 0, "dead": 0, "forgotten": 0, "annulled": 0}
    with mailer.round() as round_:
        for _ in range(batch):
            claimed = _claim(engine, now)
            if claimed is None:
                break
            try:
                counts[_deliver(engine, vault, round_, letters, claimed, now, still_meant)] += 1
            except ServerFailing as failing:
                _logger.warning("mail server failing (%s), the round ends early", failing.code)
                counts[_fail(engine, claimed, failing.code, now)] += 1
                break
    return Delivered(**counts)


def dead_letters(engine: Engine) -> list[DeadLetter]:
    """The letters given up, the latest first."""
    with engine.connect() as connection:
        rows = connection.execute(_dead().order_by(outbox.c.dead_at.desc(), outbox.c.message_id)).mappings().all()
    return [
        DeadLetter(
            message_id=row["message_id"],
            person_id=row["person_id"],
            kind=row["kind"],
            parameters=json.loads(row["parameters"]),
            queued_at=from_text(row["queued_at"]),
            dead_at=from_text(row["dead_at"]),
            attempts=row["attempts"],
            error=row["last_error"],
        )
        for row in rows
    ]


def retry_dead(engine: Engine, message_id: UUID, now: datetime) -> None:
    """Give a dead letter all its attempts again, from now on. Raises NotDead."""
    revived = (
        update(outbox)
        .where(_is_dead(), outbox.c.message_id == message_id)
        .values(dead_at=None, attempts=0, next_try_at=to_text(now))
    )
    with engine.begin() as connection:
        if connection.execute(revived).rowcount == 0:
            raise NotDead(str(message_id))


def close_letters_to(connection: Connection, person_id: UUID, now: datetime) -> int:
    """Close what waits for someone who is being forgotten, in that transaction; how many letters it was."""
    waiting = (outbox.c.person_id == person_id, outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None))
    closed = update(outbox).where(*waiting).values(last_error=FORGOTTEN, dead_at=to_text(now))
    return connection.execute(closed).rowcount


def close_letters_about(connection: Connection, path: str, now: datetime) -> int:
    """Close what waits to be sent about a convention, named by the page it leads to; how many letters it was."""
    waiting = (outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None))
    about = outbox.c.parameters.like(f'%"path": "{path}"%')
    closed = update(outbox).where(*waiting, about).values(last_error=CLOSED, dead_at=to_text(now))
    return connection.execute(closed).rowcount


def _claim(engine: Engine, now: datetime) -> RowMapping | None:
    # One statement, so that SQLite's write lock covers it; on PostgreSQL workers skip each other's rows.
    due = (
        select(outbox.c.message_id)
        .where(outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None), outbox.c.next_try_at <= to_text(now))
        .order_by(outbox.c.next_try_at, outbox.c.message_id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    claim = (
        update(outbox)
        .where(outbox.c.message_id == due)
        .values(attempts=outbox.c.attempts + 1, next_try_at=to_text(now + CLAIM))
        .returning(outbox)
    )
    with engine.begin() as connection:
        return connection.execute(claim).mappings().first()


def _deliver(
    engine: Engine,
    vault: Vault,
    round_: MailRound,
    letters: Letters,
    claimed: RowMapping,
    now: datetime,
    still_meant: StillMeant,
) -> str:
    if claimed["attempts"] > len(BACK_OFF) + 1:
        return _give_up(engine, claimed, INTERRUPTED, now)
    try:
        person = vault.person(claimed["person_id"])
        if person is None:
            _give_up(engine, claimed, FORGOTTEN, now)
            return "forgotten"
        parameters = json.loads(claimed["parameters"])
        if not still_meant(claimed["kind"], parameters):
            _give_up(engine, claimed, ANNULLED, now)
            return "annulled"
        letter = letters.write(claimed["message_id"], claimed["kind"], parameters, person, now)
    except (LookupError, TypeError, ValueError, MessageError) as error:
        # A fault of a text, a parameter or a seal: the other letters must not wait for it. Only the fault's kind is
        # kept, its own message may quote the person's name.
        fault = type(error).__name__
        _logger.warning("letter %s (%s) cannot be written: %s", claimed["message_id"], claimed["kind"], fault)
        return _fail(engine, claimed, f"cannot-be-written-{fault}", now)
    try:
        round_.send(letter)
    except LetterRefused as refused:
        if refused.permanent:
            return _give_up(engine, claimed, refused.code, now)
        return _fail(engine, claimed, refused.code, now)
    with engine.begin() as connection:
        # Whoever claimed it meanwhile, it has left.
        mine = outbox.c.message_id == claimed["message_id"]
        connection.execute(update(outbox).where(mine).values(sent_at=to_text(now), last_error=None, dead_at=None))
    return "sent"


def _fail(engine: Engine, claimed: RowMapping, code: str, now: datetime) -> str:
    failures = claimed["attempts"]
    if failures > len(BACK_OFF):
        return _give_up(engine, claimed, code, now)
    _record(engine, claimed, {"last_error": code, "next_try_at": to_text(now + BACK_OFF[failures - 1])})
    return "delayed"


def _give_up(engine: Engine, claimed: RowMapping, code: str, now: datetime) -> str:
    _record(engine, claimed, {"last_error": code, "dead_at": to_text(now)})
    return "dead"


def _record(engine: Engine, claimed: RowMapping, values: Mapping[str, object]) -> None:
    # Only while the claim is still ours: a worker that was away too long must not undo what another one recorded. Each
    # claim lapses later than the one before, so its end names it.
    ours = and_(outbox.c.message_id == claimed["message_id"], outbox.c.next_try_at == claimed["next_try_at"])
    with engine.begin() as connection:
        connection.execute(update(outbox).where(ours).values(values))


def _is_dead() -> ColumnElement[bool]:
    return and_(outbox.c.dead_at.is_not(None), outbox.c.last_error.not_in((FORGOTTEN, CLOSED, ANNULLED)))


def _dead() -> Select[tuple[object, ...]]:
    return select(outbox).where(_is_dead())
