"""What pages of a territory show beside whose header stands above, kept for the next reader with equal rights.

Kept under all that it depends on: the address, the day, the language, the roles with all their places, this release,
and what the ETag sees of the territory (its versions, the register, what was refused and sent, the epoch of the vault,
which a name or a text that is forgotten moves). It is drawn for roles and not for a person (`drawing`): what asks who
reads is drawn again for that reader and kept for them alone, so that nothing of theirs is shown to another. It holds
names and words as long as their epoch lasts: the first page of a territory that is asked in another one clears all.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from api.pages.contexts import TerritoryBar

MOST_BYTES: Final = 16 * 1024 * 1024
"""Of all that is kept, by its characters: some two hundred pages of large plans."""


@dataclass(frozen=True)
class Content:
    """The pieces of a page that are its own, as HTML."""

    title: Markup
    styles: Markup
    body_class: Markup
    content: Markup

    @property
    def size(self) -> int:
        """How many characters it has."""
        return len(self.title) + len(self.styles) + len(self.body_class) + len(self.content)


@dataclass(frozen=True)
class Shown:
    """What a page shows, and its bar without the neighbours that other facts move."""

    content: Content
    bar: TerritoryBar


class KeptPages:
    """What was shown lately, by all that it depends on; the least used is left out first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Shown] = OrderedDict()
        self._size = 0
        self._epoch = ""

    def get(self, key: bytes, epoch: str) -> Shown | None:
        """What is kept under a key; `epoch`: that of the vault now. What is of another one is kept no longer."""
        with self._lock:
            self._begin(epoch)
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: bytes, shown: Shown, epoch: str) -> None:
        """Keep what was drawn of what was seen in an epoch, unless it is over."""
        with self._lock:
            if epoch != self._epoch:
                return
            before = self._kept.pop(key, None)
            self._kept[key] = shown
            self._size += shown.content.size - (before.content.size if before is not None else 0)
            while self._size > self._most and len(self._kept) > 1:
                _, left = self._kept.popitem(last=False)
                self._size -= left.content.size

    def _begin(self, epoch: str) -> None:
        if epoch != self._epoch:
            self._kept.clear()
            self._size, self._epoch = 0, epoch
