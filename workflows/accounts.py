"""Accounts of people on this instance.

Passwords are kept as argon2id hashes, and wrong ones are counted in the table, so that every process sees the same
lock. Rights are not here: they come from the recorded roles of the account's person. Every instant is given by the
caller. The security journal is told ids, never a login or a password.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Engine, RowMapping, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflows.instants import from_text, to_text
from workflows.passwords import hash_of_nothing, normal, refuse_weak, typed
from workflows.people import begin_epoch
from workflows.schema import accounts as accounts_table
from workflows.security import Act, Why, tell
from workflows.sessions import close_sessions

LOGIN_MAXIMUM = 100
"""Characters: an e-mail address mostly fits."""

FREE_ATTEMPTS = 5
"""Wrong passwords in a row before the account is locked for a while."""

FIRST_LOCK = timedelta(minutes=1)
"""Doubled at each further wrong password, up to LONGEST_LOCK."""

LONGEST_LOCK = timedelta(hours=1)
"""Short enough that strangers cannot keep somebody out for a day with one guess."""


class LoginTaken(ValueError):
    """Another account has this login."""


class UnusableLogin(ValueError):
    """The login is empty, longer than LOGIN_MAXIMUM, or holds spaces or characters that cannot be typed."""


class UnknownAccount(LookupError):
    """No account has this id."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account as administrators see it."""

    account_id: UUID
    person_id: UUID
    login: str = field(repr=False)
    is_administrator: bool
    created_at: datetime
    password_changed_at: datetime | None
    """None: it is the one with which the account was created."""
    disabled_at: datetime | None
    failed_attempts: int
    locked_until: datetime | None


