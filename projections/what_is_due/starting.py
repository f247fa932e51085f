"""What started, and which facts take effect: the words in which every family of deadlines says what is due.

What the domain withholds meets nothing: a forum that does not count, an irregular review, a signature that does not
count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.calendar import ReviewPeriod
from domain.claims.calendar import Claim
from domain.convention.crossing import ForumsHeld
from domain.convention.forums import ForumHeld
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.kernel import EVENTS, Event
from domain.method import DeadlineRule
from domain.values import Code
from projections import what_still_stands
from projections.engine import Dossier, Stream
from projections.what_still_stands import Standing

NEWS: Final = Code("NEWS")
"""The key of a silence that has one occurrence, which moves with each news."""


@dataclass(frozen=True)
class Start:
    """An occurrence that started: moved, it keeps its key. `answered_on`: since when the partner has said no;
    `obliged`: whether it may be late: an optional signatory is reminded and watched. `silent_from`: since when another
    deadline asks the same of the same. `asked_until`: the last day on which it may be done with effect, after which it
    is asked no more. `role`: which one is vacant. `owner_id`: the partner that is asked of several things together, and
    `things`: those that it still waits for; `heard`: of a silence, since when nothing is heard of each of them.
    `claim`: what is to be sent to a funder. `met_until`: the last day until which what met it does, where it may cease
    to; None for good. `about_on`: the day of the meeting that it is about."""

    subject_id: UUID
    key: Code
    trigger_on: date
    met_on: date | None
    met_by: UUID | None
    review_period: ReviewPeriod | None = None
    answered_on: date | None = None
    obliged: bool = True
    silent_from: date | None = None
    asked_until: date | None = None
    role: Code | None = None
    owner_id: UUID | None = None
    things: tuple[UUID, ...] = ()
    heard: tuple[tuple[date, UUID], ...] = ()
    claim: Claim | None = None
    met_until: date | None = None
    about_on: date | None = None

    def on(self, today: date) -> Start:
        """As it stands on a day: what met it may meet it no more."""
        if self.met_until is None or today <= self.met_until:
            return self
        return replace(self, met_on=None, met_by=None, met_until=None)


def heard_on(events: Iterable[Event]) -> date:
    """The day of the last news among these: it happened before it was heard of, or is told for a day to come."""
    return max(max(one.occurred_on, one.recorded_on) for one in events)


def last_heard(stream: Stream) -> date:
    """The day of the last news that counts in a stream."""
    return heard_on(entry.event for entry in stream.entries)


def silent(
    subject_id: UUID, heard: Iterable[tuple[date, UUID]], *, obliged: bool = True, of_partner: bool = True
) -> Start:
    """What gives no news, asked of a partner of all such things together (or of nobody in particular, of the whole
    convention): counted from the one that has been silent longest."""
    since = tuple(sorted(heard, key=lambda one: (one[0], one[1].int)))
    owner_id = subject_id if of_partner else None
    return Start(subject_id, NEWS, since[0][0], None, None, obliged=obliged, owner_id=owner_id, heard=since)


def facts_of(dossier: Dossier, *topics: str) -> tuple[Event, ...]:
    """The facts of these topics that take effect, by business date."""
    return dossier.once(_by_date, *topics)


def _by_date(dossier: Dossier, *topics: str) -> tuple[Event, ...]:
    found: list[Event] = []
    for topic in topics:
        if topic == ForumHeld.TOPIC:
            counts = ForumsHeld.of(dossier.convention).counts
            found += [one for one in dossier.effective(ForumHeld) if counts(one.forum_id)]
        elif (standing := _standing(dossier, topic)) is not None:
            found += standing.facts
        elif topic in EVENTS:
            found += dossier.effective(EVENTS[topic])
    if len(found) > 1:
        found.sort(key=lambda one: (one.envelope.occurred_on, one.originator_version))
    return tuple(found)


def _standing(dossier: Dossier, topic: str) -> Standing[Any] | None:
    """What still stands of the facts of a topic; None for one that nothing undoes."""
    if topic == PriorityChosen.TOPIC:
        return what_still_stands.choices(dossier)
    return what_still_stands.plans(dossier) if topic == ActionPlanValidated.TOPIC else None


def undone_on(dossier: Dossier, topics: Sequence[str]) -> date:
    """The day from which what these facts had met is to be done again; long ago when nothing was undone."""
    standing = [_standing(dossier, topic) for topic in topics]
    return max((one.undone_on for one in standing if one is not None and one.undone_on is not None), default=date.min)


def key(said: object, annulled: Sequence[Event]) -> Code:
    """What tells an occurrence from others. What was met by something that was annulled since is expected anew, and
    spoken of anew."""
    return Code(f"{said}.{len(annulled)}" if annulled else str(said))


def annulled(dossier: Dossier, *topics: str) -> list[Event]:
    """The events of these topics that counted once and were annulled."""
    return dossier.annulled(*(EVENTS[topic] for topic in topics if topic in EVENTS))


def start(
    dossier: Dossier, rule: DeadlineRule, trigger: Event, day: date, meeting: Sequence[Event], *, since: date
) -> Start:
    """An occurrence that an event starts on a day, met by the first of these facts since a day."""
    met = next((one for one in meeting if one.occurred_on >= since), None)
    return Start(
        trigger.originator_id,
        key(dossier.first_said(trigger), annulled(dossier, *rule.met_by)),
        day,
        met.occurred_on if met else None,
        met.envelope.event_id if met else None,
    )
