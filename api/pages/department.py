"""The département's page: where does each territory stand, the late ones first?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.addresses import COMMITTEE, DEPARTMENT, DEPARTMENT_THEMES
from api.pages.asking import Asking
from api.pages.contexts import (
    Act,
    AskedOfCommittee,
    BarLine,
    Choice,
    DepartmentFilters,
    DepartmentPage,
    Fraction,
    LookFirst,
    NavItem,
    Phrase,
    RowGroup,
    TerritoryRow,
)
from api.pages.department_map import map_of
from api.pages.framework_addresses import framework_address, years_of
from api.pages.framework_view import frameworks_read
from api.pages.next_steps import next_act, place_of
from api.pages.paging import page_number
from api.pages.pictures import bar
from api.pages.ranking import ORDER, Ranked, ranked
from api.pages.telling import Teller
from domain.collation import alphabetical
from projections.what_lists_say import Summary
from projections.where_conventions_stand import UNKNOWN, Standing
from projections.which_partners_and_places_are_known import TerritoryKnown
from workflows.summaries import Line

TO_CHECK: Final = Phrase("page.look.to-check")
SHOWN_FIRST: Final = 3
PAGE: Final = 50
BY_NAME: Final = "nom"
UNCOVERED: Final = "non-couvert"
"""What is asked for beside a status: the territories that nothing covers today."""
CALM: Final = ("on-time", "done")
FEWEST_FOR_TOTALS = 3
"""Below so many territories a map and totals say nothing."""


@dataclass(frozen=True)
class Asked:
    """What the address asks of the list: a status, a part of the name, an order, a page; what means nothing is none."""

    status: str = ""
    name: str = ""
    order: str = ""
    page: str = ""

    @property
    def number(self) -> int:
        """Which page of the list, from 1 on."""
        return page_number(self.page)

    @property
    def active(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.status in (*ORDER, UNCOVERED) or self.name.strip() or self.order == BY_NAME)

    def address(self, number: int) -> str:
        """Another page of the same list."""
        pairs = {"etat": self.status, "nom": self.name, "tri": self.order, "page": str(number) if number > 1 else ""}
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{DEPARTMENT}?{query}" if query else DEPARTMENT


def department_page(ask: Asking, asked: Asked) -> DepartmentPage:
    """Everything the page shows, for the territories that the visitor may read."""
    near = ranked(ask, ask.visitor.territories)
    ask.meet(_people(one.line for one in near if one.line is not None))
    built = [_Territory(ask, one) for one in near]
    pressing = [one.look for one in built if one.look is not None]
    deciding = [one.to_decide for one in built if one.to_decide is not None]
    deciding.sort(key=lambda one: one.due_on or date.max)
    has_totals = len(built) >= FEWEST_FOR_TOTALS
    rows = tuple(one.row for one in built)
    found = _found(rows, asked)
    first = (asked.number - 1) * PAGE
    listed = found[first : first + PAGE]
    folds = not asked.active and len(rows) <= PAGE and not all(map(_is_calm, rows))
    return DepartmentPage(
        filters=_filters(asked),
        listed=_groups([one for one in listed if not folds or not _is_calm(one)], found, asked),
        calm=_groups([one for one in listed if folds and _is_calm(one)], found, asked),
        found=len(found),
        newer_href=asked.address(asked.number - 1) if asked.number > 1 else None,
        older_href=asked.address(asked.number + 1) if first + PAGE < len(found) else None,
        department=_name(ask, [one.place for one in near]),
        rows=rows,
        tile_map=map_of(ask, [(one.place, one.status, one.phase, one.href) for one in built]) if has_totals else None,
        look_first=tuple(pressing[:SHOWN_FIRST]),
        look_more=len(pressing[SHOWN_FIRST:]),
        to_decide=tuple(deciding[:SHOWN_FIRST]),
        decide_more=len(deciding[SHOWN_FIRST:]),
        bars=_bars([one.said for one in built if one.said is not None]) if has_totals else (),
        acts=_acts(ask),
        frameworks=_frameworks(ask),
    )


def _found(rows: tuple[TerritoryRow, ...], asked: Asked) -> list[TerritoryRow]:
    """The rows that are asked for, in the order that is."""
    wanted = alphabetical(asked.name.strip())
    found = [
        one
        for one in rows
        if (asked.status not in ORDER or one.status == asked.status)
        and (asked.status != UNCOVERED or one.phase is None or one.uncovered_since is not None)
        and wanted in alphabetical(one.name)
    ]
    return sorted(found, key=lambda one: alphabetical(one.name)) if asked.order == BY_NAME else found


def _is_calm(row: TerritoryRow) -> bool:
    """Whether nothing has to be done for it today: it goes as it should, or has never had a convention."""
    return row.status in CALM or row.phase is None


def _groups(listed: list[TerritoryRow], found: list[TerritoryRow], asked: Asked) -> tuple[RowGroup, ...]:
    """The lines under the status that they share, told once; in the order of names each has its own."""
    if asked.order == BY_NAME:
        return (RowGroup(None, 0, tuple(listed)),) if listed else ()
    return tuple(
        RowGroup(status, sum(one.status == status for one in found), tuple(several))
        for status, several in groupby(listed, lambda one: one.status)
    )


def _filters(asked: Asked) -> DepartmentFilters:
    orders = (("pressing", ""), ("nom", BY_NAME))
    return DepartmentFilters(
        (
            *(Choice(one, Phrase(f"status.{one}"), one == asked.status) for one in ORDER),
            Choice(UNCOVERED, Phrase("flag.NOT_COVERED"), asked.status == UNCOVERED),
        ),
        asked.name,
        tuple(Choice(one, Phrase(f"page.department.order.{word}"), one == asked.order) for word, one in orders),
        asked.active,
    )


def _people(lines: Iterable[Line]) -> Iterator[UUID]:
    """Everyone who is named on the page."""
    for line in lines:
        said = line.said
        expected = (said.first_due and said.first_due.expected, said.step and said.step.expected) if said else ()
        for one in expected:
            yield from (each.person_id for each in one.people) if one else ()


def _bars(covered: list[Summary]) -> tuple[BarLine, ...]:
    """How many plans are signed, how many themes are crossed; nothing where there is no convention."""
    signed, crossed, discussed = (
        sum(one.plan_signed for one in covered),
        sum(one.crossed for one in covered),
        sum(one.themes for one in covered),
    )
    totals = (
        ("signed", signed, len(covered), "#territories"),
        ("crossed", crossed, discussed, DEPARTMENT_THEMES),
    )
    return tuple(
        BarLine(
            Phrase(f"page.department.bar.{name}"),
            Phrase("page.fraction", {"done": done, "total": total}),
            bar(done, total),
            href,
        )
        for name, done, total, href in totals
        if total
    )


def _name(ask: Asking, places: Iterable[TerritoryKnown]) -> str:
    """The département as a sentence begins with it."""
    codes = {one.department for one in places}
    if len(codes) == 1 and ask.texts.has(f"department.{(code := codes.pop())}"):
        return ask.texts.t(f"department.{code}")
    return ask.texts.t("department.several")


def _acts(ask: Asking) -> tuple[Act, ...]:
    """The acts on the register; those on a framework are on its page."""
    forms = (form for form in forms_in("register") if ask.visitor.may(form.name))
    return tuple(Act(Phrase(f"command.{form.name}"), form.address()) for form in forms)


def _frameworks(ask: Asking) -> tuple[NavItem, ...]:
    """The frameworks that follow these territories."""
    return tuple(
        NavItem(
            Phrase("page.nav.framework", {"years": years_of(one)}), framework_address(ask.register, one.framework_id)
        )
        for one in frameworks_read(ask)
    )


class _Territory:
    """One line of the table, with what decides its place: what is said of its convention, where it has one."""

    def __init__(self, ask: Asking, one: Ranked) -> None:
        self.ask = ask
        self.one, self.place, self.line, self.said = one, one.place, one.line, one.said
        self.status, self.phase, self.home = one.status, one.phase, one.home
        line = one.line
        self.told = Teller(ask, line.convention_id, one.place.territory_id, one.home) if line is not None else None

    @property
    def href(self) -> str:
        """The page of the territory."""
        return self.home.today

    @property
    def row(self) -> TerritoryRow:
        """The line of the table."""
        place, told, said = self.place, self.told, self.said
        if told is None or self.line is None:
            return TerritoryRow(place.name, place.siren, self.href, self.status, None)
        if said is None:
            return TerritoryRow(place.name, place.siren, self.href, self.status, UNKNOWN, reason=TO_CHECK)
        due, beside = said.first_due, said.beside_deadlines
        following = said.following if due is None else None
        reason = told.say(beside) if beside is not None and not said.is_late else None
        uncovered = self.uncovered_since
        if uncovered is not None:
            reason = Phrase("page.look.not-covered", {"on": uncovered})
        return TerritoryRow(
            place.name,
            place.siren,
            self.href,
            self.status,
            said.standing.phase,
            said.standing.since,
            _months_since(said.standing, self.ask.today),
            TO_CHECK if self.line.to_check else reason,
            replace(told.line(due), href=self.home.section("deadlines")) if due is not None else None,
            told.say(following.what) if following is not None else None,
            Fraction(said.crossed, said.themes, self.home.section("forums")) if said.themes else None,
            Fraction(said.signed, said.required, self.home.section("signatures")) if said.any_signature else None,
            uncovered,
        )

    @property
    def uncovered_since(self) -> date | None:
        """Since when nothing covers it, although something did; None where something does."""
        return self.one.gap.first_day if self.one.gap is not None else None

    @property
    def to_decide(self) -> AskedOfCommittee | None:
        """What its committee has to decide first; None when nothing waits for it."""
        told, said = self.told, self.said
        if told is None or said is None or said.to_decide is None:
            return None
        asked = said.to_decide
        return AskedOfCommittee(
            self.place.name,
            self.home.page(COMMITTEE),
            told.say(asked.what),
            asked.due_on,
            asked.days_late,
            said.decisions - 1,
        )

    @property
    def look(self) -> LookFirst | None:
        """Why to look here first, who is expected and the act that ends it; None when nothing presses."""
        told, said = self.told, self.said
        if told is None or said is None or (said.reason is None and self.uncovered_since is None):
            return None
        step = said.step
        what = told.say(said.reason) if said.reason is not None else None
        if self.uncovered_since is not None:
            what = Phrase("page.look.not-covered", {"on": self.uncovered_since})
        assert what is not None, "one of the two is there"
        shown = next_act(told, step) if step is not None else None
        return LookFirst(
            self.status,
            self.place.name,
            place_of(self.home, step) if step is not None else self.href,
            what,
            shown.act if shown is not None else None,
            shown.label if shown is not None else None,
            shown.who if shown is not None else None,
        )


def _months_since(standing: Standing, today: date) -> int | None:
    """The age of the convention in whole months, from its first day in force."""
    if standing.period is None or standing.period.effective_from > today:
        return None
    start = standing.period.effective_from
    return (today.year - start.year) * 12 + today.month - start.month - (today.day < start.day)
