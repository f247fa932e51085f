"""What the address of a journal asks for, as typed, and what of it means something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from starlette.datastructures import QueryParams

from api.pages.contexts import Phrase
from domain.values import Code
from projections.engine import Dossier, Moment
from projections.how_the_journal_reads import HAPPENED, RECORDED
from projections.what_happened import EVERYTHING, Filter, kinds_and_actors
from projections.which_facts_bear_a_mark import (
    CONTESTED,
    IRREGULAR,
    RECORDED_LATE,
    ROLE,
    TO_CONFIRM,
    WAIVER,
)
from projections.which_mistakes_are_mended import ANNULLED, CORRECTED
from workflows.instants import PARIS

WRITTEN_DAY: Final = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
"""20/03/2026."""

NUMBER: Final = re.compile(r"[1-9][0-9]{0,5}")
"""A page."""

REFUSED: Final = Code("REFUSED")
"""Beside the marks of facts: what was refused is no fact, and may be looked for like one."""

MARK_NAMES: Final[Mapping[str, Code]] = {
    "conteste": CONTESTED,
    "rectification": TO_CONFIRM,
    "irregulier": IRREGULAR,
    "corrige": CORRECTED,
    "annule": ANNULLED,
    "tardif": RECORDED_LATE,
    "derogation": WAIVER,
    "role": ROLE,
    "refus": REFUSED,
}
"""Marks as addresses name them."""

ORDER_NAMES: Final[Mapping[str, Code]] = {"enregistrement": RECORDED, "fait": HAPPENED}


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as typed: the filters `du`, `au`, `dates`, `marque` (several), `fait`, `par`;
    `registre`, the day as of which it is read; `page`; `vers`, a fact to be shown."""

    first_day: str = ""
    last_day: str = ""
    dates: str = ""
    marks: tuple[str, ...] = ()
    kind: str = ""
    actor: str = ""
    as_of: str = ""
    page: str = ""
    fact: str = ""

    @property
    def filtering(self) -> tuple[tuple[str, str], ...]:
        """What of it chooses facts."""
        named = (("du", self.first_day), ("au", self.last_day), ("fait", self.kind), ("par", self.actor))
        return (*((name, value) for name, value in named if value), *(("marque", one) for one in self.marks))

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What links to other pages of the same facts keep."""
        named = (("dates", self.dates), ("registre", self.as_of))
        return (*self.filtering, *((name, value) for name, value in named if value))

    def address(self, here: str, *, without: Iterable[str] = (), **changed: str) -> str:
        """The journal at `here` with this asked, but for what is changed or left out."""
        left_out = {*without, *changed}
        pairs = [pair for pair in self.kept if pair[0] not in left_out] + list(changed.items())
        return f"{here}?{urlencode(pairs)}" if pairs else here


def asked_in(query: QueryParams) -> Asked:
    """What an address asks for."""
    one = query.get
    return Asked(
        one("du", ""),
        one("au", ""),
        one("dates", ""),
        tuple(dict.fromkeys(query.getlist("marque")))[: len(MARK_NAMES)],
        one("fait", ""),
        one("par", ""),
        one("registre", ""),
        one("page", ""),
        one("vers", ""),
    )


@dataclass(frozen=True)
class Understood:
    """What of it means something: which facts, in which order, as of when; and what does not, by its name."""

    only: Filter = EVERYTHING
    order: Code = RECORDED
    marks: frozenset[Code] = frozenset()
    as_of: date | None = None
    page: int = 1
    errors: Mapping[str, Phrase] = field(default_factory=dict)

    @property
    def moment(self) -> Moment:
        """The end of the day as of which it is read."""
        return Moment(recorded_by=_end(self.as_of) if self.as_of is not None else None)


def understood(asked: Asked, dossier: Dossier, today: date) -> Understood:
    """What means nothing is said, and filters nothing."""
    topics, actors = kinds_and_actors(dossier)
    errors: dict[str, Phrase] = {}
    begins, ends, as_of = _day(asked.first_day), _day(asked.last_day), _day(asked.as_of)
    for name, typed, read in (
        ("du", asked.first_day, begins),
        ("au", asked.last_day, ends),
        ("registre", asked.as_of, as_of),
    ):
        if typed and read is None:
            errors[name] = Phrase("page.audit.bad-day")
    if begins is not None and ends is not None and ends < begins:
        errors["au"], begins, ends = Phrase("page.audit.bad-period"), None, None
    if asked.kind and asked.kind not in topics:
        errors["fait"] = Phrase("page.audit.bad-kind")
    chosen = next((one for one in actors if str(one) == asked.actor), None)
    if asked.actor and chosen is None:
        errors["par"] = Phrase("page.audit.bad-actor")
    if set(asked.marks) - MARK_NAMES.keys():
        errors["marque"] = Phrase("page.audit.bad-mark")
    if asked.page and not NUMBER.fullmatch(asked.page):
        errors["page"] = Phrase("page.audit.bad-cursor")
    order = ORDER_NAMES.get(asked.dates, RECORDED)
    happened = order == HAPPENED
    only = Filter(
        occurred_from=begins if happened else None,
        occurred_to=ends if happened else None,
        recorded_from=datetime.combine(begins, time(), PARIS) if begins is not None and not happened else None,
        recorded_to=_end(ends) if ends is not None and not happened else None,
        topics=(Code(asked.kind),) if asked.kind in topics else (),
        actors=(chosen,) if chosen is not None else (),
    )
    return Understood(
        only,
        order,
        frozenset(MARK_NAMES[one] for one in asked.marks if one in MARK_NAMES),
        as_of if as_of is not None and as_of < today else None,
        int(asked.page) if NUMBER.fullmatch(asked.page) else 1,
        errors,
    )


def fact_asked(asked: Asked) -> UUID | None:
    """The fact that a link leads to, None where it names none."""
    try:
        return UUID(asked.fact)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    """A day as a calendar sends it, or as people write it; none that clocks of Paris cannot tell."""
    written = WRITTEN_DAY.fullmatch(text)
    try:
        day = date.fromisoformat("-".join(reversed(written.groups())) if written else text)
    except ValueError:
        return None
    return day if date.min.year < day.year < date.max.year else None


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, PARIS)
