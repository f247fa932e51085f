"""Who gets a digest how often, how far each was told, and what each digest holds: the tables of digests.

How far somebody was told is moved by compare-and-set, in the transaction that queues their digest: whatever the number
of workers and wherever they are killed, a place of the log is in exactly one digest of theirs.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, insert, or_, select, update

from workflows.database import inserting
from workflows.delivery.letters import DIGEST, Letter
from workflows.delivery.outbox import enqueue, waits
from workflows.delivery.rhythm import Rhythm, Timetable
from workflows.instants import from_text, to_text
from workflows.schema import accounts, digest_readers, digest_stops, digests, outbox
from workflows.tokens import kept_of

_reader: Final = digest_readers.c
_digest: Final = digests.c


@dataclass(frozen=True)
class Reader:
    """Somebody who is to be looked at: what they chose (None: nothing yet), and how far they were told."""

    person_id: UUID
    rhythm: Rhythm | None
    position: int
    slot: str


@dataclass(frozen=True)
class Digest:
    """What a digest tells: the places of the log after one and up to another. `listed`: what it had to be done."""

    message_id: UUID
    person_id: UUID
    after: int
    until: int
    made_at: datetime
    listed: Mapping[str, str]


class DigestDesk:
    """Keeps who reads digests, and the digests."""

    def __init__(self, engine: Engine, timetable: Timetable, log_end: Callable[[], int]) -> None:
        self.engine = engine
        self.timetable = timetable
        self._log_end = log_end

    # --- what people choose -------------------------------------------------------------------------------------------

    def chosen(self, person_id: UUID) -> Rhythm | None:
        """What somebody chose, None while they chose nothing."""
        with self.engine.connect() as connection:
            found = connection.execute(select(_reader.rhythm).where(_reader.person_id == person_id)).scalar()
        return Rhythm(found) if found is not None else None

    def choose(self, person_id: UUID, rhythm: Rhythm, now: datetime) -> None:
        """From now on so often; whoever had none is told of what comes, not of all that was missed."""
        end = self._log_end()
        with self.engine.begin() as connection:
            _enrol(connection, [person_id], end, self._slots(now)[Rhythm.WEEKLY])
            mine = _reader.person_id == person_id
            slot = self._slots(now)[rhythm]
            again = and_(mine, _reader.rhythm == Rhythm.NEVER.value)
            connection.execute(update(digest_readers).where(again).values(position=end, slot=slot))
            connection.execute(update(digest_readers).where(mine).values(rhythm=rhythm.value))

    def stop_address(self, person_id: UUID, now: datetime) -> str:
        """The secret of an address that ends somebody's digests; each digest has its own, and all of them go on."""
        token = secrets.token_urlsafe(32)
        row = {"secret_hash": kept_of(token), "person_id": person_id, "made_at": to_text(now)}
        with self.engine.begin() as connection:
            connection.execute(insert(digest_stops).values(row))
        return token

    def whose_stop(self, token: str) -> UUID | None:
        """Whose digests a secret ends; None for one that is unknown, or was taken away with time."""
        asked = select(digest_stops.c.person_id).where(digest_stops.c.secret_hash == kept_of(token))
        with self.engine.connect() as connection:
            return connection.execute(asked).scalar()

    # --- who is to be looked at ---------------------------------------------------------------------------------------

    def due(self, now: datetime) -> list[Reader]:
        """Whose digest may be due; whoever joined since the last time is told of what comes from now on.

        A reader whose last morning is to come, for a clock that was ahead, waits for the next one.
        """
        slots = self._slots(now)
        asked = (
            select(accounts.c.person_id, _reader.rhythm, _reader.position, _reader.slot)
            .outerjoin(digest_readers, _reader.person_id == accounts.c.person_id)
            .where(accounts.c.joined_at.is_not(None), accounts.c.disabled_at.is_(None))
            .where(or_(_reader.person_id.is_(None), _reader.slot > to_text(now), *_behind(slots)))
            .distinct()
        )
        with self.engine.connect() as connection:
            rows = connection.execute(asked).all()
        unknown = [row.person_id for row in rows if row.slot is None]
        ahead = [row.person_id for row in rows if row.slot is not None and row.slot > to_text(now)]
        if unknown or ahead:
            with self.engine.begin() as connection:
                _enrol(connection, unknown, self._log_end() if unknown else 0, slots[Rhythm.WEEKLY])
                back = update(digest_readers).where(_reader.person_id.in_(ahead), _reader.slot > to_text(now))
                connection.execute(back.values(slot=slots[Rhythm.WEEKLY]))
        return [
            Reader(row.person_id, Rhythm(row.rhythm) if row.rhythm else None, row.position, row.slot)
            for row in rows
            if row.slot is not None and row.slot <= to_text(now)
        ]

    def slot_of(self, rhythm: Rhythm, now: datetime) -> str:
        """The instant for which somebody of this rhythm is looked at now."""
        return self._slots(now)[rhythm]

    def pass_by(self, reader: Reader, until: int, slot: str) -> bool:
        """There is nothing to tell; False when another worker was faster."""
        with self.engine.begin() as connection:
            return _move(connection, reader, until, slot)

    def queue(
        self, reader: Reader, until: int, slot: str, listed: Mapping[str, str], territory_id: UUID | None, now: datetime
    ) -> bool:
        """Queue a digest of the places after the reader's and up to another; False when another worker was faster.

        Where the one before never left, it holds these too: whoever could not be written to for a month gets one.
        """
        with self.engine.begin() as connection:
            if not _move(connection, reader, until, slot):
                return False
            kept = {"until_position": until, "made_at": to_text(now), "listed": json.dumps(dict(listed))}
            before = _last_unsent(connection, reader.person_id, now)
            if before is not None:
                # It is there: it goes only once its letter did, and its letter waits since a moment ago.
                connection.execute(update(digests).where(_digest.message_id == before).values(kept))
                return True
            message_id = uuid4()
            connection.execute(
                insert(digests).values(
                    message_id=message_id, person_id=reader.person_id, after_position=reader.position, **kept
                )
            )
            letter = Letter(
                message_id=message_id,
                person_id=reader.person_id,
                kind=DIGEST,
                about_id=message_id,
                within_id=reader.person_id,
                territory_id=territory_id,
            )
            return enqueue(connection, letter, now)

    # --- what digests hold --------------------------------------------------------------------------------------------

    def digest(self, message_id: UUID) -> Digest:
        """A digest. Raises LookupError for one that is not there."""
        found = self._first(select(digests).where(_digest.message_id == message_id))
        if found is None:
            raise LookupError(f"no digest {message_id}")
        return found

    def last(self, person_id: UUID, before: datetime | None = None) -> Digest | None:
        """The last digest of somebody, made before an instant."""
        asked = select(digests).where(_digest.person_id == person_id)
        if before is not None:
            asked = asked.where(_digest.made_at < to_text(before))
        return self._first(asked.order_by(_digest.made_at.desc(), _digest.until_position.desc()).limit(1))

    def list_again(self, message_id: UUID, listed: Mapping[str, str]) -> None:
        """What a digest holds as it leaves."""
        kept = update(digests).where(_digest.message_id == message_id).values(listed=json.dumps(dict(listed)))
        with self.engine.begin() as connection:
            connection.execute(kept)

    def told_between(self, person_id: UUID, since: datetime, until: datetime) -> set[str]:
        """What the digests that left to somebody between two instants had to be done."""
        asked = (
            select(_digest.listed)
            .join(outbox, outbox.c.message_id == _digest.message_id)
            .where(_digest.person_id == person_id)
            .where(outbox.c.sent_at >= to_text(since), outbox.c.sent_at < to_text(until))
        )
        with self.engine.connect() as connection:
            return {key for listed in connection.execute(asked).scalars() for key in json.loads(listed)}

    def _first(self, asked: Any) -> Digest | None:
        with self.engine.connect() as connection:
            row = connection.execute(asked).mappings().first()
        if row is None:
            return None
        return Digest(
            row["message_id"],
            row["person_id"],
            row["after_position"],
            row["until_position"],
            from_text(row["made_at"]),
            json.loads(row["listed"]),
        )

    def _slots(self, now: datetime) -> dict[Rhythm, str]:
        return {one: to_text(self.timetable.slot(one, now)) for one in Rhythm}


