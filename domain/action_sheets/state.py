"""An action of a plan: what it was written down as; each family keeps its own state beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.kernel import Composed, Part, Places, aggregate
from domain.values import Code, LocalId, Prose, PublicName, Sha256, ValidityPeriod

TO_START: Final = Code("TO_START")
RUNNING: Final = Code("RUNNING")
DONE: Final = Code("DONE")
POSTPONED: Final = Code("POSTPONED")
ABANDONED: Final = Code("ABANDONED")
ACTION_STATUSES: Final = (TO_START, RUNNING, DONE, POSTPONED, ABANDONED)
"""How an action stands; it is never ranked."""
OVER: Final = (DONE, ABANDONED)
"""Nothing more is expected of an action that stands so."""


class SheetPart(Part):
    """A family's own state of a sheet."""

    def adopted(self) -> Any:
        """What of it a committee adopts with the plan; nothing of what only follows the action."""
        return None

    def called(self) -> tuple[PublicName, ...]:
        """What of it people say before the title when they name the sheet."""
        return ()


@aggregate("action-sheet", "action-sheets")
class ActionSheet(Composed):
    """One action of a plan, a stream of its own; each family of what is said of it keeps its own state beside it.

    `owner_id` and `calendar` are None until they are known, `owner_person_id` while nobody was named. `priority_id`:
    the priority under which it is filed; the others that it serves are told with its description.
    """

    convention_id: UUID
    home_territory_id: UUID
    priority_id: LocalId
    title: Prose
    owner_id: UUID | None
    owner_person_id: UUID | None
    calendar: ValidityPeriod | None
    drafted_on: date

    def __init__(self) -> None:
        super().__init__()
        self.owner_id = None
        self.owner_person_id = None
        self.calendar = None
        self.drafted_on = date.min

    @property
    def territory_id(self) -> UUID:
        """The territory of its convention."""
        return self.home_territory_id

    def places(self) -> Places:
        """Its convention and the territory of that."""
        return Places(self.convention_id, self.home_territory_id)

    @property
    def called(self) -> tuple[PublicName | Prose, ...]:
        """Its number, where it has one, and its title."""
        names = (name for part in self.parts.values() if isinstance(part, SheetPart) for name in part.called())
        return (*names, self.title)

    @property
    def content(self) -> str:
        """All that a plan adopts of it, in one line, its texts as they are sealed in the log: what hashes are made of.

        The seal stands for the words, so that the hash still verifies when a text was erased. Who follows the action
        for its owner, how far it is and what it was paid are no part of it.
        """
        return self.content_as(_sealed)

    def content_as(self, words: Callable[[Prose], str], one: Callable[[UUID], UUID] = lambda one: one) -> str:
        """The same line, its texts as `words` says them; `one`: the partner that an id means."""

        def plain(value: Any) -> Any:
            if isinstance(value, Prose):
                return words(value)
            return str(one(value)) if isinstance(value, UUID) else _plain(value)

        own = (self.priority_id, self.title, self.owner_id, self.calendar)
        parts = {name: said for name, part in self.parts.items() if (said := _adopted(part)) is not None}
        return json.dumps([str(self.id), own, parts], default=plain, sort_keys=True, separators=(",", ":"))

    @property
    def adopted_texts(self) -> tuple[Prose, ...]:
        """Every text that a plan adopts of it, in the order of its content."""
        found: list[Prose] = []

        def kept(text: Prose) -> str:
            found.append(text)
            return ""

        self.content_as(kept)
        return tuple(found)

    @property
    def content_sha256(self) -> Sha256:
        """The fingerprint of what a plan adopts of it."""
        return Sha256(hashlib.sha256(self.content.encode()).hexdigest())


def _adopted(part: Part) -> Any:
    return part.adopted() if isinstance(part, SheetPart) else None


def _sealed(text: Prose) -> str:
    return text.token or text.text or ""


def _plain(value: Any) -> Any:
    """A value as its hash says it."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    return str(value)
