"""The log as partners follow it: in its order, behind the barrier of its readers, so that nothing is ever passed over.

A cursor says how far somebody came. It is sealed under a key of the vault, for positions are nobody's to know, and says
which event stood there: where the store was put back to what it was before, it is told rather than read on from
something else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from domain.kernel import Event
from domain.values import deterministic_id
from workflows import codec
from workflows.log import EventLog, PlacedRow
from workflows.people import Vault

CURSORS: Final = deterministic_id("vault", "feed")
"""The subject of the vault under whose key cursors are sealed."""

WINDOW: Final = 20_000
"""Positions that one look at the log covers; a page takes `MOST_LOOKS` at most, then says that there is more."""

MOST_LOOKS: Final = 10

_ROWS: Final = 1_000
_FORMAT: Final = b"\x01"


class UnknownCursor(ValueError):
    """This is no cursor that this instance gave."""


class CursorOfAnotherLog(ValueError):
    """It gave the cursor, and the log that it was given for is no more: an older backup was restored since."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a reader asks for, beside what they may read."""

    convention_id: UUID | None = None
    territory_id: UUID | None = None
    topics: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True)
class Followed:
    """An event and where it belongs."""

    row: PlacedRow
    event: Event


@dataclass(frozen=True)
class Page:
    """Some events, how far the log was gone through, and whether it is known to go on."""

    events: tuple[Followed, ...]
    position: int
    more: bool


class Rights(Protocol):
    """What a reader may read."""

    def reach(self, row: PlacedRow) -> bool:
        """Whether they may read where an event belongs."""

    def tell(self, event: Event) -> bool:
        """Whether what it says is within their reach too."""


class Feed:
    """Reads one log for whoever follows it."""

    def __init__(self, log: EventLog, vault: Vault) -> None:
        self._log = log
        self._vault = vault
        self._cipher: AESSIV | None = None

    def read(self, after: int, limit: int, wanted: Wanted, rights: Rights) -> Page:
        """What comes after a position, at most `limit` events, each of which may be read.

        Raises `UnreadableEvent` where the first of them is of a later release; where it is another one, the page ends
        before it.
        """
        found: list[Followed] = []
        position, ceiling = after, self._log.ceiling(after)
        for _ in range(MOST_LOOKS):
            if position >= ceiling:
                break
            up_to = min(position + WINDOW, ceiling)
            rows = self._rows(position, up_to, wanted)
            within = {row.position: row for row in rows if rights.reach(row)}
            for at, stream_id, version, topic, state in self._log.at(list(within)):
                try:
                    event = codec.decode(topic, stream_id, version, state)
                except codec.UnreadableEvent:
                    if found:
                        return Page(tuple(found), found[-1].row.position, more=True)
                    raise
                if (wanted.since is None or event.recorded_at >= wanted.since) and rights.tell(event):
                    found.append(Followed(within[at], event))
                    if len(found) == limit:
                        return Page(tuple(found), at, more=at < ceiling)
            position = rows[-1].position if len(rows) == _ROWS else up_to
        return Page(tuple(found), position, more=position < ceiling)

    def _rows(self, after: int, up_to: int, wanted: Wanted) -> list[PlacedRow]:
        return self._log.placed(
            after,
            up_to,
            _ROWS,
            convention_id=wanted.convention_id,
            territory_id=wanted.territory_id,
            topics=wanted.topics,
        )

    # --- cursors ----------------------------------------------------------------------------------------------------

    def cursor(self, position: int) -> str:
        """How far somebody came, to be given back whenever they like."""
        said = position.to_bytes(8, "big") + self._mark(position)
        return base64.urlsafe_b64encode(_FORMAT + self._sealing().encrypt(said, None)).decode().rstrip("=")

    def position(self, cursor: str) -> int:
        """The position that a cursor says. Raises `UnknownCursor` or `CursorOfAnotherLog`."""
        try:
            sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            if sealed[:1] != _FORMAT:
                raise UnknownCursor
            said = self._sealing().decrypt(sealed[1:], None)
        except (ValueError, InvalidTag, binascii.Error) as error:
            raise UnknownCursor from error
        position = int.from_bytes(said[:8], "big")
        if said[8:] != self._mark(position):
            raise CursorOfAnotherLog
        return position

    def _mark(self, position: int) -> bytes:
        """What tells the event that stands at a position, or last before it, from any other."""
        row = self._log.last_until(position)
        said = b"" if row is None else row[1].bytes + row[2].to_bytes(8, "big") + row[4].encode()
        return hashlib.blake2b(said, digest_size=8).digest()

    def _sealing(self) -> AESSIV:
        if self._cipher is None:
            self._cipher = AESSIV(self._vault.own_key(CURSORS))
        return self._cipher
