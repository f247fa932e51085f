"""Inviting somebody: who they are goes to the vault, an account waits for its first password, the role is recorded.

The role is given at once, by whoever invites and with their rights: it is a fact, and it grants nothing before its
holder has come in. The link to choose a password goes by letter, or is handed over on paper where no letter leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Engine

from domain.kernel import Command, Context
from workflows.accounts import Accounts
from workflows.application import Steering
from workflows.delivery.about_accounts import letter_about
from workflows.delivery.outbox import enqueue
from workflows.links import Purpose
from workflows.people import Vault

SLOT: Final = timedelta(minutes=15)
"""At most one letter with a link in so much time, to one person, whoever asks for it."""


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody as they are invited."""

    name: str
    email: str
    language: str
    is_administrator: bool = False


@dataclass(frozen=True)
class Inviting:
    """Invites people, and takes invitations back."""

    engine: Engine
    steering: Steering
    vault: Vault
    accounts: Accounts

    def invite(self, guest: Guest, role: Callable[[UUID], Command] | None, context: Context) -> tuple[UUID, bool]:
        """Open an account for a guest and give it a role; the account, and whether it is new.

        Whoever has an account with this address already is given the role and nothing else. Raises ValueError for an
        unusable name or address, UnusableLogin, and what the act that gives the role raises: then nothing is kept.
        """
        known = self.accounts.find(guest.email)
        if known is not None:
            if role is not None:
                self.steering.execute(role(known.person_id), context)
            return known.account_id, False
        person_id = self.vault.register_person(guest.name, guest.email, guest.language)
        account_id = None
        try:
            account_id = self.accounts.invite(
                guest.email, person_id, context.now, is_administrator=guest.is_administrator
            )
            if role is not None:
                self.steering.execute(role(person_id), context)
        except Exception:
            if account_id is not None:
                self.accounts.withdraw(account_id)
            self.vault.forget_person(person_id)
            raise
        return account_id, True

    def send_link(self, account_id: UUID, purpose: Purpose, now: datetime) -> bool:
        """Queue the letter that brings a link; False where one has just left. Raises UnknownAccount."""
        occasion = str(int(now.timestamp() // SLOT.total_seconds()))
        letter = letter_about(self.accounts.account(account_id), purpose, occasion)
        with self.engine.begin() as connection:
            return enqueue(connection, letter, now)

    def withdraw(self, account_id: UUID) -> None:
        """Take an invitation back that nobody accepted, and forget whom it was for. Raises UnknownAccount."""
        account = self.accounts.account(account_id)
        self.accounts.withdraw(account_id)
        self.vault.forget_person(account.person_id)
