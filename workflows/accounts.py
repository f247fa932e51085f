"""Accounts of people on this instance.

Passwords are kept as argon2id hashes, and wrong ones are counted in the table, so that every process sees the same
lock. Rights are not here: they come from the recorded roles of the account's person. Every instant is given by the
caller. The security journal is told ids, never a login or a password.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Engine, RowMapping, case, delete, func, or_, select, update

from workflows.database import inserting
from workflows.instants import to_text
from workflows.links import Link, spend, take_back
from workflows.logins import Account, LoginTaken, UnknownAccount, account_of, folded, usable
from workflows.passwords import hash_of_nothing, refuse_weak, typed
from workflows.people import begin_epoch
from workflows.schema import accounts as accounts_table
from workflows.security import Act, Why, tell
from workflows.sessions import close_sessions

FREE_ATTEMPTS = 5
"""Wrong passwords in a row before the account is locked for a while."""

FIRST_LOCK = timedelta(minutes=1)
"""Doubled at each further wrong password, up to LONGEST_LOCK."""

LONGEST_LOCK = timedelta(hours=1)
"""Short enough that strangers cannot keep somebody out for a day with one guess."""


class Accounts:
    """Creates, verifies and closes accounts. `hasher` holds the cost of a password; older hashes are renewed."""

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()
        self._nobody = hash_of_nothing(self._hasher)

    def create(
        self,
        login: str,
        person_id: UUID,
        password: str,
        now: datetime,
        *,
        is_administrator: bool = False,
        once: Callable[[Connection], None] | None = None,
    ) -> UUID:
        """Open an account. Logins ignore case. Raises LoginTaken, UnusableLogin or WeakPassword.

        `once` is done in the same transaction, before: what it raises opens no account.
        """
        name = usable(login)
        return self._open(
            {
                "login": name,
                "person_id": person_id,
                "password_hash": self._hash(password, name),
                "is_administrator": is_administrator,
                "created_at": to_text(now),
                "joined_at": to_text(now),
            },
            once,
        )

    def invite(self, login: str, person_id: UUID, now: datetime, *, is_administrator: bool = False) -> UUID:
        """Open an account that nobody comes in by before a password is chosen with a one-time link.

        Raises LoginTaken or UnusableLogin.
        """
        return self._open(
            {
                "login": usable(login),
                "person_id": person_id,
                "password_hash": self._nobody,
                "is_administrator": is_administrator,
                "created_at": to_text(now),
            }
        )

    def _open(self, values: Mapping[str, object], once: Callable[[Connection], None] | None = None) -> UUID:
        account_id = uuid4()
        row = {**values, "account_id": account_id, "failed_attempts": 0}
        # Never an error of the database, whose message repeats the login, also in a log of PostgreSQL's own.
        opened = inserting(self._engine, accounts_table).values(row).on_conflict_do_nothing(index_elements=["login"])
        with self._engine.begin() as connection:
            if once is not None:
                once(connection)
            if connection.execute(opened.returning(accounts_table.c.account_id)).first() is None:
                raise LoginTaken
        role = "ADMINISTRATOR" if row["is_administrator"] else None
        invited = "joined_at" not in row or None
        tell(Act.ACCOUNT_CREATED, account_id=account_id, person=row["person_id"], role=role, invited=invited)
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
            locked = self.find(login) if folded(login).isprintable() else None
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
            came = {"signed_in_at": to_text(now)} if act is Act.SIGN_IN else {}
            connection.execute(update(accounts_table).where(mine).values(failed_attempts=0, locked_until=None, **came))
            # Unless the password was changed meanwhile.
            unchanged = accounts_table.c.password_hash == old
            connection.execute(update(accounts_table).where(mine, unchanged).values(password_hash=renewed))
        return self.account(account_id)

    def change_password(self, account_id: UUID, password: str, now: datetime) -> None:
        """Set a new password, unlock the account and close its sessions; those of before are refused for ever.

        Whoever changes their own password is asked for the present one first, with `verify`. Raises UnknownAccount or
        WeakPassword.
        """
        tell(Act.PASSWORD_CHANGED, account_id=account_id, sessions=self._set(account_id, password, now, None))

    def choose_password(self, link: Link, password: str, now: datetime) -> None:
        """The same by a one-time link, spent with it. Raises UnknownAccount, WeakPassword (it goes on) or LinkSpent."""
        closed = self._set(link.account_id, password, now, link)
        tell(Act.PASSWORD_CHOSEN, account_id=link.account_id, purpose=link.purpose, sessions=closed)

    def _set(self, account_id: UUID, password: str, now: datetime, link: Link | None) -> int:
        """Set a password, and make void all that let somebody in before; how many sessions that closed."""
        account = self.account(account_id)
        values = {
            "password_hash": self._hash(password, account.login),
            "joined_at": to_text(account.joined_at or now),
            "password_changed_at": to_text(now),
            "failed_attempts": 0,
            "locked_until": None,
        }
        with self._engine.begin() as connection:
            if link is not None:
                spend(connection, link)
            take_back(connection, account_id)
            connection.execute(update(accounts_table).where(accounts_table.c.account_id == account_id).values(values))
            begin_epoch(connection)
            return close_sessions(connection, account_id)

    def disable(self, account_id: UUID, now: datetime) -> None:
        """Let nobody in by this account any more and close its sessions; may be repeated. Raises UnknownAccount."""
        self._change(account_id, {"disabled_at": to_text(now)}, only_where_enabled=True)
        tell(Act.ACCOUNT_DISABLED, account_id=account_id)

    def enable(self, account_id: UUID) -> None:
        """Undo `disable`, and unlock. Raises UnknownAccount."""
        values = {"disabled_at": None, "failed_attempts": 0, "locked_until": None}
        self._change(account_id, values, only_where_enabled=False)
        tell(Act.ACCOUNT_ENABLED, account_id=account_id)

    def withdraw(self, account_id: UUID) -> None:
        """Remove an account by which nobody ever came in. Raises UnknownAccount, also for any other one."""
        waiting = (accounts_table.c.account_id == account_id, accounts_table.c.joined_at.is_(None))
        with self._engine.begin() as connection:
            take_back(connection, account_id)
            if connection.execute(delete(accounts_table).where(*waiting)).rowcount == 0:
                raise UnknownAccount(str(account_id))
        tell(Act.INVITATION_WITHDRAWN, account_id=account_id)

    def unlock(self, account_id: UUID) -> None:
        """Let somebody try again at once who typed too many wrong passwords. Raises UnknownAccount."""
        self.account(account_id)
        mine = accounts_table.c.account_id == account_id
        with self._engine.begin() as connection:
            connection.execute(update(accounts_table).where(mine).values(failed_attempts=0, locked_until=None))
        tell(Act.ACCOUNT_UNLOCKED, account_id=account_id)

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
            take_back(connection, account_id)
        return tuple(login for _, login in found)

    def of_person(self, person_id: UUID) -> list[Account]:
        """The accounts of a person."""
        wanted = select(accounts_table).where(accounts_table.c.person_id == person_id)
        with self._engine.connect() as connection:
            return [account_of(row) for row in connection.execute(wanted).mappings()]

    def account(self, account_id: UUID) -> Account:
        """The account of this id. Raises UnknownAccount."""
        with self._engine.connect() as connection:
            found = connection.execute(select(accounts_table).where(accounts_table.c.account_id == account_id))
            row = found.mappings().first()
        if row is None:
            raise UnknownAccount(str(account_id))
        return account_of(row)

    def find(self, login: str) -> Account | None:
        """The account with this login, for administrators."""
        with self._engine.connect() as connection:
            found = connection.execute(select(accounts_table).where(accounts_table.c.login == folded(login)))
            row = found.mappings().first()
        return None if row is None else account_of(row)

    def may_sign_in(self, person_id: UUID) -> bool:
        """Whether a person has an account that is open, and came in by it once."""
        own = accounts_table.c
        opened = (own.person_id == person_id, own.disabled_at.is_(None), own.joined_at.is_not(None))
        asked = select(own.account_id).where(*opened).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(asked).first() is not None

    def closed_among(self, person_ids: Collection[UUID]) -> set[UUID]:
        """Who of these people has an account, and none by which they come in: closed, or not accepted yet."""
        own = accounts_table.c
        shut = case((or_(own.disabled_at.is_not(None), own.joined_at.is_(None)), 1))
        asked = select(own.person_id).where(own.person_id.in_(person_ids)).group_by(own.person_id)
        with self._engine.connect() as connection:
            return set(connection.execute(asked.having(func.count() == func.count(shut))).scalars())

    def shut_among(self, person_ids: Collection[UUID]) -> set[UUID]:
        """Who of these people has an account, and none that was not closed: an invitation that waits is none."""
        own = accounts_table.c
        asked = select(own.person_id).where(own.person_id.in_(person_ids)).group_by(own.person_id)
        with self._engine.connect() as connection:
            return set(connection.execute(asked.having(func.count() == func.count(own.disabled_at))).scalars())

    def accounts(self) -> list[Account]:
        """Every account, by login."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(accounts_table).order_by(accounts_table.c.login)).mappings().all()
        return [account_of(row) for row in rows]

    def administrators(self) -> set[UUID]:
        """The people whose open accounts administer the instance; whoever is invited does not yet."""
        own = accounts_table.c
        opened = select(own.person_id).where(
            own.is_administrator, own.disabled_at.is_(None), own.joined_at.is_not(None)
        )
        with self._engine.connect() as connection:
            return set(connection.execute(opened).scalars())

    def _count_attempt(self, login: str, now: datetime) -> RowMapping | None:
        if not folded(login).isprintable():
            return None  # nobody's login, and characters PostgreSQL will not even compare
        unlocked = or_(accounts_table.c.locked_until.is_(None), accounts_table.c.locked_until <= to_text(now))
        counted = (
            update(accounts_table)
            .where(accounts_table.c.login == folded(login), unlocked)
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
            take_back(connection, account_id)
            begin_epoch(connection)  # pages say who is reminded in the place of somebody without an open account


def _lock_after(failed_attempts: int) -> timedelta:
    # The exponent is bounded too: a patient stranger must not make the product overflow.
    doublings = min(failed_attempts - FREE_ATTEMPTS, 16)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)
