"""The département's page: where does each territory stand, the late ones first?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from api.pages.acts import forms_in
from api.pages.asking import Asking
from api.pages.contexts import (
    Act,
    BarLine,
    DepartmentPage,
    Fraction,
    LookFirst,
    Phrase,
    Status,
    TerritoryRow,
)
from api.pages.forms.record import Form
from api.pages.next_steps import next_act, place_of
from api.pages.pictures import Tile, TileMapPicture, bar, tile_map
from api.pages.rendering import PageWords
from api.pages.shell import TERRITORY
from api.pages.telling import Telling, tellings
from projections import where_conventions_stand, which_partners_and_places_are_known
from projections.how_a_convention_does import Due, Situation
from projections.what_comes_next import awaited
from projections.where_conventions_stand import Standing

SHOWN_FIRST = 4
FEWEST_FOR_TOTALS = 3
"""Below so many territories a map and totals say nothing."""
ORDER: tuple[Status, ...] = ("late", "irregular", "watch", "not-started", "on-time", "done")
LEGAL_FORMS = ("CC ", "CA ", "CU ")
ARTICLES = ("du ", "de la ", "de l'", "de l’", "des ", "d'", "d’", "de ")


def department_page(ask: Asking) -> DepartmentPage:
    """Everything the page shows, for the territories that the visitor may read."""
    places = which_partners_and_places_are_known.territories(ask.register, ask.visitor.territories)
    dossiers = ask.dossiers(ask.services.reader.conventions([one.territory_id for one in places]))
    standings = where_conventions_stand.departments(
        places, (where_conventions_stand.standing(one, ask.today) for one in dossiers.values())
    )
    told = tellings(ask, standings)
    built = [
        _Territory(ask, one, told[one.convention_id] if one.convention_id is not None else None) for one in standings
    ]
    built.sort(key=lambda one: (ORDER.index(one.status), one.first_due, one.standing.territory_name))
    pressing = [one.look for one in built if one.look is not None]
    has_totals = len(built) >= FEWEST_FOR_TOTALS
    return DepartmentPage(
        department=_name(ask, standings),
        rows=tuple(one.row for one in built),
        tile_map=_tile_map(ask, built) if has_totals else None,
        look_first=tuple(pressing[:SHOWN_FIRST]),
        look_more=len(pressing[SHOWN_FIRST:]),
        bars=_bars([one.told.situation for one in built if one.told is not None]) if has_totals else (),
        acts=_acts(ask),
    )


def _tile_map(ask: Asking, built: list[_Territory]) -> TileMapPicture:
    words = PageWords(ask.texts)
    return tile_map(
        [
            Tile(
                one.standing.siren,
                _tile_name(ask, one.standing),
                one.status,
                words.say(Phrase(f"phase-short.{one.standing.phase}")),
                one.href,
            )
            for one in built
        ],
        {siren: (place.column, place.row) for siren, place in ask.services.tile_places.items()},
    )


def _bars(covered: list[Situation]) -> tuple[BarLine, ...]:
    """How many plans are signed, how many themes are crossed; nothing where there is no convention."""
    signed, crossed, discussed = (
        sum(one.plan_signed for one in covered),
        sum(one.crossed for one in covered),
        sum(one.themes for one in covered),
    )
    totals = (("signed", signed, len(covered)), ("crossed", crossed, discussed))
    return tuple(
        BarLine(
            Phrase(f"page.department.bar.{name}"),
            Phrase("page.fraction", {"done": done, "total": total}),
            bar(done, total),
            "#territories",
        )
        for name, done, total in totals
        if total
    )


def short_name(name: str) -> str:
    """The name of a territory without its legal form and its article: « Val de Gers »."""
    for form in LEGAL_FORMS:
        if name.startswith(form):
            name = name[len(form) :]
            break
    for article in ARTICLES:
        if name.lower().startswith(article):
            name = name[len(article) :]
            break
    return name[:1].upper() + name[1:]


def _tile_name(ask: Asking, standing: Standing) -> str:
    place = ask.services.tile_places.get(standing.siren)
    return place.short_name if place is not None else short_name(standing.territory_name)


def _name(ask: Asking, standings: tuple[Standing, ...]) -> str:
    """The département as a sentence begins with it."""
    codes = {one.department for one in standings}
    if len(codes) == 1 and ask.texts.has(f"department.{(code := codes.pop())}"):
        return ask.texts.t(f"department.{code}")
    return ask.texts.t("department.several")


def _acts(ask: Asking) -> tuple[Act, ...]:
    """The acts on the framework and on the register, for whoever steers it."""
    acts: list[tuple[Form[Any], str]] = []
    for framework in which_partners_and_places_are_known.frameworks(ask.register):
        acts += [(form, form.address(framework_id=framework.framework_id)) for form in forms_in("framework")]
    acts += [(form, form.address()) for form in forms_in("register")]
    return tuple(Act(Phrase(f"command.{form.name}"), href) for form, href in acts if ask.visitor.may(form.name))


class _Territory:
    """One line of the table, with what decides its place: what is told of its convention, where it has one."""

    def __init__(self, ask: Asking, standing: Standing, told: Telling | None) -> None:
        self.ask = ask
        self.standing = standing
        self.told = told
        self.status: Status = told.situation.status if told is not None else "not-started"

    @property
    def href(self) -> str:
        """The convention, or what there is of the territory without one."""
        return self.told.home if self.told is not None else f"{TERRITORY}/{self.standing.territory_id}"

    @property
    def first_due(self) -> date:
        """What is due first decides the order within a status."""
        due = _first_due(self.told.situation) if self.told is not None else None
        return due.due_on if due is not None else date.max

    @property
    def row(self) -> TerritoryRow:
        """The line of the table."""
        standing, told = self.standing, self.told
        if told is None:
            return TerritoryRow(standing.territory_name, standing.siren, self.href, self.status, None)
        situation = told.situation
        due, beside = _first_due(situation), situation.beside_deadlines
        following = next(iter(awaited(told.known)), None) if due is None else None
        return TerritoryRow(
            standing.territory_name,
            standing.siren,
            self.href,
            self.status,
            standing.phase,
            standing.since,
            _months_since(standing, self.ask.today),
            told.say(beside) if beside is not None and not situation.late else None,
            replace(told.line(due), href=f"{self.href}#deadlines") if due is not None else None,
            told.say(following.what) if following is not None else None,
            Fraction(situation.crossed, situation.themes, f"{self.href}#forums") if situation.themes else None,
            Fraction(situation.signed, situation.required, f"{self.href}#signatures")
            if situation.any_signature
            else None,
        )

    @property
    def look(self) -> LookFirst | None:
        """Why to look here first, who is expected and the act that ends it; None when nothing presses."""
        told = self.told
        if told is None or told.situation.reason is None:
            return None
        step = next((one for one in awaited(told.known) if one.act is not None), None)
        shown = next_act(told, step) if step is not None else None
        return LookFirst(
            self.status,
            self.standing.territory_name,
            f"{self.href}#{place_of(step)}" if step is not None else self.href,
            told.say(told.situation.reason),
            shown.act if shown is not None else None,
            shown.label if shown is not None else None,
            shown.who if shown is not None else None,
        )


def _first_due(situation: Situation) -> Due | None:
    """The oldest deadline that is late, else the next to come."""
    return next(iter(situation.late), None) or situation.following


def _months_since(standing: Standing, today: date) -> int | None:
    """The age of the convention in whole months, from its first day in force."""
    if standing.period is None or standing.period.effective_from > today:
        return None
    start = standing.period.effective_from
    return (today.year - start.year) * 12 + today.month - start.month - (today.day < start.day)
