"""Whatever call of the store fails, before or after its effect, or is overtaken: the day's work comes out the same, and
whoever follows the log is told each fact once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, make_url, select

from ctg_engine.bootstrap import prepare
from ctg_engine.clock import SetClock
from ctg_engine.settings import Settings
from domain.convention.activating import ConventionActivated
from domain.convention.authorising import RecordMandate
from domain.convention.signing import RecordSignature, SignatureRecorded
from domain.kernel import Command, Context
from domain.steering import Decision, RecordMeeting
from domain.values import Code, LocalId, Prose
from tests.postgres import Server
from tests.promises.faulty_store import ASKED_OF_THE_LOG, Fault, Faults, wrap
from tests.workflows.territory_life import TEXT, Life
from tests.workflows.test_feed import EVERYTHING, ReadsAll
from tests.workflows.together import stand_alike
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.database import DatabaseUnavailable, create_database_engine
from workflows.deadlines import sweep
from workflows.delivery.queueing import queue_letters
from workflows.feed import Feed
from workflows.people import Vault
from workflows.reactions import Reactions
from workflows.reading import Reader
from workflows.schema import events, idempotency, outbox, stuck_reactions
from workflows.summaries import Summaries

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

SIGNED_BY_ONE = date(2024, 11, 18)
LATER = date(2025, 3, 17)
"""The second signature has been missing for long; the day of taking effect is past."""


@dataclass(frozen=True)
class Begun:
    """A store in which one signature is missing, and what its acts need. `copied`: the address of a copy of it."""

    life: Life
    copied: Callable[[], str]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def begun(request: pytest.FixtureRequest, tmp_path: Path) -> Begun:
    """Told once, copied for each fault."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres_server")
        url = server.create_template()
        return Begun(_told(url), partial(server.create_database, str(make_url(url).database)))
    path = tmp_path / "ctg.db"

    def copied() -> str:
        copy = tmp_path / "copy.db"
        for suffix in ("", "-wal", "-shm"):
            Path(f"{copy}{suffix}").unlink(missing_ok=True)
        shutil.copy(path, copy)
        return f"sqlite:///{copy}"

    return Begun(_told(f"sqlite:///{path}"), copied)


def _told(url: str) -> Life:
    born_on = date(2024, 1, 8)
    clock = SetClock(datetime(2024, 1, 8, 9, tzinfo=UTC))
    prepare(Settings(database_url=url), clock)
    engine = create_database_engine(url)
    life = Life(engine, born_on)
    vault = Vault(engine)
    for name, person_id in life.people.items():
        vault.register_person(f"Camille {name}", f"{name.lower()}@gers.example", person_id=person_id)
    life.open(date(2025, 1, 1))
    life.engage()
    life.on(date(2024, 5, 14)).share_diagnosis()
    life.on(date(2024, 6, 11)).hold_forum("fo1")
    life.on(date(2024, 7, 2)).choose_priority()
    life.on(date(2024, 9, 10)).validate_plan()
    life.on(SIGNED_BY_ONE).sign("caf")
    life.on(LATER)
    engine.dispose()
    return life


class Worker:
    """A process on a store, with a memory of its own."""

    def __init__(self, engine: Engine, life: Life) -> None:
        self.steering = Steering(engine)
        self._life = life
        self._clock = life.clock
        self._holidays = PublicHolidays()
        self._summaries = Summaries(engine, Reader(engine), life.clock, self._holidays)
        self._reactions = Reactions(self.steering, self._summaries, life.clock)
        self._feed = Feed(self.steering.log.log, Vault(engine))
        self._cursor: str | None = None
        self.told: list[UUID] = []

    def steps(self) -> tuple[Callable[[], object], ...]:
        """The work of a day; each may be done again, by anybody."""
        return (
            self._sweep, self._letters, self._meet, self._tell,
            self._sign, self._follow, self._sweep, self._letters, self._tell,
        )  # fmt: skip

    def _sweep(self) -> None:
        sweep(self.steering, self._summaries, self._clock, self._holidays)

    def _letters(self) -> None:
        queue_letters(self.steering, self._clock.now())

    def _follow(self) -> None:
        self._reactions.follow()

    def _tell(self) -> None:
        """To a partner, who goes on from the cursor of the last page that came whole."""
        more = True
        while more:
            begin = self._feed.position(self._cursor) if self._cursor is not None else 0
            page = self._feed.read(begin, 1_000, EVERYTHING, ReadsAll())
            self._cursor = self._feed.cursor(page.position)
            self.told += [one.event.envelope.event_id for one in page.events]
            more = page.more

    def _meet(self) -> None:
        decision = Decision(LocalId("d1"), Code("OTHER"), Prose("Relancer la collectivité"))
        self._execute(
            RecordMeeting(stream_id=self._life.body_id, meeting_id=LocalId("m9"), attendance=4, decisions=(decision,))
        )

    def _sign(self) -> None:
        epci, convention_id = self._life.partners["epci"], self._life.convention_id
        day = LATER - timedelta(days=10)
        self._execute(
            RecordMandate(
                stream_id=convention_id,
                partner_id=epci,
                kind=Code("COMMUNITY_COUNCIL"),
                occurred_on=day,
                executory_on=day,
            )
        )
        self._execute(RecordSignature(stream_id=convention_id, partner_id=epci, text_sha256=TEXT))

    def _execute(self, command: Command) -> None:
        context = Context(
            actor=self._life.pilot,
            today=self._clock.today(),
            now=self._clock.now(),
            idempotency_key=command.NAME,
        )
        self.steering.execute(command, context)


