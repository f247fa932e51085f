"""What a decision may ask about people, who are not in the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol
from uuid import UUID


class People(Protocol):
    """What a decision may ask about people, who are not in the log."""

    def knows(self, person_id: UUID) -> bool:
        """Whether there is such a person: a role given to nobody would stay in the log for ever."""

    def may_sign_in(self, person_id: UUID) -> bool:
        """Whether somebody has an account that is open."""

    def is_only_administrator(self, person_id: UUID) -> bool:
        """Whether this person administers the instance, and nobody else does."""

    def unreachable(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these is not to be written to: forgotten, or with accounts that are all closed."""

    def out_of_reach(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these could not even answer by a one-time link, which whoever never came in still could."""

    def could_answer(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these has an account that is open, or would get a one-time link: none leaves without a mail server."""


class _Anybody:
    """Where people are not looked up."""

    def knows(self, person_id: UUID) -> bool:
        return True

    def may_sign_in(self, person_id: UUID) -> bool:
        return True

    def is_only_administrator(self, person_id: UUID) -> bool:
        return False

    def unreachable(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        return frozenset()

    def out_of_reach(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        return frozenset()

    def could_answer(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        return frozenset(person_ids)


ANYBODY: Final[People] = _Anybody()
