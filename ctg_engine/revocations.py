"""What a restoration must not bring back: sessions, one-time links, workers, keys that were revoked, closed accounts,
old passwords.

A backup knows nothing of what was taken away after it was made. Where the store that it replaces can still say, that
is carried over, in the transaction that puts the backup in place: there is no moment at which it opens again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Delete, Engine, Update, delete, inspect, or_, select, update
from sqlalchemy.dialects import postgresql

from workflows import schema

_KEYS, _ACCOUNTS, _SESSIONS = schema.api_keys, schema.accounts, schema.sessions

# `%` is not doubled in what psql reads.
_DIALECT: Final = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Taken:
    """Something that was taken away: the statement that takes it away again, since when, and what people call it."""

    subject_id: UUID
    statement: Update
    since: str
    name: str


@dataclass(frozen=True)
class Revocations:
    """What a store has taken away from keys and accounts, be it before or after a backup was made."""

    keys: tuple[Taken, ...] = ()
    accounts: tuple[Taken, ...] = ()
    passwords: tuple[Taken, ...] = ()

    def since(self, instant: str, engine: Engine) -> Revocations:
        """What was taken away later than an instant, of what a store made of a backup of then has."""
        with engine.connect() as connection:
            there = {*connection.scalars(select(_KEYS.c.key_id)), *connection.scalars(select(_ACCOUNTS.c.account_id))}
        keys, accounts, passwords = (
            tuple(one for one in several if one.since > instant and one.subject_id in there)
            for several in (self.keys, self.accounts, self.passwords)
        )
        return Revocations(keys, accounts, passwords)

    def statements(self) -> Iterator[Update | Delete]:
        """What is done to a backup, whatever it knows already."""
        yield delete(_SESSIONS)
        yield delete(schema.one_time_links)
        yield delete(schema.leases)
        yield delete(schema.workers)
        yield update(schema.calendar_feeds).values(secret_hash=None)
        yield update(schema.act_links).values(selector=None, secret_hash=None)
        for one in (*self.keys, *self.accounts, *self.passwords):
            yield one.statement

    def carry(self, connection: Connection) -> None:
        """Do it in a transaction of the caller."""
        for statement in self.statements():
            connection.execute(statement)

    def script(self) -> Iterator[str]:
        """The same as lines for psql. They hold ids, instants and hashes, nothing that was typed."""
        for statement in self.statements():
            yield f"{statement.compile(dialect=_DIALECT, compile_kwargs={'literal_binds': True})};"


def revocations_in(engine: Engine) -> Revocations | None:
    """What the store takes away; None when it has neither accounts nor keys, so that nothing can be compared."""
    names = set(inspect(engine).get_table_names())
    if not {_KEYS.name, _ACCOUNTS.name} <= names:
        return None
    with engine.connect() as connection:
        keys, accounts = (connection.execute(select(table)).mappings().all() for table in (_KEYS, _ACCOUNTS))
    if not keys and not accounts:
        return None
    return Revocations(
        tuple(
            Taken(
                row["key_id"],
                update(_KEYS)
                .where(_KEYS.c.key_id == row["key_id"], _KEYS.c.revoked_at.is_(None))
                .values(revoked_at=row["revoked_at"]),
                row["revoked_at"],
                f"{row['prefix']}\t{row['label']}",
            )
            for row in keys
            if row["revoked_at"] is not None
        ),
        tuple(
            Taken(
                row["account_id"],
                update(_ACCOUNTS)
                .where(_ACCOUNTS.c.account_id == row["account_id"], _ACCOUNTS.c.disabled_at.is_(None))
                .values(disabled_at=row["disabled_at"]),
                row["disabled_at"],
                row["login"],
            )
            for row in accounts
            if row["disabled_at"] is not None
        ),
        tuple(
            Taken(
                row["account_id"],
                update(_ACCOUNTS)
                .where(
                    _ACCOUNTS.c.account_id == row["account_id"],
                    or_(
                        _ACCOUNTS.c.password_changed_at.is_(None),
                        _ACCOUNTS.c.password_changed_at < row["password_changed_at"],
                    ),
                )
                .values(
                    password_hash=row["password_hash"],
                    password_changed_at=row["password_changed_at"],
                    joined_at=row["joined_at"],
                ),
                row["password_changed_at"],
                row["login"],
            )
            for row in accounts
            if row["password_changed_at"] is not None
        ),
    )
