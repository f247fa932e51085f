"""A store in which the story was told, and short ways to look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import Engine

from ctg_engine.clock import SetClock
from ctg_engine.demo.references import convention_of
from ctg_engine.demo.story import DEMO_TODAY, Told, tell
from domain.kernel import Event
from projections.engine import Dossier
from projections.what_is_due import Deadline, sheet
from projections.where_conventions_stand import ConventionStanding, Standing, convention, departments, standing
from projections.which_partners_and_places_are_known import territories
from workflows.accounts import Accounts
from workflows.api_keys import ApiKeys
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.deadlines import sweep
from workflows.file_folder import Folder
from workflows.files import Files
from workflows.migrating import migrate
from workflows.people import Vault
from workflows.reading import Reader
from workflows.summaries import Summaries

EventT = TypeVar("EventT", bound=Event)

HOLIDAYS = PublicHolidays()


class Outcome(NamedTuple):
    """What the story gave, when the sweep passed, and the moment at which it ended."""

    told: Told
    swept: list[datetime]
    moment: datetime


@dataclass
class Telling:
    """A store in which the story was told, with everything that took part."""

    engine: Engine
    folder: Path
    before: Outcome | None = None
    """What came of telling it, where the store is a copy of one in which that was done."""
    steering: Steering = field(init=False)
    reader: Reader = field(init=False)
    summaries: Summaries = field(init=False)
    vault: Vault = field(init=False)
    files: Files = field(init=False)
    accounts: Accounts = field(init=False)
    api_keys: ApiKeys = field(init=False)
    clock: SetClock = field(init=False)
    told: Told = field(init=False)
    log: list[tuple[int, Event]] = field(init=False)
    swept: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        migrate(self.engine)
        self.clock = SetClock(datetime(2023, 1, 2, tzinfo=UTC))
        self.steering = Steering(self.engine)
        self.vault = Vault(self.engine)
        self.files = Files(self.engine, self.vault, Folder(self.folder), 1 << 20)
        # The cost of a password is not what is tested here.
        self.accounts = Accounts(self.engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.api_keys = ApiKeys(self.engine)
        self.reader = Reader(self.engine)
        self.summaries = Summaries(self.engine, self.reader, self.clock, HOLIDAYS)
        self.summaries.prepare()
        if self.before is None:
            self.told = tell(self, self.clock, self._sweep)
        else:
            self.told, self.swept, self.clock.moment = self.before
        self.log = self.steering.read_events(0, 100_000)

    @property
    def outcome(self) -> Outcome:
        """What came of telling it, beside what is in the store."""
        return Outcome(self.told, self.swept, self.clock.moment)

    def _sweep(self, now: datetime) -> None:
        self.swept.append(now)
        sweep(self.steering, self.summaries, self.clock, HOLIDAYS)

    def events(self, kind: type[EventT], key: str | None = None) -> list[EventT]:
        """The events of a kind, of one territory's convention when its key is given, in the order of recording."""
        return [
            event
            for _, event in self.log
            if isinstance(event, kind) and (key is None or event.originator_id == convention_of(key))
        ]

    def dossier(self, key: str) -> Dossier:
        """All that was recorded about a territory's convention."""
        found = self.reader.dossier(convention_of(key))
        assert found is not None
        return found

    def lines(self, territory_ids: Sequence[UUID] | None = None) -> tuple[Standing, ...]:
        """The lines of the département on the day the story ends."""
        dossiers = self.reader.dossiers(self.reader.conventions(territory_ids)).values()
        places = territories(self.reader.register(), territory_ids)
        return departments(places, [standing(one, DEMO_TODAY) for one in dossiers], DEMO_TODAY)

    def standing(self, key: str) -> ConventionStanding:
        """Where a territory's convention stands on the day the story ends."""
        return convention(self.dossier(key), DEMO_TODAY)

    def deadlines(self, key: str, today: date = DEMO_TODAY) -> tuple[Deadline, ...]:
        """The sheet of a territory's convention, but for silences; empty where there is none."""
        dossier = self.reader.dossier(convention_of(key))
        lines = sheet(dossier, today, HOLIDAYS) if dossier is not None else ()
        return tuple(one for one in lines if not one.is_silence)
