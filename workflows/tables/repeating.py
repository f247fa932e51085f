"""A table recorded under a key answers the same when it is sent again under it, whatever became of the plan meanwhile.

The answer tells titles and cells: it is sealed under the key of the first event that the table led to, in the same
transaction. Where a text of any of its events is forgotten, it is no answer any more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Table

from domain.kernel import Context
from workflows.answers import Answer
from workflows.application import Steering
from workflows.bulk import Beside
from workflows.database import inserting
from workflows.people import KeyRing

SEALED: Final = "sealed"


class Repeated:
    """One request under its key. `content`: all that makes it the same when it is sent again."""

    def __init__(self, steering: Steering, context: Context, content: Sequence[str]) -> None:
        self._steering, self._context = steering, context
        self._asked = steering.answers.hash_of_request(content)

    def answer(self) -> str | None:
        """What was answered to it before, None when it was not sent or led to nothing.

        Raises `IdempotencyKeyReused` when another request came under its key.
        """
        kept = self._steering.answers.kept_under(self._context, self._asked)
        token = json.loads(kept).get(SEALED) if kept else None
        return self._steering.vault.open_text(token) if token is not None else None

    def beside(self, told: Callable[[], str]) -> Beside:
        """What keeps its answer with its events; `told`: the answer, once they are decided."""

        def rows(answers: Sequence[Answer], ring: KeyRing) -> list[tuple[Table, dict[str, Any]]]:
            events = [str(event.event_id) for one in answers for event in one.events]
            kept = {SEALED: ring.seal(told(), answers[0].events[0].event_id), "events": events}
            return [self._steering.answers.row_of(self._context, self._asked, json.dumps(kept))]

        return rows

    def keep_nothing(self) -> None:
        """It changed nothing: only that it was sent is kept, so that no other request comes under its key."""
        table, row = self._steering.answers.row_of(self._context, self._asked, "")
        with self._steering.engine.begin() as connection:
            connection.execute(inserting(connection, table).values(row).on_conflict_do_nothing())
