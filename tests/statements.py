"""The statements that read, as a database is asked them: those asked of the driver itself included."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def reading_statements(engine: Engine) -> Iterator[list[str]]:
    """Those asked meanwhile on connections of the engine's pool."""
    asked: list[str] = []

    def hear(statement: str) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    def of_engine(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        hear(statement)

    def lent(driver: Any, *_rest: Any) -> None:
        driver.set_trace_callback(hear)

    def given_back(driver: Any, *_rest: Any) -> None:
        driver.set_trace_callback(None)

    sqlite = (("checkout", lent), ("checkin", given_back))
    listening = sqlite if engine.dialect.name == "sqlite" else (("before_cursor_execute", of_engine),)
    for name, listener in listening:
        event.listen(engine, name, listener)
    try:
        yield asked
    finally:
        for name, listener in listening:
            event.remove(engine, name, listener)
