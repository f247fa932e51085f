"""What an instance knows of itself, never of a convention: is it a demonstration, how far has its clock come."""

from __future__ import annotations

from sqlalchemy import Engine, Insert, select

from workflows.database import inserting
from workflows.schema import instance


def instance_facts(engine: Engine) -> dict[str, str]:
    """All of it, by name."""
    with engine.connect() as connection:
        return {row.name: row.value for row in connection.execute(select(instance))}


def remember(engine: Engine, **facts: str) -> None:
    """Write facts about the instance, over those of the same name; any number of processes may."""
    with engine.begin() as connection:
        connection.execute(remembered(engine, **facts))


def remembered(engine: Engine, **facts: str) -> Insert:
    """The statement that writes them."""
    written = inserting(engine, instance).values([{"name": name, "value": value} for name, value in facts.items()])
    return written.on_conflict_do_update(index_elements=[instance.c.name], set_={"value": written.excluded.value})
