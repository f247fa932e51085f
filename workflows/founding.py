"""The first administrator of an instance, who comes in by a one-time link that only the operator was shown.

Nobody could invite them. The link opens for as long as nobody administers, for one person, and is no event: a copy of
the log, or of the database, lets nobody in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from workflows.accounts import Accounts
from workflows.inviting import Guest
from workflows.links import FoundingLink, LinkSpent, OneTimeLinks, Purpose, spend_founding
from workflows.logins import usable
from workflows.passwords import refuse_weak
from workflows.people import Vault
from workflows.schema import accounts

FOUNDING: Final = "/premier-administrateur"
"""The page that the link opens; its token follows."""


@dataclass(frozen=True, kw_only=True)
class Founding:
    """Lets the first administrator in."""

    engine: Engine
    vault: Vault
    accounts: Accounts
    links: OneTimeLinks

    def is_open(self) -> bool:
        """Whether nobody administers the instance: no account ever did, closed or not."""
        with self.engine.connect() as connection:
            return _nobody_administers(connection)

    def link(self, now: datetime) -> str | None:
        """The token of a new link; None once there is an administrator."""
        return self.links.make(None, Purpose.FOUND, now) if self.is_open() else None

    def opened_by(self, token: str, now: datetime) -> FoundingLink | None:
        """The link of a token; None for one that opens nothing, or not any more."""
        return self.links.find_founding(token, now) if self.is_open() else None

    def found(self, link: FoundingLink, founder: Guest, password: str, now: datetime) -> UUID:
        """Open the account of the first administrator; the link is spent with it, or goes on.

        Raises ValueError for an unusable name or address, LoginTaken, UnusableLogin, WeakPassword or LinkSpent.
        """

        def once(connection: Connection) -> None:
            spend_founding(connection, link)
            if not _nobody_administers(connection):
                raise LinkSpent

        refuse_weak(password, usable(founder.email))  # a slip leaves nobody in the vault
        person_id = self.vault.register_person(founder.name, founder.email, founder.language)
        try:
            return self.accounts.create(founder.email, person_id, password, now, is_administrator=True, once=once)
        except Exception:
            self.vault.forget_person(person_id)
            raise


def _nobody_administers(connection: Connection) -> bool:
    administers = select(accounts.c.account_id).where(accounts.c.is_administrator).limit(1)
    return connection.execute(administers).first() is None
