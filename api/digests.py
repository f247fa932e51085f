"""The digest in words: what « Mon travail » shows, dressed as a letter. One question, two dresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Final
from uuid import UUID

from sqlalchemy import select

from api.access import Visitor
from api.pages.asking import Asking
from api.pages.contexts import WorkLine
from api.pages.digest_choice import usual_rhythm
from api.pages.rendering import PageWords
from api.pages.shell import ACCOUNT, WORK
from api.pages.work_found import Found, News, WorkFound, work_found
from api.services import Services
from workflows.delivery.blocks import Block, Heading, Line, Lines, Link
from workflows.delivery.digests import Composed, Span, Written
from workflows.delivery.letters import Item
from workflows.delivery.rhythm import Rhythm
from workflows.instants import PARIS
from workflows.people import Person
from workflows.schema import events
from workflows.texts import Texts

TOLD: Final = ("late", "week", "month", "others")
"""What a digest tells of: what is far away is on the page only."""
MOST_LINES: Final = 15
"""Lines under each title; of more, how many are left, and where they are."""
MOST_NEWS: Final = 30
LONGEST: Final = 300
"""Letters of a fact: what was written at length is read on its page, and a mail program cuts what is too long."""
LIST: Final = "digests"


class WorkComposer:
    """See `workflows.delivery.digests.Composer`."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def usual(self, person_id: UUID) -> Rhythm:
        """As the account page says it."""
        return usual_rhythm(self._visitor(person_id, self._services.language))

    def compose(self, person: Person, span: Span, rhythm: Rhythm, written: Written) -> Composed:
        """Everything that a person may read now; of whatever was written to them at once, only how much."""
        visitor = self._visitor(person.person_id, person.language)
        with self._services.engine.connect() as connection:
            ask = Asking(self._services, visitor, connection, self._services.clock.today())
            moved_on = _moved_on(ask, span)
            found = work_found(ask, lambda entry: span.holds(entry.position), moved_on)
            told = written.among(one.event.envelope.event_id for one in found.news)
            news = [one for one in found.news if one.event.envelope.event_id not in told]
            ask.open([one.texts for one in news[:MOST_NEWS]])
            today = {found.told_of[one] for one in written.today if one in found.told_of}
            dress = _Dress(self._services.base_url, visitor.texts, found, rhythm, written.count)
            blocks = tuple(dress.blocks(today, news))
        at_once = rhythm is Rhythm.AT_ONCE
        return Composed(
            lambda stop: Item(dress.subject(len(news)), blocks, person.person_id, LIST, stop),
            {}
            if at_once
            else {one.key: _when(one) for one in found.lines if one.when in TOLD and one.key not in today},
            len(news),
            found.near[0].place.territory_id if found.near else None,
        )

    def _visitor(self, person_id: UUID, language: str) -> Visitor:
        services = self._services
        administers = person_id in services.accounts.administrators()
        return Visitor(services.actor_of_person(person_id, is_administrator=administers), Texts(language, typeset=True))


def _when(one: Found) -> str:
    """By when a thing is to be done, as the digest of before had it: moved, it is told again."""
    return f"{one.when} {one.line.next.due_on or ''}"


def _moved_on(ask: Asking, span: Span) -> set[UUID]:
    """The territories on which something was recorded meanwhile: they are looked at, however little presses there."""
    asked = select(events.c.territory_id).where(events.c.position > span.after, events.c.position <= span.until)
    return set(ask.connection.execute(asked.where(events.c.territory_id.is_not(None)).distinct()).scalars())


