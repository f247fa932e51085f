"""The secret addresses of calendars: one follows a person, or a convention for a person. What is kept of one opens
nothing: its secret of 256 bits is found by its sha256. Every instant is given by the caller."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine, RowMapping, and_, insert, or_, select, update

from workflows.instants import from_text, to_text
from workflows.schema import calendar_feeds
from workflows.security import Act, tell
from workflows.tokens import kept_of

BYTES: Final = 32

AT_MOST_NOTED: Final = timedelta(minutes=5)
"""That a calendar was read is noted so often at most."""

_own: Final = calendar_feeds.c


@dataclass(frozen=True, kw_only=True)
class CalendarFeed:
    """An address that is open: whose it is, of which convention where it is of one, and when it was last read."""

    feed_id: UUID
    person_id: UUID
    convention_id: UUID | None
    made_at: datetime
    read_at: datetime | None


class CalendarFeeds:
    """Makes, recognises and takes back the addresses of calendars."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, person_id: UUID, convention_id: UUID | None, now: datetime) -> str:
        """A new address's secret, shown once."""
        token = secrets.token_urlsafe(BYTES)
        row = {
            "feed_id": uuid4(),
            "secret_hash": kept_of(token),
            "person_id": person_id,
            "convention_id": convention_id,
            "made_at": to_text(now),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(calendar_feeds).values(row))
        tell(Act.CALENDAR_MADE, person=person_id, convention=convention_id)
        return token

    def find(self, token: str) -> CalendarFeed | None:
        """The open address of a secret; None for one that is unknown or was taken back."""
        asked = select(calendar_feeds).where(_own.secret_hash == kept_of(token), _own.revoked_at.is_(None))
        with self._engine.connect() as connection:
            row = connection.execute(asked).mappings().first()
        return _feed(row) if row is not None else None

    def of_person(self, person_id: UUID) -> list[CalendarFeed]:
        """The open addresses of somebody, the oldest first."""
        mine = and_(_own.person_id == person_id, _own.revoked_at.is_(None), _own.secret_hash.is_not(None))
        asked = select(calendar_feeds).where(mine).order_by(_own.made_at, _own.feed_id)
        with self._engine.connect() as connection:
            return [_feed(row) for row in connection.execute(asked).mappings()]

    def was_read(self, feed: CalendarFeed, now: datetime) -> None:
        """Note that a calendar program read it."""
        if feed.read_at is None or not feed.read_at <= now < feed.read_at + AT_MOST_NOTED:
            with self._engine.begin() as connection:
                connection.execute(
                    update(calendar_feeds).where(_own.feed_id == feed.feed_id).values(read_at=to_text(now))
                )

    def revoke(self, feed_id: UUID, person_id: UUID, now: datetime) -> bool:
        """Take one of somebody's addresses back; False for one that is not theirs, or had ended."""
        mine = and_(_own.feed_id == feed_id, _own.person_id == person_id, _own.revoked_at.is_(None))
        with self._engine.begin() as connection:
            gone = connection.execute(update(calendar_feeds).where(mine).values(revoked_at=to_text(now))).rowcount
        if gone:
            tell(Act.CALENDAR_REVOKED, person=person_id)
        return bool(gone)


def taken_back_before(limit: datetime) -> ColumnElement[bool]:
    """Addresses that open nothing any more, for so long."""
    lost = and_(_own.secret_hash.is_(None), _own.made_at < to_text(limit))
    return or_(_own.revoked_at < to_text(limit), lost)


def _feed(row: RowMapping) -> CalendarFeed:
    return CalendarFeed(
        feed_id=row["feed_id"],
        person_id=row["person_id"],
        convention_id=row["convention_id"],
        made_at=from_text(row["made_at"]),
        read_at=from_text(row["read_at"]) if row["read_at"] is not None else None,
    )
