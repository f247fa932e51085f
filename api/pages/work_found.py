"""What waits for a reader, and what others recorded since: asked once, for the page and for the digest alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Final
from uuid import UUID

from api.mistakes import Telling
from api.pages.acts.opening import OPEN_CONVENTION
from api.pages.asking import Asking
from api.pages.contexts import Act, Delay, NextAct, Phrase, The, WorkLine
from api.pages.framework_due import awaited_there, work_there
from api.pages.framework_view import FrameworkView, frameworks_read
from api.pages.next_steps import next_act, place_of
from api.pages.ranking import Ranked, ranked
from api.pages.rendering import PageWords
from api.pages.sentences import the
from api.pages.telling import Telling as Told
from api.pages.telling import tellings
from domain.agenda import ReminderEscalated, ReminderSent
from domain.framework_pledges.keeping import RecordFrameworkDelivery
from domain.kernel import Event
from domain.values import Code
from projections.engine import Entry
from projections.what_a_framework_awaits import when_on_framework
from projections.what_comes_next import Awaited
from projections.which_facts_are_contested import contestations
from projections.who_does_what_next import WHENS, Work, work
from workflows.delivery.things import thing

MOST_PLACES: Final = 40
"""Of more territories, the most pressing are read."""

IsNews = Callable[[Entry], bool]


@dataclass(frozen=True)
class Found:
    """One thing to do: when, as a line, and a `key` that stays the same from one day to the next: of a deadline, the
    word of `workflows/delivery/things.py`."""

    when: str
    line: WorkLine
    key: str


@dataclass(frozen=True)
class News:
    """A fact that somebody else recorded, where."""

    place: Ranked
    event: Event
    telling: Telling

    @property
    def texts(self) -> object:
        """What its sentence says of sealed texts."""
        return self.telling.texts([self.event])

    @property
    def sentence(self) -> str:
        """In one sentence; its texts are opened before."""
        return PageWords.capital(self.telling.sentence(self.event))

    @property
    def href(self) -> str:
        """Where it stands in the journal."""
        return self.place.home.fact(self.event.envelope.event_id)


@dataclass(frozen=True)
class WorkFound:
    """All of it: the reader's territories, the most pressing first; what is to be done, the latest first; the news, the
    newest first; which deadline each message told of; how many facts are contested there and not resolved."""

    near: tuple[Ranked, ...]
    lines: tuple[Found, ...]
    news: tuple[News, ...]
    told_of: Mapping[UUID, str]
    contested: int = 0

    @property
    def groups(self) -> dict[str, tuple[WorkLine, ...]]:
        """What is to be done, by when."""
        return {when: tuple(one.line for one in self.lines if one.when == when) for when in WHENS}

    @property
    def answer(self) -> tuple[Phrase, ...]:
        """How much is late, with the first by name; else what comes within the month; what waits for others."""
        groups, said = self.groups, []
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
        if self.contested:
            said.append(Phrase("contested.answer", {}, self.contested))
        return tuple(said)


def work_found(ask: Asking, is_news: IsNews, moved_on: Collection[UUID] = ()) -> WorkFound:
    """What waits for whoever asks, and what is new to them by `is_news`; on the most pressing of their territories, and
    on those where something is known to have moved."""
    places = ranked(ask, ask.visitor.territories)
    near = [one for at, one in enumerate(places) if at < MOST_PLACES or one.place.territory_id in moved_on]
    covered = {one.line.convention_id: one for one in near if one.line is not None and one.said is not None}
    told = tellings(ask, covered)
    found = [(told[each.convention_id], each) for one in told.values() for each in _work(ask, one)]
    lines = [Found("later", line, f"open:{one.place.territory_id}") for one in near if (line := _to_open(ask, one))]
    dated = [(_latest(each.awaited), _found(covered[each.convention_id], teller, each)) for teller, each in found]
    steered = tuple(_steered(ask))
    dated += [(_latest(each), _of_framework(view, each)) for view in steered for each in awaited_there(view)]
    lines += [line for _, line in sorted(dated, key=itemgetter(0))]
    told_of = {one: said for view in steered for one, said in _told_of(entry.event for entry in view.place.entries)}
    news: dict[UUID, News] = {}
    contested: set[UUID] = set()
    for convention_id in told:
        dossier = ask.dossier(convention_id)
        contested |= {one.contestation_id for one in contestations(dossier) if one.is_open}
        events = {entry.event.envelope.event_id: entry.event for entry in dossier.entries}
        telling = Telling(ask.texts, ask.name, ask.said, events.values())
        told_of |= dict(_told_of(events.values()))
        for entry in dossier.entries:
            event = entry.event
            if is_news(entry) and _is_told(event, ask.visitor.actor.actor_id):
                # What is about several conventions (a partner, a framework) is told on the first.
                news.setdefault(event.envelope.event_id, News(covered[convention_id], event, telling))
    latest = sorted(news.values(), key=lambda one: one.event.recorded_at, reverse=True)
    return WorkFound(tuple(near), tuple(lines), tuple(latest), told_of, len(contested))


def _steered(ask: Asking) -> Iterator[FrameworkView]:
    """The frameworks of which whoever asks may say what was delivered."""
    for one in frameworks_read(ask):
        view = FrameworkView(ask, one)
        if view.may(RecordFrameworkDelivery.NAME):
            yield view


def _of_framework(view: FrameworkView, one: Awaited) -> Found:
    occurrence = thing(one.occurrence) if one.occurrence is not None else str(view.framework_id)
    return Found(when_on_framework(one, view.ask.today), work_there(view, one), occurrence)


def _latest(one: Awaited) -> tuple[int, date]:
    """What is latest comes first, then what is due first."""
    return -one.days_late, one.due_on or date.max


def _told_of(events: Iterable[Event]) -> Iterator[tuple[UUID, str]]:
    """Which deadline each message told of."""
    for event in events:
        if isinstance(event, ReminderSent | ReminderEscalated):
            yield event.envelope.event_id, thing(event.occurrence)


def _is_told(event: Event, reader: UUID) -> bool:
    """Whether a fact is news to somebody: neither their own, nor a reminder."""
    return event.envelope.actor_id != reader and not event.TOPIC.startswith("ctg.agenda.")


def _work(ask: Asking, told: Told) -> tuple[Work, ...]:
    own = {one.partner_id for one in ask.visitor.actor.roles if one.partner_id is not None}

    def may(act: Code, partner_id: UUID | None) -> bool:
        return ask.visitor.may(act, told.territory_id, partner_id)

    return work(told.known, may, own)


def _found(one: Ranked, teller: Told, each: Work) -> Found:
    awaited = each.awaited
    line = WorkLine(one.place.name, place_of(one.home, awaited), next_act(teller, awaited))
    occurrence = thing(awaited.occurrence) if awaited.occurrence is not None else None
    what = awaited.what
    parts = (each.convention_id.hex, what.word, what.of, what.period, awaited.partner_id, awaited.theme, awaited.act)
    return Found(each.when, line, occurrence or ":".join(str(part or "") for part in parts))


def _to_open(ask: Asking, one: Ranked) -> WorkLine | None:
    """A territory without convention, for whoever may open one."""
    place = one.place.territory_id
    if one.line is not None or not ask.visitor.may(OPEN_CONVENTION.name, place):
        return None
    label = Phrase(f"command.{OPEN_CONVENTION.name}")
    act = Act(label, OPEN_CONVENTION.address(territory_id=place))
    step = NextAct(Phrase("page.work.to-open"), "not-started", label, act)
    return WorkLine(one.place.name, one.home.today, step)
