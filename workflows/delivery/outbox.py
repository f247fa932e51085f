"""The outbox: letters are queued with the facts they tell of, and sent later, at least once, by any worker.

A letter waits until it has left, was withdrawn (it is not meant any more, and the reason is kept), or was given up:
that is a list people look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, func, or_, select, update

from projections.which_messages_were_sent import Fate
from workflows.database import inserting
from workflows.delivery.letters import Letter
from workflows.instants import PARIS, from_text, to_text
from workflows.schema import outbox

State = Literal["given-up", "withdrawn", "waiting"]
STATES: Final[tuple[State, ...]] = ("given-up", "withdrawn", "waiting")

_own: Final = outbox.c


class NotDead(LookupError):
    """No letter given up has this id."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A letter that has not left: since when it is what it is, and why. `why` is a code, never what a server wrote."""

    message_id: UUID
    person_id: UUID
    kind: str
    queued_at: datetime
    since: datetime
    attempts: int
    why: str | None
    territory_id: UUID | None = None


def enqueue(connection: Connection, letter: Letter, now: datetime, leaves_at: datetime | None = None) -> bool:
    """Queue a letter in the caller's transaction; False when it was queued before, sent or not."""
    row = {one.name: getattr(letter, one.name) for one in fields(letter)}
    row |= {"queued_at": to_text(now), "next_try_at": to_text(leaves_at or now), "attempts": 0}
    queued = inserting(connection, outbox).values(row).on_conflict_do_nothing(index_elements=[_own.message_id])
    return connection.execute(queued.returning(_own.message_id)).first() is not None


def letter_of(row: Mapping[str, Any]) -> Letter:
    """The letter of a row."""
    return Letter(**{one.name: row[one.name] for one in fields(Letter)})


def waits(one: Any = _own) -> ColumnElement[bool]:
    """Whether a letter (the columns of its row) neither left nor was withdrawn nor given up."""
    return and_(one.sent_at.is_(None), one.dead_at.is_(None), one.withdrawn_at.is_(None))


def kept(engine: Engine, state: State) -> list[Kept]:
    """The letters that have not left, of one state, the latest first."""
    since, why, chosen = {
        "given-up": (_own.dead_at, _own.last_error, _own.dead_at.is_not(None)),
        "withdrawn": (_own.withdrawn_at, _own.withdrawn_for, _own.withdrawn_at.is_not(None)),
        "waiting": (_own.queued_at, _own.last_error, waits()),
    }[state]
    asked: Select[Any] = select(outbox, since.label("since"), why.label("why")).where(chosen)
    with engine.connect() as connection:
        rows = connection.execute(asked.order_by(since.desc(), _own.message_id)).mappings().all()
    return [
        Kept(
            message_id=row["message_id"],
            person_id=row["person_id"],
            kind=row["kind"],
            queued_at=from_text(row["queued_at"]),
            since=from_text(row["since"]),
            attempts=row["attempts"],
            why=row["why"],
            territory_id=row["territory_id"],
        )
        for row in rows
    ]


_WORST: Final = ("account-", "escalation", "reminder", "correction-")
"""What is missed most: who cannot come in does nothing at all; then what the method owes, the next level up first. A
digest says again what its reader finds on their page."""


def dead_letters(engine: Engine) -> list[Kept]:
    """The letters given up, the worst first, and among the like the oldest."""

    def weight(one: Kept) -> tuple[int, datetime]:
        known = [place for place, begins in enumerate(_WORST) if one.kind.startswith(begins)]
        return (known[0] if known else len(_WORST)), one.queued_at

    return sorted(kept(engine, "given-up"), key=weight)


@dataclass(frozen=True)
class Counted:
    """How many letters wait, are late to leave (`overdue`), were given up, were withdrawn."""

    waiting: int
    overdue: int
    given_up: int
    withdrawn: int


def counted(engine: Engine, late_since: datetime) -> Counted:
    """The letters that have not left. Overdue: those that could have left before, but that nobody tried or that failed.

    What waits for the hours of its territory is not overdue.
    """
    limit = to_text(late_since)
    tried = and_(_own.attempts > 0, _own.queued_at < limit)
    with engine.connect() as connection:

        def count(*conditions: ColumnElement[bool]) -> int:
            return connection.execute(select(func.count()).select_from(outbox).where(*conditions)).scalar_one()

        return Counted(
            count(waits()),
            count(waits(), or_(_own.next_try_at < limit, tried)),
            count(_own.dead_at.is_not(None)),
            count(_own.withdrawn_at.is_not(None)),
        )


def left_about(engine: Engine, event_ids: Iterable[UUID]) -> list[datetime]:
    """When letters about these events left, in order: one instant for each event of which at least one did."""
    first = func.min(_own.sent_at)
    asked = select(first).where(_own.about_id.in_(list(event_ids)), _own.sent_at.is_not(None)).group_by(_own.about_id)
    with engine.connect() as connection:
        return sorted(map(from_text, connection.execute(asked).scalars()))


def wrote_to(engine: Engine, event_ids: Iterable[UUID]) -> frozenset[UUID]:
    """To whom a letter about one of these events left, or may have."""
    told = and_(_own.about_id.in_(list(event_ids)), or_(_own.sent_at.is_not(None), _own.may_have_arrived))
    with engine.connect() as connection:
        return frozenset(connection.execute(select(_own.person_id).where(told)).scalars())


def fates(engine: Engine, event_ids: Iterable[UUID]) -> dict[UUID, Fate]:
    """What became of the letters about these events, of those about which there are any."""
    wanted = list(event_ids)
    if not wanted:
        return {}
    waiting = func.sum(case((and_(_own.withdrawn_at.is_(None), _own.sent_at.is_(None)), 1), else_=0))
    asked = (
        select(_own.about_id, func.min(_own.sent_at), func.max(_own.withdrawn_for), waiting)
        .where(_own.about_id.in_(wanted))
        .group_by(_own.about_id)
    )
    with engine.connect() as connection:
        rows = connection.execute(asked).all()
    return {
        about_id: Fate(
            from_text(left_at).astimezone(PARIS).date() if left_at is not None else None,
            why if left_at is None and not still else None,
        )
        for about_id, left_at, why, still in rows
    }


def retry_dead(engine: Engine, message_id: UUID, now: datetime) -> None:
    """Give a letter given up all its attempts again, from now on; it is weighed again too. Raises NotDead."""
    revived = (
        update(outbox)
        .where(_own.dead_at.is_not(None), _own.message_id == message_id)
        .values(dead_at=None, last_error=None, attempts=0, next_try_at=to_text(now))
    )
    with engine.begin() as connection:
        if connection.execute(revived).rowcount == 0:
            raise NotDead(str(message_id))


def letters_waiting_for(connection: Connection, person_id: UUID) -> int:
    """How many letters wait for somebody; once forgotten they get none, and whoever is told instead does."""
    asked = select(func.count()).select_from(outbox).where(_own.person_id == person_id, waits())
    return connection.execute(asked).scalar_one()
