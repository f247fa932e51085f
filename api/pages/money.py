"""The page of money: are the promises kept, who is awaited, which sheets have nothing, do means follow the needs?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from api.pages.acts.funding import PLEDGE_FUNDING, RECORD_PAYMENT, RECORD_SUPPORTED_PLACES, REVISE_FUNDING
from api.pages.addresses import MONEY
from api.pages.claims import claim_rows
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.money import FunderRow, MoneyPage, PriorityRow, UnfundedRow, YearRow
from api.pages.coverage import coverage_shown
from api.pages.lines.offered import lines_offered
from api.pages.money_lines import asked_of, lines_shown
from api.pages.money_pictures import YearBars, pieces, row_parts, scissors, year_bars
from api.pages.of_before import of_before
from api.pages.view import View
from domain.convention.earlier import MONEY as OF_MONEY
from domain.values import LocalId
from projections import what_money_there_is
from projections.what_money_there_is import (
    CLOSES,
    ENDS,
    FASTER,
    NOTHING,
    OPENS,
    STAYS,
    UNTOLD,
    FunderMoney,
    Money,
    YearMoney,
)
from projections.which_money_is_written import Line, lines

WIDE, NARROW = 548.0, 350.0
BAR, FUNDER_BAR = 1132.0, 260.0
FEW_YEARS: Final = 6
"""Years whose amounts are written in full above their bars."""

STATUS_OF: Final[Mapping[str, Status]] = {
    NOTHING: "late",
    OPENS: "late",
    FASTER: "watch",
    ENDS: "watch",
    STAYS: "watch",
    CLOSES: "on-time",
    UNTOLD: "not-started",
}


def money_page(view: View, asked: Mapping[str, str]) -> MoneyPage:
    """Everything the page shows; `asked`: of which lines the detail is asked for."""
    ask = view.ask
    known = view.dossier.once(what_money_there_is.money, ask.today)
    written = view.dossier.once(lines, ask.today)
    ask.open(written)
    acts = (*view.acts("money"), *lines_offered(view.told, "money"))
    if any(one.line_id for one in written):  # a line has its own
        kept = {f"command.{name}" for name in (RECORD_PAYMENT.name, REVISE_FUNDING.name)}
        acts = tuple(one for one in acts if one.label.key not in kept)
    covered = coverage_shown(view)
    acts = tuple(one for one in acts if one.label.key != f"command.{RECORD_SUPPORTED_PLACES.name}" or covered is None)
    if not written and not known.need_cents:
        return MoneyPage(
            view.territory,
            (Phrase("page.money.answer-none"), *of_before(view.told.known, OF_MONEY)),
            coverage=covered,
            claims=claim_rows(view),
            acts=acts,
        )
    return MoneyPage(
        territory=view.territory,
        answer=(*_answer(known), *of_before(view.told.known, OF_MONEY)),
        total=known.total,
        parts=row_parts(known.total, known.total.means_cents + known.total.asked_cents, BAR, 24),
        hands=tuple((hand, cents, _lines_href(view, certitude=hand)) for hand, cents in pieces(known.total)),
        wide=_bars(view, known, WIDE, full=len(known.years) <= FEW_YEARS),
        narrow=_bars(view, known, NARROW, full=False),
        years=tuple(
            YearRow(
                one.year,
                one.sums,
                one.need_cents,
                one.missing_cents,
                _lines_href(view, annee=str(one.year)),
                one.is_known,
            )
            for one in known.years
        ),
        late=_late(known),
        funders=tuple(_funder(view, known, written, one) for one in known.funders),
        unfunded=tuple(_unfunded(view, known)),
        priorities=tuple(_priorities(view, known)),
        coverage=covered,
        lines=lines_shown(view, written, asked_of(asked)),
        claims=claim_rows(view),
        acts=acts,
    )


def _lines_href(view: View, **asked: str) -> str:
    """The lines behind a figure."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{view.home.page(MONEY)}?{query}#lignes"


def _answer(known: Money) -> Iterator[Phrase]:
    """What came of what was promised, what is late, which sheets have nothing."""
    total = known.total
    if total.means_cents:
        cents = {"means": total.means_cents, "paid": total.paid_cents, "firm": total.firm_cents}
        said = {name: _whole(one) for name, one in cents.items()}
        yield Phrase("page.money.answer-paid" if total.paid_cents else "page.money.answer-unpaid", said)
    else:
        yield Phrase("page.money.answer-nothing-promised")
    if known.late_cents:
        yield Phrase("page.money.answer-late", {"late": _whole(known.late_cents), "since": known.late_since})
    if known.missing_cents:
        yield Phrase(
            "page.money.answer-missing", {"missing": _whole(known.missing_cents), "need": _whole(known.need_cents)}
        )
    if known.unfunded:
        yield Phrase("page.money.answer-unfunded", {}, len(known.unfunded))
    if known.unknown:
        yield Phrase("page.money.answer-unknown", {}, len(known.unknown))


def _whole(cents: int) -> int:
    """An amount to the euro, as a sentence says it."""
    return round(cents / 100) * 100


