"""What is asked of whoever owns data: a measure at each period of an indicator (D15), asked of a partner once for all
that is to be measured of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.convention.counting import Signing
from domain.convention.state import PLAN
from domain.indicators.indicator import Indicator
from domain.indicators.measuring import IndicatorMeasured
from domain.method import DeadlineRule
from domain.values import Code
from projections.engine import Dossier
from projections.engine.entries import Stream
from projections.how_far_a_target_is import next_due, period_end
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start


@named(trigger="INDICATOR_PERIOD_ENDED", conditions=("INDICATOR_MEASURED",))
def periods_to_measure(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D15: each period of each indicator that ends once the plan is signed, met by its first measure; of what is not
    measured yet, the first period that is owed."""
    since = Signing.of(dossier.convention).signed_on.get(PLAN)
    if since is None:
        return []
    since = max(since, dossier.convention.taken_over_on or since)
    found: dict[tuple[UUID, date], dict[UUID, IndicatorMeasured | None]] = defaultdict(dict)
    for stream in dossier.streams.values():
        if isinstance(stream.state, Indicator) and not stream.state.is_annulled:
            for day, measure in _periods(stream, stream.state, since):
                if day >= since:
                    found[stream.state.terms.owner_id, day][stream.state.id] = measure
    return [_due(owner_id, day, measures) for (owner_id, day), measures in found.items()]


def _periods(stream: Stream, indicator: Indicator, since: date) -> Iterator[tuple[date, IndicatorMeasured | None]]:
    """The periods that were measured, each with its first measure; the one that is to be measured next, of those that
    end since a day."""
    events = (entry.event for entry in stream.entries)
    measures = [one for one in events if isinstance(one, IndicatorMeasured) and not one.proposed]
    first: dict[date, IndicatorMeasured] = {}
    for one in sorted(measures, key=lambda one: one.occurred_on):
        first.setdefault(period_end(indicator.terms, one.about), one)
    yield from first.items()
    if indicator.retired_on is None:
        defined_on = stream.entries[0].event.occurred_on
        latest = max((one.about for one in measures), default=None)
        yield next_due(indicator.terms, latest, defined_on, since), None


def _due(owner_id: UUID, day: date, measures: dict[UUID, IndicatorMeasured | None]) -> Start:
    lacking = tuple(one for one, measure in measures.items() if measure is None)
    told = [one for one in measures.values() if one is not None]
    last = None if lacking else max(told, key=lambda one: one.occurred_on)
    return Start(
        owner_id,
        Code(day.isoformat()),
        day,
        last.occurred_on if last is not None else None,
        last.envelope.event_id if last is not None else None,
        owner_id=owner_id,
        things=lacking,
    )
