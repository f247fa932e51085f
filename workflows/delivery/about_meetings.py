"""Invitations to meetings: whoever sits is written to when one is convened, moved, cancelled; once each.

What is said is what stands the day the letter leaves: a meeting that moved in between is told once, where it is now.
A letter brings the day into a calendar (`invitations.py`), and the way to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.frameworks import FrameworkConvention
from domain.kernel import Event
from domain.steering import SteeringBody
from domain.steering.answering import AnswerInvitation
from domain.steering.planning import SteeringMeetingCancelled, SteeringMeetingConvened, SteeringMeetingMoved
from domain.territories import Territory
from domain.values import Prose
from projections.engine import Steered, prose_tokens
from projections.which_meetings_there_are import MeetingTold, sittings
from projections.who_is_invited import Call, calls, invitation_id, invited, seats_of
from workflows.answering import convention_there
from workflows.application import Steering
from workflows.calendar import local_time
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.blocks import Block, Line, Lines, Link
from workflows.delivery.doors import Doors
from workflows.delivery.invitations import Organizer, calendar_of
from workflows.delivery.leading import act_link, once_link, page_link
from workflows.delivery.letters import ANNULLED, MEETINGS, NOT_EXPECTED, SUPERSEDED, Item, Letter, letter_to
from workflows.delivery.outbox import wrote_to
from workflows.instants import PARIS
from workflows.people import Person, Vault
from workflows.reading import Reader
from workflows.texts import Texts

CONVENED: Final = "meeting-convened"
MOVED: Final = "meeting-moved"
CANCELLED: Final = "meeting-cancelled"
_KINDS: Final[dict[type[Event], str]] = {
    SteeringMeetingConvened: CONVENED,
    SteeringMeetingMoved: MOVED,
    SteeringMeetingCancelled: CANCELLED,
}


def leaves_from_here(event: Event) -> bool:
    """Whether the engine writes: what is told of an earlier day was written by other means."""
    return event.occurred_on == event.recorded_at.astimezone(PARIS).date()


@dataclass(frozen=True, kw_only=True)
class Invitations:
    """What those who sit are told of the meetings of their body. `organizer`: whom calendars name."""

    KINDS: ClassVar[frozenset[str]] = frozenset(_KINDS.values())

    steering: Steering
    reader: Reader
    vault: Vault
    doors: Doors
    organizer: Organizer

    @staticmethod
    def letters_of(steering: Steering, event: Event) -> Iterator[Letter]:
        """One letter for each person who is written to for a seat."""
        kind = _KINDS.get(type(event))
        if kind is None or not leaves_from_here(event):
            return
        body = steering.load(event.originator_id)
        home = _home(steering, body) if isinstance(body, SteeringBody) else None
        if not isinstance(body, SteeringBody) or home is None:
            return
        people = (one.person_id for one in invited(body, event.occurred_on, steering.people))
        for person_id in dict.fromkeys(one for one in people if one is not None):
            yield letter_to(person_id, kind, event, home)

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """Meant while it is the last that was said of the meeting, and somebody is still to come to it; a meeting that
        is off is told to those who were told of it."""
        body = self.steering.load(letter.within_id)
        if not isinstance(body, SteeringBody):
            raise LookupError(f"no body {letter.within_id}")  # noqa: TRY004 - an unknown id, not a wrong type
        place = self._place(body)
        every = calls(place, body.id)
        event = next((one for one in every if one.envelope.event_id == letter.about_id), None)
        if event is None:
            return NotMeant(ANNULLED)
        said = [one for one in every if one.meeting_id == event.meeting_id]
        if said[-1] is not event:
            return NotMeant(SUPERSEDED)
        here = (body.id, event.meeting_id)
        told = next((one for one in sittings(place, today) if (one.body_id, one.meeting_id) == here), None)
        if told is None or told.convened_on is None or (told.planned_on or today) < today or told.held_on is not None:
            return NotMeant(NOT_EXPECTED)
        asked = invited(body, today, self.steering.people)
        people = dict.fromkeys(one.person_id for one in asked if one.person_id is not None)
        before = [one.envelope.event_id for one in said[:-1]]
        if letter.kind == CANCELLED:
            known = wrote_to(self.steering.engine, before)
            people = {one: None for one in people if one in known}
        telling = _Telling(self, body, place, told, event, before)
        return Meant(tuple(people), telling.item, to_somebody=False)

    def _place(self, body: SteeringBody) -> Steered:
        if body.territory_id is not None:
            return self.reader.surroundings(body.territory_id)
        assert body.whole_framework_id is not None, "a body is of a territory or of a framework"
        return self.reader.of_framework(body.whole_framework_id)


@dataclass(frozen=True)
class _Telling:
    """What a letter says of one meeting on the day it leaves; `before`: the letters about it that may have left."""

    of: Invitations
    body: SteeringBody
    place: Steered
    told: MeetingTold
    event: Call
    before: list[UUID]

    def item(self, person: Person, texts: Texts) -> Item:
        """In a person's language, with the way to answer that is theirs."""
        told, words = self.told, self._words(texts)
        said = self._opened()
        key = self._key(person.person_id)
        blocks: list[Block] = [texts.t(f"mail.meeting.{key}.body", **words)]
        if key != CANCELLED:
            blocks += self._where(said, texts)
            if told.agenda:
                lines = tuple(Line(f"{place}. {said(one.text)}") for place, one in enumerate(told.agenda, 1))
                blocks.append(Lines(texts.t("mail.meeting.agenda"), lines))
            blocks += self._papers(said, person, texts)
            blocks += self._answer(person, texts)
            blocks.append(texts.t("mail.meeting.calendar"))
        else:
            blocks += [texts.t("mail.meeting.why", motive=said(told.cancelled_for) if told.cancelled_for else "")]
        invitation = calendar_of(
            told,
            self.of.organizer.named(str(words["inviter"])),
            person,
            sequence=self.event.originator_version,
            stamp=self.event.recorded_at,
            summary=texts.t("mail.meeting.summary", **words),
            where=", ".join(one for one in (said(told.place), said(told.link)) if one),
            zone=self._zone(),
            is_off=key == CANCELLED,
        )
        subject = texts.t(f"mail.meeting.{key}.subject", **words)
        return Item(subject, tuple(blocks), self.event.originator_id, MEETINGS, calendar=invitation)

    def _key(self, person_id: UUID) -> str:
        """How it is said: whoever was not written to before is invited, whatever happened since."""
        kind = _KINDS[type(self.event)]
        return CONVENED if kind == MOVED and person_id not in wrote_to(self.of.steering.engine, self.before) else kind

    def _words(self, texts: Texts) -> dict[str, object]:
        told = self.told
        inviter = self.of.vault.person(self.event.envelope.actor_id)
        at = texts.t("mail.meeting.at", at=told.starts_at) if told.starts_at is not None else ""
        return {
            "body": self.body.name,
            "place": self._home_name(),
            "on": told.planned_on,
            "at": at,
            "inviter": inviter.name if inviter is not None else texts.t("page.erased"),
        }

    def _home_name(self) -> str:
        home = self.of.steering.load(self.body.territory_id or self.body.whole_framework_id or self.body.id)
        return str(getattr(home, "name", ""))

    def _zone(self) -> ZoneInfo:
        """By which clocks the hour of the meeting is meant."""
        home = _home(self.of.steering, self.body)
        territory = self.of.steering.load(home) if home is not None else None
        return local_time(territory.department) if isinstance(territory, Territory) else PARIS

    def _opened(self) -> _Said:
        told = self.told
        texts = [told.place, told.link, told.cancelled_for, *(one.text for one in told.agenda)]
        texts += [one.title for one in told.papers]
        return _Said(self.of.vault.open_texts(prose_tokens(tuple(one for one in texts if one is not None))))

    def _where(self, said: _Said, texts: Texts) -> Iterator[Block]:
        if self.told.place is not None:
            yield texts.t("mail.meeting.place", place=said(self.told.place))
        if self.told.link is not None:
            yield texts.t("mail.meeting.link", link=said(self.told.link))

    def _papers(self, said: _Said, person: Person, texts: Texts) -> Iterator[Block]:
        """The papers, with where they are read for whoever comes in."""
        if not self.told.papers:
            return
        may_open = self.of.doors.may_sign_in(person.person_id)
        lines = []
        for one in self.told.papers:
            href = self.of.doors.paper(one.sha256) if may_open else None
            link = Link(href, texts.t("mail.meeting.open"), href) if href is not None else None
            lines.append(Line(said(one.title) or "", link=link))
        yield Lines(texts.t("mail.meeting.papers"), tuple(lines))

    def _answer(self, person: Person, texts: Texts) -> Iterator[Block]:
        """By the pages, or by a one-time link, also for whoever has no role there; by word of mouth where there is no
        page to lead to."""
        asked = seats_of(invited(self.body, self.event.occurred_on, self.of.steering.people), person.person_id)
        places = self._places()
        for seat in asked:
            if seat.stands_in:
                yield texts.t("mail.meeting.stands-in")
            given = {
                "stream_id": str(self.body.id),
                "meeting_id": str(self.told.meeting_id),
                "seat_id": str(seat.seat_id),
            }
            name = invitation_id(self.body.id, self.told.meeting_id, seat.seat_id)
            act, doors = AnswerInvitation.NAME, self.of.doors
            by_link = "territory_id" in places
            once = doors.once(act, person.person_id, places=places, about_id=name, own=True) if by_link else None
            if once is not None:
                yield from once_link(texts, act, once)
                continue
            link = doors.act(act, person.person_id, places=places, given=given, own=True) if places else None
            if link is not None and doors.may_sign_in(person.person_id):
                yield act_link(texts, act, link)
                if by_link:
                    yield page_link(texts, doors.home(places))
            else:
                yield texts.t("mail.meeting.answer-otherwise")

    def _places(self) -> dict[str, UUID]:
        """Where the act is done, by the keys of doors; none where a territory has no convention."""
        if self.body.territory_id is None:
            framework_id = self.body.whole_framework_id
            return {"framework_id": framework_id} if framework_id is not None else {}
        convention_id = convention_there(self.of.reader, self.body.territory_id)
        if convention_id is None:
            return {}
        return {"territory_id": self.body.territory_id, "convention_id": convention_id, "stream_id": self.body.id}


class _Said:
    """Opens texts; empty for one that was erased."""

    def __init__(self, opened: dict[str, str | None]) -> None:
        self._opened = opened

    def __call__(self, prose: Prose | None) -> str:
        if prose is None:
            return ""
        return (prose.text if prose.token is None else self._opened.get(prose.token)) or ""


def _home(steering: Steering, body: SteeringBody) -> UUID | None:
    """The territory by whose hours those of a body are written to: of a whole framework, its first one's."""
    if body.territory_id is not None or body.whole_framework_id is None:
        return body.territory_id
    framework = steering.load(body.whole_framework_id)
    return next(iter(framework.territories), None) if isinstance(framework, FrameworkConvention) else None
