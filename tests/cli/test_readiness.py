"""`/readyz` says what keeps an instance from its work, in codes and in the reader's language."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from ctg_engine.bootstrap import House, opened, prepare
from ctg_engine.clock import SetClock, SystemClock
from ctg_engine.readiness import DAMAGE, HEARTBEAT, SILENCE, Readiness, look_for_damage
from ctg_engine.settings import Settings
from tests.cli.test_full_disk import small_disk
from workflows.instance import remember
from workflows.instants import to_text


def opened_on(folder: Path, clock: SetClock) -> Iterator[House]:
    settings = Settings(database_url=f"sqlite:///{folder / 'ctg.db'}", least_megabytes=1)
    prepare(settings)
    with opened(settings, clock) as house:
        yield house


@pytest.fixture
def clock() -> SetClock:
    return SetClock(SystemClock().now())


@pytest.fixture
def house(tmp_path: Path, clock: SetClock) -> Iterator[House]:
    yield from opened_on(tmp_path, clock)


@pytest.fixture
def small(tmp_path: Path, clock: SetClock) -> Iterator[House]:
    with small_disk(tmp_path / "disk", 900) as disk:
        yield from opened_on(disk, clock)


def told(house: House, readiness: Readiness, language: str = "fr") -> tuple[int, dict[str, str]]:
    """What it says now, not what it said a moment ago."""
    readiness._looked = -1e9
    client = TestClient(create_app(house.services(), readiness), headers={"Accept-Language": language})
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["failing"]


def test_a_full_disk_is_said_while_one_can_still_write(small: House) -> None:
    status, failing = told(small, Readiness(small))
    assert (status, set(failing)) == (503, {"disk"})  # less than a megabyte is left
    assert "faites de la place" in failing["disk"]
    assert "make room" in told(small, Readiness(small), "en")[1]["disk"]


@contextmanager
def no_file_may_grow() -> Iterator[None]:
    """The system refuses what is written beyond the first page of any file."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_that_nothing_can_be_recorded_is_said(house: House) -> None:
    with no_file_may_grow():
        status, failing = told(house, Readiness(house), "en")
    assert (status, set(failing)) == (503, {"writing"})
    assert "Nothing can be recorded" in failing["writing"]
    assert told(house, Readiness(house)) == (200, {})


def test_jobs_that_no_longer_run_anywhere_are_said_but_not_at_once(house: House, clock: SetClock) -> None:
    remember(house.engine, **{HEARTBEAT: to_text(clock.now() - timedelta(days=1))})
    readiness = Readiness(house)
    assert told(house, readiness) == (200, {})  # it has only begun
    clock.moment += SILENCE + timedelta(minutes=1)
    status, failing = told(house, readiness)
    assert (status, set(failing)) == (503, {"jobs"})
    assert "6 minutes" in failing["jobs"]
    remember(house.engine, **{HEARTBEAT: to_text(clock.now())})
    assert told(house, readiness) == (200, {})


def test_damage_that_was_found_is_said_until_it_is_mended(house: House) -> None:
    with house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE streams SET version = version + 1")
    look_for_damage(house)
    status, failing = told(house, Readiness(house))
    assert (status, set(failing)) == (503, {"damage"})
    assert "dernière bonne sauvegarde" in failing["damage"]
    with house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE streams SET version = version - 1")
    look_for_damage(house)
    assert told(house, Readiness(house)) == (200, {})


def test_asking_often_looks_once(house: House) -> None:
    readiness = Readiness(house)
    assert readiness() == {}
    remember(house.engine, **{DAMAGE: "page 61"})
    assert readiness() == {}
    assert Readiness(replace(house)).__call__().keys() == {"damage"}
