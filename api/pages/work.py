"""Mon travail: what must I do, by when; what waits for somebody else; what moved since I was last here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from api.mistakes import Telling
from api.pages.acts.opening import OPEN_CONVENTION
from api.pages.asking import Asking
from api.pages.contexts import Act, Delay, MovedLine, NextAct, Phrase, PlaceLine, The, WorkLine, WorkPage
from api.pages.next_steps import next_act, place_of
from api.pages.ranking import Ranked, ranked
from api.pages.rendering import PageWords
from api.pages.sentences import the
from api.pages.telling import Telling as Told
from api.pages.telling import tellings
from domain.kernel import Event
from domain.values import Code
from projections.engine import Dossier
from projections.who_does_what_next import WHENS, Work, work
from workflows.instants import PARIS

MOST_PLACES: Final = 40
"""Of more territories, the most pressing are read."""
MOVED_SHOWN: Final = 8
FEW_DAYS: Final = timedelta(days=7)
"""What is told as new to whoever comes for the first time."""


def work_page(ask: Asking) -> WorkPage:
    """Everything the page shows."""
    near = ranked(ask, ask.visitor.territories)[:MOST_PLACES]
    covered = {one.line.convention_id: one for one in near if one.line is not None and one.said is not None}
    told = tellings(ask, [one.said.standing for one in covered.values() if one.said is not None])
    found = [(told[each.convention_id], each) for one in told.values() for each in _work(ask, one)]
    found.sort(key=lambda pair: (-pair[1].awaited.days_late, pair[1].awaited.due_on or date.max))
    groups: dict[str, tuple[WorkLine, ...]] = {
        when: tuple(_line(covered[one.convention_id], teller, one) for teller, one in found if one.when == when)
        for when in WHENS
    }
    groups["later"] = (*(line for one in near if (line := _to_open(ask, one)) is not None), *groups["later"])
    before = _last_visit(ask)
    since = before or _some_days_ago(ask)
    moved, more = _moved(ask, [(covered[one], ask.dossier(one)) for one in told], since)
    return WorkPage(
        answer=_answer(groups),
        groups=groups,
        moved=tuple(moved),
        moved_more=more,
        since=since.astimezone(PARIS).date(),
        is_last_visit=before is not None,
        places=tuple(PlaceLine(one.place.name, one.home.today, one.status) for one in near),
    )


def _work(ask: Asking, told: Told) -> tuple[Work, ...]:
    own = {one.partner_id for one in ask.visitor.actor.roles if one.partner_id is not None}

    def may(act: Code, partner_id: UUID | None) -> bool:
        return ask.visitor.may(act, told.territory_id, partner_id)

    return work(told.known, may, own)


def _line(one: Ranked, teller: Told, each: Work) -> WorkLine:
    return WorkLine(one.place.name, place_of(one.home, each.awaited), next_act(teller, each.awaited))


def _to_open(ask: Asking, one: Ranked) -> WorkLine | None:
    """A territory without convention, for whoever may open one."""
    place = one.place.territory_id
    if one.line is not None or not ask.visitor.may(OPEN_CONVENTION.name, place):
        return None
    label = Phrase(f"command.{OPEN_CONVENTION.name}")
    act = Act(label, OPEN_CONVENTION.address(territory_id=place))
    step = NextAct(Phrase("page.work.to-open"), "not-started", label, act)
    return WorkLine(one.place.name, one.home.today, step)


def _answer(groups: dict[str, tuple[WorkLine, ...]]) -> tuple[Phrase, ...]:
    """How much is late, with the first by name; else what comes within the month; what waits for others."""
    said = []
    late, soon = groups["late"], (*groups["week"], *groups["month"])
    if late:
        first = late[0]
        what, delay = first.next.what, Delay(first.next.days_late)
        params = {"what": what, "the": the(what), "for_territory": The(first.territory), "delay": delay}
        said.append(Phrase("page.work.first-late", params))
        if late[1:]:
            said.append(Phrase("page.work.late-others", {}, len(late) - 1))
    elif soon:
        said.append(Phrase("page.work.answer-soon", {}, len(soon)))
    else:
        said.append(Phrase("page.work.answer-nothing"))
    waiting = sum(one.next.days_late > 0 for one in groups["others"])
    if waiting:
        said.append(Phrase("page.work.answer-others", {}, waiting))
    return tuple(said)


def _last_visit(ask: Asking) -> datetime | None:
    """The end of the visit before this one; None for whoever comes for the first time."""
    session = ask.visitor.session
    return ask.services.sessions.last_visit(session.account_id) if session is not None else None


def _some_days_ago(ask: Asking) -> datetime:
    day = (ask.services.clock.now() - FEW_DAYS).astimezone(PARIS).date()
    return datetime.combine(day, time(), PARIS)


def _moved(ask: Asking, places: Iterable[tuple[Ranked, Dossier]], since: datetime) -> tuple[list[MovedLine], int]:
    """The latest facts that others recorded on milestones and meetings, and how many more; reminders are not news."""
    found: list[tuple[datetime, Ranked, Event, Telling]] = []
    for one, dossier in places:
        events = {entry.event.envelope.event_id: entry.event for entry in dossier.entries}
        telling = Telling(ask.texts, ask.name, ask.said, events.values())
        fresh = [
            event
            for event in events.values()
            if event.recorded_at >= since
            and event.envelope.actor_id != ask.visitor.actor.actor_id
            and not event.TOPIC.startswith("ctg.agenda.")
        ]
        found += [(event.recorded_at, one, event, telling) for event in fresh]
    found.sort(key=lambda each: each[0], reverse=True)
    shown = found[:MOVED_SHOWN]
    ask.open([event for _, _, event, _ in shown])
    lines = [
        MovedLine(
            at.astimezone(PARIS).date(),
            PageWords.capital(telling.sentence(event)),
            one.place.name,
            one.home.fact(event.envelope.event_id),
        )
        for at, one, event, telling in shown
    ]
    return lines, len(found) - len(shown)
