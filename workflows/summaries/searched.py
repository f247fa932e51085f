"""Summaries as a search reads them: what can be found of each convention, the latest conventions first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from projections.what_can_be_found import Findable
from projections.what_lists_say import Summary
from workflows.decoders import decoder_of
from workflows.summaries import Summaries
from workflows.summaries.clear_names import code_of
from workflows.summaries.making import BY_A_READER

MOST_WHOLE: Final = 200
"""Conventions of which everything is looked at, the titles too: a région has fewer. Of more, only those are whose
public names hold what is sought."""

_decode: Final = decoder_of(tuple[Findable, ...]).decode
_decode_summary: Final = decoder_of(Summary).decode


@dataclass(frozen=True)
class Stored:
    """A convention with what can be found of it; `said`: what lists say of it."""

    convention_id: UUID
    territory_id: UUID
    said: Summary
    things: tuple[Findable, ...]


@dataclass(frozen=True)
class Looked:
    """The conventions that may hold what is sought; `whole`: the titles of all there are can be read in them."""

    stored: tuple[Stored, ...]
    whole: bool


def look(
    summaries: Summaries,
    territory_ids: Collection[UUID] | None,
    ways: Iterable[Sequence[tuple[str, Collection[str]]]],
) -> Looked:
    """The conventions of these territories (None: all) in which to look. `ways`: the words that are sought, each with
    the codes of vocabularies that say it too; several ways where they may be written otherwise."""
    complete = summaries.by_a_reader(territory_ids)
    own = summaries.table.c
    asked = select(own.convention_id, own.territory_id, own.answers, own.findable, own.made_on, own.right_until)
    asked = asked.where(summaries.listed, own.answers.is_not(None))
    if territory_ids is not None:
        asked = asked.where(own.territory_id.in_(list(territory_ids)))
    latest = asked.order_by(own.effective_from.desc(), own.convention_id).limit(MOST_WHOLE + 1)
    with summaries.engine.connect() as connection:
        marked = set() if complete else summaries.marked(connection)  # first: a row read after it is no older
        rows = list(connection.execute(latest).all())
        whole = len(rows) <= MOST_WHOLE
        if not whole:
            rows = rows[:MOST_WHOLE]
            known = {row.convention_id for row in rows}
            named = or_(*(and_(*(_named(own.names, *one) for one in way)) for way in ways))
            rows += [row for row in connection.execute(asked.where(named)) if row.convention_id not in known]
    today = summaries.clock.today()
    stale = [row.convention_id for row in rows if row.convention_id in marked or not row.made_on <= today]
    fresh = {row["convention_id"]: row for row in summaries.made(stale[:BY_A_READER])}
    return Looked(tuple(_stored(row, fresh.get(row.convention_id)) for row in rows), whole)


def _named(names: ColumnElement[str], word: str, codes: Collection[str]) -> ColumnElement[bool]:
    said = (names.contains(f" {code_of(code)} ", autoescape=True) for code in codes)
    return or_(names.contains(f" {word}", autoescape=True), *said)


def _stored(row: Any, made: dict[str, Any] | None) -> Stored:
    kept = made if made is not None and made["findable"] is not None else row._mapping
    return Stored(row.convention_id, row.territory_id, _decode_summary(kept["answers"]), _decode(kept["findable"]))
