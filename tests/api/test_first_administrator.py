"""The first administrator comes in by a link, once, and by no other way, while nobody administers the instance."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from starlette.testclient import TestClient

from api.app import create_app
from ctg_engine.bootstrap import House, opened, prepare
from ctg_engine.clock import SetClock
from ctg_engine.settings import Settings
from tests.api.scene import CHEAP, NOW
from workflows import schema
from workflows.accounts import Accounts
from workflows.database import create_database_engine
from workflows.founding import FOUNDING, Founding
from workflows.inviting import Guest
from workflows.links import LASTING, LinkSpent, OneTimeLinks, Purpose
from workflows.people import Vault

SECRET = "une ludothèque au bord du Gers"
ALIX = {"name": "Alix Exemple", "email": "alix@exemple.invalid", "new": SECRET, "again": SECRET}
GUEST = Guest(name=ALIX["name"], email=ALIX["email"], language="fr")


@dataclass
class Beginning:
    """An instance where nobody is known."""

    house: House
    clock: SetClock

    def link(self) -> str:
        """The page of a new link, as the operator is told."""
        return f"{FOUNDING}/{self.house.founding.link(self.clock.now())}"

    def stranger(self) -> TestClient:
        """Someone without a session."""
        return TestClient(create_app(self.house.services()), follow_redirects=False)

    def rows(self, table: str) -> int:
        """How many rows a table holds."""
        with self.house.engine.connect() as connection:
            return len(connection.execute(select(schema.metadata.tables[table])).all())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as an operator has it at first."""
    path = tmp_path_factory.mktemp("prepared") / "ctg.db"
    prepare(Settings(database_url=f"sqlite:///{path}"), SetClock(NOW))
    return path


@pytest.fixture
def beginning(prepared: Path, tmp_path: Path) -> Iterator[Beginning]:
    """The same, with passwords that cost nothing."""
    settings = Settings(database_url=f"sqlite:///{shutil.copy(prepared, tmp_path / 'ctg.db')}")
    clock = SetClock(NOW)
    with opened(settings, clock) as house:
        accounts = Accounts(house.engine, hasher=CHEAP)
        founding = replace(house.founding, accounts=accounts)
        yield Beginning(replace(house, accounts=accounts, founding=founding), clock)


def test_whoever_was_given_the_link_administers_and_comes_to_what_comes_first(beginning: Beginning) -> None:
    events, link, beside = beginning.rows("events"), beginning.link(), beginning.link()
    alix, late = beginning.stranger(), beginning.stranger()
    for client in (alix, late):
        shown = client.get(link, headers={"Accept-Language": "fr"})
        assert (shown.status_code, shown.headers["referrer-policy"]) == (200, "no-referrer")
        assert "Ce lien sert une seule fois" in shown.text, "reading it spends nothing"
    answer = alix.post(link, data=ALIX)
    assert (answer.status_code, answer.headers["location"]) == (303, "/commencer")
    assert alix.get("/commencer").status_code == 200
    assert alix.get("/administration/droits").status_code == 200
    for spent in (link, beside):
        assert (
            late.get(spent).status_code == late.post(spent, data={**ALIX, "email": "zoe@exemple.invalid"}).status_code
        )
        assert late.get(spent).status_code == 404
    assert beginning.house.founding.link(NOW) is None
    assert [one.login for one in beginning.house.accounts.accounts()] == [ALIX["email"]]
    assert (beginning.rows("people"), beginning.rows("one_time_links"), beginning.rows("events")) == (1, 0, events)


def test_nothing_of_the_link_opens_from_the_database_and_it_ends_with_its_day(beginning: Beginning) -> None:
    link = beginning.link()
    secret = link.rpartition("/")[2].replace("-", "")[8:]
    assert secret not in (beginning.house.settings.sqlite_path or Path()).read_bytes().decode("latin-1")
    beginning.clock.moment += LASTING[Purpose.FOUND]
    assert beginning.stranger().post(link, data=ALIX).status_code == 404
    assert beginning.house.links.remove_ended(beginning.clock.now()) == 1
    assert beginning.house.accounts.accounts() == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [("new", "azertyuiop12"), ("again", "autre chose"), ("email", "alix"), ("name", " "), ("email", "")],
)
def test_a_slip_leaves_nobody_behind_and_the_link_as_it_was(beginning: Beginning, field: str, typed: str) -> None:
    client, link = beginning.stranger(), beginning.link()
    changed = {**ALIX, field: typed} | ({"again": typed} if field == "new" else {})
    answer = client.post(link, data=changed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert SECRET not in answer.text and (field == "name" or "Alix Exemple" in answer.text)
    assert (beginning.rows("people"), beginning.rows("accounts")) == (0, 0)
    assert client.post(link, data=ALIX).status_code == 303


def test_once_somebody_administers_an_older_link_opens_nothing(beginning: Beginning) -> None:
    link, house = beginning.link(), beginning.house
    person_id = house.vault.register_person("Camille Exemple", "camille@exemple.invalid")
    account_id = house.accounts.create("camille", person_id, SECRET, NOW, is_administrator=True)
    house.accounts.disable(account_id, NOW)
    assert beginning.stranger().post(link, data=ALIX).status_code == 404
    assert [one.login for one in house.accounts.accounts()] == ["camille"]


@pytest.mark.parametrize("links", ["one", "several"])
def test_of_many_at_once_one_becomes_the_administrator(migrated_url: str, links: str) -> None:
    engine: Engine = create_database_engine(migrated_url)
    vault, made = Vault(engine), OneTimeLinks(engine)
    founding = Founding(engine=engine, vault=vault, accounts=Accounts(engine, hasher=CHEAP), links=made)
    tokens = [founding.link(NOW) for _ in range(1 if links == "one" else 6)]
    found = [founding.opened_by(str(tokens[number % len(tokens)]), NOW) for number in range(6)]

    def come(number: int) -> bool:
        link = found[number]
        assert link is not None
        try:
            founding.found(link, replace(GUEST, email=f"alix{number}@exemple.invalid"), SECRET, NOW)
        except LinkSpent:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(come, range(6))) == 1
    (administrator,) = founding.accounts.accounts()
    assert founding.accounts.administrators() == {administrator.person_id}
    assert not founding.is_open()
    engine.dispose()
