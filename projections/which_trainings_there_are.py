"""Which trainings, form-actions and colloquiums are to come, which took place, who came, what is kept of them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final
from uuid import UUID

from domain.kernel import Event
from domain.trainings import (
    COLLOQUIUM,
    RecordTraining,
    TrainingCancelled,
    TrainingDelivered,
    TrainingMoved,
    TrainingPlanned,
)
from domain.values import Attendance, Code, Evidence, LocalId, Prose
from projections.engine import Register

TO_RECORD: Final = Code("TO_RECORD")
"""Its day is past, and nobody said whether it took place."""
PLANNED: Final = Code("PLANNED")
DELIVERED: Final = Code("DELIVERED")
CANCELLED: Final = Code("CANCELLED")
TRAINING_STATES: Final = (TO_RECORD, PLANNED, DELIVERED, CANCELLED)
"""What waits for somebody first, then what is to come, what took place, what is off."""


@dataclass(frozen=True)
class TrainingTold:
    """A training, a form-action or a colloquium as it stands on a day.

    `roles`, `partners`, `territories`: for whom, empty for all. `moved_from`: the day on which it first was to begin,
    where it moved. `came`: how many of each college, `kept`: what is kept of it, once it took place, with its
    `evidence`. `motive`: why it moved last, or is off. `next_act`: the act that brings it on, None once it is over.
    """

    training_id: LocalId
    event_id: UUID
    kind: Code
    title: Prose
    state: Code
    starts_on: date
    ends_on: date | None
    starts_at: time | None
    place: Prose | None
    partner_id: UUID | None
    roles: tuple[Code, ...]
    partners: tuple[UUID, ...]
    territories: tuple[UUID, ...]
    places: int | None
    moved_from: date | None
    motive: Prose | None
    delivered_on: date | None
    came: Attendance | None
    kept: Prose | None
    evidence: tuple[Evidence, ...]
    next_act: Code | None

    def serves(self, territory_id: UUID) -> bool:
        """Whether it is for a territory, among others or for all."""
        return not self.territories or territory_id in self.territories

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return self.ends_on or self.starts_on


@dataclass(frozen=True)
class TrainingsTold:
    """Those of a framework. `colloquium_missing`: whether none was planned or held in the year of the day, while the
    framework runs."""

    trainings: tuple[TrainingTold, ...]
    year: int
    colloquium_missing: bool


def trainings(register: Register, framework_id: UUID, today: date) -> TrainingsTold:
    """All of a framework: what waits first, then the nearest to come, then the latest that took place."""
    told = sorted(_told(register, framework_id, today), key=_order)
    kept = (one for one in told if one.kind == COLLOQUIUM and one.state != CANCELLED)
    years = {(one.delivered_on or one.starts_on).year for one in kept}
    runs = today <= register.frameworks[framework_id].ends_on
    return TrainingsTold(tuple(told), today.year, runs and today.year not in years)


def trainings_for(register: Register, territory_id: UUID, today: date) -> tuple[TrainingTold, ...]:
    """Those of the frameworks that follow a territory, where they are for it."""
    followed_by = register.followed_by.get(territory_id, ())
    return tuple(
        one for each in followed_by for one in trainings(register, each, today).trainings if one.serves(territory_id)
    )


def _order(one: TrainingTold) -> tuple[int, int]:
    days = one.starts_on.toordinal()
    return TRAINING_STATES.index(one.state), days if one.state in (TO_RECORD, PLANNED) else -days


def _told(register: Register, framework_id: UUID, today: date) -> Iterator[TrainingTold]:
    found: dict[LocalId, TrainingTold] = {}
    for entry in register.streams[framework_id].entries:
        event: Event = entry.event
        if isinstance(event, TrainingPlanned):
            found[event.training_id] = _planned(event)
        elif isinstance(event, TrainingMoved | TrainingCancelled | TrainingDelivered) and event.training_id in found:
            found[event.training_id] = _after(found[event.training_id], event)
    for one in found.values():
        if one.state == PLANNED and one.last_day < today:
            yield replace(one, state=TO_RECORD, next_act=Code(RecordTraining.NAME))
        else:
            yield one


def _planned(event: TrainingPlanned) -> TrainingTold:
    return TrainingTold(
        training_id=event.training_id,
        event_id=event.envelope.event_id,
        kind=event.kind,
        title=event.title,
        state=PLANNED,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        starts_at=event.starts_at,
        place=event.place,
        partner_id=event.partner_id,
        roles=event.roles,
        partners=event.partners,
        territories=event.territories,
        places=event.places,
        moved_from=None,
        motive=None,
        delivered_on=None,
        came=None,
        kept=None,
        evidence=(),
        next_act=Code(RecordTraining.NAME),
    )


def _after(one: TrainingTold, event: TrainingMoved | TrainingCancelled | TrainingDelivered) -> TrainingTold:
    if isinstance(event, TrainingMoved):
        return replace(
            one,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            starts_at=event.starts_at,
            place=event.place if event.place is not None else one.place,
            moved_from=one.moved_from or one.starts_on,
            motive=event.motive,
        )
    if isinstance(event, TrainingCancelled):
        return replace(one, state=CANCELLED, motive=event.motive, next_act=None)
    return replace(
        one,
        state=DELIVERED,
        delivered_on=event.occurred_on,
        came=Attendance(event.technical, event.political, event.usage),
        kept=event.kept,
        evidence=event.envelope.evidence,
        next_act=None,
    )
