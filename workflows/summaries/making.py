"""Making summaries: marks are read, dossiers folded, rows written and marks taken away, in rounds of a bounded size."""

from __future__ import annotations

import logging
import random
from collections.abc import Collection, Container, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeAlias
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, Select, bindparam, select

from domain.collation import alphabetical
from domain.territories import Territory
from domain.values import Clock
from projections.engine import Dossier
from projections.what_can_be_found import Findable, findable
from projections.what_lists_say import Summary, summary
from workflows.calendar import PublicHolidays
from workflows.clock_watch import ClockWatch
from workflows.collecting import without_collector
from workflows.database import DatabaseUnavailable, writing_at_once
from workflows.failing import where
from workflows.migrating import migrating
from workflows.reading import Reader
from workflows.summaries import table
from workflows.summaries.clear_names import in_clear
from workflows.summaries.marks import MOST_READ, Mark, Marks

BY_A_READER: Final = 50
"""Summaries that the reader of a list makes, at most: a page of it."""

_AT_ONCE: Final = 50  # dossiers in memory together

_logger = logging.getLogger(__name__)

_Made: TypeAlias = tuple[Summary, tuple[Findable, ...]]


@dataclass(frozen=True)
class Round:
    """What one round made, whether nothing was left, and whether another release took this one's place."""

    made: int
    complete: bool
    replaced: bool = False


