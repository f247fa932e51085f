"""Mon travail: what must I do, by when; what waits for somebody else; what moved since I was last here."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from api.pages.asking import Asking
from api.pages.contexts import MovedLine, PlaceLine, WorkPage
from api.pages.work_found import News, work_found
from workflows.instants import PARIS

MOVED_SHOWN: Final = 6
FEW_DAYS: Final = timedelta(days=7)
"""What is told as new to whoever comes for the first time."""


def work_page(ask: Asking) -> WorkPage:
    """Everything the page shows."""
    before = _last_visit(ask)
    since = before or _some_days_ago(ask)
    found = work_found(ask, lambda entry: entry.event.recorded_at >= since)
    shown = found.news[:MOVED_SHOWN]
    ask.open([one.texts for one in shown])
    return WorkPage(
        answer=found.answer,
        groups=found.groups,
        moved=tuple(map(_moved, shown)),
        moved_more=len(found.news) - len(shown),
        since=since.astimezone(PARIS).date(),
        is_last_visit=before is not None,
        places=tuple(PlaceLine(one.place.name, one.home.today, one.status) for one in found.near),
    )


def _moved(one: News) -> MovedLine:
    on = one.event.recorded_at.astimezone(PARIS).date()
    return MovedLine(on, one.sentence, one.place.place.name, one.href)


def _last_visit(ask: Asking) -> datetime | None:
    """The end of the visit before this one; None for whoever comes for the first time."""
    session = ask.visitor.session
    return ask.services.sessions.last_visit(session.account_id) if session is not None else None


def _some_days_ago(ask: Asking) -> datetime:
    day = (ask.services.clock.now() - FEW_DAYS).astimezone(PARIS).date()
    return datetime.combine(day, time(), PARIS)
