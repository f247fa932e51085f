"""The letter that tells the administrators that a backup failed.

It is about no event and no territory, and leaves at any hour, once for each hour at which a backup was due.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from domain.kernel import Event
from domain.values import deterministic_id
from workflows.accounts import Accounts
from workflows.application import Steering
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.letters import SETTLED, Item, Letter
from workflows.people import Person
from workflows.texts import Texts

BACKUP_FAILED: Final = "backup-failed"


def letters_about(slot: str, administrators: Collection[UUID]) -> Iterator[Letter]:
    """A letter to each administrator about the backup of a day and an hour."""
    about = deterministic_id("backup", slot)
    for one in sorted(administrators):
        yield Letter(
            message_id=deterministic_id("backup", slot, one),
            person_id=one,
            kind=BACKUP_FAILED,
            about_id=about,
            within_id=about,
            territory_id=None,
        )


@dataclass(frozen=True, kw_only=True)
class BackupLetters:
    """What is said of backups. `failing`: the day and hour of the one that fails, None when the last one is there."""

    KINDS: ClassVar[frozenset[str]] = frozenset({BACKUP_FAILED})

    accounts: Accounts
    failing: Callable[[], str | None]

    @staticmethod
    def letters_of(steering: Steering, event: Event) -> Iterator[Letter]:  # noqa: ARG004 - as every family has it
        """No event asks for one: the job that makes backups does."""
        return iter(())

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """Meant until that backup, or a later one, is made."""
        slot = self.failing()
        if slot is None or deterministic_id("backup", slot) != letter.about_id:
            return NotMeant(SETTLED)

        def says(_: Person, texts: Texts) -> Item:
            told = (texts.t(f"mail.{BACKUP_FAILED}.{part}", slot=slot) for part in ("body", "why", "stop"))
            return Item(texts.t(f"mail.{BACKUP_FAILED}.subject"), tuple(told))

        return Meant(tuple(self.accounts.administrators()), says)
