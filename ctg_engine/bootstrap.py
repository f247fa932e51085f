"""The composition root: builds every room of the house once, from settings and a clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Engine

from api.services import Services, TilePlace
from ctg_engine.clock import DatabaseClock, SystemClock
from ctg_engine.demo.cast import ACCOUNTS, DEMO_PASSWORD
from ctg_engine.demo.territories import load_demo_territories
from ctg_engine.faults import BadInput
from ctg_engine.notices import notices_of
from ctg_engine.ownership import is_foreign
from ctg_engine.places import make_place, remove_new_store
from ctg_engine.settings import Settings
from domain.kernel import Actor, Context, Refused, RoleHeld
from domain.profiles import PublishedProfile, PublishMethodProfile, profile_stream
from domain.roles import ADMINISTRATOR
from domain.values import Clock, deterministic_id
from projections.who_holds_which_role import roles_of
from workflows.accounts import Accounts
from workflows.act_links import ActLinks
from workflows.api_keys import ApiKeys
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.calendar_feeds import CalendarFeeds
from workflows.clock_watch import ClockWatch
from workflows.collecting import settle_collector
from workflows.database import DatabaseUnavailable, create_database_engine
from workflows.delivery.digest_desk import DigestDesk
from workflows.delivery.rhythm import WEEKDAYS, Timetable
from workflows.file_folder import Folder
from workflows.files import Files
from workflows.forgetting import Forgetting
from workflows.founding import Founding
from workflows.instance import instance_facts
from workflows.inviting import Inviting
from workflows.known_people import KnownPeople
from workflows.links import OneTimeLinks
from workflows.methods.reader import shipped_profile
from workflows.migrating import NotMigrated, migrate, require_migrated
from workflows.people import Vault
from workflows.reactions import Reactions
from workflows.reading import Reader
from workflows.retention import Retention
from workflows.sessions import Sessions
from workflows.summaries import Summaries

SHIPPED_PROFILES: Final = (("cnaf-2020", 1), ("gers-ctggs", 1))
DEMONSTRATION: Final = "demonstration"
CLOCK_OFFSET: Final = "clock-offset-seconds"

INSTALLER: Final = deterministic_id("actor", "installer")
"""Who acts when the operator runs a command of `ctg`: a fixed id, nobody in particular."""


@dataclass(frozen=True, kw_only=True)
class House:
    """Everything, built."""

    settings: Settings
    clock: Clock
    watch: ClockWatch
    engine: Engine
    steering: Steering
    reader: Reader
    summaries: Summaries
    vault: Vault
    accounts: Accounts
    sessions: Sessions
    links: OneTimeLinks
    act_links: ActLinks
    calendar_feeds: CalendarFeeds
    inviting: Inviting
    founding: Founding
    api_keys: ApiKeys
    digests: DigestDesk
    files: Files
    forgetting: Forgetting
    retention: Retention
    holidays: PublicHolidays
    is_demonstration: bool

    def services(self) -> Services:
        """What the doors need of it."""
        return Services(
            engine=self.engine,
            steering=self.steering,
            reader=self.reader,
            summaries=self.summaries,
            vault=self.vault,
            accounts=self.accounts,
            sessions=self.sessions,
            links=self.links,
            act_links=self.act_links,
            calendar_feeds=self.calendar_feeds,
            inviting=self.inviting,
            founding=self.founding,
            api_keys=self.api_keys,
            digests=self.digests,
            files=self.files,
            clock=self.clock,
            watch=self.watch,
            holidays=self.holidays,
            roles_of=self.roles_of,
            https=self.settings.https,
            base_url=self.settings.public_url,
            language=self.settings.language,
            tells_addresses=self.settings.security_addresses,
            sends_mail=_sends_mail(self.settings, self.is_demonstration),
            notices=notices_of(self.settings),
            is_demonstration=self.is_demonstration,
            demonstration_accounts=tuple(one.login for one in ACCOUNTS) if self.is_demonstration else (),
            demonstration_password=DEMO_PASSWORD if self.is_demonstration else None,
            tile_places=demonstration_places() if self.is_demonstration else {},
        )

    def roles_of(self, person_id: UUID, day: date, connection: Connection | None = None) -> tuple[RoleHeld, ...]:
        """The roles recorded for a person on a day."""
        return roles_of(self.reader.register(connection), person_id, day)

    def reactions(self) -> Reactions:
        """Who sends what follows by itself."""
        return Reactions(self.steering, self.summaries, self.clock)

    def operator(self) -> Context:
        """The circumstances of a command given by the operator of the instance."""
        actor = Actor(INSTALLER, (RoleHeld(ADMINISTRATOR),))
        return Context(actor=actor, today=self.clock.today(), now=self.clock.now())


def prepare(settings: Settings, clock: Clock | None = None) -> None:
    """Make the store and publish the methods that ship. Safe to run again, or by eight. Raises as `make_store` does."""
    make_store(settings)
    with opened(settings, clock) as house:
        publish_shipped_profiles(house)
        house.watch.begin(house.clock.now())


def make_store(settings: Settings) -> None:
    """Migrate the store, and make room for the summaries of this release beside those of the one that still answers.

    Raises `BadInput` where there can be no store: a file that cannot be made, a database of another application.
    Raises `NewerStore`.
    """
    is_new = make_place(settings)
    engine = create_database_engine(settings.database_url)
    try:
        if is_foreign(engine):
            raise BadInput("error.foreign-store", store=str(engine.url.database))
        migrate(engine)
        _build(settings, None, engine).summaries.prepare()
    except DatabaseUnavailable:
        if is_new:
            engine.dispose()
            remove_new_store(settings)
        raise
    finally:
        engine.dispose()


def publish_shipped_profiles(house: House) -> None:
    """Publish the shipped methods that are not published yet."""
    for name, version in SHIPPED_PROFILES:
        stream_id = profile_stream(name, version)
        if not isinstance(house.steering.load(stream_id), PublishedProfile):
            command = PublishMethodProfile(stream_id=stream_id, profile=shipped_profile(name, version))
            try:
                house.steering.execute(command, house.operator())
            except Refused:
                # Another process that prepares the same store may have been faster.
                if not isinstance(house.steering.load(stream_id), PublishedProfile):
                    raise


def demonstration_places() -> dict[str, TilePlace]:
    """Where the demonstration's territories sit on the map, by SIREN."""
    return {one.facts.siren: TilePlace(one.short_name, one.column, one.row) for one in load_demo_territories()}