class Accounts:
    """Creates, verifies and closes accounts. `hasher` holds the cost of a password; older hashes are renewed."""

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()
        self._nobody = hash_of_nothing(self._hasher)

    def create(
        self, login: str, person_id: UUID, password: str, now: datetime, *, is_administrator: bool = False
    ) -> UUID:
        """Open an account. Logins ignore case. Raises LoginTaken, UnusableLogin or WeakPassword."""
        account_id = uuid4()
        name = _login(login)
        row = {
            "account_id": account_id,
            "login": name,
            "person_id": person_id,
            "password_hash": self._hash(password, name),
            "is_administrator": is_administrator,
            "created_at": to_text(now),
            "failed_attempts": 0,
        }
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        # Never an error of the database, whose message repeats the login, also in a log of PostgreSQL's own.
        opened = dialect.insert(accounts_table).values(row).on_conflict_do_nothing(index_elements=["login"])
        with self._engine.begin() as connection:
            if connection.execute(opened.returning(accounts_table.c.account_id)).first() is None:
                raise LoginTaken
        role = "ADMINISTRATOR" if is_administrator else None
        tell(Act.ACCOUNT_CREATED, account_id=account_id, person=person_id, role=role)
        return account_id

    def verify(self, login: str, password: str, now: datetime, act: Act = Act.SIGN_IN) -> Account | None:
        """The account, when the password is right and the account is neither locked nor disabled.

        None does not say which of these failed, and always costs one hash, also for a login nobody has. The attempt
        is counted before the password is looked at, so that many at once are not many free guesses. Only the security
        journal is told what failed, and what for (`act`).
        """
        held = self._count_attempt(login, now)
        if held is None:
            self._matches(self._nobody, password)
            locked = self.find(login) if _folded(login).isprintable() else None
            tell(act, Why.LOCKED if locked else Why.UNKNOWN, account_id=locked.account_id if locked else None)
            return None
        account_id = held["account_id"]
        if not self._matches(held["password_hash"], password):
            tell(act, Why.WRONG, account_id=account_id)
            if (failed := held["failed_attempts"]) >= FREE_ATTEMPTS:
                tell(Act.ACCOUNT_LOCKED, account_id=account_id, until=to_text(now + _lock_after(failed)))
            return None
        if held["disabled_at"] is not None:
            tell(act, Why.DISABLED, account_id=account_id)
            return None
        mine = accounts_table.c.account_id == account_id
        old = held["password_hash"]
        renewed = self._hasher.hash(typed(password)) if self._hasher.check_needs_rehash(old) else old
        with self._engine.begin() as connection:
            connection.execute(update(accounts_table).where(mine).values(failed_attempts=0, locked_until=None))
            # Unless the password was changed meanwhile.
            unchanged = accounts_table.c.password_hash == old
            connection.execute(update(accounts_table).where(mine, unchanged).values(password_hash=renewed))
        return self.account(account_id)

    def change_password(self, account_id: UUID, password: str, now: datetime) -> None:
        """Set a new password, unlock the account and close its sessions; those of before are refused for ever.

        Whoever changes their own password is asked for the present one first, with `verify`. Raises UnknownAccount or
        WeakPassword.
        """
        account = self.account(account_id)
        values = {
            "password_hash": self._hash(password, account.login),
            "password_changed_at": to_text(now),
            "failed_attempts": 0,
            "locked_until": None,
        }
        with self._engine.begin() as connection:
            connection.execute(update(accounts_table).where(accounts_table.c.account_id == account_id).values(values))
            closed = close_sessions(connection, account_id)
        tell(Act.PASSWORD_CHANGED, account_id=account_id, sessions=closed)

    def disable(self, account_id: UUID, now: datetime) -> None:
        """Let nobody in by this account any more and close its sessions; may be repeated. Raises UnknownAccount."""
        self._change(account_id, {"disabled_at": to_text(now)}, only_where_enabled=True)
        tell(Act.ACCOUNT_DISABLED, account_id=account_id)

    def enable(self, account_id: UUID) -> None:
        """Undo `disable`, and unlock. Raises UnknownAccount."""
        values = {"disabled_at": None, "failed_attempts": 0, "locked_until": None}
        self._change(account_id, values, only_where_enabled=False)
        tell(Act.ACCOUNT_ENABLED, account_id=account_id)

    def forget_person(self, connection: Connection, person_id: UUID, now: datetime) -> tuple[str, ...]:
        """Close for ever every account of someone whom the vault forgets, in its transaction; their logins.

        The login, which may be their name, is removed, and so is the right to administer the instance.
        """
        of_person = select(accounts_table.c.account_id, accounts_table.c.login).where(
            accounts_table.c.person_id == person_id
        )
        found = connection.execute(of_person).all()
        for account_id, _ in found:
            closed = {
                "login": f"forgotten-{account_id.hex}",
                "password_hash": self._nobody,
                "disabled_at": to_text(now),
                "is_administrator": False,
            }
            mine = accounts_table.c.account_id == account_id
            connection.execute(update(accounts_table).where(mine).values(closed))
            close_sessions(connection, account_id)
        return tuple(login for _, login in found)

    def of_person(self, person_id: UUID) -> list[Account]:
        """The accounts of a person."""
        wanted = select(accounts_table).where(accounts_table.c.person_id == person_id)
        with self._engine.connect() as connection:
            return [_account(row) for row in connection.execute(wanted).mappings()]

    def account(self, account_id: UUID) -> Account:
        """The account of this id. Raises UnknownAccount."""
        with self._engine.connect() as connection:
            found = connection.execute(select(accounts_table).where(accounts_table.c.account_id == account_id))
            row = found.mappings().first()
        if row is None:
            raise UnknownAccount(str(account_id))
        return _account(row)

    def find(self, login: str) -> Account | None:
        """The account with this login, for administrators."""
        with self._engine.connect() as connection:
            found = connection.execute(select(accounts_table).where(accounts_table.c.login == _folded(login)))
            row = found.mappings().first()
        return None if row is None else _account(row)

    def may_sign_in(self, person_id: UUID) -> bool:
        """Whether a person has an account that is open."""
        own = accounts_table.c
        asked = select(own.account_id).where(own.person_id == person_id, own.disabled_at.is_(None)).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(asked).first() is not None

    def closed_among(self, person_ids: Collection[UUID]) -> set[UUID]:
        """Who of these people had an account, and has none that is open any more."""
        own = accounts_table.c
        asked = select(own.person_id).where(own.person_id.in_(person_ids)).group_by(own.person_id)
        with self._engine.connect() as connection:
            return set(connection.execute(asked.having(func.count() == func.count(own.disabled_at))).scalars())

    def accounts(self) -> list[Account]:
        """Every account, by login."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(accounts_table).order_by(accounts_table.c.login)).mappings().all()
        return [_account(row) for row in rows]

    def administrators(self) -> set[UUID]:
        """The people whose open accounts administer the instance."""
        opened = select(accounts_table.c.person_id).where(
            accounts_table.c.is_administrator, accounts_table.c.disabled_at.is_(None)
        )
        with self._engine.connect() as connection:
            return set(connection.execute(opened).scalars())

    def _count_attempt(self, login: str, now: datetime) -> RowMapping | None:
        if not _folded(login).isprintable():
            return None  # nobody's login, and characters PostgreSQL will not even compare
        unlocked = or_(accounts_table.c.locked_until.is_(None), accounts_table.c.locked_until <= to_text(now))
        counted = (
            update(accounts_table)
            .where(accounts_table.c.login == _folded(login), unlocked)
            .values(failed_attempts=accounts_table.c.failed_attempts + 1)
            .returning(accounts_table)
        )
        with self._engine.begin() as connection:
            held = connection.execute(counted).mappings().first()
            if held is not None and held["failed_attempts"] >= FREE_ATTEMPTS:
                connection.execute(
                    update(accounts_table)
                    .where(accounts_table.c.account_id == held["account_id"])
                    .values(locked_until=to_text(now + _lock_after(held["failed_attempts"])))
                )
        return held

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, typed(password))
        except VerifyMismatchError:
            return False

    def _hash(self, password: str, login: str) -> str:
        refuse_weak(password, login)
        return self._hasher.hash(typed(password))

    def _change(self, account_id: UUID, values: Mapping[str, object], *, only_where_enabled: bool) -> None:
        self.account(account_id)
        change = update(accounts_table).where(accounts_table.c.account_id == account_id).values(values)
        if only_where_enabled:
            change = change.where(accounts_table.c.disabled_at.is_(None))
        with self._engine.begin() as connection:
            connection.execute(change)
            close_sessions(connection, account_id)
            begin_epoch(connection)  # pages say who is reminded in the place of somebody without an open account


def _account(row: RowMapping) -> Account:
    return Account(
        account_id=row["account_id"],
        person_id=row["person_id"],
        login=row["login"],
        is_administrator=row["is_administrator"],
        created_at=from_text(row["created_at"]),
        password_changed_at=_instant(row["password_changed_at"]),
        disabled_at=_instant(row["disabled_at"]),
        failed_attempts=row["failed_attempts"],
        locked_until=_instant(row["locked_until"]),
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)


def _lock_after(failed_attempts: int) -> timedelta:
    # The exponent is bounded too: a patient stranger must not make the product overflow.
    doublings = min(failed_attempts - FREE_ATTEMPTS, 16)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def _folded(login: str) -> str:
    return normal(login).strip().casefold()


def _login(login: str) -> str:
    folded = _folded(login)
    spaced = any(one.isspace() for one in folded)
    if not folded or len(folded) > LOGIN_MAXIMUM or spaced or not folded.isprintable():
        raise UnusableLogin
    return folded
