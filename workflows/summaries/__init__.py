"""Summaries: what lists say of each convention, kept so that a list is a range query and never a computation over all.

They are made by the questions' own functions, beside the writers: by the refresher of any process within a tenth of a
second of a mark, or by the first reader of a list, few at a time. A mark is written in the append on the head of its
stream, so that who sees it sees its events; it is taken away only where nothing was recorded since. Of two that make
one summary, the one that knows more stays. Nothing here is the truth: all of it may be thrown away.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Date, Select, bindparam, func, or_, select, tuple_

from projections.what_lists_say import Summary
from projections.where_conventions_stand import ANNULLED
from workflows.database import DatabaseUnavailable
from workflows.decoders import decoder_of
from workflows.summaries.making import BY_A_READER, Making

EVERY_MARK: Final = 2**31 - 1
"""Whoever asks what is not known for sure is told all of it: what is left out would be vouched for."""

_decode: Final = decoder_of(Summary).decode


@dataclass(frozen=True)
class Line:
    """One convention of a list. `to_check`: what is said may be of before the last facts, or could not be made."""

    convention_id: UUID
    territory_id: UUID
    said: Summary | None
    to_check: bool


@dataclass(frozen=True)
class Unsure:
    """How many summaries failed, and how many conventions are still marked."""

    failed: int
    marked: int


class Summaries(Making):
    """The summaries of one database, asked by lists and by the sweep."""

    def on_territories(self, territory_ids: Collection[UUID] | None) -> tuple[Line, ...]:
        """A line for each convention of these territories (None: all); what is not made yet is made first."""
        complete = self.by_a_reader(territory_ids)
        asked = select(*self._told).where(self.listed)
        if territory_ids is not None:
            asked = asked.where(self.table.c.territory_id.in_(list(territory_ids)))
        return self._lines(asked, complete=complete)

    def page(
        self, territory_ids: Collection[UUID] | None, *, siren: str | None, after: UUID | None, limit: int
    ) -> tuple[Line, ...] | None:
        """Some lines by territory, then first day; `after` a convention of the list, None when it is not of it."""
        complete = self.by_a_reader(territory_ids)
        own = self.table.c
        order = (own.listed_under, own.siren, own.effective_from, own.convention_id)
        asked = select(*self._told).where(self.listed)
        if territory_ids is not None:
            asked = asked.where(own.territory_id.in_(list(territory_ids)))
        if siren is not None:
            asked = asked.where(own.siren == siren)
        if after is not None:
            with self.engine.connect() as connection:
                place = connection.execute(asked.with_only_columns(*order).where(own.convention_id == after)).first()
            if place is None:
                return None
            asked = asked.where(tuple_(*order) > tuple_(*place))
        return self._lines(asked.order_by(*order).limit(limit), complete=complete)

    def to_sweep(self, today: date) -> list[UUID]:
        """The conventions of which time has brought something to say, or of which nobody can tell."""
        with self.engine.connect() as connection:
            marked = self.marked(connection)  # first: what another makes meanwhile is in one of the two
            found = connection.execute(self._due, {"today": today}).scalars()
            return list(dict.fromkeys([*found, *marked]))

    def next_due_after(self, today: date) -> date | None:
        """The next day on which some convention has something to say."""
        with self.engine.connect() as connection:
            return connection.execute(self._next_due, {"today": today}).scalar()

    @cached_property
    def _due(self) -> Select[Any]:
        """Asked at each sweep: built once, which costs as much as to ask it."""
        own, today = self.table.c, bindparam("today", type_=Date)
        due = or_(own.next_due_on <= today, own.error.is_not(None), own.right_until < today, own.made_on > today)
        return select(own.convention_id).where(due)

    @cached_property
    def _next_due(self) -> Select[Any]:
        next_due_on = self.table.c.next_due_on
        return select(func.min(next_due_on)).where(next_due_on > bindparam("today", type_=Date))

    def unsure(self) -> Unsure:
        """What lists cannot vouch for."""
        with self.engine.connect() as connection:
            failed = select(func.count()).select_from(self.table).where(self.table.c.error.is_not(None))
            return Unsure(connection.execute(failed).scalar_one(), len(self.marked(connection)))

    @property
    def _told(self) -> list[ColumnElement[Any]]:
        """What lists read; what can be found is for who searches, and long."""
        return [column for column in self.table.c if column.name not in ("names", "findable")]

    @property
    def listed(self) -> ColumnElement[bool]:
        """What was opened by mistake and annulled is in no list; what could not be made is."""
        return func.coalesce(self.table.c.phase, "") != ANNULLED

    def by_a_reader(self, territory_ids: Collection[UUID] | None) -> bool:
        """Make what a list lacks, few at a time; whether nothing is marked any more."""
        made = self.round(BY_A_READER, territory_ids or (), waiting=False)
        if made.replaced:
            raise DatabaseUnavailable("the summaries of this release gave way to those of another one")
        return made.complete

    def marked(self, connection: Connection) -> set[UUID]:
        """The conventions of which something may not be known yet."""
        marks = self.marks(connection)
        if marks is None:
            return set()
        seen = marks.read(connection, EVERY_MARK)
        shared = [one for one in seen if one.convention_id is None]
        found = {one.convention_id for one in seen if one.convention_id is not None}
        if shared:
            register = self.reader.register(connection)
            found |= marks.concerned(connection, shared, register)
        return found

    def _lines(self, asked: Select[Any], *, complete: bool) -> tuple[Line, ...]:
        today = self.clock.today()
        with self.engine.connect() as connection:
            marked = set() if complete else self.marked(connection)  # first: a row read after it is no older
            rows = connection.execute(asked).all()
        stale = [
            row.convention_id
            for row in rows
            if row.convention_id in marked or not row.made_on <= today <= row.right_until
        ]
        fresh = {row["convention_id"]: row for row in self.made(stale[:BY_A_READER])}
        lines = []
        for row in rows:
            made = fresh.get(row.convention_id)
            answers = row.answers if made is None else made["answers"]
            said = _decode(answers) if answers is not None else None
            late = made is None and row.convention_id in stale
            lines.append(Line(row.convention_id, row.territory_id, said, said is None or late))
        return tuple(lines)
