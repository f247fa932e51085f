"""A process that records facts one after the other: `python -m tests.workflows.writing URL HOW_MANY WHO`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from uuid import uuid4

from domain.kernel import Actor, Context, RoleHeld
from domain.partners import RegisterPartner
from domain.roles import ADMINISTRATOR
from domain.values import Code, PublicName
from workflows.application import Steering
from workflows.database import create_database_engine

NOW = datetime(2024, 1, 1, 9, tzinfo=UTC)


def write(url: str, count: int, who: str) -> None:
    """Register partners."""
    steering = Steering(create_database_engine(url))
    actor = Actor(uuid4(), (RoleHeld(ADMINISTRATOR),))
    for number in range(count):
        command = RegisterPartner(stream_id=uuid4(), kind=Code("OTHER"), name=PublicName(f"Partenaire {who} {number}"))
        steering.execute(command, Context(actor=actor, today=NOW.date(), now=NOW))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), sys.argv[3])
