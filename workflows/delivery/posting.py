"""A round of deliveries: what is due is claimed, weighed again, written and handed over, and what came of it recorded.

What waits for one person leaves as one letter. It is claimed with an id of its own, recorded before anything is sent: a
worker killed in between leaves a claim that lapses, and the letter goes out again under the same Message-ID. What a
server may have taken although it never said so is tried again too, a few times only.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select, update

from workflows.delivery.about_accounts import AccountLinks
from workflows.delivery.letters import ALONE, FORGOTTEN, Item, Leaves, Waits, Weigh, Withdrawn
from workflows.delivery.mail import LetterRefused, Mailer, MailRound, PerhapsDelivered, ServerFailing
from workflows.delivery.outbox import enqueue, letter_of, waits
from workflows.delivery.writing import Letters
from workflows.instants import to_text
from workflows.people import Person, Vault
from workflows.schema import outbox
from workflows.texts import Texts

BACK_OFF: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""How long a letter waits after each failure; one more failure and it is given up."""

CLAIM: Final = timedelta(minutes=30)
"""After this, counted from the start of its round, what a worker claimed is taken over by others.

Long enough for a round with a slow server; what is sent twice when even that is too short carries one Message-ID.
"""

PERHAPS_DELIVERED: Final = "perhaps-delivered"
"""The server hung up after the whole letter, without saying whether it takes it."""
MOST_PERHAPS: Final = 3
"""How often a letter is handed over that may have arrived: its reader has that many copies of one letter at most."""

CANNOT_BE_WRITTEN: Final = "cannot-be-written-"
"""Why a letter waits that is at fault itself; what its fault is follows."""

INTERRUPTED: Final = "interrupted"
"""Why a letter is given up whose every attempt ended with the worker itself."""

_CLAIM_LOCK: Final = 0x4354475F504F5354  # "CTG_POST": of two workers that claim at once, each takes whole letters

Claimed: TypeAlias = Mapping[str, Any]
"""The row of a letter that a worker has in hand."""