def _behind(slots: Mapping[Rhythm, str]) -> list[ColumnElement[bool]]:
    """Who was last looked at for an earlier instant than that of their rhythm; whoever has none is not looked at."""
    weekly = or_(_reader.rhythm.is_(None), _reader.rhythm == Rhythm.WEEKLY.value)
    return [
        and_(weekly, _reader.slot < slots[Rhythm.WEEKLY]),
        and_(_reader.rhythm == Rhythm.DAILY.value, _reader.slot < slots[Rhythm.DAILY]),
        and_(_reader.rhythm == Rhythm.AT_ONCE.value, _reader.slot < slots[Rhythm.AT_ONCE]),
    ]


def _enrol(connection: Connection, people: Iterable[UUID], position: int, slot: str) -> None:
    rows = [{"person_id": one, "position": position, "slot": slot} for one in dict.fromkeys(people)]
    if rows:
        connection.execute(inserting(connection, digest_readers).values(rows).on_conflict_do_nothing())


def _move(connection: Connection, reader: Reader, until: int, slot: str) -> bool:
    """Move how far somebody was told, first thing of the transaction."""
    moved = (
        update(digest_readers)
        .where(_reader.person_id == reader.person_id)
        .where(_reader.position == reader.position, _reader.slot == reader.slot)
        .values(position=until, slot=slot)
    )
    return connection.execute(moved).rowcount == 1


def _last_unsent(connection: Connection, person_id: UUID, now: datetime) -> UUID | None:
    """The last digest of somebody where it surely never left, made ready to leave now; None otherwise.

    One in the hands of a worker, or that a server may ever have taken, stays as it is: it may have arrived. So does an
    earlier one: it would tell again what the last one tells.
    """
    own = outbox.c
    newest = (_digest.until_position.desc(), _digest.after_position.desc(), _digest.made_at.desc())
    asked = select(_digest.message_id).where(_digest.person_id == person_id).order_by(*newest).limit(1)
    last = connection.execute(asked).scalar()
    never = and_(~own.may_have_arrived, or_(own.attempts == 0, own.last_error.is_not(None)))
    revived = (
        update(outbox)
        .where(own.message_id == last, never, or_(waits(), own.dead_at.is_not(None)))
        .values(queued_at=to_text(now), next_try_at=to_text(now), attempts=0, last_error=None, dead_at=None)
        .returning(own.message_id)
    )
    return connection.execute(revived).scalar()


def sent_since(engine: Engine, person_id: UUID, since: datetime, but: str = DIGEST) -> int:
    """How many letters left to somebody since an instant, as so many as were posted, but for one kind."""
    own = outbox.c
    asked = select(func.count(func.distinct(own.sent_as))).where(
        own.person_id == person_id, own.kind != but, own.territory_id.is_not(None), own.sent_at >= to_text(since)
    )
    with engine.connect() as connection:
        return connection.execute(asked).scalar_one()
