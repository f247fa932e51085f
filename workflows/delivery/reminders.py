"""Reminders and escalations: a letter to whoever a step of a deadline names, asked again before it leaves.

The words come from the questions, the day it leaves: who is missing, how late, and the act that ends it. An escalation
tells of the earlier reminders that left, never of those that did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.agenda import ESCALATION, REMINDER, Agenda, PendingStep
from domain.convention.authorising import RecordMandate
from domain.convention.closed import Closing
from domain.convention.counting import Signing
from domain.kernel import Event
from projections import what_is_due
from projections.engine import Dossier
from projections.how_a_convention_does import Known, known
from projections.saying import Expected
from projections.what_comes_next import Awaited, of_deadline
from projections.what_is_due import Deadline
from projections.who_holds_which_role import Holder
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.blocks import Block
from workflows.delivery.doors import Doors
from workflows.delivery.framework_reminders import FrameworkReminders
from workflows.delivery.leading import ways
from workflows.delivery.letters import (
    ANNULLED,
    CLOSED,
    CONVENTIONS,
    MOVED,
    NOT_EXPECTED,
    SETTLED,
    SILENCED,
    SUPERSEDED,
    Item,
    Letter,
    letter_to,
)
from workflows.delivery.steps_said import StepSaid, due_words, kind_of, step_of, subject_words, with_earlier
from workflows.delivery.things import thing
from workflows.delivery.things_awaited import given_on, named
from workflows.people import Person, Vault
from workflows.reading import Reader
from workflows.recipients import is_meant_for, people_of
from workflows.texts import Texts


@dataclass(frozen=True, kw_only=True)
class Reminders:
    """What the agendas of conventions ask to be said, and, as they do it, those of frameworks."""

    KINDS: ClassVar[frozenset[str]] = frozenset({REMINDER.lower(), ESCALATION.lower()})

    steering: Steering
    reader: Reader
    vault: Vault
    holidays: PublicHolidays
    doors: Doors

    @staticmethod
    def letters_of(steering: Steering, event: Event) -> Iterator[Letter]:
        """One letter for each person named. A missed day has none of its own: the steps of the deadline tell of it."""
        if not isinstance(event, StepSaid):
            return
        agenda = steering.load(event.originator_id)
        assert isinstance(agenda, Agenda), f"{event.TOPIC} outside an agenda"
        for person_id in dict.fromkeys(event.recipients):
            yield letter_to(person_id, kind_of(event).lower(), event, agenda.home_territory_id)

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """Whether the deadline is still open and due on the same day, this its last message, and who is told of it."""
        agenda = self.steering.load(letter.within_id)
        if isinstance(agenda, Agenda) and agenda.home_framework_id is not None:
            return self._of_framework.ask_again(agenda.home_framework_id, agenda.id, letter.about_id, today)
        dossier, event = self._read(letter)
        sheet = what_is_due.sheet(dossier, today, self.holidays.of(dossier.territory.department))
        expected = what_is_due.still_expected(dossier, sheet, today)
        line = next((one for one in expected if one.occurrence == event.occurrence), None)
        step = step_of(line, event) if line is not None else None
        if line is None or step is None:
            return NotMeant(_why_gone(dossier, event))
        if not line.is_open:
            return NotMeant(SILENCED if line.state == what_is_due.MUTED else SETTLED)
        if line.due_on != event.due_on:
            return NotMeant(MOVED)
        assert dossier.agenda is not None
        if dossier.agenda.reached.get(event.occurrence.due(event.due_on), event.offset_days) > event.offset_days:
            return NotMeant(SUPERSEDED)
        told = people_of(dossier, today, self.steering.people).told(step)
        telling = _Telling(self, dossier, event, line, step, told, today)
        people = tuple(dict.fromkeys(one.person_id for one in told))
        return Meant(people, telling.item, thing=thing(event.occurrence))

    @property
    def _of_framework(self) -> FrameworkReminders:
        return FrameworkReminders(
            steering=self.steering, reader=self.reader, vault=self.vault, holidays=self.holidays, doors=self.doors
        )

    def _read(self, letter: Letter) -> tuple[Dossier, StepSaid]:
        """The convention of a letter as it is now, and the event that asked for it."""
        agenda = self.steering.load(letter.within_id)
        if not isinstance(agenda, Agenda) or agenda.subject_id is None:
            raise LookupError(f"no agenda {letter.within_id}")
        dossier = self.reader.dossier(agenda.subject_id)
        if dossier is None:
            raise LookupError(f"no convention {agenda.subject_id}")
        for entry in dossier.streams[letter.within_id].recorded:
            if entry.event.envelope.event_id == letter.about_id:
                assert isinstance(entry.event, StepSaid)
                return dossier, entry.event
        raise LookupError(f"no event {letter.about_id}")


@dataclass(frozen=True)
class _Telling:
    """What a letter says of one deadline on the day it leaves."""

    of: Reminders
    dossier: Dossier
    event: StepSaid
    line: Deadline
    step: PendingStep
    told: tuple[Holder, ...]
    today: date

    def item(self, person: Person, texts: Texts) -> Item:
        """In a person's language, with the link that is theirs."""
        case = known(self.dossier, self.today, self.of.holidays.of(self.dossier.territory.department))
        awaited = of_deadline(case, self.line)
        words = {
            "territory": self.dossier.territory.name,
            "what": self.of.doors.say(awaited.what, self._name, texts),
            "due_on": self.line.due_on,
            "delay": texts.t_plural("page.days", abs((self.today - self.line.due_on).days)),
        }
        things = named(
            self.of.doors,
            self.of.vault,
            texts,
            awaited,
            person.person_id,
            places=self._places,
            name_of=self._name,
        )
        paragraphs: list[Block] = [
            texts.t("mail.territory", **words),
            texts.t(due_words(self.line, self.today), **words),
            *self._who(awaited.expected, person, texts),
            *self._lacking(awaited, texts),
            *things.blocks,
            self._why(person, texts),
            *self._others(person, texts),
            *self._do(case, awaited, person, texts, by_link=things.by_link),
        ]
        subject = texts.t(subject_words(self.line, self.event), **words)
        return Item(subject, tuple(paragraphs), self.dossier.convention_id, CONVENTIONS)

    def _who(self, expected: Expected | None, person: Person, texts: Texts) -> Iterator[str]:
        """Who is missing, unless it is the reader alone."""
        if expected is None:
            keys = ((f"role.{one}", f"recipient-group.{one}") for one in self.line.steps[0].recipients)
            who = [next(texts.t(key) for key in each if texts.has(key)) for each in keys]
            yield texts.t("mail.who.nobody", who=texts.join(who))
        elif expected.partner_id is not None:
            yield texts.t("mail.who", who=self._name(expected.partner_id))
        else:
            closed = self.of.steering.people.unreachable(one.person_id for one in expected.people)
            named = self.of.vault.people(one.person_id for one in expected.people)
            who = [
                texts.t(
                    "mail.who.closed" if one.person_id in closed else "mail.who.person",
                    name=named[one.person_id].name,
                    role=one.role,
                )
                for one in expected.people
                if one.person_id in named
            ]
            if who and {one.person_id for one in expected.people} != {person.person_id}:
                yield texts.t("mail.who", who=texts.join(dict.fromkeys(who)))

    def _lacking(self, awaited: Awaited, texts: Texts) -> Iterator[str]:
        if self.line.is_silence and awaited.why is not None:
            yield self.of.doors.say(awaited.why, self._name, texts)
        elif awaited.why is not None:
            yield texts.t("mail.lacking", what=self.of.doors.say(awaited.why, self._name, texts))

    @property
    def _places(self) -> Mapping[str, UUID]:
        return {"convention_id": self.dossier.convention_id, "territory_id": self.dossier.territory_id}

    def _why(self, person: Person, texts: Texts) -> str:
        """Why this person is written to, and which earlier messages left."""
        mine = [one for one in self.told if one.person_id == person.person_id]
        in_place = bool(mine) and not any(is_meant_for(self.step, one) for one in mine)
        why = texts.t(f"mail.why.{'in-place' if in_place else kind_of(self.event).lower()}")
        agenda = self.dossier.streams[self.event.originator_id]
        return with_earlier(why, self.event, agenda, self.of.reader.engine, texts)

    def _others(self, person: Person, texts: Texts) -> Iterator[str]:
        """Who else is told of it at the same time, by name and role."""
        others = [one for one in self.told if one.person_id != person.person_id]
        named = self.of.vault.people({one.person_id for one in others})
        who = [
            texts.t("mail.who.person", name=named[one.person_id].name, role=one.role)
            if one.partner_id is None
            else texts.t("mail.who.voice", name=named[one.person_id].name, partner=self._name(one.partner_id))
            for one in others
            if one.person_id in named
        ]
        if who:
            yield texts.t("mail.others", who=texts.join(dict.fromkeys(who)))

    def _do(self, case: Known, awaited: Awaited, person: Person, texts: Texts, *, by_link: bool) -> Iterator[Block]:
        """What stops the messages, and where; `by_link`: each thing has the link that ends it already."""
        given: Mapping[str, str] = {}
        places = self._places
        if awaited.act is not None:
            mandate = case.mandate_to_date(awaited.partner_id) if awaited.partner_id is not None else None
            if mandate is not None and awaited.partner_id is not None:
                partner = self._name(awaited.partner_id)
                yield texts.t("mail.stop.executory", partner=partner, adopted=mandate.adopted_on)
            else:
                first = "-first" if awaited.act == RecordMandate.NAME else ""
                yield texts.t(f"mail.stop{first}", act=texts.t(f"command.{awaited.act}"))
            given = case.given(awaited.act, awaited.partner_id)
            if awaited.things:
                given = given_on(awaited, awaited.things[0])
                places = {**places, "stream_id": awaited.things[0].thing_id}
        if by_link:
            return
        yield from ways(
            self.of.doors,
            texts,
            awaited.act,
            person.person_id,
            places=places,
            partner_id=awaited.whose,
            given=given,
        )

    def _name(self, one: UUID) -> str:
        return self.dossier.register.names.get(one, str(one))


def _why_gone(dossier: Dossier, event: StepSaid) -> str:
    """Why a deadline is on the sheet of its convention no more."""
    convention = dossier.convention
    if convention.is_annulled:
        return ANNULLED
    if Closing.of(convention).closed_on is not None:
        return CLOSED
    if event.occurrence.subject_id in Signing.of(convention).will_not_sign:
        return NOT_EXPECTED
    return ANNULLED if dossier.streams[dossier.convention_id].corrected is not None else NOT_EXPECTED