_logger = logging.getLogger(__name__)
_own: Final = outbox.c


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What one round did, in letters of the outbox: sent (as so many that were `posted`), to be tried again, given up,
    withdrawn as not meant any more, kept for an hour at which to write."""

    sent: int = 0
    posted: int = 0
    delayed: int = 0
    dead: int = 0
    withdrawn: int = 0
    waiting: int = 0


def deliver_due(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, now: datetime, weigh: Weigh, batch: int = 50
) -> Delivered:
    """Send what is due, the longest due first, to at most `batch` people; each letter is weighed before it leaves.

    The round ends early when the server fails, so that an outage costs each letter few of its attempts.
    """
    with mailer.round() as round_:
        post = _Round(engine, vault, round_, letters, now, weigh)
        for _ in range(batch):
            claimed = _claim(engine, now)
            if not claimed:
                break
            try:
                post.deliver(claimed)
            except ServerFailing as failing:
                _logger.warning("mail server failing (%s), the round ends early", failing.code)
                break
    return Delivered(**post.counts)


def _claim(engine: Engine, now: datetime) -> list[Claimed]:
    """The letters to one person that leave together: those that left together before, else all that was never tried;
    a digest or an invitation alone. What is in the hands of a worker has no error: whatever became of it is not known
    yet, and never will be where the claim lapses: it may have arrived. Each comes with its `former_error`."""
    due = select(_own.person_id, _own.sent_as, _own.message_id, _own.kind).where(
        waits(), _own.next_try_at <= to_text(now), ~_comes_after_another()
    )
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_CLAIM_LOCK)))
        first = connection.execute(due.order_by(_own.next_try_at, _own.message_id).limit(1)).first()
        if first is None:
            return []
        if first.sent_as is not None:
            together = _own.sent_as == first.sent_as
        elif first.kind in ALONE:
            together = _own.message_id == first.message_id
        else:
            together = and_(
                _own.person_id == first.person_id,
                _own.sent_as.is_(None),
                _own.kind.not_in(ALONE),
                ~_comes_after_another(),
            )
        asked = select(_own.message_id, _own.last_error).where(waits(), together).order_by(_own.message_id)
        former = {one.message_id: one.last_error for one in connection.execute(asked.with_for_update())}
        claim = (
            update(outbox)
            .where(_own.message_id.in_(former))
            .values(
                attempts=_own.attempts + 1,
                next_try_at=to_text(now + CLAIM),
                sent_as=first.sent_as or first.message_id,
                may_have_arrived=or_(_own.may_have_arrived, _in_hand(_own)),
                last_error=None,
            )
            .returning(outbox)
        )
        rows = connection.execute(claim).mappings().all()
    claimed = [{**row, "former_error": former[row["message_id"]]} for row in rows]
    return sorted(claimed, key=lambda row: (row["queued_at"], row["message_id"]))


def _in_hand(one: Any) -> ColumnElement[bool]:
    """Whether a worker took a letter (the columns of its row) and has not said what became of it: whatever the time is
    for whoever asks. A lapsed claim is no other."""
    return and_(one.last_error.is_(None), one.attempts > 0)


def _comes_after_another() -> ColumnElement[bool]:
    """Whether an earlier letter to the same person was put off, or is in somebody's hands: people read things in the
    order in which they were said. A link to an account waits for nothing: somebody does for it."""
    earlier = outbox.alias()
    put_off = and_(earlier.c.last_error.is_not(None), earlier.c.last_error.not_like(f"{CANNOT_BE_WRITTEN}%"))
    others = (
        select(earlier.c.message_id)
        .where(
            waits(earlier.c),
            earlier.c.person_id == _own.person_id,
            earlier.c.sent_as.is_not(None),
            earlier.c.sent_as != func.coalesce(_own.sent_as, _own.message_id),
            earlier.c.queued_at < _own.queued_at,
            or_(put_off, _in_hand(earlier.c)),
        )
        .exists()
    )
    return and_(_own.kind.not_in(AccountLinks.KINDS), others)


class _Round:
    """One round: what it does with each letter, and what it counted."""

    def __init__(
        self, engine: Engine, vault: Vault, round_: MailRound, letters: Letters, now: datetime, weigh: Weigh
    ) -> None:
        self.counts = {"sent": 0, "posted": 0, "delayed": 0, "dead": 0, "withdrawn": 0, "waiting": 0}
        self._engine = engine
        self._vault = vault
        self._round = round_
        self._letters = letters
        self._now = now
        self._weigh = weigh

    def deliver(self, claimed: Sequence[Claimed]) -> None:
        """Send the letters to one person that are meant, as one. Raises ServerFailing, once that is recorded."""
        person = self._person(claimed)
        said: list[tuple[Claimed, Item]] = []
        for row in claimed:
            item = self._weighed(row, person)
            if item is not None:
                said.append((row, item))
        if not said or person is None:
            return None
        rows = [row for row, _ in said]
        try:
            letter = self._letters.write(rows[0]["sent_as"], [item for _, item in said], person, self._now)
        except (LookupError, TypeError, ValueError, MessageError) as error:
            return self._unwritable(rows, error)
        try:
            self._round.send(letter)
        except LetterRefused as refused:
            self._fail(rows, refused.code, permanent=refused.permanent)
        except PerhapsDelivered:
            self._fail(rows, PERHAPS_DELIVERED, permanent=rows[0]["attempts"] >= MOST_PERHAPS, may_have_arrived=True)
            raise
        except ServerFailing as failing:
            self._fail(rows, failing.code)
            raise
        else:
            # Whoever claimed it meanwhile, it has left.
            mine = _own.message_id.in_([row["message_id"] for row in rows])
            with self._engine.begin() as connection:
                done = {"sent_at": to_text(self._now), "last_error": None, "dead_at": None}
                connection.execute(update(outbox).where(mine).values(done))
            self.counts["sent"] += len(rows)
            self.counts["posted"] += 1

    def _person(self, claimed: Sequence[Claimed]) -> Person | None:
        try:
            return self._vault.person(claimed[0]["person_id"])
        except (TypeError, ValueError) as error:
            self._unwritable(claimed, error)
            return None

    def _weighed(self, row: Claimed, person: Person | None) -> Item | None:
        """What a letter says today; None when it does not leave now, which is recorded."""
        if row["attempts"] > len(BACK_OFF) + 1:
            self._give_up([row], {"last_error": INTERRUPTED})
            return None
        try:
            verdict = self._weigh(letter_of(row), self._now)
            if isinstance(verdict, Leaves) and person is not None:
                return verdict.says(person, Texts(person.language, typeset=True))
        except (LookupError, TypeError, ValueError) as error:
            self._unwritable([row], error)
            return None
        if isinstance(verdict, Waits):
            # Nothing was tried now. What never was leaves next time with whatever else waits for its reader then; what
            # was keeps its count, why it was put off, and the name it may have arrived under.
            tried = row["attempts"] - 1
            again = {"attempts": tried, "next_try_at": to_text(verdict.until)}
            self._record([row], {**again, **({"last_error": row["former_error"]} if tried else {"sent_as": None})})
            self.counts["waiting"] += 1
        else:
            self._withdraw(row, verdict if isinstance(verdict, Withdrawn) else Withdrawn(FORGOTTEN))
        return None

    def _withdraw(self, row: Claimed, found: Withdrawn) -> None:
        """Record why it does not leave, and queue what is told to others in its place, in one transaction."""
        with self._engine.begin() as connection:
            _record(connection, [row], {"withdrawn_for": found.reason, "withdrawn_at": to_text(self._now)})
            for letter in found.instead:
                enqueue(connection, letter, self._now)
        self.counts["withdrawn"] += 1

    def _unwritable(self, rows: Sequence[Claimed], error: Exception) -> None:
        """A fault of a text, of a name or of a seal: the other letters must not wait for it.

        Only the fault's kind is kept, its own message may quote the person's name.
        """
        fault = type(error).__name__
        for row in rows:
            _logger.warning("letter %s (%s) cannot be written: %s", row["message_id"], row["kind"], fault)
        self._fail(rows, f"{CANNOT_BE_WRITTEN}{fault}")

    def _fail(
        self, rows: Sequence[Claimed], code: str, *, permanent: bool = False, may_have_arrived: bool = False
    ) -> None:
        failures = rows[0]["attempts"]
        values: dict[str, object] = {"last_error": code, **({"may_have_arrived": True} if may_have_arrived else {})}
        if permanent or failures > len(BACK_OFF):
            self._give_up(rows, values)
            return
        self._record(rows, {**values, "next_try_at": to_text(self._now + BACK_OFF[failures - 1])})
        self.counts["delayed"] += len(rows)

    def _give_up(self, rows: Sequence[Claimed], values: Mapping[str, object]) -> None:
        self._record(rows, {**values, "dead_at": to_text(self._now)})
        self.counts["dead"] += len(rows)

    def _record(self, rows: Sequence[Claimed], values: Mapping[str, object]) -> None:
        with self._engine.begin() as connection:
            _record(connection, rows, values)


def _record(connection: Connection, rows: Sequence[Claimed], values: Mapping[str, object]) -> None:
    # Only while the claim is still ours: a worker that was away too long must not undo what another one recorded. Each
    # claim lapses later than the one before, so its end names it.
    ours = and_(_own.message_id.in_([row["message_id"] for row in rows]), _own.next_try_at == rows[0]["next_try_at"])
    connection.execute(update(outbox).where(ours).values(values))
