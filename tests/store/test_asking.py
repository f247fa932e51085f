"""PostgreSQL asked through libpq itself: values arrive as they are, and who waits is told when no answer comes."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest

from workflows.database import create_database_engine
from workflows.log.asking import Asked, Driver, Statement

pytestmark = pytest.mark.postgres

ID = UUID("6f0c2a53-7a0d-5c0e-9b55-5f1d3a2c7e10")
VALUES: list[tuple[str, Any, bytes]] = [
    ("uuid", ID, str(ID).encode()),
    ("int", -3, b"-3"),
    ("bigint", 2**40, str(2**40).encode()),
    ("text", 'Salle des fêtes \\ {"a": null}', 'Salle des fêtes \\ {"a": null}'.encode()),
    ("bytea", b"\x00\xff", b"\\x00ff"),
    ("date", date(1999, 12, 31), b"1999-12-31"),
    ("boolean", True, b"true"),
    ("uuid[]", [ID, None], f"{{{ID},NULL}}".encode()),
    ("int[]", [], b"{}"),
    ("text[]", ["a,b", "", "NULL", None], b'{"a,b","","NULL",NULL}'),
    ("bytea[]", [b"", b"\x01"], b'{"\\\\x","\\\\x01"}'),
    ("date[]", [date(2000, 1, 1), date(2200, 12, 31)], b"{2000-01-01,2200-12-31}"),
]


@pytest.fixture
def driver(postgres_url: str) -> Iterator[Driver]:
    engine = create_database_engine(postgres_url)
    with engine.connect() as connection:
        lent: Any = connection.connection.driver_connection
        connection.detach()
        lent.autocommit = True
        yield lent
    engine.dispose()


def test_values_arrive_as_they_are(driver: Driver) -> None:
    asked = Asked(driver)
    for kind, value, told in VALUES:
        statement = Statement(f"SELECT ($1::{kind})::text, $2::{kind} IS NULL", [kind, kind])
        for _ in range(2):
            assert asked.prepared(statement, [value, None]) == (told, b"t"), kind
        assert asked.once(statement, [value, None]) == (told, b"t"), kind


def test_an_error_leaves_the_connection_usable(driver: Driver) -> None:
    asked = Asked(driver)
    divided = Statement("SELECT 1 / $1::int", ["int"])
    for _ in range(2):
        with pytest.raises(psycopg.errors.DivisionByZero):
            asked.prepared(divided, [0])
    assert asked.prepared(divided, [1]) == (b"1",)
    assert asked.prepared(Statement("SELECT 1 WHERE false", []), []) is None


def test_a_statement_that_is_wrong_is_not_taken_for_prepared(driver: Driver) -> None:
    asked = Asked(driver)
    wrong = Statement("SELECT nothing_of_that_name", [])
    for _ in range(2):
        with pytest.raises(psycopg.errors.UndefinedColumn):
            asked.prepared(wrong, [])
    assert asked.prepared(Statement("SELECT 1", []), []) == (b"1",)


def test_a_server_that_says_nothing_any_more_is_lost(driver: Driver) -> None:
    silent: Any = driver
    silent.answer_within = 0.5
    with pytest.raises(psycopg.OperationalError):
        Asked(driver).prepared(Statement("SELECT pg_sleep($1::int)", ["int"]), [60])
    assert driver.closed
