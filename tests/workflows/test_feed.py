"""What follows the log passes nothing over, whoever writes meanwhile; a cursor leads where it was given or nowhere."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.kernel import Event
from tests.workflows.territory_life import Life
from workflows.database import create_database_engine
from workflows.feed import CursorOfAnotherLog, Feed, UnknownCursor, Wanted
from workflows.log import PlacedRow
from workflows.people import Vault

ROOT = Path(__file__).parents[2]
EVERYTHING = Wanted()
WRITERS, EACH = 2, 120


class ReadsAll:
    """Somebody who may read everything."""

    def reach(self, row: PlacedRow) -> bool:
        return True

    def tell(self, event: Event) -> bool:
        return True


def feed_of(life: Life) -> Feed:
    return Feed(life.steering.log.log, Vault(life.engine))


@pytest.mark.slow
def test_every_event_comes_once_and_in_order_while_others_write(engine: Engine) -> None:
    life = Life(engine)
    url = engine.url.render_as_string(hide_password=False)
    commands = [sys.executable, "-m", "tests.workflows.writing", url, str(EACH)]
    feed, cursor, seen = feed_of(life), None, []
    writers = [subprocess.Popen([*commands, str(number)], cwd=ROOT) for number in range(WRITERS)]
    try:
        over = False
        while not over:
            over = all(one.poll() is not None for one in writers)
            more = True
            while more:
                # As a reader that is killed after each page, and goes on from its cursor.
                page = feed.read(feed.position(cursor) if cursor else 0, 7, EVERYTHING, ReadsAll())
                seen += [one.event.envelope.event_id for one in page.events]
                cursor, more = feed.cursor(page.position), page.more
                feed = feed_of(life)
    finally:
        for one in writers:
            one.wait()
    assert [one.returncode for one in writers] == [0] * WRITERS
    assert seen == [event.envelope.event_id for event in life.events()]
    assert len(seen) > WRITERS * EACH


def test_a_cursor_of_a_log_that_is_no_more_is_told(migrated_sqlite_url: str, tmp_path: Path) -> None:
    engine, copy = create_database_engine(migrated_sqlite_url), tmp_path / "copy.db"
    life = Life(engine)
    feed = feed_of(life)
    before = feed.cursor(life.steering.log.max_notification_id() or 0)
    store = sqlite3.connect(str(engine.url.database))
    store.execute("VACUUM INTO ?", (str(copy),))
    store.close()
    life.open(life.clock.today())
    later = feed.cursor(life.steering.log.max_notification_id() or 0)
    engine.dispose()
    restored = create_database_engine(f"sqlite:///{copy}")
    other = Feed(type(life.steering.log.log)(restored), Vault(restored))
    assert other.position(before) == feed.position(before)
    with pytest.raises(CursorOfAnotherLog):
        other.position(later)
    with pytest.raises(UnknownCursor):
        other.position(before[:-2] + "AA")
    restored.dispose()
