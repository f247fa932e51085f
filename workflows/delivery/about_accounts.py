"""The letters with which people come in: an invitation, or the way to choose another password.

They are about no event and no territory, and are wanted at once. The link is made when the letter leaves: what waits
in the outbox opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from domain.kernel import Event
from domain.values import deterministic_id
from workflows.accounts import Accounts
from workflows.application import Steering
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.blocks import Link
from workflows.delivery.letters import ACCOUNT_CLOSED, SETTLED, Item, Letter
from workflows.links import Purpose
from workflows.logins import Account, UnknownAccount
from workflows.people import Person
from workflows.texts import Texts

PATHS: Final[Mapping[Purpose, str]] = {Purpose.JOIN: "/invitation", Purpose.RESET: "/mot-de-passe"}
"""The page that a link opens; its token follows."""

_KINDS: Final[Mapping[Purpose, str]] = {Purpose.JOIN: "account-invitation", Purpose.RESET: "account-reset"}
_PURPOSES: Final = {kind: purpose for purpose, kind in _KINDS.items()}


def letter_about(account: Account, purpose: Purpose, occasion: str) -> Letter:
    """The letter that brings a link to somebody: asked for several times on one occasion, it is one.

    It is about an account, on no territory: whoever waits for it gets it at any hour.
    """
    kind, about = _KINDS[purpose], account.account_id
    return Letter(
        message_id=deterministic_id("link", about, kind, occasion),
        person_id=account.person_id,
        kind=kind,
        about_id=about,
        within_id=about,
        territory_id=None,
    )


@dataclass(frozen=True, kw_only=True)
class AccountLinks:
    """What is said with a one-time link. `address_of` makes one and gives its whole address."""

    KINDS: ClassVar[frozenset[str]] = frozenset(_PURPOSES)

    accounts: Accounts
    address_of: Callable[[UUID, Purpose], str]

    @staticmethod
    def letters_of(steering: Steering, event: Event) -> Iterator[Letter]:  # noqa: ARG004 - as every family has it
        """No event asks for one: people do."""
        return iter(())

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """Meant until the account is closed, or the guest has come in."""
        purpose = _PURPOSES[letter.kind]
        try:
            account = self.accounts.account(letter.within_id)
        except UnknownAccount:
            return NotMeant(SETTLED)
        if account.disabled_at is not None:
            return NotMeant(ACCOUNT_CLOSED)
        if (account.joined_at is None) is not (purpose is Purpose.JOIN):
            return NotMeant(SETTLED)
        kind = letter.kind

        def says(_: Person, texts: Texts) -> Item:
            address = self.address_of(account.account_id, purpose)
            told = (texts.t(f"mail.{kind}.{part}") for part in ("body", "why", "stop"))
            said, label = texts.t("mail.account.link", link=address), texts.t(f"mail.{kind}.label")
            return Item(texts.t(f"mail.{kind}.subject"), (*told, Link(said, label, address, is_act=True)))

        return Meant((account.person_id,), says)
