"""Reminders and escalations of what is due to a whole framework: letters of no territory, to whoever steers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.agenda import PendingStep
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
from workflows.delivery.steps_said import StepSaid, due_words, kind_of, step_of, subject_words, with_earlier
from workflows.delivery.things import thing
from workflows.delivery.things_awaited import given_on, named
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
        if not isinstance(event, StepSaid):
            raise LookupError(f"no event {event_id}")  # noqa: TRY004 - an unknown id, not a wrong type
        sheet = framework_sheet(place, today, self.holidays.of(place.framework.department))
        line = next((one for one in sheet if one.occurrence == event.occurrence), None)
        step = step_of(line, event) if line is not None else None
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
    event: StepSaid
    line: Deadline
    step: PendingStep
    told: tuple[Holder, ...]
    today: date

    def item(self, person: Person, texts: Texts) -> Item:
        """In a person's language."""
        awaited = of_framework_deadline(self.place, self.line, self.today)
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
            texts.t(due_words(self.line, self.today), **words),
            *self._who(texts),
            *([self.of.doors.say(awaited.why, self._name, texts)] if awaited.why is not None else []),
            *things.blocks,
            self._why(person, texts),
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
        subject = texts.t(subject_words(self.line, self.event), **words)
        return Item(subject, tuple(paragraphs), self.place.framework_id, CONVENTIONS)

    def _who(self, texts: Texts) -> Iterator[str]:
        if self.line.owner_id is not None:
            yield texts.t("mail.who", who=self._name(self.line.owner_id))

    def _why(self, person: Person, texts: Texts) -> str:
        """Why this person is written to, and which earlier messages left."""
        mine = [one for one in self.told if one.person_id == person.person_id]
        in_place = bool(mine) and not any(is_meant_for(self.step, one) for one in mine)
        why = texts.t(f"mail.why.{'framework' if in_place else kind_of(self.event).lower()}")
        agenda = self.place.streams[self.event.originator_id]
        return with_earlier(why, self.event, agenda, self.of.reader.engine, texts)

    @property
    def _places(self) -> Mapping[str, UUID]:
        return {"framework_id": self.place.framework_id}

    def _name(self, one: UUID) -> str:
        return self.place.register.names.get(one, str(one))