class Making:
    """Makes the summaries of one database, in the version of this process.

    None is kept by a clock that `watch` does not believe: what was made for a later day stays.
    """

    def __init__(
        self,
        engine: Engine,
        reader: Reader,
        clock: Clock,
        holidays: PublicHolidays,
        watch: ClockWatch | None = None,
    ) -> None:
        self._watch = watch
        self.engine = engine
        self.reader = reader
        self.clock = clock
        self._holidays = holidays
        self.version = table.version()
        self.table = table.table()

    def prepare(self) -> None:
        """Make the table of this version where it is missing; any number of processes may call it at once."""
        with migrating(self.engine) as connection:
            table.create(connection)

    def is_prepared(self) -> bool:
        """Whether `ctg migrate` made the table of this version."""
        with self.engine.connect() as connection:
            return table.bit(connection) is not None

    def refresh(self, most: int = BY_A_READER) -> int:
        """Make some of the summaries that are marked or past their day, `most` at most; how many were made.

        Raises `DatabaseUnavailable`.
        """
        return self.round(most, (), waiting=True).made

    def round(self, most: int, first: Container[UUID], *, waiting: bool) -> Round:
        """Make summaries, those of some territories first. Without `waiting`, what cannot be written at once is left
        to the next one."""
        if self._watch is not None and self._watch.doubt(self.clock.now()) is not None:
            return Round(0, complete=False)
        with self.engine.connect() as connection:
            marks = self.marks(connection)
            if marks is None:
                return Round(0, complete=False, replaced=True)
            seen = marks.read(connection)
            shared = [one for one in seen if one.convention_id is None]
            own = self._own(seen)
            spread: set[UUID] = set()
            if shared:
                register = self.reader.register(connection)
                spread = marks.concerned(connection, shared, register)
            late = self._out_of_date(connection, most - len(own))
        pressing = [one for one, mine in own.items() if any(mark.territory_id in first for mark in mine)]
        # Processes that sum up at the same time begin elsewhere, so that they do not all make the same ones.
        wanted = list(dict.fromkeys([*pressing, *random.sample([*own], len(own)), *spread, *late]))
        chosen = wanted[:most]
        left = [one for one in spread if one not in set(chosen)]
        done = [*shared, *self._on(marks, chosen)]
        made = self.made(chosen)
        written = not (made or done or left) or self._write(marks, made, left, done, waiting=waiting)
        return Round(len(made), complete=written and len(wanted) <= most and len(seen) < MOST_READ)

    def made(self, convention_ids: Collection[UUID], *, once: bool = False) -> list[dict[str, Any]]:
        """The rows of these conventions, made now. `once`: what they are made of is not asked for again soon."""
        today = self.clock.today()
        found = []
        wanted = list(convention_ids)
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            for one, dossier in self.dossiers(chunk, once=once).items():
                found.append(self._row(one, dossier, today))
        return found

    def rebuild(self) -> int:
        """Make every summary anew over what is there, however it was made; how many. One that was interrupted goes on
        by the marks it left."""
        with self.engine.begin() as connection:
            known = table.bit(connection)
            assert known is not None, "opened only when it was prepared"
            table.mark_all(connection, known)
        conventions = self.reader.conventions()
        for start in range(0, len(conventions), _AT_ONCE):
            chunk = conventions[start : start + _AT_ONCE]
            with self.engine.connect() as connection:
                marks = self.marks(connection)
                assert marks is not None
            done = self._on(marks, chunk)
            with without_collector():
                self._write(marks, self.made(chunk, once=True), (), done, waiting=True, anew=True)
        return len(conventions)

    def _on(self, marks: Marks, convention_ids: Sequence[UUID]) -> list[Mark]:
        """The marks on the streams of some conventions now: what is read after this knows at least as much."""
        if not convention_ids:
            return []
        with self.engine.connect() as connection:
            return marks.on(connection, convention_ids)

    def _own(self, seen: Iterable[Mark]) -> dict[UUID, list[Mark]]:
        own: dict[UUID, list[Mark]] = {}
        for mark in seen:
            if mark.convention_id is not None:
                own.setdefault(mark.convention_id, []).append(mark)
        return own

    def marks(self, connection: Connection) -> Marks | None:
        """The marks of this version; None when another version has taken its place."""
        known = table.bit(connection)
        return Marks(self.reader.journal, known) if known is not None else None

    def _out_of_date(self, connection: Connection, most: int) -> list[UUID]:
        """Those whose day is past: a day began, and nothing was recorded."""
        if most <= 0:
            return []
        return list(connection.execute(self._past, {"today": self.clock.today(), "most": most}).scalars())

    @cached_property
    def _past(self) -> Select[Any]:
        past = self.table.c.right_until < bindparam("today")
        return select(self.table.c.convention_id).where(past).limit(bindparam("most"))

    def dossiers(self, convention_ids: Sequence[UUID], *, once: bool = False) -> dict[UUID, Dossier | Exception]:
        """The dossiers of some conventions; where one cannot be read, why."""
        try:
            return dict(self.reader.dossiers(convention_ids, once=once))
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - told in the row of the one that cannot be read
            if len(convention_ids) == 1:
                return {convention_ids[0]: error}
        return {one: each for some in convention_ids for one, each in self.dossiers([some], once=once).items()}

    def _row(self, convention_id: UUID, dossier: Dossier | Exception, today: date) -> dict[str, Any]:
        said: _Made | Exception = dossier if isinstance(dossier, Exception) else self._said(dossier, today)
        row = dict.fromkeys(column.name for column in self.table.c) | {"convention_id": convention_id}
        row |= {"made_on": today, "right_until": today, "basis": 0, "effective_from": date.min}
        row |= self._place(convention_id, dossier)
        if isinstance(said, Exception):
            _logger.warning("summary of convention %s: %s", convention_id, where(said))
            return row | {"error": where(said)}
        summed, found = said
        return row | {
            "right_until": summed.right_until,
            "next_due_on": summed.next_due_on,
            "phase": summed.standing.phase,
            "status": summed.status,
            "answers": msgspec.json.encode(summed).decode(),
            "names": in_clear(summed, found),
            "findable": msgspec.json.encode(found).decode(),
        }

    def _said(self, dossier: Dossier, today: date) -> _Made | Exception:
        try:
            return summary(dossier, today, self._holidays.of(dossier.territory.department)), findable(dossier)
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - the others must be made; told in its row
            return error

    def _place(self, convention_id: UUID, dossier: Dossier | Exception) -> dict[str, Any]:
        """Where a convention stands in lists, also when it cannot be read."""
        if not isinstance(dossier, Exception):
            home: Territory | None = dossier.territory
            known: dict[str, Any] = {"basis": dossier.basis, "effective_from": dossier.convention.period.effective_from}
        else:
            with self.engine.connect() as connection:
                heads = self.reader.journal.heads_of_conventions(connection, [convention_id])
                where = next(one.territory_id for one in heads if one.stream_id == convention_id)
                home = self.reader.register(connection).territories.get(where) if where is not None else None
            known = {}
        assert home is not None, "a convention is of a territory"
        return known | {"territory_id": home.id, "listed_under": alphabetical(home.name), "siren": home.siren}

    def _write(
        self,
        marks: Marks,
        rows: Sequence[dict[str, Any]],
        left: Iterable[UUID],
        done: Collection[Mark],
        *,
        waiting: bool,
        anew: bool = False,
    ) -> bool:
        """Write summaries, mark what is left for later and take away the marks that are done, in one transaction; False
        when nothing could be written."""
        rows = sorted(rows, key=lambda row: str(row["convention_id"]))  # in one order for all: none waits in a ring
        failed = [row for row in rows if row["error"] is not None]
        statements = [(table.upsert(self.engine, anew=anew), [row for row in rows if row["error"] is None])]
        if failed:
            statements.append((table.upsert_failed(self.engine), failed))
        with suppress(*(() if waiting else (DatabaseUnavailable,))):
            writing = self.engine.begin() if waiting else writing_at_once(self.engine)
            with writing as connection:
                if table.bit(connection) is None:
                    return False  # a third release took this one's place
                if connection.dialect.name == "postgresql":
                    # Writers wait for the rows of the marks, and for the disk. Were this lost with the server, the
                    # marks would stand again.
                    connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
                for statement, some in statements:
                    if some:
                        connection.execute(statement, some)
                marks.put(connection, left)
                marks.clear(connection, done)
            return True
        return False

    def others(self) -> list[str]:
        """The versions that other releases made."""
        with self.engine.connect() as connection:
            return table.others(connection)

    def retire(self) -> list[str]:
        """Drop what other releases made, and tell which; for when none of their processes is left."""
        with migrating(self.engine) as connection:
            return table.retire(connection)
