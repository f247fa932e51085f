"""A told store behind the real application: three territories, people and tools of every role.

The store is told once for each worker. Before each test it is put back as it was told, which costs a few milliseconds.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from anyio.from_thread import BlockingPortal, start_blocking_portal
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.access import cookie_name
from api.app import create_app
from api.pages.addresses import COMMITTEE, PATHS, TODAY, Home
from ctg_engine.bootstrap import House, make_store, opened
from ctg_engine.clock import SetClock
from ctg_engine.settings import Settings
from domain import roles
from domain.assignments import AssignTerritoryRole
from domain.kernel import Actor, Event, RoleHeld
from domain.partners import RegisterPartner
from domain.steering import ConstituteSteeringBody
from domain.values import Code, PublicName, deterministic_id
from tests.projections.story import OTHER_SIREN, OTHER_TEXT, SIREN, Story
from workflows import schema
from workflows.accounts import Accounts

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
PASSWORD = "un mot de passe assez long"
UNCOVERED_SIREN = Code("243200409")
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Real hashes, without their price: what they cost is not what is tested here."""

NOBODY = "NOBODY"
"""Has an account, but no role."""

ELSEWHERE = "PILOT_ELSEWHERE"
"""Pilots the other territory."""

EVERYWHERE = (roles.FRAMEWORK_PILOT, roles.FRAMEWORK_CO_PILOT, roles.ADMINISTRATOR)
FOR_A_PARTNER = (roles.PARTNER_REPRESENTATIVE, roles.PARTNER_EXECUTIVE)
CAST = (*roles.TERRITORY_ROLES, roles.FRAMEWORK_PILOT, roles.FRAMEWORK_CO_PILOT, roles.ADMINISTRATOR, NOBODY)


@dataclass
class Scene:
    """The application on a told store.

    `here` is the territory whose convention is in force (one signature does not count, its review is late);
    `there` is another one, at the forums; `uncovered` has no convention.
    """

    house: House
    app: FastAPI
    clock: SetClock
    here: Story
    there: Story
    uncovered: UUID
    msa: UUID
    keys: dict[str, str]
    portal: BlockingPortal
    """The event loop that answers, as a server has one; without it a client starts one for each request."""
    told: Path | None = None
    _sirens: dict[UUID, str] = field(default_factory=dict)
    """Asked for at each door; they never change."""

    def keep(self, name: str = "told") -> Path:
        """A copy of the store as it is now, to be put back (SQLite)."""
        path = self.house.settings.sqlite_path
        assert path is not None
        self.portal.call(_nobody_looks)
        with self.house.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.house.engine.dispose()
        return shutil.copyfile(path, path.with_name(f"{name}.db"))

    def restore(self, kept: Path | None = None) -> None:
        """Put the store back as it was told, or as it was kept (SQLite)."""
        path, told = self.house.settings.sqlite_path, kept or self.told
        assert path is not None and told is not None
        self.portal.call(_nobody_looks)
        self.clock.moment = NOW
        self.here.today = self.there.today = NOW.date()
        self.house.engine.dispose()
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copyfile(told, path)
        for reader in (self.house.reader, self.here.reader, self.there.reader):
            reader.forget()

    # --- who asks -----------------------------------------------------------------------------------------------------

    def stranger(self, **headers: str) -> TestClient:
        """Someone without key nor session."""
        client = TestClient(self.app, headers=headers, follow_redirects=False)
        client.portal = self.portal
        return client

    def tool(self, role: str, **headers: str) -> TestClient:
        """A partner's tool with a key for a role."""
        client = self.stranger(**headers)
        client.headers["Authorization"] = f"Bearer {self.keys[role]}"
        return client

    def browser(self, role: str, language: str = "fr") -> TestClient:
        """The browser of someone signed in who holds a role."""
        account = self.house.accounts.find(login_of(role))
        assert account is not None
        client = self.stranger(**{"Accept-Language": language})
        session = self.house.sessions.open(account.account_id, self.clock.now())
        client.cookies.set(cookie_name(self.house.settings.https), session.token)
        return client

    # --- where pages are ----------------------------------------------------------------------------------------------

    def siren_of(self, story: Story) -> str:
        """The SIREN of a story's territory."""
        if story.territory not in self._sirens:
            self._sirens[story.territory] = str(self.house.reader.register().territories[story.territory].siren)
        return self._sirens[story.territory]

    def page_of(self, story: Story, name: str = TODAY) -> str:
        """A page of a story's territory."""
        return Home(self.siren_of(story)).page(name)

    def pages_of(self, story: Story) -> list[str]:
        """All of them."""
        return [*(self.page_of(story, name) for name in PATHS), f"{self.page_of(story, COMMITTEE)}/decisions"]

    def whole(self, client: TestClient, story: Story) -> str:
        """All the pages of a story's convention that a reader may open, one after the other."""
        answers = [client.get(address) for address in self.pages_of(story)]
        assert {answer.status_code for answer in answers} <= {200, 403}
        return "".join(str(answer.text) for answer in answers if answer.status_code == 200)

    # --- what was recorded --------------------------------------------------------------------------------------------

    def events(self) -> list[Event]:
        """The whole log."""
        return [event for _, event in self.house.steering.read_events(0, 10_000)]

    def event_count(self) -> int:
        """How many events the log holds."""
        with self.house.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(schema.events)).scalar_one()


