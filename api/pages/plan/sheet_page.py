"""The page of one sheet: who carries it, until when, why it is there, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from api.mistakes import Telling as Told
from api.pages.addresses import PLAN
from api.pages.contexts import Delay, JumpLink, Phrase, SheetEvent, SheetFact, SheetPage, The
from api.pages.plan.asked import Asked
from api.pages.plan.quilt import STANDING, Quilt
from api.pages.plan.thread import thread_of
from api.pages.rendering import PageWords
from api.pages.view import View
from projections.how_the_chain_holds import chain
from projections.whether_sheets_move import LATE, NOT_STARTED, SheetMoving

SHOWN: Final = 6
"""Facts of its history on its page; the journal has the others."""


def sheet_page(view: View, sheet_id: UUID) -> SheetPage:
    """Everything the page shows of a sheet of the convention."""
    quilt = Quilt(view, Asked())
    one = next(each for each in quilt.sheets if each.sheet.sheet_id == sheet_id)
    number = next(
        place for place, each in enumerate(view.basis.priorities, 1) if each.priority_id == one.sheet.priority_id
    )
    priority = view.basis.priorities[number - 1]
    part = chain(view.basis).of(priority.priority_id)
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
        facts=_facts(view, one),
        line=line,
        head=quilt.head(),
        thread=thread_of(view, one.sheet, part) if part is not None else (),
        history=history[:SHOWN],
        history_more=len(history[SHOWN:]),
        previous=before,
        following=after,
    )


def _answer(one: SheetMoving) -> tuple[Phrase, ...]:
    """Who carries it until when, and how it stands."""
    sheet = one.sheet
    calendar, carried = sheet.calendar, None
    if sheet.owner_name is not None and calendar is not None:
        carried = Phrase("page.sheet.carried", {"who": The(sheet.owner_name), "on": calendar.effective_to})
    if calendar is None:
        return (Phrase("page.sheet.undated"),)
    stands = Phrase(
        f"page.sheet.stands-{STANDING[one.standing]}",
        {"delay": Delay(one.days_late)}
        if one.standing == LATE
        else {"on": calendar.effective_from}
        if one.standing == NOT_STARTED
        else {},
    )
    return tuple(said for said in (carried, stands) if said is not None)


def _facts(view: View, one: SheetMoving) -> tuple[SheetFact, ...]:
    sheet = one.sheet
    in_plan = Phrase("page.sheet.in-plan" if sheet.in_plan else "page.sheet.not-in-plan")
    owner_href = view.home.partner(sheet.owner_id) if sheet.owner_id is not None else ""
    dates: tuple[SheetFact, ...] = ()
    if sheet.calendar is not None:
        first, last = sheet.calendar.effective_from, sheet.calendar.effective_to
        started = Phrase("page.sheet.started" if first <= view.ask.today else "page.sheet.starts", {"on": first})
        dates = (SheetFact(Phrase("page.sheet.until"), Phrase("page.sheet.day", {"on": last}), "", started),)
    return (
        SheetFact(Phrase("page.sheet.who"), sheet.owner_name or Phrase("page.sheet.nobody"), owner_href),
        *dates,
        SheetFact(Phrase("page.sheet.plan"), in_plan, f"{view.home.page(PLAN)}#plan"),
    )


def _history(view: View, sheet_id: UUID) -> tuple[SheetEvent, ...]:
    """What happened to it, the latest first."""
    found = [entry.event for entry in view.dossier.streams[sheet_id].entries if entry.event.originator_id == sheet_id]
    found.sort(key=lambda event: (event.occurred_on, event.recorded_at), reverse=True)
    view.ask.open(found)
    telling = Told(view.ask.texts, view.ask.name, view.ask.said, [entry.event for entry in view.dossier.entries])
    return tuple(
        SheetEvent(
            event.occurred_on,
            PageWords.capital(telling.sentence(event)),
            view.told.trail(event.envelope.event_id),
            view.ask.documents(event.envelope.evidence),
        )
        for event in found
    )


def _beside(quilt: Quilt, one: SheetMoving) -> tuple[JumpLink | None, JumpLink | None]:
    """The sheets before and after it in its priority."""
    own = [each for each in quilt.sheets if each.sheet.priority_id == one.sheet.priority_id]
    own.sort(
        key=lambda each: (str(each.sheet.calendar.effective_from) if each.sheet.calendar else "", each.sheet.sheet_id)
    )
    place = own.index(one)

    def link(at: int) -> JumpLink | None:
        if not 0 <= at < len(own):
            return None
        line = quilt.line(own[at])
        return JumpLink(line.title or "", line.href)

    return link(place - 1), link(place + 1)


def _begins(one: SheetMoving) -> date:
    """The first day of an action; what has none comes last."""
    return one.sheet.calendar.effective_from if one.sheet.calendar is not None else date.max
