"""How long what only helps is kept, and taking away what is older: answers to requests, refusals, letters that
left, digests, the addresses that end them and who reads none any more.

None of it is a fact: facts are in the log, and stay. Rows go a few at a time, so that nobody waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Engine, and_, delete, func, or_, select

from workflows.act_links import ended_before
from workflows.calendar_feeds import taken_back_before
from workflows.instants import PARIS, from_text, to_text
from workflows.schema import (
    accounts,
    act_links,
    calendar_feeds,
    column_mappings,
    digest_readers,
    digest_stops,
    digests,
    idempotency,
    outbox,
    refusals,
)

AT_ONCE: Final = 1_000
"""Rows that one transaction takes away."""


@dataclass(frozen=True)
class Kept:
    """What is kept of one kind: how many, since when, and whether the oldest should be gone."""

    kind: str
    days: int
    count: int
    oldest: datetime | None
    overdue: bool


@dataclass(frozen=True)
class Retention:
    """For how many days each kind is kept, by the operator's settings."""

    requests: int
    refusals: int
    letters: int

    def remove_old(self, engine: Engine, now: datetime) -> int:
        """Take away what is older than it is kept; how many rows. May be cut short anywhere."""
        return sum(_remove(engine, one, one.older(now - timedelta(days=one.days))) for one in self._kinds())

    def kept(self, engine: Engine, now: datetime) -> list[Kept]:
        """What is kept now, for who watches. Something is overdue that should have gone the day before."""
        found = []
        with engine.connect() as connection:
            for one in self._kinds():
                count, oldest = connection.execute(
                    select(func.count(), func.min(one.since)).select_from(one.key.table)
                ).one()
                late = one.older(now - timedelta(days=one.days + 2))
                overdue = connection.execute(select(one.key).where(late).limit(1)).first() is not None
                found.append(Kept(one.name, one.days, count, _instant(oldest), overdue))
        return found

    def _kinds(self) -> tuple[_Kind, ...]:
        mapped = column_mappings.c
        asked, refused, stopped = idempotency.c.day, refusals.c.recorded_at, digest_stops.c.made_at
        return (
            _Kind("requests", idempotency.c.key, asked, self.requests, lambda limit: asked < _day(limit)),
            _Kind("refusals", refusals.c.id, refused, self.refusals, lambda limit: refused < to_text(limit)),
            _Kind("letters", outbox.c.message_id, outbox.c.queued_at, self.letters, _left_before),
            _Kind("digests", digests.c.message_id, digests.c.made_at, self.letters, _told_before),
            _Kind(
                "digest-stops",
                digest_stops.c.secret_hash,
                stopped,
                self.letters,
                lambda limit: stopped < to_text(limit),
            ),
            _Kind("digest-readers", digest_readers.c.person_id, digest_readers.c.slot, self.letters, _shut_out_before),
            _Kind("calendars", calendar_feeds.c.feed_id, calendar_feeds.c.made_at, self.letters, taken_back_before),
            _Kind(
                "column-mappings",
                mapped.said,
                mapped.used_at,
                self.letters,
                lambda limit: mapped.used_at < to_text(limit),
            ),
            _Kind("act-links", act_links.c.link_id, act_links.c.asked_at, self.letters, ended_before),
        )


@dataclass(frozen=True)
class _Kind:
    name: str
    key: Column[Any]
    since: Column[Any]
    days: int
    older: Callable[[datetime], ColumnElement[bool]]


def _remove(engine: Engine, kind: _Kind, older: ColumnElement[bool]) -> int:
    """In the order of the key, from where the last batch ended: the table is walked through once, without an index."""
    gone, after = 0, None
    while True:
        asked = select(kind.key).where(older).order_by(kind.key).limit(AT_ONCE)
        if after is not None:
            asked = asked.where(kind.key > after)
        with engine.connect() as connection:
            keys: Sequence[Any] = connection.execute(asked).scalars().all()
        if not keys:
            return gone
        with engine.begin() as connection:
            gone += connection.execute(delete(kind.key.table).where(kind.key.in_(keys), older)).rowcount
        after = keys[-1]


def _left_before(limit: datetime) -> ColumnElement[bool]:
    """Letters that were sent, withdrawn or given up before; what waits is kept however long."""
    return or_(*(ended < to_text(limit) for ended in (outbox.c.sent_at, outbox.c.dead_at, outbox.c.withdrawn_at)))


def _told_before(limit: datetime) -> ColumnElement[bool]:
    """Digests made before of which no letter is kept: one that waits, or may be sent anew, is made of its digest."""
    its_letter = select(outbox.c.message_id).where(outbox.c.message_id == digests.c.message_id).exists()
    return and_(digests.c.made_at < to_text(limit), ~its_letter)


def _shut_out_before(limit: datetime) -> ColumnElement[bool]:
    """Who reads no digest any more: every account of theirs was closed before, or they have none."""
    of_theirs = accounts.c.person_id == digest_readers.c.person_id
    still = or_(accounts.c.disabled_at.is_(None), accounts.c.disabled_at >= to_text(limit))
    has_one = select(accounts.c.account_id).where(of_theirs, still).exists()
    return and_(digest_readers.c.slot < to_text(limit), ~has_one)


def _day(limit: datetime) -> date:
    return limit.astimezone(PARIS).date()


def _instant(oldest: Any) -> datetime | None:
    if oldest is None or isinstance(oldest, str):
        return None if oldest is None else from_text(oldest)
    return datetime(oldest.year, oldest.month, oldest.day, tzinfo=PARIS)