def person_of(role: str) -> UUID:
    """Who holds a role here."""
    return deterministic_id("test", "person", role)


def login_of(role: str) -> str:
    """The login of whoever holds a role."""
    return role.lower().replace("_", ".")


@contextmanager
def told(url: str, **settings: object) -> Iterator[Scene]:
    """Tell everything in an empty store, and open the application on it."""
    make_store(Settings(database_url=url))
    clock = SetClock(NOW)
    with opened(Settings(database_url=url, **settings), clock) as house:  # type: ignore[arg-type]
        house = replace(house, accounts=Accounts(house.engine, hasher=CHEAP))
        here, there = Story(house.engine), Story(house.engine)
        msa = uuid4()
        _tell_here(here, msa)
        _tell_there(there, here)
        uncovered = here.register(UNCOVERED_SIREN, "CC Val de Gers", "32242")
        here.attach(here.territory, there.territory, uncovered)
        keys = _cast(house, here, there)
        app = create_app(house.services())
        with start_blocking_portal() as portal:
            yield Scene(house, app, clock, here, there, uncovered, msa, keys, portal)


def _tell_here(story: Story, msa: UUID) -> None:
    story.until_signed()
    story.tell(
        RegisterPartner(stream_id=msa, kind=Code("MSA"), name=PublicName("MSA Midi-Pyrénées Sud")),
        story.administrator,
    )
    story.sign(story.cpam, date(2024, 11, 25), text=OTHER_TEXT)
    story.activate(date(2025, 1, 2))
    story.waive("R06", date(2025, 2, 3), date(2026, 12, 31), subject="PARENTING")


def _tell_there(story: Story, first: Story) -> None:
    story.caf, story.epci, story.cpam, story.framework = first.caf, first.epci, first.cpam, first.framework
    story.territory = first.register(OTHER_SIREN, "CA Grand Auch Cœur de Gascogne", "32013")
    story.pilot = Actor(person_of(ELSEWHERE), (RoleHeld(roles.PILOT, story.territory),))
    story.tell(
        ConstituteSteeringBody(
            stream_id=story.body,
            home_territory_id=story.territory,
            kind=Code("COPIL"),
            name=PublicName("Comité de pilotage"),
        )
    )
    story.meet("m1", date(2026, 1, 12))
    story.open(date(2025, 9, 1), date(2026, 1, 1))
    story.engage(date(2025, 10, 6))
    story.diagnose(date(2026, 3, 10))


def _cast(house: House, here: Story, there: Story) -> dict[str, str]:
    """Accounts and keys, one for each role; tests go back in time, and a role gives nothing before it was recorded."""
    keys: dict[str, str] = {}
    here.today = there.today = date(2024, 1, 1)
    for role in (*CAST, ELSEWHERE):
        person_id = person_of(role)
        house.vault.register_person(f"Camille {role.title()}", f"{role.lower()}@exemple.invalid", person_id=person_id)
        administers = role == roles.ADMINISTRATOR
        house.accounts.create(login_of(role), person_id, PASSWORD, NOW, is_administrator=administers)
        if role in roles.TERRITORY_ROLES:
            partner = here.caf if role in FOR_A_PARTNER else None
            assign(here, role, person_id, partner)
        elif role in EVERYWHERE and not administers:
            here.assign_on_framework(role, person_id, date(2024, 1, 1))
        if role == NOBODY:
            keys[role] = key_of(house, "UNKNOWN_ROLE", territory_id=here.territory)
        elif role == ELSEWHERE:
            there.assign("PILOT", person_id, date(2024, 1, 1))
            keys[role] = key_of(house, roles.PILOT, territory_id=there.territory)
        elif administers:
            keys[role] = key_of(house, role, on_instance=True)
        elif role in EVERYWHERE:
            keys[role] = key_of(house, role, framework_id=here.framework)
        else:
            partner = here.caf if role in FOR_A_PARTNER else None
            keys[role] = key_of(house, role, territory_id=here.territory, partner_id=partner)
    here.today = there.today = NOW.date()
    return keys


async def _nobody_looks() -> None:
    """Wait for the last look of whoever waited for news: the file is not to be changed under it."""
    watching = [one for one in asyncio.all_tasks() if getattr(one.get_coro(), "__name__", "") == "_watch"]
    await asyncio.gather(*watching)


def assign(story: Story, role: str, person_id: UUID, partner_id: UUID | None) -> None:
    """Give a role on the territory of a story, for a partner where it speaks for one."""
    story.tell(
        AssignTerritoryRole(
            stream_id=story.territory,
            role=Code(role),
            person_id=person_id,
            partner_id=partner_id,
            occurred_on=date(2024, 1, 1),
        ),
        story.administrator,
    )


def key_of(house: House, role: str, **scope: Any) -> str:
    """The token of a new key for a role, where it says."""
    return house.api_keys.issue(f"Outil {login_of(role)}", role, NOW + timedelta(days=90), NOW, **scope).token


__all__ = ["CAST", "ELSEWHERE", "NOBODY", "NOW", "OTHER_SIREN", "PASSWORD", "SIREN", "Scene", "login_of", "told"]