@dataclass(frozen=True)
class Outcome:
    """What a day's work left: events by topic, letters by kind, answers kept, reactions that are stuck."""

    events: Counter[str]
    letters: Counter[str]
    answers: int
    stuck: int


def lived(begun: Begun, faults: Faults) -> Outcome:
    """A day's work on a copy of the store, each step tried again when it fails."""
    engine = create_database_engine(begun.copied())
    worker, other = Worker(engine, begun.life), Worker(engine, begun.life)
    for step, same in zip(worker.steps(), other.steps(), strict=True):
        faults.overtake = partial(_anyway, same)
        while True:
            try:
                with faults.armed():
                    step()
            except DatabaseUnavailable:
                continue
            break
    stand_alike(worker.steering)
    recorded = [one.envelope.event_id for _, one in worker.steering.read_events(0, 10_000)]
    assert worker.told == recorded, "the feed tells each fact once, in order"
    with engine.connect() as connection:
        outcome = Outcome(
            Counter(connection.execute(select(events.c.topic)).scalars()),
            Counter(connection.execute(select(outbox.c.kind)).scalars()),
            connection.execute(select(func.count()).select_from(idempotency)).scalar_one(),
            connection.execute(select(func.count()).select_from(stuck_reactions)).scalar_one(),
        )
    engine.dispose()
    return outcome


def _anyway(step: Callable[[], object]) -> None:
    """What overtakes finds the store held where the one overtaken is writing: then it comes later."""
    with suppress(DatabaseUnavailable):
        step()


def test_whatever_call_of_the_store_fails_a_days_work_comes_out_the_same(
    begun: Begun, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    is_sqlite = "sqlite" in request.node.callspec.id
    monkeypatch.setattr("workflows.database.LOCK_WAIT_SECONDS", 0.1 if is_sqlite else 1)
    faults = wrap(monkeypatch)
    calm = lived(begun, faults)
    names = list(faults.names)
    assert calm.events[SignatureRecorded.TOPIC] == 2
    assert calm.events[ConventionActivated.TOPIC] == 1
    assert calm.events["ctg.agenda.reminder-escalated"] >= 1
    assert calm.letters.total() >= 1
    assert calm.stuck == 0
    assert len(names) > 50
    assert set(ASKED_OF_THE_LOG) <= {name.rpartition(".")[2] for name in names}
    # A copy of a PostgreSQL database costs more: there every method fails in one day, and every seventh call in one of
    # its own, whose faults are told in turns.
    for fault in Fault:
        faults.left, faults.fault = set(names), fault
        assert lived(begun, faults) == calm, f"every method, once: {fault.value}"
        assert not faults.left or fault is Fault.OVERTAKEN, "whoever was overtaken need not ask it any more"
        faults.left = set()
    chosen = range(len(names)) if is_sqlite else range(0, len(names), 7)
    for number in chosen:
        possible = [one for one in Fault if one.may_befall(names[number])]
        for fault in possible if is_sqlite else [possible[number % len(possible)]]:
            faults.calls, faults.at, faults.fault = 0, number, fault
            assert lived(begun, faults) == calm, f"call {number} ({names[number]}): {fault.value}"
