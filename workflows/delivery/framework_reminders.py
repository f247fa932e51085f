"""Reminders and escalations of what is due to a whole framework: letters of no territory, to whoever steers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.agenda import ESCALATION, REMINDER, PendingStep, ReminderEscalated, ReminderSent
from projections import what_is_due
from projections.engine import WholeFramework
from projections.what_a_framework_awaits import of_framework_deadline
from projections.what_is_due import Deadline
from projections.what_is_due.of_frameworks import framework_sheet
from projections.who_holds_which_role import Holder
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.blocks import Block
from workflows.delivery.doors import Doors
from workflows.delivery.leading import ways
from workflows.delivery.letters import CONVENTIONS, MOVED, NOT_EXPECTED, SETTLED, SUPERSEDED, Item
from workflows.delivery.outbox import left_about
from workflows.delivery.things import thing
from workflows.delivery.things_awaited import given_on, named
from workflows.instants import PARIS
from workflows.people import Person, Vault
from workflows.reading import Reader
from workflows.recipients import is_meant_for, people_of_framework
from workflows.texts import Texts


@dataclass(frozen=True, kw_only=True)
class FrameworkReminders:
    """What the agendas of frameworks ask to be said."""

    steering: Steering
    reader: Reader
    vault: Vault
    holidays: PublicHolidays
    doors: Doors

    def ask_again(self, framework_id: UUID, agenda_id: UUID, event_id: UUID, today: date) -> Meant | NotMeant:
        """Whether the deadline is still open and due on the same day, this its last message, and who is told of it.
        Raises LookupError for a message that is not there."""
        place = self.reader.of_framework(framework_id)
        entries = place.streams[agenda_id].recorded if agenda_id in place.streams else ()
        event = next((one.event for one in entries if one.event.envelope.event_id == event_id), None)
        if not isinstance(event, ReminderSent | ReminderEscalated):
            raise LookupError(f"no event {event_id}")  # noqa: TRY004 - an unknown id, not a wrong type
        sheet = framework_sheet(place, today, self.holidays.of(place.framework.department))
        line = next((one for one in sheet if one.occurrence == event.occurrence), None)
        said = (ESCALATION if isinstance(event, ReminderEscalated) else REMINDER, event.offset_days)
        steps = what_is_due.steps_of(line) if line is not None else ()
        step = next((one for _, one in steps if (one.kind, one.offset_days) == said), None)
        if line is None or step is None:
            return NotMeant(NOT_EXPECTED)
        if not line.is_open:
            return NotMeant(SETTLED)
        if line.due_on != event.due_on:
            return NotMeant(MOVED)
        reached = place.agenda.reached if place.agenda is not None else {}
        if reached.get(event.occurrence.due(event.due_on), event.offset_days) > event.offset_days:
            return NotMeant(SUPERSEDED)
        told = people_of_framework(place, today, self.steering.people).told(step)
        telling = _Telling(self, place, event, line, step, told, today)
        people = tuple(dict.fromkeys(one.person_id for one in told))
        return Meant(people, telling.item, thing=thing(event.occurrence))


@dataclass(frozen=True)
class _Telling:
    """What a letter says of one deadline on the day it leaves."""

    of: FrameworkReminders
    place: WholeFramework
    event: ReminderSent | ReminderEscalated
    line: Deadline
    step: PendingStep
    told: tuple[Holder, ...]
    today: date

    def item(self, person: Person, texts: Texts) -> Item:
        """In a person's language."""
        awaited = of_framework_deadline(self.place, self.line, self.today)
        kind = (ESCALATION if isinstance(self.event, ReminderEscalated) else REMINDER).lower()
        words = {
            "territory": self.place.framework.name,
            "framework": self.place.framework.name,
            "what": self.of.doors.say(awaited.what, self._name, texts),
            "due_on": self.line.due_on,
            "delay": texts.t_plural("page.days", abs((self.today - self.line.due_on).days)),
        }
        things = named(
            self.of.doors, self.of.vault, texts, awaited, person.person_id, places=self._places, name_of=self._name
        )
        paragraphs: list[Block] = [
            texts.t("mail.framework", **words),
            texts.t(f"mail.due.{self._when()}", **words),
            *self._who(texts),
            *([self.of.doors.say(awaited.why, self._name, texts)] if awaited.why is not None else []),
            *things.blocks,
            self._why(kind, person, texts),
            texts.t("mail.stop", act=texts.t(f"command.{awaited.act}")),
            *ways(
                self.of.doors,
                texts,
                awaited.act,
                person.person_id,
                places=self._places,
                given=given_on(awaited, awaited.things[0]) if awaited.things else None,
            ),
        ]
        is_late = self.line.state == what_is_due.MISSED
        subject = texts.t(f"mail.{kind}.subject{'-late' if is_late else ''}", **words)
        return Item(subject, tuple(paragraphs), self.place.framework_id, CONVENTIONS)

    def _when(self) -> str:
        if self.line.is_silence:
            return "silent"
        if self.line.state == what_is_due.WATCHED:
            return "wished"
        if self.today > self.line.due_on:
            return "late"
        return "today" if self.today == self.line.due_on else "ahead"

    def _who(self, texts: Texts) -> Iterator[str]:
        if self.line.owner_id is not None:
            yield texts.t("mail.who", who=self._name(self.line.owner_id))

    def _why(self, kind: str, person: Person, texts: Texts) -> str:
        """Why this person is written to, and which earlier messages left."""
        mine = [one for one in self.told if one.person_id == person.person_id]
        in_place = bool(mine) and not any(is_meant_for(self.step, one) for one in mine)
        why = texts.t("mail.why.framework" if in_place else f"mail.why.{kind}")
        left = left_about(self.of.reader.engine, self._earlier())
        if not left:
            return why
        return f"{why} {texts.t_plural('mail.earlier', len(left), on=left[-1].astimezone(PARIS).date())}"

    def _earlier(self) -> list[UUID]:
        """The messages about the same thing that the agenda asked for before."""
        own = self.event.occurrence, self.event.due_on
        return [
            one.envelope.event_id
            for one in (entry.event for entry in self.place.streams[self.event.originator_id].recorded)
            if isinstance(one, ReminderSent | ReminderEscalated)
            and (one.occurrence, one.due_on) == own
            and one.offset_days < self.event.offset_days
        ]

    @property
    def _places(self) -> Mapping[str, UUID]:
        return {"framework_id": self.place.framework_id}

    def _name(self, one: UUID) -> str:
        return self.place.register.names.get(one, str(one))
