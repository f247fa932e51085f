"""The page of one sheet: who carries it, until when, why it is there, and what became of it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from api.mistakes import Telling as Told
from api.pages.addresses import PLAN, RESULTS
from api.pages.contexts import Act, Delay, JumpLink, Phrase, SheetEvent, SheetPage, The
from api.pages.deciding.counsel import why_links
from api.pages.plan.asked import Asked
from api.pages.plan.quilt import STANDING, Quilt
from api.pages.plan.sheet_facts import acts_on_one, details_of, facts_of, next_of, steps_of
from api.pages.plan.thread import thread_of
from api.pages.prototypes import prototypes_shown
from api.pages.rendering import PageWords
from api.pages.result_words import card_of
from api.pages.sheet_money import sheet_money
from api.pages.view import View
from projections.how_the_chain_holds import chain
from projections.where_the_plan_stands import in_order_of
from projections.whether_sheets_move import LAID_ASIDE, NOT_STARTED, UNKNOWN, SheetMoving
from projections.which_targets_are_reached import IndicatorTold, indicators

CARDS: Final = 2
"""Indicators drawn on the page of a sheet; the page of results has the others."""
SHOWN: Final = 3
"""Facts of its history on its page; the journal has the others."""


def sheet_page(view: View, sheet_id: UUID) -> SheetPage:
    """Everything the page shows of a sheet of the convention."""
    quilt = Quilt(view, Asked())
    one = next(each for each in quilt.sheets if each.sheet.sheet_id == sheet_id)
    number = next(
        place for place, each in enumerate(view.basis.priorities, 1) if each.priority_id == one.sheet.priority_id
    )
    priority = view.basis.priorities[number - 1]
    part = view.dossier.once(chain, view.ask.today).of(priority.priority_id)
    told = speaking_of(view, sheet_id)
    history = _history(view, sheet_id)
    line = quilt.line(one)
    before, after = _beside(quilt, one)
    return SheetPage(
        territory=view.territory,
        number=line.number,
        title=line.title,
        standing=line.standing,
        standing_said=line.state,
        answer=_answer(one),
        plan_href=view.home.page(PLAN),
        priority=view.ask.said(priority.title),
        priority_href=f"{view.home.page(PLAN)}#sheets-{number}",
        facts=facts_of(view, one),
        next_acts=next_of(quilt, one),
        details=details_of(view, one.sheet),
        steps=steps_of(quilt, one.sheet),
        acts=_acts(view, one),
        line=line,
        head=quilt.head(),
        thread=thread_of(view, one.sheet, part, told) if part is not None else (),
        results=tuple(card_of(view, each) for each in told[:CARDS]),
        results_more=len(told[CARDS:]),
        results_href=view.home.page(RESULTS),
        history=history[:SHOWN],
        history_more=len(history[SHOWN:]),
        previous=before,
        following=after,
        money=sheet_money(view, sheet_id),
        prototypes=prototypes_shown(view, sheet_id),
        why_href=why_links(view).get(sheet_id, ""),
    )


def speaking_of(view: View, sheet_id: UUID) -> list[IndicatorTold]:
    """The indicators that speak of a sheet, what is to be looked at first."""
    told = view.dossier.once(indicators, view.ask.today)
    found = [one for one in told if sheet_id in one.terms.sheet_ids and one.retired_on is None]
    view.ask.open(found)
    return found


def _answer(one: SheetMoving) -> tuple[Phrase, ...]:
    """Who carries it until when, and how it stands."""
    sheet, calendar = one.sheet, one.sheet.calendar
    said = []
    if sheet.owner_name is not None and calendar is not None:
        said.append(Phrase("page.sheet.carried", {"who": The(sheet.owner_name), "on": calendar.effective_to}))
    if one.standing == UNKNOWN:
        said.append(Phrase(f"page.sheet.unknown-{one.cause}"))
    elif one.cause is not None:
        given = {"delay": Delay(one.days), "points": one.points_behind}
        said.append(Phrase(f"page.sheet.stands-{one.cause}", given))
    elif one.standing == LAID_ASIDE:
        said.append(Phrase("page.sheet.stands-abandoned" if sheet.is_live else "page.sheet.stands-aside"))
    elif one.standing == NOT_STARTED and calendar is not None:
        said.append(Phrase("page.sheet.stands-not-started", {"on": calendar.effective_from}))
    else:
        said.append(Phrase(f"page.sheet.stands-{STANDING[one.standing]}"))
    return tuple(said)


def _acts(view: View, one: SheetMoving) -> tuple[Act, ...]:
    """What may be done with it; of one that is over, only what is said of it."""
    if not one.sheet.is_live:
        return ()
    found = (view.told.act_on(name, one.sheet.sheet_id, one.sheet.owner_id) for name in acts_on_one())
    return tuple(act for act in found if act is not None)


def _history(view: View, sheet_id: UUID) -> tuple[SheetEvent, ...]:
    """What happened to it, the latest first."""
    found = [entry.event for entry in view.dossier.streams[sheet_id].entries if entry.event.originator_id == sheet_id]
    found.sort(key=lambda event: (event.occurred_on, event.recorded_at), reverse=True)
    telling = Told(view.ask.texts, view.ask.name, view.ask.said, [entry.event for entry in view.dossier.entries])
    view.ask.open(telling.texts(found))
    return tuple(
        SheetEvent(
            event.occurred_on,
            PageWords.capital(telling.sentence(event)),
            view.told.trail(event.envelope.event_id),
            view.ask.documents(event.envelope.evidence),
            event.envelope.event_id in view.contested,
        )
        for event in found
    )


def _beside(quilt: Quilt, one: SheetMoving) -> tuple[JumpLink | None, JumpLink | None]:
    """The sheets before and after it in its priority."""
    own = [each for each in quilt.sheets if each.sheet.priority_id == one.sheet.priority_id]
    own.sort(key=lambda each: (in_order_of(each.sheet.number), each.sheet.drafted_on, each.sheet.sheet_id))
    place = own.index(one)

    def link(at: int) -> JumpLink | None:
        if not 0 <= at < len(own):
            return None
        line = quilt.line(own[at])
        name = " ".join(filter(None, (line.number, line.title)))
        return JumpLink(name, line.href)

    return link(place - 1), link(place + 1)