def _late(known: Money) -> Phrase | None:
    if not known.late_cents or known.late_since is None:
        return None
    return Phrase("page.money.late", {"late": known.late_cents, "on": date(known.late_since, 12, 31)})


def _bars(view: View, known: Money, width: float, *, full: bool) -> YearBars:
    today = view.ask.today
    gone = (today - date(today.year, 1, 1)).days / 366
    short = partial(_short, view, full=full)
    notes = [_note(view, one) if full else "" for one in known.years]
    hrefs = [_lines_href(view, annee=str(one.year)) for one in known.years]
    tick = partial(_short, view, full=False)
    return year_bars(known.years, (today.year, gone), notes, hrefs, short, tick, width)


def _short(view: View, cents: int, *, full: bool) -> str:
    """An amount over a bar: in thousands where there is little room."""
    if full or cents < 100_000:
        return view.ask.texts.t("page.money.amount", cents=_whole(cents))
    return view.ask.texts.t("page.money.thousands", amount=view.ask.texts.number(round(cents / 100_000)))


def _note(view: View, one: YearMoney) -> str:
    """How much of a year came, of one to come how much is sure."""
    means, texts = one.sums.means_cents, view.ask.texts
    if not one.is_known:
        return texts.t("page.money.note-unknown")
    if not means:
        return ""
    if one.year <= view.ask.today.year:
        share = one.sums.paid_cents * 100 // means
        return texts.t("page.money.note-paid-all") if share == 100 else texts.t("page.money.note-paid", share=share)
    return texts.t("page.money.note-firm", share=(one.sums.firm_cents + one.sums.paid_cents) * 100 // means)


def _funder(view: View, known: Money, written: tuple[Line, ...], one: FunderMoney) -> FunderRow:
    most = max((each.sums.means_cents + each.sums.asked_cents for each in known.funders), default=0)
    here = _lines_href(view, financeur=str(one.partner_id))
    status: Status | None = None
    act: Act | None = None
    own = [each for each in written if each.partner_id == one.partner_id and each.open_cents]
    if one.late_cents:
        status, note = "late", Phrase("page.money.funder-late", {"late": one.late_cents, "since": one.late_since})
        late = [each for each in own if each.certainty == "FIRM" and each.year < view.ask.today.year]
        act = _on_line(view, late, RECORD_PAYMENT.name, here)
    elif one.to_confirm_cents:
        status, note = "watch", Phrase("page.money.funder-to-confirm", {"cents": one.to_confirm_cents})
        unsure = [each for each in own if each.certainty == "PROMISED" and each.year <= view.ask.today.year]
        act = _on_line(view, unsure, REVISE_FUNDING.name, here)
    else:
        said = {"firm": one.sums.firm_cents + one.sums.paid_cents, "paid": one.sums.paid_cents}
        note = Phrase("page.money.funder-said", said)
    return FunderRow(
        view.ask.name(one.partner_id),
        view.home.partner(one.partner_id),
        here,
        one.sums,
        row_parts(one.sums, most, FUNDER_BAR, 14),
        status,
        note,
        act,
    )


def _on_line(view: View, some: list[Line], name: str, several: str) -> Act | None:
    """The act on a line of a sheet; where there are several, all of them, each with its own."""
    if len(some) == 1 and some[0].sheet_id is not None and some[0].line_id is not None:
        one = some[0]
        chosen = {"stream_id": str(one.sheet_id), "line_id": str(one.line_id)}
        return view.told.act(name, one.partner_id, **chosen)
    allowed = view.told.act(name, some[0].partner_id) if some else None
    return Act(Phrase("page.money.see-lines", {}, len(some)), several) if allowed is not None else None


def _unfunded(view: View, known: Money) -> Iterator[UnfundedRow]:
    sheets = {one.sheet_id: one for one in view.basis.sheets}
    for one in known.unfunded:
        sheet = sheets[one.sheet_id]
        yield UnfundedRow(
            view.ask.said(sheet.title),
            view.home.sheet(str(one.sheet_id)),
            sheet.owner_name or "",
            one.need_cents,
            one.sums.asked_cents,
            (view.ask.today - one.drafted_on).days,
            view.told.act(PLEDGE_FUNDING.name, view.ask.visitor.partner_id, stream_id=str(one.sheet_id)),
        )


def _priorities(view: View, known: Money) -> Iterator[PriorityRow]:
    titles: dict[LocalId, str | None] = {one.priority_id: view.ask.said(one.title) for one in view.basis.priorities}
    for one in known.priorities:
        if one.priority_id is None:
            title = Phrase("page.money.whole-plan")
        else:
            title = Phrase("page.literal", {"text": titles.get(one.priority_id) or view.ask.texts.t("page.erased")})
        picture = scissors(one.years)
        last = next((each for each in reversed(one.years) if each.need_cents), None)
        yield PriorityRow(
            title,
            _lines_href(view, priorite=one.priority_id or "plan"),
            one.sums,
            one.need_cents,
            one.trend,
            STATUS_OF[one.trend],
            picture,
            _short(view, last.need_cents, full=False) if last else "",
            _short(view, last.sums.means_cents, full=False) if last else "",
        )
