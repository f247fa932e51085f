"""Which targets are reached? Each indicator with its definition, its values, where it stands, what is awaited of it.

What a committee saw on a day is asked of what was recorded by then: revised since, the value of now is another one, and
both are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from domain.convention.earlier import MEASURES, is_unknown
from domain.indicators.defining import IndicatorDefined, IndicatorRedefined, IndicatorRetired
from domain.indicators.indicator import PROPOSED, STANDS, Indicator
from domain.indicators.measuring import IndicatorMeasured, MeasureAnswered
from domain.indicators.terms import Terms
from domain.kernel import Event
from domain.kernel.events import PARIS
from domain.values import Code, Evidence, LocalId, Prose, PublicName
from projections.engine import Dossier
from projections.engine.entries import Moment, Stream
from projections.how_far_a_target_is import (
    RETIRED,
    STATES,
    UNKNOWN,
    UNMEASURED,
    Distance,
    Point,
    distance,
    next_due,
)

COMMITTEE: Final = Code("COPIL")


@dataclass(frozen=True)
class MeasureTold:
    """What was measured of a day (`about`), and what became of it: it stands, it waits for the owner of the data, it
    was revised, it was refused (`answer`: why)."""

    indicator_id: UUID
    measure_id: LocalId
    event_id: UUID
    about: date
    period_starts_on: date | None
    measured_on: date
    recorded_on: date
    value: Decimal | None
    total: int | None
    method: Code | None
    sample_size: int | None
    note: Prose | None
    provided_by: UUID | None
    provided_by_name: PublicName | None
    fate: Code
    revises: LocalId | None
    motive: Prose | None
    answer: Prose | None
    definition_version: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class DefinitionTold:
    """One version of the definition; `motive`: why it replaced the one before."""

    version: int
    event_id: UUID
    since: date
    motive: Prose | None
    terms: Terms


@dataclass(frozen=True)
class Seen:
    """What the committee that met on a day could know: the latest value recorded by then, None where there was none."""

    held_on: date
    about: date | None
    value: Decimal | None


@dataclass(frozen=True)
class IndicatorTold:
    """An indicator as it stands on a day. `measures`: all of them by day; `due_on`: by when it is to be measured next,
    None once it is retired; `days_overdue`: since then. `seen`: by the last committee, None where none met."""

    indicator_id: UUID
    terms: Terms
    owner_name: PublicName | None
    definition_version: int
    definitions: tuple[DefinitionTold, ...]
    state: Code
    distance: Distance
    measures: tuple[MeasureTold, ...]
    due_on: date | None
    days_overdue: int
    seen: Seen | None
    retired_on: date | None
    retired_because: Prose | None

    @property
    def values(self) -> tuple[MeasureTold, ...]:
        """The measures that are the values, in figures."""
        return tuple(one for one in self.measures if one.fate == STANDS and one.value is not None)

    @property
    def proposals(self) -> tuple[MeasureTold, ...]:
        """The values that wait for the owner of the data."""
        return tuple(one for one in self.measures if one.fate == PROPOSED)

    @property
    def corrected_since(self) -> bool:
        """Whether what the committee saw is said otherwise now, of the very same day."""
        seen = self.seen
        if seen is None or seen.value is None:
            return False
        now = {one.about: one.value for one in self.values}
        return now.get(seen.about) != seen.value if seen.about is not None else False


def indicators(dossier: Dossier, today: date, seen_on: date | None = None) -> tuple[IndicatorTold, ...]:
    """Every indicator of a convention, what is to be looked at first; `seen_on`: the day of another committee than the
    last, whose eyes it is seen with."""
    held_on = seen_on or last_committee(dossier, today)
    found = []
    for stream in dossier.streams.values():
        if isinstance(stream.state, Indicator) and not stream.state.is_annulled:
            seen = seen_by(stream, held_on) if held_on is not None else None
            found.append(_told(dossier, stream, stream.state, seen, today))
    return tuple(
        sorted(
            found,
            key=lambda one: (STATES.index(one.state), -one.days_overdue, one.definitions[0].since, one.indicator_id),
        )
    )


def last_committee(dossier: Dossier, today: date) -> date | None:
    """The day on which the steering committee met last."""
    days = (
        held.held_on
        for body in dossier.bodies
        if body.kind == COMMITTEE
        for held in body.meetings.values()
        if held.held_on <= today
    )
    return max(days, default=None)


def seen_by(stream: Stream, held_on: date) -> Seen:
    """What was known of an indicator at the end of a day: nothing that is recorded later changes it."""
    end = datetime.combine(held_on + timedelta(days=1), time(), PARIS).astimezone(UTC) - timedelta(microseconds=1)
    then = stream.as_of(Moment(recorded_by=end))
    if then is None or not isinstance(then.state, Indicator) or then.state.is_annulled:
        return Seen(held_on, None, None)
    points = _points(then.state, [entry.event for entry in then.entries])
    return Seen(held_on, points[-1].on, points[-1].value) if points else Seen(held_on, None, None)


def _points(state: Indicator, events: Iterable[Event]) -> list[Point]:
    """The values in figures that stand, by day."""
    known = state.measures.known
    return sorted(
        Point(one.about, one.value)
        for one in events
        if isinstance(one, IndicatorMeasured)
        and one.value is not None
        and one.measure_id in known
        and known[one.measure_id].fate == STANDS
    )


def _told(dossier: Dossier, stream: Stream, state: Indicator, seen: Seen | None, today: date) -> IndicatorTold:
    events = [entry.event for entry in stream.entries]
    definitions = tuple(_definitions(events))
    points = _points(state, events)
    convention = dossier.convention
    since = convention.taken_over_on or date.min
    far = distance(state.terms, points, today, since)
    stands = [one.about for one in state.measures.known.values() if one.fate == STANDS]
    due_on = next_due(state.terms, max(stands, default=None), definitions[0].since, since)
    if far.state == UNMEASURED and due_on >= today and is_unknown(convention, MEASURES, definitions[0].since):
        far = replace(far, state=UNKNOWN)
    retired = next((one for one in reversed(events) if isinstance(one, IndicatorRetired)), None)
    return IndicatorTold(
        indicator_id=state.id,
        terms=state.terms,
        owner_name=PublicName(dossier.register.name_of(state.terms.owner_id)),
        definition_version=state.definition_version,
        definitions=definitions,
        state=RETIRED if state.retired_on is not None else far.state,
        distance=far,
        measures=tuple(_measures(dossier, state, events)),
        due_on=due_on if state.retired_on is None else None,
        days_overdue=max((today - due_on).days, 0) if state.retired_on is None else 0,
        seen=seen,
        retired_on=state.retired_on,
        retired_because=retired.motive if retired is not None else None,
    )


def _definitions(events: Iterable[Event]) -> Iterable[DefinitionTold]:
    version = 0
    for one in events:
        if isinstance(one, IndicatorDefined | IndicatorRedefined):
            version += 1
            motive = one.motive if isinstance(one, IndicatorRedefined) else None
            terms = Terms(**{name: getattr(one, name) for name in Terms.__dataclass_fields__})
            yield DefinitionTold(version, one.envelope.event_id, one.occurred_on, motive, terms)


def _measures(dossier: Dossier, state: Indicator, events: list[Event]) -> Iterable[MeasureTold]:
    answers = {one.measure_id: one.motive for one in events if isinstance(one, MeasureAnswered)}
    measured = [one for one in events if isinstance(one, IndicatorMeasured)]
    for one in sorted(measured, key=lambda one: (one.about, one.originator_version)):
        kept = state.measures.known.get(one.measure_id)
        yield MeasureTold(
            indicator_id=state.id,
            measure_id=one.measure_id,
            event_id=one.envelope.event_id,
            about=one.about,
            period_starts_on=one.period_starts_on,
            measured_on=one.occurred_on,
            recorded_on=one.recorded_on,
            value=one.value,
            total=one.total,
            method=one.method,
            sample_size=one.sample_size,
            note=one.note,
            provided_by=one.provided_by,
            provided_by_name=PublicName(dossier.register.name_of(one.provided_by)) if one.provided_by else None,
            fate=kept.fate if kept is not None else STANDS,
            revises=one.revises,
            motive=one.motive,
            answer=answers.get(one.measure_id),
            definition_version=one.definition_version,
            evidence=one.envelope.evidence,
        )
