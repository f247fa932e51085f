"""The reactions that are stuck: what could not be recorded, since when and why. A row goes once its reaction is done,
or is meant no more; none goes because it is old."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Engine, Row, delete, func, select

from domain.kernel import RULES, BrokenRule
from domain.values import Code
from workflows.database import inserting
from workflows.decoders import converted
from workflows.instants import from_text, to_text
from workflows.schema import stuck_reactions

REFUSED: Final = Code("REFUSED")
OVERTAKEN: Final = Code("OVERTAKEN")
UNREADABLE: Final = Code("UNREADABLE")
BROKEN: Final = Code("BROKEN")
REASONS: Final = (REFUSED, OVERTAKEN, UNREADABLE, BROKEN)
"""Why a reaction is stuck: rules are in the way; others were faster each time; an event of its convention cannot be
read; the program failed."""

_own: Final = stuck_reactions.c


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why one try failed. `detail`: the kind of an error and its place, never its message."""

    why: Code
    rules: tuple[BrokenRule, ...] = ()
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Stuck:
    """A reaction that could not be recorded. `reaction` is None where nobody can tell what follows."""

    stuck_id: UUID
    reaction: Code | None
    convention_id: UUID
    cause_id: UUID | None
    since: datetime
    tried_at: datetime
    attempts: int
    basis: int
    why: Code
    rules: tuple[BrokenRule, ...]
    detail: str


class StuckList:
    """The list, in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> tuple[Stuck, ...]:
        """Everything that is stuck, the oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(stuck_reactions).order_by(_own.since, _own.stuck_id)).all()
        return tuple(_stuck(row) for row in rows)

    def since_when(self) -> tuple[int, datetime | None]:
        """How many there are, and since when the oldest one waits."""
        asked = select(func.count(), func.min(_own.since)).select_from(stuck_reactions)
        with self._engine.connect() as connection:
            count, oldest = connection.execute(asked).one()
        return count, from_text(oldest) if oldest is not None else None

    def of(self, convention_ids: Collection[UUID]) -> dict[UUID, Stuck]:
        """Those about some conventions, by their ids."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(stuck_reactions).where(_own.convention_id.in_(convention_ids))).all()
        return {row.stuck_id: _stuck(row) for row in rows}

    def put(self, one: Stuck) -> None:
        """Say that a try failed: a new line, or one try more; since when it is stuck stays."""
        row = {
            "stuck_id": one.stuck_id,
            "reaction": one.reaction or "",
            "convention_id": one.convention_id,
            "cause_id": one.cause_id,
            "since": to_text(one.since),
            "tried_at": to_text(one.tried_at),
            "attempts": 1,
            "basis": one.basis,
            "why": one.why,
            "rules": msgspec.json.encode([(rule.TEXT_KEY, rule.parameters) for rule in one.rules]).decode(),
            "detail": one.detail,
        }
        with self._engine.begin() as connection:
            told = {name: row[name] for name in ("tried_at", "basis", "why", "rules", "detail")}
            written = inserting(connection, stuck_reactions).values(row)
            connection.execute(
                written.on_conflict_do_update(
                    index_elements=[_own.stuck_id], set_={**told, "attempts": _own.attempts + 1}
                )
            )

    def remove(self, stuck_ids: Iterable[UUID]) -> None:
        """What is done, or meant no more."""
        gone: Sequence[UUID] = list(stuck_ids)
        if gone:
            with self._engine.begin() as connection:
                connection.execute(delete(stuck_reactions).where(_own.stuck_id.in_(gone)))


def _stuck(row: Row[Any]) -> Stuck:
    return Stuck(
        stuck_id=row.stuck_id,
        reaction=Code(row.reaction) if row.reaction else None,
        convention_id=row.convention_id,
        cause_id=row.cause_id,
        since=from_text(row.since),
        tried_at=from_text(row.tried_at),
        attempts=row.attempts,
        basis=row.basis,
        why=Code(row.why),
        # A rule of another release may be unknown here: then only that it is stuck is told.
        rules=tuple(converted(said, RULES[key]) for key, said in json.loads(row.rules) if key in RULES),
        detail=row.detail,
    )
