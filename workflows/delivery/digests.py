"""The digest: now and then, all that waits for somebody and all that others recorded since, in one letter.

Each event is in exactly one digest of its reader (`digest_desk.py`); what was written to them at once is counted in it
and not told again. Nothing leaves when nothing changed. It may be stopped by one press, as no notice of the method may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final, Protocol
from uuid import UUID

from sqlalchemy import Engine, or_, select

from domain.kernel import Event
from domain.values import Clock
from workflows.application import Steering
from workflows.database import DatabaseUnavailable
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.digest_desk import Digest, DigestDesk, Reader, sent_since
from workflows.delivery.letters import DIGEST, SETTLED, STOPPED, Item, Letter
from workflows.delivery.outbox import waits
from workflows.delivery.rhythm import Rhythm
from workflows.instants import PARIS, to_text
from workflows.people import Person, Vault
from workflows.schema import outbox
from workflows.texts import Texts

STOP: Final = "/resume/arret"
"""The address that ends digests; its secret follows."""

_FIRST_TIME: Final = timedelta(days=7)
"""What was written to somebody before their first digest is counted for so long."""


@dataclass(frozen=True)
class Span:
    """Of which places of the log a digest tells."""

    after: int
    until: int

    def holds(self, position: int) -> bool:
        """Whether a place is one of them."""
        return self.after < position <= self.until


@dataclass(frozen=True)
class Written:
    """What somebody was written at once: of some events those told of, ever; the events told of today; how many letters
    left since the digest before."""

    among: Callable[[Iterable[UUID]], set[UUID]]
    today: frozenset[UUID]
    count: int


@dataclass(frozen=True)
class Composed:
    """A digest as it would leave now. `listed`: what is to be done, and by when; `news`: how many facts are new."""

    says: Callable[[str], Item]
    """Given the address that ends digests."""
    listed: Mapping[str, str]
    news: int
    territory_id: UUID | None


class Composer(Protocol):
    """Who says what waits for somebody, as the page of work says it."""

    def usual(self, person_id: UUID) -> Rhythm:
        """How often somebody gets one who chose nothing."""

    def compose(self, person: Person, span: Span, rhythm: Rhythm, written: Written) -> Composed:
        """What a digest says now, to whoever may read it now."""


@dataclass(frozen=True, kw_only=True)
class Digests:
    """Makes digests, and says what they tell when they leave."""

    KINDS: ClassVar[frozenset[str]] = frozenset({DIGEST})

    steering: Steering
    vault: Vault
    desk: DigestDesk
    composer: Composer
    clock: Clock
    base_url: str

    @staticmethod
    def letters_of(steering: Steering, event: Event) -> Iterator[Letter]:  # noqa: ARG004 - as every family has it
        """No event asks for one: time does."""
        return iter(())

    def prepare(self) -> int:
        """Queue the digests that are due, and say how many; by any number of workers.

        Raises `DatabaseUnavailable`, and after all the others an ExceptionGroup with what failed.
        """
        now, queued, failures = self.clock.now(), 0, []
        # Asked once, after the readers: none of them was told further.
        if readers := self.desk.due(now):
            until = self.steering.log.safe_position()
        for reader in readers:
            try:
                queued += self._prepare(reader, until, now)
            except DatabaseUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - the others must not wait for it; raised below
                error.add_note(f"digest of {reader.person_id}")
                failures.append(error)
        if failures:
            raise ExceptionGroup("digests that could not be made", failures)
        return queued

    def _prepare(self, reader: Reader, until: int, now: datetime) -> bool:
        rhythm = reader.rhythm or self.composer.usual(reader.person_id)
        person = self.vault.person(reader.person_id) if rhythm is not Rhythm.NEVER else None
        # Whoever chose nothing and usually gets none is looked at as seldom as those who get one a week.
        slot = self.desk.slot_of(reader.rhythm or Rhythm.WEEKLY, now)
        if person is None:
            self.desk.pass_by(reader, until, slot)
            return False
        last = self.desk.last(reader.person_id)
        found = self.composer.compose(person, Span(reader.position, until), rhythm, self._written(person, last, now))
        before = last.listed if last is not None else {}
        if not found.news and found.listed.items() <= before.items():
            self.desk.pass_by(reader, until, slot)
            return False
        return self.desk.queue(reader, until, slot, found.listed, found.territory_id, now)

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """Meant while there is something to tell, and its reader wants to be told."""
        digest, now = self.desk.digest(letter.about_id), self.clock.now()
        rhythm = self.desk.chosen(digest.person_id) or self.composer.usual(digest.person_id)
        person = self.vault.person(digest.person_id)
        if person is None or self.steering.people.unreachable((digest.person_id,)):
            return Meant((), _nothing, to_somebody=False)
        if rhythm is Rhythm.NEVER:
            return NotMeant(STOPPED)
        last = self.desk.last(digest.person_id, digest.made_at)
        written = self._written(person, last, now)
        found = self.composer.compose(person, Span(digest.after, digest.until), rhythm, written)
        if not found.news and not found.listed:
            return NotMeant(SETTLED)

        def says(_: Person, __: Texts) -> Item:
            self.desk.list_again(digest.message_id, found.listed)
            return found.says(f"{self.base_url}{STOP}/{self.desk.stop_address(digest.person_id, now)}")

        return Meant((digest.person_id,), says)

    def _written(self, person: Person, last: Digest | None, now: datetime) -> Written:
        engine, person_id = self.desk.engine, person.person_id
        morning, evening = day_of(now)
        since = last.made_at if last is not None else now - _FIRST_TIME
        return Written(
            lambda event_ids: _told_among(engine, person_id, event_ids),
            frozenset(_told_today(engine, person_id, morning, evening)),
            sent_since(engine, person_id, since),
        )


def day_of(now: datetime) -> tuple[datetime, datetime]:
    """The first instant of a day in Paris, and that of the next one."""
    day = now.astimezone(PARIS).date()
    return datetime.combine(day, time(), PARIS), datetime.combine(day + timedelta(days=1), time(), PARIS)


def _nothing(_: Person, __: Texts) -> Item:
    raise LookupError("nobody is told")


def _told_among(engine: Engine, person_id: UUID, event_ids: Iterable[UUID]) -> set[UUID]:
    """Of some events, those of which a letter left to somebody, or waits."""
    own, wanted = outbox.c, list(event_ids)
    if not wanted:
        return set()
    mine = (own.person_id == person_id, own.about_id.in_(wanted), or_(own.sent_at.is_not(None), waits()))
    with engine.connect() as connection:
        return set(connection.execute(select(own.about_id).where(*mine)).scalars())


def _told_today(engine: Engine, person_id: UUID, morning: datetime, evening: datetime) -> set[UUID]:
    """The events of which a letter left to somebody today, or will."""
    own = outbox.c
    left = own.sent_at >= to_text(morning)
    will = waits() & (own.next_try_at < to_text(evening))
    asked = select(own.about_id).where(own.person_id == person_id, own.kind != DIGEST, or_(left, will))
    with engine.connect() as connection:
        return set(connection.execute(asked).scalars())
