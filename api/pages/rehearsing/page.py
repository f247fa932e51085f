"""The calendar to come of a territory: who would be told what and when, if nothing is done; what to think of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, person_allowed, policy
from api.pages.addresses import TERRITORY, TODAY
from api.pages.asking import asking
from api.pages.contexts import Phrase
from api.pages.conventions import convention_at, territory_at
from api.pages.rehearsing.address import CALENDAR
from api.pages.rehearsing.moves import MovesLine, moves_lines
from api.pages.rehearsing.told import ForeseenLine, MailsLine, RehearsalTold
from api.pages.shell import page
from api.pages.territory_bar import bar_of
from api.pages.view import View, view_of
from domain.policy import READ_CONVENTION
from workflows.application import UnknownStream
from workflows.rehearsing import MISSED, last_day, rehearse

Reader = Annotated[Visitor, Depends(person_allowed)]


@dataclass(frozen=True, slots=True)
class YearToCome:
    """The lines of a year; the first one is shown, the others are folded."""

    year: int
    lines: tuple[ForeseenLine, ...]
    unfolded: bool


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """``rehearsal.html``: what would be said, by year; how many mails for whom; which deadlines had other days."""

    territory: str
    answer: tuple[Phrase, ...]
    years: tuple[YearToCome, ...]
    mails: tuple[MailsLine, ...]
    last: date
    today_href: str
    moves: tuple[MovesLine, ...] = ()


def rehearsal_page(view: View) -> RehearsalPage:
    """Everything the page shows."""
    ask, dossier = view.ask, view.dossier
    holidays = ask.services.holidays.of(dossier.territory.department)
    last = max(last_day(dossier), ask.today)
    coming = rehearse(dossier, ask.today, last, holidays, ask.services.steering.people)
    ask.meet({person for one in coming.said for person in one.recipients})
    told = RehearsalTold(ask.texts, dossier.register, dossier.method, dossier.territory.department, ask.person)
    lines = told.lines(coming.said)
    years = [(year, tuple(some)) for year, some in groupby(lines, key=lambda one: one.on.year)]
    messages = len(coming.messages)
    missed = sum(one.kind == MISSED for one in coming.said)
    answer = [Phrase("page.rehearsal.answer", {}, messages)]
    if messages or missed:
        answer.append(Phrase("page.rehearsal.answer-missed", {}, missed))
    if coming.unheard:
        answer.append(Phrase("page.rehearsal.unheard", {}, coming.unheard))
    return RehearsalPage(
        view.territory,
        tuple(answer),
        tuple(YearToCome(year, some, number == 0) for number, (year, some) in enumerate(years)),
        told.mails(coming),
        last,
        view.home.today,
        moves_lines(view, holidays),
    )


@policy(READ_CONVENTION)
def calendar(request: Request, siren: str, visitor: Reader) -> Response:
    """Who would be told what, and when?"""
    with asking(request, visitor) as ask:
        territory_id = territory_at(ask, siren)
        convention_id = convention_at(ask, territory_id, request.path_params.get("which"))
        if convention_id is None or ask.dossier(convention_id).convention.is_annulled:
            raise UnknownStream(siren)
        view = view_of(ask, convention_id)
        context = rehearsal_page(view)
        bar = bar_of(ask, territory_id, view.home, TODAY, view.told.situation.status)
        answer: HTMLResponse = page(request, visitor, "rehearsal.html", context, bar=bar)
        return answer


def install(app: FastAPI) -> None:
    """With and without the name of a convention."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        app.add_api_route(base + CALENDAR, calendar, methods=["GET"], include_in_schema=False, response_model=None)
