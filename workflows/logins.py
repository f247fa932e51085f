"""An account as administrators see it, and what a login may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping

from workflows.instants import from_text
from workflows.passwords import normal

LOGIN_MAXIMUM = 100
"""Characters: an e-mail address mostly fits."""


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
    joined_at: datetime | None
    """None: invited, and has chosen no password yet."""
    signed_in_at: datetime | None
    """For the last time; None: never since the account exists."""
    password_changed_at: datetime | None
    """None: it is the one with which the account was created."""
    disabled_at: datetime | None
    failed_attempts: int
    locked_until: datetime | None

    def is_locked(self, now: datetime) -> bool:
        """Whether too many wrong passwords keep everybody out for a while."""
        return self.locked_until is not None and self.locked_until > now


def account_of(row: RowMapping) -> Account:
    """An account as its row has it."""
    return Account(
        account_id=row["account_id"],
        person_id=row["person_id"],
        login=row["login"],
        is_administrator=row["is_administrator"],
        created_at=from_text(row["created_at"]),
        joined_at=_instant(row["joined_at"]),
        signed_in_at=_instant(row["signed_in_at"]),
        password_changed_at=_instant(row["password_changed_at"]),
        disabled_at=_instant(row["disabled_at"]),
        failed_attempts=row["failed_attempts"],
        locked_until=_instant(row["locked_until"]),
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)


def folded(login: str) -> str:
    """A login as it is compared: without regard to capitals."""
    return normal(login).strip().casefold()


def usable(login: str) -> str:
    """A login as it is kept. Raises `UnusableLogin`."""
    name = folded(login)
    spaced = any(one.isspace() for one in name)
    if not name or len(name) > LOGIN_MAXIMUM or spaced or not name.isprintable():
        raise UnusableLogin
    return name
