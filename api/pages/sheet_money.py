"""The money of one sheet, as its page shows it: funders by years, each cell with its bar; the need beneath."""

from __future__ import annotations

from uuid import UUID

from api.pages.acts.funding import ESTIMATE_BUDGET, PLEDGE_FUNDING
from api.pages.addresses import MONEY
from api.pages.contexts import Phrase
from api.pages.contexts.money import MoneyCell, MoneyRow, SheetMoneyShown
from api.pages.money_pictures import row_parts
from api.pages.view import View
from domain.action_sheets.funding import Funding
from domain.action_sheets.state import ActionSheet
from projections.which_money_is_written import Line, Sums, lines, sums_of

CELL = 64.0


def sheet_money(view: View, sheet_id: UUID) -> SheetMoneyShown:
    """What it needs and who brings what, year by year."""
    sheet = view.dossier.streams[sheet_id].state
    assert isinstance(sheet, ActionSheet)
    own = [one for one in view.dossier.once(lines, view.ask.today) if one.sheet_id == sheet_id]
    need = {one.year: one.amount_cents for one in Funding.of(sheet).budget}
    years = sorted({*(one.year for one in own), *need})
    partners = dict.fromkeys(one.partner_id for one in own)
    most = max((sums_of(_at(own, one, year)).means_cents for one in partners for year in years), default=0)
    rows = tuple(
        MoneyRow(
            view.ask.name(one),
            view.home.partner(one),
            tuple(_cell(_at(own, one, year), most) for year in years),
            sums_of(each for each in own if each.partner_id == one).means_cents,
        )
        for one in partners
    )
    total = sums_of(own)
    acts = [view.told.act(PLEDGE_FUNDING.name, view.ask.visitor.partner_id, stream_id=str(sheet_id))]
    acts.append(view.told.act(ESTIMATE_BUDGET.name, stream_id=str(sheet_id)))
    return SheetMoneyShown(
        _answer(total),
        tuple(years),
        rows,
        tuple(sums_of(each for each in own if each.year == year).means_cents for year in years),
        total.means_cents,
        tuple(need.get(year, 0) for year in years) if need else (),
        sum(need.values()),
        f"{view.home.page(MONEY)}?fiche={sheet_id}#lignes" if own or need else None,
        tuple(one for one in acts if one is not None),
    )


def _at(own: list[Line], partner_id: UUID, year: int) -> list[Line]:
    return [one for one in own if (one.partner_id, one.year) == (partner_id, year)]


def _cell(some: list[Line], most_cents: int) -> MoneyCell:
    """A partner's money in a year, drawn on the scale of the largest one."""
    sums = sums_of(some)
    return MoneyCell(
        sums.means_cents, sums.asked_cents, row_parts(sums, max(most_cents, sums.asked_cents), CELL, 8) if some else ()
    )


def _answer(total: Sums) -> Phrase:
    if not total.means_cents:
        return Phrase("page.sheet.money-none")
    said = {"means": total.means_cents, "paid": total.paid_cents, "firm": total.firm_cents}
    return Phrase("page.sheet.money-answer", said)
