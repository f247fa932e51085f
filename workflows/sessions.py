"""Server-side sessions of the pages: the browser holds an opaque 256-bit id, the database its SHA-256.

A stolen copy of the database opens no session. A session opened before the password was last changed is no more,
whatever came between. Every instant is given by the caller. Nothing here logs a session id.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from workflows.database import DatabaseUnavailable, writing_at_once
from workflows.instants import from_text, to_text
from workflows.schema import accounts as accounts_table
from workflows.schema import sessions as sessions_table
from workflows.security import Act, tell
from workflows.statements import Constant, glancing
from workflows.tokens import kept_of

SESSION_IDLE = timedelta(hours=2)
"""A session nobody uses ends after this."""

SESSION_ABSOLUTE = timedelta(hours=12)
"""A session ends after this however much it is used."""

VISIT_PAUSE = SESSION_IDLE
"""After so long without activity, on whatever device, what follows is another visit. A session never outlasts it, so
that what is new since the last visit stays the same for as long as a session is."""

# Reading a page should not cost a write: when a session was last seen is kept to the minute.
_SEEN_PRECISION = timedelta(minutes=1)


UNKNOWN = "OTHER"
"""The code of a browser or a system that is not among those we know by name."""


@dataclass(frozen=True, kw_only=True)
class OpenedSession:
    """What the browser is given, once: the cookie's value and the token its forms carry."""

    token: str = field(repr=False)
    csrf_token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session that is open now. `session_hash` names it in the person's own list."""

    session_hash: str = field(repr=False)
    account_id: UUID
    person_id: UUID
    is_administrator: bool
    csrf_token: str = field(repr=False)
    browser: str
    system: str
    """Codes of the vocabularies `browser` and `system`."""
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime

    def accepts(self, csrf_token: str) -> bool:
        """Whether a form carries this session's token, compared in constant time."""
        return hmac.compare_digest(self.csrf_token.encode(), csrf_token.encode(errors="surrogatepass"))