@dataclass(frozen=True)
class _Dress:
    """The words of one digest."""

    base_url: str
    texts: Texts
    found: WorkFound
    rhythm: Rhythm
    sent: int

    @property
    def _words(self) -> PageWords:
        return PageWords(self.texts)

    def subject(self, news: int) -> str:
        """The figures, shortest first, as a telephone shows them."""
        groups = self.found.groups
        counts = {"late": len(groups["late"]), "week": len(groups["week"]), "news": news}
        said = [self.texts.t_plural(f"mail.digest.subject.{name}", count) for name, count in counts.items() if count]
        what = self.texts.join(said) if said else self.texts.t("mail.digest.subject.calm")
        return self.texts.t("mail.digest.subject", what=what)

    def blocks(self, today: set[str], news: Sequence[News]) -> Iterator[Block]:
        """What is to be done and by when, then what moved."""
        yield " ".join(self._words.capital(self._words.say(one)) for one in self.found.answer)
        yield from self._figures()
        if self.sent:
            yield self.texts.t_plural("mail.digest.sent", self.sent)
        if self.rhythm is not Rhythm.AT_ONCE:
            for when in TOLD:
                yield from self._group(when, [one for one in self.found.lines if one.when == when], today)
        yield from self._news(news)
        yield self._link("mail.digest.page", WORK, is_act=True)
        yield self.texts.t(f"mail.digest.why.{self.rhythm.value}")
        yield self._link("mail.digest.change", ACCOUNT)

    def _figures(self) -> Iterator[str]:
        """How much is to be done by when: the figures of the page."""
        groups = self.found.groups
        said = [f"{len(groups[when])} {self.texts.t(f'page.work.count.{when}')}" for when in TOLD if groups[when]]
        if said:
            yield f"{self.texts.join(said)}."

    def _group(self, when: str, lines: Sequence[Found], today: set[str]) -> Iterator[Block]:
        if not lines:
            return
        yield Heading(f"{self.texts.t(f'page.work.{when}')} ({len(lines)})")
        told = [one.line for one in lines if one.key not in today]
        shown = told[:MOST_LINES]
        for territory in dict.fromkeys(one.territory for one in shown):
            here = tuple(self._line(one) for one in shown if one.territory == territory)
            yield Lines(territory, here)
        if len(told) > len(shown):
            yield self._words.capital(self._words.counted("page.work.more", len(told) - len(shown))) + "."
        if len(lines) > len(told):
            yield self.texts.t_plural("mail.digest.quiet", len(lines) - len(told))

    def _line(self, one: WorkLine) -> Line:
        step, words = one.next, self._words
        about = []
        if step.days_late > 0:
            about.append(self.texts.t("mail.digest.late", delay=words.delay(step.days_late)))
        elif step.due_on is not None:
            about.append(self.texts.t("mail.digest.due", on=step.due_on))
        if step.why is not None:
            about.append(words.capital(words.say(step.why)))
        if step.things is not None:
            about.append(words.capital(words.things(step.things)))
        if step.act is None and step.who is not None:
            about.append(self.texts.t("mail.digest.who", who=step.who))
        label = step.act.label if step.act is not None else None
        href = step.act.href if step.act is not None else one.href
        said = words.capital(words.say(label)) if label is not None else self.texts.t("mail.digest.see")
        link = Link("", said, f"{self.base_url}{href}")
        return Line(words.capital(words.say(step.what)), ". ".join(about), link, step.days_late > 0)

    def _news(self, news: Sequence[News]) -> Iterator[Block]:
        """The newest first, on the territory where something moved last."""
        if not news:
            return
        yield Heading(f"{self.texts.t('page.work.moved')} ({len(news)})")
        shown = news[:MOST_NEWS]
        for territory in dict.fromkeys(one.place.place.name for one in shown):
            here = (one for one in shown if one.place.place.name == territory)
            yield Lines(territory, tuple(map(self._fact, here)))
        if len(news) > len(shown):
            yield self._words.capital(self._words.counted("page.work.moved-more", len(news) - len(shown))) + "."

    def _fact(self, one: News) -> Line:
        on = self.texts.long_date(one.event.recorded_at.astimezone(PARIS).date())
        return Line(
            shorten(one.sentence, LONGEST, placeholder=" …"),
            on,
            Link("", self.texts.t("mail.digest.see"), f"{self.base_url}{one.href}"),
        )

    def _link(self, key: str, path: str, *, is_act: bool = False) -> Link:
        label, address = self.texts.t(key), f"{self.base_url}{path}"
        return Link(self.texts.t("mail.line.link", label=label, link=address), label, address, is_act=is_act)
