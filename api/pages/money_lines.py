"""The lines of money behind the figures of a page: those asked for, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts.funding import RECORD_PAYMENT, REVISE_FUNDING
from api.pages.addresses import MONEY, PARTNERS, anchor_of
from api.pages.contexts import Act, Phrase
from api.pages.contexts.money import LineFact, LinesShown, MoneyLine
from api.pages.paging import page_number
from api.pages.view import View
from domain.values import LocalId
from projections import what_became_of_money
from projections.what_became_of_money import SaidOfLine
from projections.which_money_is_written import Line, sums_of

FEW: Final = 4
"""Lines up to which all are shown without being asked for."""

LINES_PER_PAGE: Final = 6
"""As many as four screens of a telephone hold, each with its acts."""

HANDS: Final[Mapping[str, str]] = {"firm": "FIRM", "promised": "PROMISED", "asked": "ASKED"}


@dataclass(frozen=True)
class LinesAsked:
    """Which lines: of a year, a partner, a priority (`plan`: the plan as a whole), a sheet, a hand; or all of them."""

    year: str = ""
    partner: str = ""
    priority: str = ""
    sheet: str = ""
    hand: str = ""
    every: bool = False
    page: int = 1

    @property
    def is_asked(self) -> bool:
        """Whether any line is asked for."""
        return bool(self.year or self.partner or self.priority or self.sheet or self.hand or self.every)

    def keeps(self, one: Line) -> bool:
        """Whether a line is one of them."""
        return (
            (not self.year or str(one.year) == self.year)
            and (not self.partner or str(one.partner_id) == self.partner)
            and (not self.priority or (one.priority_id or "plan") == self.priority)
            and (not self.sheet or str(one.sheet_id) == self.sheet)
            and (not self.hand or self._in_hand(one))
        )

    def _in_hand(self, one: Line) -> bool:
        if self.hand == "paid":
            return one.paid_cents > 0
        return one.certainty == HANDS.get(self.hand) and one.open_cents > 0

    def query(self, page: int) -> str:
        """The same on another page."""
        said = {"annee": self.year, "financeur": self.partner, "priorite": self.priority, "fiche": self.sheet}
        said |= {"certitude": self.hand, "tout": "1" if self.every else "", "page": str(page) if page > 1 else ""}
        return urlencode({name: value for name, value in said.items() if value})


def asked_of(query: Mapping[str, str]) -> LinesAsked:
    """What an address asks for."""
    return LinesAsked(
        query.get("annee", ""),
        query.get("financeur", ""),
        query.get("priorite", ""),
        query.get("fiche", ""),
        query.get("certitude", ""),
        bool(query.get("tout")),
        page_number(query.get("page", "")),
    )


def lines_shown(view: View, written: tuple[Line, ...], asked: LinesAsked) -> LinesShown:
    """The lines asked for, a page at a time; without being asked, all of a few."""
    here = view.home.page(MONEY)
    if not asked.is_asked and len(written) > FEW:
        return LinesShown((), (), len(written), sums_of(written), f"{here}?tout=1#lignes")
    kept = [one for one in written if asked.keeps(one)]
    first = (asked.page - 1) * LINES_PER_PAGE
    shown = kept[first : first + LINES_PER_PAGE]
    said: dict[UUID | None, Mapping[LocalId, list[SaidOfLine]]] = {
        sheet_id: what_became_of_money.of_lines(view.dossier, sheet_id)
        for sheet_id in {one.sheet_id for one in shown if one.sheet_id is not None}
    }
    view.ask.open(tuple(tuple(facts) for of_sheet in said.values() for facts in of_sheet.values()))

    def turn(page: int) -> str:
        return f"{here}?{asked.query(page)}#lignes"

    return LinesShown(
        tuple(_asked(view, asked)),
        tuple(_line(view, one, said) for one in shown),
        len(kept),
        sums_of(kept),
        here if asked.is_asked else None,
        turn(asked.page - 1) if asked.page > 1 else None,
        turn(asked.page + 1) if first + LINES_PER_PAGE < len(kept) else None,
        tuple(_estimates(view, asked.sheet)),
        asked.is_asked,
    )


def _asked(view: View, asked: LinesAsked) -> Iterator[Phrase]:
    """Of what the lines are, in words."""
    if asked.year:
        yield Phrase("page.money.of-year", {"year": asked.year})
    if asked.partner:
        known = [one for one in view.ask.register.partners if str(one) == asked.partner]
        yield Phrase("page.literal", {"text": view.ask.name(known[0]) if known else asked.partner})
    if asked.priority == "plan":
        yield Phrase("page.money.whole-plan")
    elif asked.priority:
        titles = {one.priority_id: view.ask.said(one.title) for one in view.basis.priorities}
        yield Phrase("page.literal", {"text": titles.get(LocalId(asked.priority)) or asked.priority})
    if asked.sheet:
        yield Phrase("page.literal", {"text": _titles(view).get(asked.sheet) or asked.sheet})
    if asked.hand in (*HANDS, "paid"):
        yield Phrase(f"page.money.hand-{asked.hand}")


def _titles(view: View) -> dict[str, str | None]:
    return {str(one.sheet_id): view.ask.said(one.title) for one in view.basis.sheets}


def _line(view: View, one: Line, said: Mapping[UUID | None, Mapping[LocalId, list[SaidOfLine]]]) -> MoneyLine:
    if one.sheet_id is not None:
        what = _titles(view).get(str(one.sheet_id))
        href = view.home.sheet(str(one.sheet_id))
        of, label = Phrase("page.money.of-sheet"), view.ask.said(one.label)
    else:
        what, of, label = view.ask.said(one.label), Phrase("page.money.of-pledge"), None
        href = f"{view.home.page(PARTNERS)}#{anchor_of('pledge', one.pledge_id)}"
    facts = said.get(one.sheet_id, {}).get(one.line_id, []) if one.line_id is not None else []
    return MoneyLine(
        what,
        href,
        of,
        view.ask.name(one.partner_id),
        one.year,
        one.certainty,
        one.amount_cents,
        one.paid_cents,
        label,
        one.is_bound,
        tuple(_fact(view, each) for each in facts),
        tuple(_acts(view, one)),
    )


def _fact(view: View, one: SaidOfLine) -> LineFact:
    what = Phrase(
        f"page.money.said-{one.what}",
        {"year": one.year, "cents": one.amount_cents, "certainty": one.certainty},
    )
    ask = view.ask
    return LineFact(
        one.on,
        what,
        view.told.trail(one.event_id),
        ask.said(one.words),
        ask.marks(one.irregularities),
        ask.documents(one.evidence),
    )


def _acts(view: View, one: Line) -> Iterator[Act]:
    if one.sheet_id is None or one.line_id is None:
        return
    chosen = {"stream_id": str(one.sheet_id), "line_id": str(one.line_id)}
    names = (RECORD_PAYMENT.name, REVISE_FUNDING.name) if one.open_cents else (REVISE_FUNDING.name,)
    for name in names:
        if (act := view.told.act(name, one.partner_id, **chosen)) is not None:
            yield act


def _estimates(view: View, sheet_id: str) -> Iterator[LineFact]:
    """What the sheet that is asked for was said to need, one estimate after another."""
    found = next((one for one in view.basis.sheets if str(one.sheet_id) == sheet_id), None)
    for one in what_became_of_money.estimates(view.dossier, found.sheet_id) if found is not None else ():
        cents = sum(each.amount_cents for each in one.budget)
        years = view.ask.texts.join(
            [view.ask.texts.t("page.money.year-amount", year=each.year, cents=each.amount_cents) for each in one.budget]
        )
        yield LineFact(
            one.on,
            Phrase("page.money.said-need", {"cents": cents}),
            view.told.trail(one.event_id),
            years,
            evidence=view.ask.documents(one.evidence),
        )
