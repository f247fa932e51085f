"""A table of what is due and a loop over it: `SELECT … FOR UPDATE SKIP LOCKED`, two rows written for each, committed.

What any engine on PostgreSQL is measured against: nothing is looked at, decided or kept from being said too late.
"""

import json
import sys
import time
from typing import Any

import psycopg

from benchmarks.peers.asked import answer

TABLES = """
CREATE TABLE IF NOT EXISTS due (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what TEXT NOT NULL, done_at TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS due_waiting ON due (id) WHERE done_at IS NULL;
CREATE TABLE IF NOT EXISTS said (due_id BIGINT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, UNIQUE (due_id, kind));
"""
TAKE = "SELECT id, what FROM due WHERE done_at IS NULL ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED"
SAY = "INSERT INTO said (due_id, kind, what) SELECT unnest(%s::bigint[]), %s, unnest(%s::text[])"
DONE = "UPDATE due SET done_at = clock_timestamp() WHERE id = ANY(%s)"


def main() -> None:
    """Answer on the database named by the first argument."""
    connection = psycopg.connect(sys.argv[1], autocommit=True)
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(1)")
        connection.execute(TABLES)

    def fill(number: int) -> dict[str, Any]:
        what = json.dumps({"deadline": "D01", "subject_id": "0" * 32, "key": "0" * 32, "more": "x" * 400})
        connection.execute("INSERT INTO due (what) SELECT %s FROM generate_series(1, %s)", (what, number))
        connection.execute("ANALYZE due")
        return {}

    def work(together: int) -> dict[str, Any]:
        done, processor, began = 0, time.process_time(), time.monotonic()
        while True:
            with connection.transaction():
                rows = connection.execute(TAKE, (together,)).fetchall()
                if not rows:
                    break
                ids, what = [one for one, _ in rows], [one for _, one in rows]
                for kind in ("missed", "said"):
                    connection.execute(SAY, (ids, kind, what))
                connection.execute(DONE, (ids,))
            done += len(rows)
        ended = time.monotonic()
        return {"done": done, "began": began, "ended": ended, "processor": time.process_time() - processor}

    answer({"fill": fill, "work": work})


if __name__ == "__main__":
    main()
