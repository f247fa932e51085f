"""The facts of the chain, as questions tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from domain.kernel import DatedBeforeOpening, Event, Irregularity, is_withheld
from domain.values import Code, Evidence, Prose
from projections.engine import Dossier, Entry, Facts


@dataclass(frozen=True)
class Milestone:
    """One fact of the chain. `kind` is its topic without `ctg.convention.`; `facts` its payload, prose sealed."""

    event_id: UUID
    kind: Code
    occurred_on: date
    recorded_at: datetime
    actor_id: UUID
    actor_role: Code
    on_behalf_of: UUID | None
    reason: Prose | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    facts: Mapping[str, Any]

    @property
    def withheld(self) -> bool:
        """Whether it has no effect, whatever comes later (`domain.kernel.Event.withheld`)."""
        return bool(self.irregularities) and is_withheld(self.irregularities)


def milestones(dossier: Dossier) -> tuple[Milestone, ...]:
    """The facts of a convention, in the order of their business dates."""
    state = dossier.convention
    own = sorted(dossier.own, key=lambda one: one.event.envelope.occurred_on)
    return tuple([_milestone(entry, released=not state.withholds(entry.event)) for entry in own])


@cache
def kind_of(event_class: type[Event]) -> Code:
    """The kind of the facts of a class."""
    return Code(event_class.TOPIC.removeprefix("ctg.convention."))


def _milestone(entry: Entry, *, released: bool) -> Milestone:
    """`released`: it takes effect, be it that the day on which the work began was corrected since it was recorded."""
    event = entry.event
    envelope = event.envelope
    irregularities = envelope.irregularities
    if released and event.withheld:
        irregularities = tuple(one for one in irregularities if one.code != DatedBeforeOpening.CODE)
    # A frozen dataclass sets its fields one by one, at four times the cost, and each fact of each convention is told.
    told = object.__new__(Milestone)
    told.__dict__.update(
        event_id=envelope.event_id,
        kind=kind_of(type(event)),
        occurred_on=envelope.occurred_on,
        recorded_at=event.timestamp,
        actor_id=envelope.actor_id,
        actor_role=envelope.actor_role,
        on_behalf_of=envelope.on_behalf_of,
        reason=envelope.reason,
        evidence=envelope.evidence,
        irregularities=irregularities,
        facts=Facts(event),
    )
    return told
