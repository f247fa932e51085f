"""What decisions ask about people, answered by the vault and the accounts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from domain.kernel import People as KnownOnes
from workflows.accounts import Accounts
from workflows.people import Vault


class KnownPeople:
    """See `domain.kernel.People`. `sends_mail`: letters leave from here, and bring links."""

    def __init__(self, vault: Vault, accounts: Accounts, *, sends_mail: bool) -> None:
        self._vault = vault
        self._accounts = accounts
        self._sends_mail = sends_mail

    def knows(self, person_id: UUID) -> bool:
        """Whether somebody is in the vault, and not forgotten."""
        return self._vault.person(person_id) is not None

    def may_sign_in(self, person_id: UUID) -> bool:
        """Whether somebody has an account that is open."""
        return self._accounts.may_sign_in(person_id)

    def is_only_administrator(self, person_id: UUID) -> bool:
        """Whether every open account that administers the instance is this person's."""
        return self._accounts.administrators() == {person_id}

    def unreachable(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these is not to be written to: forgotten, or with accounts that are all closed."""
        asked = frozenset(person_ids)
        if not asked:
            return asked
        return (asked - self._vault.people(asked).keys()) | self._accounts.closed_among(asked)

    def out_of_reach(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these could not even be sent a one-time link: forgotten, or with accounts that were all closed."""
        asked = frozenset(person_ids)
        if not asked:
            return asked
        return (asked - self._vault.people(asked).keys()) | self._accounts.shut_among(asked)

    def could_answer(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these has an account that is open, or would get a one-time link."""
        asked = frozenset(person_ids)
        if self._sends_mail:
            return asked - self.out_of_reach(asked)
        return frozenset(filter(self.may_sign_in, asked))


class AtOneMoment:
    """The same answers for as long as it lives: who plays many days over the facts of a moment asks of each once."""

    def __init__(self, people: KnownOnes) -> None:
        self.knows = people.knows
        self.may_sign_in = people.may_sign_in
        self.is_only_administrator = people.is_only_administrator
        self._unreachable = cache(people.unreachable)
        self._out_of_reach = cache(people.out_of_reach)
        self._could_answer = cache(people.could_answer)

    def unreachable(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these is not to be written to."""
        return self._unreachable(frozenset(person_ids))

    def out_of_reach(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these could not even be sent a one-time link."""
        return self._out_of_reach(frozenset(person_ids))

    def could_answer(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these has an account that is open, or would get a one-time link."""
        return self._could_answer(frozenset(person_ids))
