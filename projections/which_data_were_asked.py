"""Which data were partners asked for, what became of each request, and what served again instead of being asked?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.diagnosis.answering import DataContributionReceived, DataContributionRefused, DataContributionReused
from domain.diagnosis.asking import DataAsked, DataContributionRequested, DataOfPartners
from domain.diagnosis.content import DiagnosisContent
from domain.kernel import Event
from domain.values import Code, Evidence, LocalId, Prose
from projections.engine import History

LATE: Final = Code("LATE")
ASKED: Final = Code("ASKED")
PROMISED: Final = Code("PROMISED")
RECEIVED: Final = Code("RECEIVED")
REFUSED: Final = Code("REFUSED")
DATA_STATES: Final = (LATE, ASKED, PROMISED, REFUSED, RECEIVED)
"""In the order in which they are told."""


@dataclass(frozen=True)
class Reused:
    """What was received served again on a day, for something else."""

    reused_on: date
    purpose: Prose
    event_id: UUID


@dataclass(frozen=True)
class DataTold:
    """One request. `awaited_on`: the day promised, else the one asked for; `days_late`: how long it has been over, or
    was, once the data came; `beyond`: what it adds to an earlier one; `motive`: why the partner refused."""

    stream_id: UUID
    data_id: LocalId
    event_id: UUID
    partner_id: UUID
    what: Prose
    theme: Code
    first_year: int
    last_year: int
    data_form: Code
    asked_on: date
    due_on: date
    promised_for: date | None
    awaited_on: date
    received_on: date | None
    refused_on: date | None
    state: Code
    days_late: int
    beyond: Prose | None
    motive: Prose | None
    evidence: tuple[Evidence, ...]
    reused: tuple[Reused, ...]

    @property
    def is_awaited(self) -> bool:
        """Whether the partner still has to answer."""
        return self.state in (LATE, ASKED, PROMISED)


def data_asked(history: History, today: date) -> tuple[DataTold, ...]:
    """Every datum asked on a territory: what is late first, then what is awaited; then what was refused or received."""
    found = []
    for content in history.states(DiagnosisContent):
        events = [entry.event for entry in history.streams[content.id].entries]
        known = DataOfPartners.of(content).known
        for one in events:
            if isinstance(one, DataContributionRequested) and one.data_id in known:
                found.append(_told(one, known[one.data_id], events, today))
    return tuple(sorted(found, key=lambda one: (DATA_STATES.index(one.state), one.awaited_on, one.data_id)))


def _told(asked: DataContributionRequested, known: DataAsked, events: list[Event], today: date) -> DataTold:
    came = _last(events, DataContributionReceived, asked.data_id) if known.received_on is not None else None
    refused = _last(events, DataContributionRefused, asked.data_id) if known.refused_on is not None else None
    awaited_on = known.promised_for or known.due_on
    late = 0 if known.refused_on is not None else max(0, ((known.received_on or today) - awaited_on).days)
    return DataTold(
        stream_id=asked.originator_id,
        data_id=asked.data_id,
        event_id=asked.envelope.event_id,
        partner_id=asked.partner_id,
        what=asked.what,
        theme=asked.theme,
        first_year=asked.first_year,
        last_year=asked.last_year,
        data_form=asked.data_form,
        asked_on=asked.occurred_on,
        due_on=asked.due_on,
        promised_for=known.promised_for,
        awaited_on=awaited_on,
        received_on=known.received_on,
        refused_on=known.refused_on,
        state=_state(known, late),
        days_late=late,
        beyond=asked.beyond,
        motive=refused.motive if isinstance(refused, DataContributionRefused) else None,
        evidence=came.envelope.evidence if came is not None else (),
        reused=tuple(
            Reused(one.occurred_on, one.purpose, one.envelope.event_id)
            for one in events
            if isinstance(one, DataContributionReused) and one.data_id == asked.data_id
        ),
    )


def _state(known: DataAsked, late: int) -> Code:
    if known.received_on is not None:
        return RECEIVED
    if known.refused_on is not None:
        return REFUSED
    if late:
        return LATE
    return PROMISED if known.promised_for is not None else ASKED


def _last(
    events: list[Event], kind: type[DataContributionReceived | DataContributionRefused], data_id: LocalId
) -> DataContributionReceived | DataContributionRefused | None:
    found = [one for one in events if isinstance(one, kind) and one.data_id == data_id]
    return found[-1] if found else None
