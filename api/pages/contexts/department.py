"""The contracts of ``department.html`` and ``territory.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.convention import RoleLine
from api.pages.contexts.pieces import Act, Choice, DeadlineLine, Fraction, NavItem, Phrase, Status
from api.pages.pictures import BarPicture, TileMapPicture


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """One territory of the table, given late first; ``phase`` is ``None`` where there is no convention.

    ``reason`` says why it is late or to be watched; ``next_act`` what comes next where no deadline runs;
    ``uncovered_since``: since when nothing covers it, although something did.
    """

    name: str
    siren: str
    href: str
    status: Status
    phase: str | None
    since: date | None = None
    age_months: int | None = None
    reason: Phrase | None = None
    deadline: DeadlineLine | None = None
    next_act: Phrase | None = None
    crossed: Fraction | None = None
    signatures: Fraction | None = None
    uncovered_since: date | None = None


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The lines of one status, of so many in all; without one the lines are in another order, each with its own."""

    status: Status | None
    total: int
    rows: tuple[TerritoryRow, ...]


@dataclass(frozen=True, slots=True)
class AskedOfCommittee:
    """What a territory's committee has to decide first, and how much `more`; ``href`` is its page."""

    territory: str
    href: str
    what: Phrase
    due_on: date | None = None
    days_late: int = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class LookFirst:
    """One line of "Où regarder d'abord": what is the matter, the one act that ends it and who is expected to do it.

    ``href`` leads to its place on the convention's page; ``label`` names the act for whoever may not do it.
    """

    status: Status
    territory: str
    href: str
    what: Phrase
    act: Act | None = None
    label: Phrase | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class BarLine:
    """One bar with its label and the words that say the same thing."""

    label: Phrase
    words: Phrase
    picture: BarPicture
    href: str


@dataclass(frozen=True, slots=True)
class DepartmentFilters:
    """What the list was asked for, kept in the address as ``etat``, ``nom``, ``tri``."""

    statuses: tuple[Choice, ...]
    name: str
    orders: tuple[Choice, ...]
    active: bool = False


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """``department.html``: where does each territory stand, late first.

    ``department`` is the name as a sentence begins with it ("Le Gers"). A few territories need neither map nor
    totals. ``rows`` are all of them; ``listed`` those of this page of the list, of ``found``, and ``calm`` those that
    go as they should, folded while nothing is asked for. ``look_more`` and ``decide_more`` count the territories that
    ``look_first`` and ``to_decide`` leave out.
    """

    department: str
    rows: tuple[TerritoryRow, ...]
    tile_map: TileMapPicture | None = None
    look_first: tuple[LookFirst, ...] = ()
    look_more: int = 0
    to_decide: tuple[AskedOfCommittee, ...] = ()
    decide_more: int = 0
    bars: tuple[BarLine, ...] = ()
    acts: tuple[Act, ...] = ()
    filters: DepartmentFilters | None = None
    listed: tuple[RowGroup, ...] = ()
    calm: tuple[RowGroup, ...] = ()
    found: int = 0
    newer_href: str | None = None
    older_href: str | None = None
    frameworks: tuple[NavItem, ...] = ()

    def count(self, *statuses: Status) -> int:
        """How many territories stand in one of ``statuses``."""
        return sum(1 for row in self.rows if row.status in statuses)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """Something known of a territory: what covers it, what follows it, who steers it, by its name and where it is."""

    what: Phrase
    name: str | None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """``territory.html``: a territory that has no convention yet, what is known of it, and what comes first.

    ``asked`` answers for the page that was asked for (its plan, its journal); ``facts`` are the latest that were
    recorded, each with its day.
    """

    name: str
    communes: int
    population: int
    acts: tuple[Act, ...] = ()
    roles: tuple[RoleLine, ...] = ()
    role_acts: tuple[Act, ...] = ()
    asked: Phrase | None = None
    known: tuple[KnownFact, ...] = ()
    facts: tuple[tuple[Phrase, date], ...] = ()
