"""A process that dies at a chosen point of an append: `python -m tests.promises.kill_points URL KEY POINT`.

It records a meeting under a key, having remembered the committee. On SQLite the points are the statements of the
append, one after the other, then the moment after it; on PostgreSQL, whose append is one statement, they are before it
and after it.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from tests.workflows.together import Process, circumstances, meeting
from workflows.database import create_database_engine
from workflows.log import SqliteLog


def die() -> None:
    """As a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(process: Process, point: int) -> None:
    """Die at this point of the next append; one that is never reached lets it live."""
    log: Any = process.log.log
    name = "_append" if isinstance(log, SqliteLog) else "append"
    append = getattr(log, name)
    passed = [0]

    def pass_by(*_: Any) -> None:
        if passed[0] == point:
            die()
        passed[0] += 1

    def armed(*given: Any) -> Any:
        if isinstance(log, SqliteLog):
            given[0].connection.set_trace_callback(pass_by)
            return append(*given)
        pass_by()
        written = append(*given)
        pass_by()
        return written

    setattr(log, name, armed)


def main() -> None:
    """Remember, arm, act."""
    url, key, point = sys.argv[1:]
    process = Process(create_database_engine(url))
    process.act(meeting(f"b{key[1:]}"))
    arm(process, int(point))
    process.execute(meeting(key, "PRIORITY_CHOSEN"), circumstances(idempotency_key=key))
    sys.stdout.write("answered\n")
    sys.stdout.flush()
    die()  # after the commit, before the answer came to anybody


if __name__ == "__main__":
    main()