@contextmanager
def opened(settings: Settings, clock: Clock | None = None, *, reading_only: bool = False) -> Iterator[House]:
    """The house on a store that was made for this release, closed at the end; nothing is written with `reading_only`.

    Raises `NotMigrated`, `NewerStore` or `UnsafeDatabase`.
    """
    engine = create_database_engine(settings.database_url, reading_only=reading_only)
    try:
        require_migrated(engine)
        house = _build(settings, clock, engine)
        if not house.summaries.is_prepared():
            raise NotMigrated("the summaries of this release are not made yet: run `ctg migrate`")
        settle_collector()
        yield house
    finally:
        engine.dispose()


def _sends_mail(settings: Settings, is_demonstration: bool) -> bool:
    """Whether letters leave from here: a demonstration writes to nobody."""
    return bool(settings.smtp_host) and not is_demonstration


def _build(settings: Settings, clock: Clock | None, engine: Engine) -> House:
    known = instance_facts(engine)
    if clock is None:
        offset = timedelta(seconds=float(known.get(CLOCK_OFFSET, "0")))
        clock = DatabaseClock(engine, offset) if engine.dialect.name == "postgresql" else SystemClock(offset)
    vault = Vault(engine)
    accounts = Accounts(engine)
    links = OneTimeLinks(engine)
    # The years of a demonstration's story were told in a minute, and it is shown whenever somebody likes.
    watch = ClockWatch(engine, None if DEMONSTRATION in known else timedelta(days=settings.clock_jump_days))
    people = KnownPeople(vault, accounts, sends_mail=_sends_mail(settings, DEMONSTRATION in known))
    steering = Steering(engine, people, watch)
    reader = Reader(engine)
    holidays = PublicHolidays()
    files = Files(engine, vault, Folder(settings.evidence_folder), settings.file_megabytes << 20)
    timetable = Timetable(WEEKDAYS.index(settings.digest_day), settings.digest_hour)
    return House(
        settings=settings,
        clock=clock,
        watch=watch,
        engine=engine,
        steering=steering,
        reader=reader,
        summaries=Summaries(engine, reader, clock, holidays, watch),
        vault=vault,
        accounts=accounts,
        sessions=Sessions(engine),
        links=links,
        act_links=ActLinks(engine),
        calendar_feeds=CalendarFeeds(engine),
        inviting=Inviting(engine, steering, vault, accounts),
        founding=Founding(engine=engine, vault=vault, accounts=accounts, links=links),
        api_keys=ApiKeys(engine),
        digests=DigestDesk(engine, timetable, steering.log.safe_position),
        files=files,
        forgetting=Forgetting(engine, vault, accounts, files),
        retention=Retention(
            requests=settings.keep_requests_days,
            refusals=settings.keep_refusals_days,
            letters=settings.keep_letters_days,
        ),
        holidays=holidays,
        is_demonstration=DEMONSTRATION in known,
    )
