"""DBOS: a convention is a workflow that stays in its process, each command one step of it, checkpointed.

Nothing is loaded and no two commands can disagree. SQLite and PostgreSQL: as they come.
"""

import logging
import sys
from typing import Any

from dbos import DBOS, DBOSConfig

from benchmarks.peers.asked import answer, telling
from benchmarks.peers.facts import Fact, conventions


@DBOS.step()  # type: ignore[untyped-decorator]  # the library ships no types
def record(kind: str, known: dict[str, Any]) -> dict[str, Any]:
    """One command: what it answers is what is kept."""
    return {"kind": kind, **known}


@DBOS.workflow()  # type: ignore[untyped-decorator]
def convention(facts: list[Fact]) -> int:
    """The commands of one convention."""
    for kind, known in facts:
        record(kind, known)
    return len(facts)


def main() -> None:
    """Answer on the database named by the first argument."""
    config: DBOSConfig = {"name": "bench", "system_database_url": sys.argv[1], "log_level": "ERROR"}
    DBOS(config=config)
    logging.getLogger("dbos").setLevel(logging.ERROR)
    DBOS.launch()
    answer(telling(conventions, lambda facts: int(convention(facts))))
    DBOS.destroy()


if __name__ == "__main__":
    main()
