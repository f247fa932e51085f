"""The lines of a journal: facts as sentences, runs of reminders, what was refused, what a committee knew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from uuid import UUID

from sqlalchemy import select

from api.pages import reviews
from api.pages.asking import Asking
from api.pages.contested import Contested
from api.pages.contexts import AuditEntry, AuditLine, AuditRun, Phrase, RefusalLine, RuleText
from api.pages.mistakes import Mistakes
from domain.agenda import DeadlineMissed, ReminderEscalated, ReminderSent
from domain.kernel import RULES, Event
from projections import what_happened
from projections.engine import Dossier, Entry
from projections.how_the_journal_reads import Line
from projections.which_facts_bear_a_mark import ROLES
from workflows import schema
from workflows.instants import PARIS, from_text, to_text

MOST_NAMED: int = 3
"""Partners that a folded run names."""


@dataclass
class Teller:
    """Puts the lines of one convention's journal into words. `may_mend`: whether acts are offered beside them."""

    ask: Asking
    dossier: Dossier
    mistakes: Mistakes
    may_mend: bool = True

    @cached_property
    def _reasons(self) -> Mapping[UUID, str]:
        return reviews.reasons(self.dossier, self.ask.today, self.ask.texts)

    @cached_property
    def contested(self) -> Contested:
        """What partners contest."""
        return Contested(self.mistakes, self.may_mend)

    def open(self, lines: Iterable[Line]) -> None:
        """Read every free text and every name of some lines at once."""
        events = [one.event for line in lines for one in line.entries]
        self.ask.open(self.mistakes.telling.texts(events))
        self.ask.meet(one.envelope.actor_id for one in events)
        self.ask.meet(getattr(one, "person_id") for one in events if isinstance(one, ROLES))  # noqa: B009 - as below

    def line(self, line: Line, to: UUID | None) -> AuditLine:
        """A line; a run that holds the fact which a link leads `to` is unfolded."""
        told = tuple(self.entry(one) for one in line.entries)
        if not line.is_run:
            return AuditLine(entry=told[0])
        first, last = line.span
        unfolded = to is not None and line.holds(to)
        events = [one.event for one in line.entries]
        return AuditLine(run=AuditRun(_counted(events), self._about(events), first, last, told, unfolded))

    def _about(self, events: Iterable[Event]) -> tuple[str, ...]:
        """Which partners were awaited, where they are few."""
        subjects = {getattr(one, "occurrence").subject_id for one in events}  # noqa: B009 - each of them has one
        partners = [one for one in subjects if one in self.ask.register.partners]
        if not partners or len(partners) < len(subjects) or len(partners) > MOST_NAMED:
            return ()
        return tuple(sorted(map(self.ask.name, partners)))

    def entry(self, place: Entry) -> AuditEntry:
        """A fact."""
        ask, event = self.ask, place.event
        one = what_happened.entry_of(self.dossier, place)
        recorded = one.recorded_at.astimezone(PARIS).date()
        return AuditEntry(
            position=one.position,
            sentence=self._sentence(event),
            kind=one.topic.removeprefix("ctg."),
            occurred_on=one.occurred_on,
            recorded_at=one.recorded_at,
            recorded_late_days=max(0, (recorded - one.occurred_on).days),
            actor=ask.person(one.actor_id),
            role=one.actor_role,
            on_behalf_of=ask.name(one.on_behalf_of) if one.on_behalf_of is not None else None,
            reason=ask.said(one.reason),
            evidence=ask.documents(one.evidence),
            rules=self._marks(one),
            origin=one.origin.value.upper(),
            anchor=str(one.event_id),
            reason_erased=one.reason is not None and ask.said(one.reason) is None,
            mended=self.mistakes.mended(event),
            acts=(*self.mistakes.acts(event), *self.contested.acts(event)) if self.may_mend else (),
            answers=self.mistakes.answers_to(event) if self.may_mend else (),
            contested=self.contested.beside(event),
        )

    def _sentence(self, event: Event) -> Phrase:
        """What happened; of a role, also whose it is, as long as that person is known."""
        said = self.mistakes.telling.sentence(event)
        holder = self.ask.person(getattr(event, "person_id")) if isinstance(event, ROLES) else None  # noqa: B009 - as above
        if holder is None:
            return Phrase("page.literal", {"text": said})
        return Phrase("page.audit.of-person", {"said": said, "person": holder})

    def _marks(self, one: what_happened.Entry) -> tuple[RuleText, ...]:
        """Why the fact does not count; of a review that still does not, which of the causes it is."""
        if one.event_id not in self._reasons:
            return self.ask.marks(one.irregularities)
        return tuple(
            RuleText(mark.rule, self._reasons[one.event_id])
            if mark.code in reviews.WHY_NOT
            else self.ask.marks((mark,))[0]
            for mark in one.irregularities
        )


def _counted(events: Sequence[Event]) -> tuple[Phrase, ...]:
    """How many there are of each kind in a run."""
    kinds = Counter(type(one) for one in events)
    named = ((ReminderSent, "reminders"), (ReminderEscalated, "escalations"), (DeadlineMissed, "missed"))
    return tuple(Phrase(f"page.audit.run.{name}", {}, kinds[kind]) for kind, name in named if kinds[kind])


def refusals(
    ask: Asking, convention_id: UUID, most: int, only: what_happened.Filter = what_happened.EVERYTHING
) -> list[RefusalLine]:
    """What was refused on a convention, the latest first: kept in a table of its own, not in the log (SC2). Its day is
    that of its recording, whichever date is asked about."""
    table = schema.refusals
    asked = select(table).where(table.c.stream_id == convention_id)
    if only.actors:
        asked = asked.where(table.c.actor_id.in_([str(one) for one in only.actors]))
    for begins in (only.recorded_from, only.occurred_from):
        if begins is not None:
            asked = asked.where(table.c.recorded_at >= to_text(_instant(begins, time.min)))
    for ends in (only.recorded_to, only.occurred_to):
        if ends is not None:
            asked = asked.where(table.c.recorded_at <= to_text(_instant(ends, time.max)))
    rows = ask.connection.execute(asked.order_by(table.c.recorded_at.desc()).limit(most)).all()
    ask.meet(UUID(row.actor_id) for row in rows)
    lines = []
    for row in rows:
        rules = [one for one in json.loads(row.rules) if one["text_key"] in RULES]
        actor = ask.person(UUID(row.actor_id)) or ask.texts.t(f"role.{row.actor_role or 'NONE'}")
        lines.append(
            RefusalLine(
                from_text(row.recorded_at),
                Phrase(f"command.{row.command}"),
                actor,
                tuple(RuleText(one["rule"], ask.texts.t(f"refused.{one['text_key']}")) for one in rules),
            )
        )
    return lines


def _instant(given: date, at: time) -> datetime:
    return given if isinstance(given, datetime) else datetime.combine(given, at, PARIS)
