"""One-time links: whoever is invited, or forgot their password, chooses one with it, once.

A link may be read from paper and typed: its letters are told apart by eye, capitals, spaces and dashes are nothing. A
copy of the database opens none, since only the sha256 of its secret is kept; a secret is compared in constant time, and
a link that was presented wrongly too often is dead. Every instant is given by the caller.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, and_, delete, func, insert, or_, select, update

from workflows.instants import from_text, to_text
from workflows.schema import accounts, one_time_links
from workflows.security import Act, Why, tell
from workflows.tokens import is_secret, kept_of

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for another one on paper."""

SELECTOR: Final = 8
SECRET: Final = 20
"""Letters: 99 bits, which nobody guesses."""

GROUP: Final = 4

MOST_WRONG: Final = 10
"""Wrong secrets after which a link opens nothing any more."""


class Purpose(StrEnum):
    """What a link is for."""

    JOIN = "join"
    """To accept an invitation: the first password of an account."""
    RESET = "reset"
    """To choose another password."""
    FOUND = "found"
    """To open the account of the first administrator: it is of no account yet."""


LASTING: Final[Mapping[Purpose, timedelta]] = {
    Purpose.JOIN: timedelta(days=7),
    Purpose.RESET: timedelta(hours=2),
    Purpose.FOUND: timedelta(days=1),
}
"""How long a link opens. Whoever is invited may be away for some days; whoever forgot a password is waiting for it."""

PRINTED_LASTING: Final = timedelta(days=7)
"""How long one opens that is handed over on paper."""


class LinkSpent(Exception):
    """The link was used, or taken back, a moment before."""


@dataclass(frozen=True)
class Link:
    """A link that opens now."""

    selector: str
    account_id: UUID
    purpose: Purpose
    expires_at: datetime


@dataclass(frozen=True)
class FoundingLink:
    """A link by which somebody may become the first administrator now."""

    selector: str
    expires_at: datetime


class OneTimeLinks:
    """Makes, recognises and takes back links. They are spent by `Accounts.choose_password`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, account_id: UUID | None, purpose: Purpose, now: datetime, lasting: timedelta | None = None) -> str:
        """A new link's token, shown once; those made before for the same purpose go on until one of them is spent."""
        token, selector, secret_hash = drawn()
        row = {
            "selector": selector,
            "secret_hash": secret_hash,
            "account_id": account_id,
            "purpose": purpose.value,
            "expires_at": to_text(now + (lasting or LASTING[purpose])),
            "wrong_attempts": 0,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(one_time_links).values(row))
        tell(Act.LINK_MADE, account_id=account_id, purpose=purpose)
        return token

    def find(self, token: str, purpose: Purpose, now: datetime) -> Link | None:
        """The link of a token; None for one that is unknown, spent, past, dead, or of a closed account: which of
        these it was is told to the security journal only."""
        row = self._presented(token, purpose, now)
        return None if row is None else Link(row["selector"], row["account_id"], purpose, from_text(row["expires_at"]))

    def find_founding(self, token: str, now: datetime) -> FoundingLink | None:
        """The same for the link of the first administrator."""
        row = self._presented(token, Purpose.FOUND, now)
        return None if row is None else FoundingLink(row["selector"], from_text(row["expires_at"]))

    def _presented(self, token: str, purpose: Purpose, now: datetime) -> RowMapping | None:
        selector, secret = parted(token)
        asked = (
            select(one_time_links, accounts.c.disabled_at)
            .outerjoin(accounts, accounts.c.account_id == one_time_links.c.account_id)
            .where(one_time_links.c.selector == selector, one_time_links.c.purpose == purpose.value)
        )
        row = None
        if selector.isascii():
            with self._engine.connect() as connection:
                row = connection.execute(asked).mappings().first()
        if row is None:
            tell(Act.LINK_PRESENTED, Why.UNKNOWN)
            return None
        why: Why | None = None
        if row["wrong_attempts"] >= MOST_WRONG:
            why = Why.LOCKED
        elif not is_secret(row["secret_hash"], secret):
            self._count_wrong(selector)
            why = Why.WRONG
        elif row["disabled_at"] is not None:
            why = Why.DISABLED
        elif from_text(row["expires_at"]) <= now:
            why = Why.EXPIRED
        if why is not None:
            tell(Act.LINK_PRESENTED, why, account_id=row["account_id"])
            return None
        return row

    def waiting(self, purpose: Purpose, now: datetime) -> dict[UUID, datetime]:
        """The accounts that some link opens, with the last instant at which it does."""
        last = func.max(one_time_links.c.expires_at)
        asked = (
            select(one_time_links.c.account_id, last)
            .where(one_time_links.c.purpose == purpose.value, one_time_links.c.expires_at > to_text(now))
            .group_by(one_time_links.c.account_id)
        )
        with self._engine.connect() as connection:
            return {account_id: from_text(until) for account_id, until in connection.execute(asked)}

    def remove_ended(self, now: datetime) -> int:
        """Delete the links that open nothing any more, and say how many; they are already refused before."""
        with self._engine.begin() as connection:
            return connection.execute(delete(one_time_links).where(_ended(now))).rowcount

    def count_ended(self, now: datetime) -> int:
        """How many links open nothing any more and are not deleted yet."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(one_time_links).where(_ended(now))).scalar_one()

    def _count_wrong(self, selector: str) -> None:
        counted = one_time_links.c.wrong_attempts + 1
        with self._engine.begin() as connection:
            mine = one_time_links.c.selector == selector
            connection.execute(update(one_time_links).where(mine).values(wrong_attempts=counted))


def spend(connection: Connection, link: Link) -> None:
    """Spend a link in the transaction of what it lets do. Raises `LinkSpent` for whoever comes second."""
    mine = and_(one_time_links.c.selector == link.selector, one_time_links.c.account_id == link.account_id)
    if connection.execute(delete(one_time_links).where(mine)).rowcount == 0:
        raise LinkSpent


def spend_founding(connection: Connection, link: FoundingLink) -> None:
    """Spend the link of the first administrator, and those made beside it. Raises `LinkSpent` for the second one."""
    founding = one_time_links.c.purpose == Purpose.FOUND.value
    # In one order for all who come with links made side by side: none waits in a ring.
    held = select(one_time_links.c.selector).where(founding).order_by(one_time_links.c.selector).with_for_update()
    if link.selector not in connection.execute(held).scalars().all():
        raise LinkSpent
    connection.execute(delete(one_time_links).where(founding))


def take_back(connection: Connection, account_id: UUID) -> int:
    """Take back every link of an account, in the caller's transaction; how many there were."""
    mine = one_time_links.c.account_id == account_id
    return connection.execute(delete(one_time_links).where(mine)).rowcount


def _ended(now: datetime) -> ColumnElement[bool]:
    return or_(one_time_links.c.expires_at <= to_text(now), one_time_links.c.wrong_attempts >= MOST_WRONG)


def drawn() -> tuple[str, str, str]:
    """A new token as it is shown once, the part that finds it, and what is kept of the rest."""
    selector, secret = _random(SELECTOR), _random(SECRET)
    whole = selector + secret
    return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP)), selector, kept_of(secret)


def parted(token: str) -> tuple[str, str]:
    """The part of a token that finds it, and its secret, as it was clicked on or typed."""
    typed = "".join(one for one in token.lower() if one.isalnum())[: SELECTOR + SECRET + 1]
    return typed[:SELECTOR], typed[SELECTOR:]


def _random(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))
