"""What is asked of whoever owns data: a measure at each period of an indicator (D15), any news of it at all (S06).

Asked of a partner once for all that is to be measured of one day.
"""

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
from projections.what_is_due.starting import Start, last_heard, silent


@named(trigger="INDICATOR_PERIOD_ENDED", conditions=("INDICATOR_MEASURED",))
def periods_to_measure(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D15: each period of each indicator that ends once the plan is signed, met by its first measure; of what is not
    measured yet, the first period that is owed."""
    since = Signing.of(dossier.convention).signed_on.get(PLAN)
    if since is None:
        return []
    since = max(since, dossier.convention.taken_over_on or since)
    found: dict[tuple[UUID, date], dict[UUID, IndicatorMeasured | None]] = defaultdict(dict)
    for indicator, stream in _indicators(dossier):
        for day, measure in stream.once(_periods, since):
            found[indicator.terms.owner_id, day][indicator.id] = measure
    return [_due(owner_id, day, measures) for (owner_id, day), measures in found.items()]


@named(trigger="LATEST_NEWS_OF_INDICATOR", conditions=("NEWS_OF_INDICATOR",))
def silent_indicators(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S06: of an indicator that is still followed nothing was recorded since the plan was signed, by a partner of all
    its indicators."""
    since = Signing.of(dossier.convention).signed_on.get(PLAN)
    if since is not None:
        since = max(since, dossier.convention.taken_over_on or since)
    by_owner: dict[UUID, list[tuple[date, UUID]]] = defaultdict(list)
    for indicator, stream in _indicators(dossier) if since is not None else ():
        if indicator.retired_on is None:
            last = stream.once(last_heard)
            by_owner[indicator.terms.owner_id].append((max(last, since or last), indicator.id))
    return [silent(owner_id, heard) for owner_id, heard in by_owner.items()]


def _indicators(dossier: Dossier) -> Iterator[tuple[Indicator, Stream]]:
    return zip(dossier.states(Indicator), dossier.streams_of(Indicator), strict=True)


def _periods(stream: Stream, since: date) -> tuple[tuple[date, IndicatorMeasured | None], ...]:
    """Of the periods of an indicator that end since a day: those that were measured, each with its first measure; the
    one that is to be measured next."""
    indicator, events = stream.state, (entry.event for entry in stream.entries)
    assert isinstance(indicator, Indicator)
    measures = [one for one in events if isinstance(one, IndicatorMeasured) and not one.proposed]
    found: dict[date, IndicatorMeasured | None] = {}
    for one in sorted(measures, key=lambda one: one.occurred_on):
        found.setdefault(period_end(indicator.terms, one.about), one)
    if indicator.retired_on is None:
        defined_on = stream.entries[0].event.occurred_on
        latest = max((one.about for one in measures), default=None)
        found[next_due(indicator.terms, latest, defined_on, since)] = None
    return tuple((day, measure) for day, measure in found.items() if day >= since)


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
