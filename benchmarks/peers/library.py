"""The event-sourcing library as it comes: its own aggregates, application, JSON and recorders.

Each command loads the convention, lets it record what happened, and saves it. SQLite: WAL, synchronous FULL.
"""

import sys
from typing import Any
from uuid import UUID

from eventsourcing.application import Application  # noqa: TID251
from eventsourcing.domain import Aggregate, event  # noqa: TID251
from psycopg.conninfo import conninfo_to_dict

from benchmarks.peers.asked import answer, telling
from benchmarks.peers.facts import MILESTONES, Fact, conventions


class Convention(Aggregate):
    """A convention that knows its milestones and its forums."""

    @event("Opened")
    def __init__(self, known: dict[str, Any]) -> None:
        self.territory_id = known["territory_id"]
        self.milestones: dict[str, str] = {}
        self.forums: dict[str, str] = {}

    @event("MilestoneReached")
    def reach(self, milestone: str, known: dict[str, Any]) -> None:
        """Once each."""
        if milestone in self.milestones:
            raise ValueError(milestone)
        self.milestones[milestone] = known["occurred_on"]

    @event("ForumHeld")
    def hold_forum(self, known: dict[str, Any]) -> None:
        """Once each, after the diagnosis."""
        if known["forum_id"] in self.forums or "diagnosed" not in self.milestones:
            raise ValueError(known["forum_id"])
        self.forums[known["forum_id"]] = known["occurred_on"]


class Conventions(Application[UUID]):
    """Records what happened to conventions."""

    def open(self, known: dict[str, Any]) -> UUID:
        """Start one."""
        convention = Convention(known)
        self.save(convention)
        return convention.id

    def record(self, convention_id: UUID, kind: str, known: dict[str, Any]) -> None:
        """Load, decide, save."""
        convention: Convention = self.repository.get(convention_id)
        if kind in MILESTONES:
            convention.reach(kind, known)
        else:
            convention.hold_forum(known)
        self.save(convention)


def environment(url: str) -> dict[str, str]:
    """The library's settings for a database."""
    scheme, _, path = url.partition(":///")
    if scheme == "sqlite":
        return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": path}
    known = conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(known["dbname"]),
        "POSTGRES_HOST": str(known["host"]),
        "POSTGRES_PORT": str(known.get("port", 5432)),
        "POSTGRES_USER": str(known["user"]),
        "POSTGRES_PASSWORD": str(known.get("password", "")),
    }


def main() -> None:
    """Answer on the database named by the first argument."""
    application = Conventions(environment(sys.argv[1]))

    def tell(facts: list[Fact]) -> int:
        (_, opening), *others = facts
        convention_id = application.open(opening)
        for kind, known in others:
            application.record(convention_id, kind, known)
        return len(facts)

    answer(telling(conventions, tell))


if __name__ == "__main__":
    main()
