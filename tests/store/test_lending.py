"""Connections of the log's own: few, clean when they are lent again, closed with the engine."""

import threading

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import Engine

from workflows.database import DatabaseUnavailable
from workflows.log import lending
from workflows.log.lending import Lending


def always(driver: object) -> bool:
    return True


def test_one_connection_serves_one_after_the_other(engine: Engine) -> None:
    lent = Lending(engine, lambda driver: driver, always)
    with lent.lent() as first, lent.lent() as beside:
        assert first is not beside
    with lent.lent() as again:
        assert again in (first, beside)


def test_no_more_are_in_use_at_once_than_said(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "LOCK_WAIT_SECONDS", 0.05)
    monkeypatch.setattr(lending, "MOST_CONNECTIONS", 1)
    lent = Lending(engine, lambda driver: driver, always)
    with lent.lent(), pytest.raises(DatabaseUnavailable), lent.lent():
        pytest.fail("a second connection")
    monkeypatch.setattr(lending, "LOCK_WAIT_SECONDS", 30)
    served = []

    def wait() -> None:
        with lent.lent() as driver:
            served.append(driver)

    with lent.lent() as first:
        waiting = threading.Thread(target=wait)
        waiting.start()
    waiting.join(timeout=30)
    assert served == [first]


def test_what_is_not_clean_is_not_lent_again(engine: Engine) -> None:
    lent = Lending(engine, lambda driver: driver, lambda driver: False)
    with lent.lent() as first:
        pass
    with lent.lent() as second:
        assert second is not first


def test_they_are_closed_with_the_engine(engine: Engine) -> None:
    """Those that are free at once, those in use when they are given back: nothing holds an old file open."""
    lent = Lending(engine, lambda driver: driver, always)
    with lent.lent() as used, lent.lent() as free:
        pass
    with lent.lent() as used:
        engine.dispose()
        free = used
    with lent.lent() as new:
        assert new is not used
    if engine.dialect.name == "sqlite":
        with pytest.raises(sqlite.ProgrammingError):
            free.execute("SELECT 1")
    else:
        assert free.closed


def test_an_engine_that_cannot_connect_leaves_room(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "MOST_CONNECTIONS", 1)
    failing = [True]

    def prepare(driver: object) -> object:
        if failing[0]:
            raise ConnectionError
        return driver

    lent = Lending(engine, prepare, always)
    with pytest.raises(ConnectionError), lent.lent():
        pytest.fail("it was not ready")
    failing[0] = False
    with lent.lent() as driver:
        assert driver is not None