class Sessions:
    """Opens, finds, lists and closes sessions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, account_id: UUID, now: datetime, *, browser: str = UNKNOWN, system: str = UNKNOWN) -> OpenedSession:
        """Open a session for an account verified at `now`; a new id each time, so none can be planted beforehand.

        When the password was changed meanwhile, the session is over before it begins.
        """
        token, csrf_token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        expires_at = now + SESSION_ABSOLUTE
        row = {
            "session_hash": kept_of(token),
            "account_id": account_id,
            "csrf_token": csrf_token,
            "browser": browser,
            "system": system,
            "created_at": to_text(now),
            "last_seen_at": to_text(now),
            "expires_at": to_text(expires_at),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(sessions_table).values(row))
            _visit(connection, account_id, now)
        return OpenedSession(token=token, csrf_token=csrf_token, expires_at=expires_at)

    def find(self, token: str, now: datetime, connection: Connection | None = None) -> Session | None:
        """The open session of this cookie, seen now; None when it is unknown, ended, or its account disabled."""
        asked = {"now": to_text(now), "idle_since": to_text(now - SESSION_IDLE), "hash": kept_of(token)}
        with nullcontext(connection) if connection is not None else glancing(self._engine) as lent:
            row = _OF_COOKIE.first(lent, **asked)
        if row is None:
            return None
        session = _session(row)
        if now - session.last_seen_at >= _SEEN_PRECISION:
            # A page is worth more than the minute at which it was read: it does not wait for another writer.
            with suppress(DatabaseUnavailable), writing_at_once(self._engine) as writing:
                self._see(writing, session.session_hash, now)
                _visit(writing, session.account_id, now)
        return session

    def knows(self, token: str) -> bool:
        """Whether this cookie is of a session, be it over: one that is not forgotten yet."""
        with glancing(self._engine) as connection:
            return _KNOWN.first(connection, hash=kept_of(token)) is not None

    def close(self, token: str) -> None:
        """Close the session of this cookie, if there is one: whoever signs out."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions_table).where(sessions_table.c.session_hash == kept_of(token)))

    def close_listed(self, account_id: UUID, session_hash: str) -> int:
        """Close one session of the account's own list, and say how many that was; another account's is left alone."""
        return self._close(account_id, sessions_table.c.session_hash == session_hash)

    def close_others(self, account_id: UUID, session_hash: str) -> int:
        """Close every session of the account but this one, and say how many there were."""
        return self._close(account_id, sessions_table.c.session_hash != session_hash)

    def sessions(self, account_id: UUID, now: datetime) -> list[Session]:
        """The account's open sessions, the last seen first."""
        wanted = _OPEN.where(sessions_table.c.account_id == account_id)
        asked = {"now": to_text(now), "idle_since": to_text(now - SESSION_IDLE)}
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(sessions_table.c.last_seen_at.desc()), asked).mappings().all()
        return [_session(row) for row in rows]

    def last_visit(self, account_id: UUID) -> datetime | None:
        """When the account was last seen in the visit before this one; None in its first."""
        asked = select(accounts_table.c.seen_before).where(accounts_table.c.account_id == account_id)
        with self._engine.connect() as connection:
            before = connection.execute(asked).scalar()
        return from_text(before) if before is not None else None

    def remove_ended(self, now: datetime) -> int:
        """Delete the sessions that ended, and say how many; they are already refused before."""
        with self._engine.begin() as connection:
            return connection.execute(delete(sessions_table).where(_ended(now))).rowcount

    def count_ended(self, now: datetime) -> int:
        """How many sessions ended and are not deleted yet."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(sessions_table).where(_ended(now))).scalar_one()

    def _close(self, account_id: UUID, which: ColumnElement[bool]) -> int:
        chosen = delete(sessions_table).where(sessions_table.c.account_id == account_id, which)
        with self._engine.begin() as connection:
            closed = connection.execute(chosen).rowcount
        if closed:
            tell(Act.SESSIONS_CLOSED, account_id=account_id, sessions=closed)
        return closed

    def _see(self, connection: Connection, session_hash: str, now: datetime) -> None:
        connection.execute(
            update(sessions_table)
            .where(sessions_table.c.session_hash == session_hash, sessions_table.c.last_seen_at < to_text(now))
            .values(last_seen_at=to_text(now))
        )


def _visit(connection: Connection, account_id: UUID, now: datetime) -> None:
    """Note that the account is active: after a pause, what was its last activity ends the visit before."""
    own = accounts_table.c
    paused = or_(own.seen_at.is_(None), own.seen_at <= to_text(now - VISIT_PAUSE))
    connection.execute(
        update(accounts_table)
        .where(own.account_id == account_id, or_(own.seen_at.is_(None), own.seen_at < to_text(now)))
        .values(seen_at=to_text(now), seen_before=case((paused, own.seen_at), else_=own.seen_before))
    )


def close_sessions(connection: Connection, account_id: UUID) -> int:
    """Close the account's sessions in the caller's transaction; say how many."""
    return connection.execute(delete(sessions_table).where(sessions_table.c.account_id == account_id)).rowcount


def _ended(now: datetime) -> ColumnElement[bool]:
    idle_since = to_text(now - SESSION_IDLE)
    return or_(sessions_table.c.expires_at <= to_text(now), sessions_table.c.last_seen_at <= idle_since)


def _session(row: Mapping[str, Any] | RowMapping) -> Session:
    return Session(
        session_hash=row["session_hash"],
        account_id=row["account_id"],
        person_id=row["person_id"],
        is_administrator=row["is_administrator"],
        csrf_token=row["csrf_token"],
        browser=row["browser"],
        system=row["system"],
        created_at=from_text(row["created_at"]),
        last_seen_at=from_text(row["last_seen_at"]),
        expires_at=from_text(row["expires_at"]),
    )


# Built once: every request asks for its session. One opened before the password was changed is over.
_CHANGED_AT: Final = accounts_table.c.password_changed_at
_OPEN: Final[Select[Any]] = (
    select(sessions_table, accounts_table.c.person_id, accounts_table.c.is_administrator)
    .join(accounts_table, accounts_table.c.account_id == sessions_table.c.account_id)
    .where(
        accounts_table.c.disabled_at.is_(None),
        or_(_CHANGED_AT.is_(None), sessions_table.c.created_at >= _CHANGED_AT),
        sessions_table.c.expires_at > bindparam("now"),
        sessions_table.c.last_seen_at > bindparam("idle_since"),
    )
)
_KNOWN: Final = Constant(
    select(sessions_table.c.session_hash).where(sessions_table.c.session_hash == bindparam("hash"))
)
_OF_COOKIE: Final = Constant(_OPEN.where(sessions_table.c.session_hash == bindparam("hash")))
