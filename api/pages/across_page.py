"""The page of the themes of the département: which are crossed in which territory, where most is left first."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from api.pages.across import COLUMNS, CellAcross, RowAcross, across
from api.pages.addresses import DEPARTMENT_THEMES
from api.pages.asking import Asking
from api.pages.contexts import AcrossPage, Phrase, PlaceAcross, Spelled, ThemeAcrossShown
from api.pages.heard_picture import lacks_of, shown_status
from api.pages.matrix_pieces import Link, Matrix, Voice
from api.pages.paging import page_number
from api.pages.ranking import Ranked, ranked
from api.pages.rendering import PageWords
from domain.values import AnalysisSide
from projections import what_forums_heard
from projections.engine import Dossier
from projections.how_a_convention_does import known
from projections.what_forums_heard import ThemeAcross, ThemeHeard

PAGE: Final = COLUMNS


def across_page(ask: Asking, asked: str) -> AcrossPage:
    """Everything the page shows, for the territories that the visitor may read."""
    near = ranked(ask, ask.visitor.territories)
    having = [one for one in near if one.said is not None and one.said.themes]
    having.sort(key=_left_to_cross, reverse=True)
    number = page_number(asked)
    first = (number - 1) * PAGE
    shown = having[first : first + PAGE]
    rows = what_forums_heard.across(_heard(ask, shown))
    return AcrossPage(
        _answer(having),
        _picture(ask, rows, shown),
        tuple(_shown(row, shown) for row in rows),
        len(having),
        len(near) - len(having),
        _address(number - 1) if number > 1 else None,
        _address(number + 1) if first + PAGE < len(having) else None,
    )


def _left_to_cross(one: Ranked) -> int:
    return one.said.themes - one.said.crossed if one.said is not None else 0


def _address(number: int) -> str:
    return f"{DEPARTMENT_THEMES}?page={number}" if number > 1 else DEPARTMENT_THEMES


def _answer(having: list[Ranked]) -> tuple[Phrase, ...]:
    """How many are crossed of all those that the conventions have."""
    said = [one.said for one in having if one.said is not None]
    if not said:
        return (Phrase("page.across.answer-none"),)
    crossed, total = sum(one.crossed for one in said), sum(one.themes for one in said)
    left = sum(one.crossed < one.themes for one in said)
    return (
        Phrase("page.across.answer", {"total": Spelled(total)}, crossed),
        Phrase("page.across.answer-left", {}, left),
    )


def _heard(ask: Asking, shown: list[Ranked]) -> list[tuple[ThemeHeard, ...]]:
    """What was heard in each of these territories, read from its own facts."""
    dossiers = ask.dossiers(_convention(one) for one in shown)
    return [_of(ask, dossiers[one]) if (one := _convention(each)) in dossiers else () for each in shown]


def _of(ask: Asking, dossier: Dossier) -> tuple[ThemeHeard, ...]:
    holidays = ask.services.holidays.of(dossier.territory.department)
    return what_forums_heard.heard(known(dossier, ask.today, holidays))


def _convention(one: Ranked) -> UUID:
    assert one.line is not None, "only a territory with a convention has themes"
    return one.line.convention_id


def _picture(ask: Asking, rows: tuple[ThemeAcross, ...], shown: list[Ranked]) -> Matrix | None:
    words = PageWords(ask.texts)
    return across(
        [
            RowAcross(
                words.capital(words.theme(row.theme)),
                tuple(_cell(one) if one is not None else None for one in row.heard),
            )
            for row in rows
        ],
        [Link(one.place.name, one.home.section("forums")) for one in shown],
        (words.t("page.matrix.OFFER"), words.t("page.matrix.DEMAND")),
    )


def _cell(one: ThemeHeard) -> CellAcross:
    sides = one.sides
    return CellAcross(shown_status(one), Voice(one.present, AnalysisSide.OFFER in sides, AnalysisSide.DEMAND in sides))


def _shown(row: ThemeAcross, shown: list[Ranked]) -> ThemeAcrossShown:
    having = [(one, place) for one, place in zip(row.heard, shown, strict=True) if one is not None]
    return ThemeAcrossShown(
        row.theme,
        tuple(_place(one, place) for one, place in having if one.status == "done"),
        tuple(_place(one, place) for one, place in having if one.status != "done"),
    )


def _place(one: ThemeHeard, place: Ranked) -> PlaceAcross:
    return PlaceAcross(place.place.name, place.home.section("forums"), one.present, lacks_of(one))
