"""How far is a target? From the starting value to the one that is wanted, upwards or downwards.

Nothing is late before the year of its target has passed: until then a value is on its way, too slow, or going away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from domain.calendar import add_days
from domain.indicators.terms import MONTHS_OF, UP, Target, Terms
from domain.values import Code

REACHED: Final = Code("REACHED")
ON_TRACK: Final = Code("ON_TRACK")
SLOW: Final = Code("SLOW")
AWAY: Final = Code("AWAY")
ALERT: Final = Code("ALERT")
LATE: Final = Code("LATE")
UNMEASURED: Final = Code("UNMEASURED")
UNKNOWN: Final = Code("UNKNOWN")
"""Defined as of before a take-over (R34), and nobody knows whether it was ever measured."""
NO_TARGET: Final = Code("NO_TARGET")
RETIRED: Final = Code("RETIRED")
STATES: Final = (LATE, ALERT, AWAY, SLOW, UNMEASURED, UNKNOWN, NO_TARGET, ON_TRACK, REACHED, RETIRED)
"""Where an indicator stands, what is to be looked at first."""

WHOLE: Final = 100


@dataclass(frozen=True, order=True, slots=True)
class Point:
    """A value and the day that it is about."""

    on: date
    value: Decimal


@dataclass(frozen=True)
class Distance:
    """Where an indicator stands on a day. `target`: the one that is looked at; `progress_percent`: of the way from the
    starting value to it, less than 0 when it goes away; None where there is no way to go. `kept`: it starts where it
    should stay. `reached_on`: since when the last target is reached. `alert`: which limit is passed."""

    state: Code
    latest: Point | None = None
    target: Target | None = None
    progress_percent: int | None = None
    kept: bool = False
    reached_on: date | None = None
    alert: Code | None = None


def meets(terms: Terms, value: Decimal, target: Target) -> bool:
    """Whether a value is as good as a target, or better."""
    return value >= target.value if terms.direction == UP else value <= target.value


def is_worse(terms: Terms, value: Decimal, than: Decimal) -> bool:
    """Whether a value is less good than another one."""
    return value < than if terms.direction == UP else value > than


def progress(start: Decimal, target: Decimal, value: Decimal) -> int | None:
    """How much of the way from a start to a target is done, in whole percents that are never too many; None where the
    start is the target."""
    if start == target:
        return None
    return int(((value - start) / (target - start) * WHOLE).to_integral_value(ROUND_FLOOR))


def distance(terms: Terms, measured: Sequence[Point], today: date, since: date = date.min) -> Distance:
    """Where an indicator stands: `measured`, its values by day. No target of a year that was over before a day
    (`since`) is late."""
    start = baseline_of(terms)
    points = sorted((*([start] if start is not None else []), *measured))
    alert = _alert(terms, measured[-1].value) if measured else None
    if not measured:
        return Distance(UNMEASURED, target=_looked_at(terms, today))
    latest, targets = measured[-1], sorted(terms.targets, key=lambda one: one.year)
    if not targets:
        return Distance(ALERT if alert else NO_TARGET, latest, alert=alert)
    looked_at = _looked_at(terms, today)
    assert looked_at is not None
    kept = start is not None and meets(terms, start.value, looked_at)
    done = progress(start.value, looked_at.value, latest.value) if start is not None and not kept else None
    passed = [one for one in targets if since.year <= one.year < today.year]
    reached_on = None
    if passed and not meets(terms, latest.value, passed[-1]):
        state = LATE
    elif meets(terms, latest.value, targets[-1]):
        state, reached_on = REACHED, _since(terms, measured, targets[-1])
    elif alert is not None:
        state = ALERT
    else:
        state = _on_the_way(terms, points, latest, looked_at)
    if alert is not None and state == REACHED:
        state = ALERT
    return Distance(state, latest, looked_at, done, kept, reached_on, alert)


def baseline_of(terms: Terms) -> Point | None:
    """The starting value, None while it is not known."""
    if terms.baseline_value is None or terms.baseline_on is None:
        return None
    return Point(terms.baseline_on, terms.baseline_value)


def next_due(terms: Terms, latest: date | None, defined_on: date, since: date = date.min) -> date:
    """By when it is to be measured next: the end of the period of its frequency that has no measure yet; a starting
    value that was promised, by its day. Of what ended before a day (`since`) nothing is asked."""
    if latest is not None:
        return period_end(terms, max(add_days(period_end(terms, latest), 1), since))
    ends_on = period_end(terms, max(defined_on, since))
    if terms.baseline_promised_by is not None and terms.baseline_promised_by < since:
        return ends_on
    return min(ends_on, terms.baseline_promised_by) if terms.baseline_promised_by is not None else ends_on


def period_end(terms: Terms, day: date) -> date:
    """The last day of the period of its frequency that a day is of."""
    months = MONTHS_OF[terms.frequency]
    last = (day.month - 1) // months * months + months
    return add_days(date(day.year + last // 12, last % 12 + 1, 1), -1)


def _looked_at(terms: Terms, today: date) -> Target | None:
    """The target of this year, else the next one, else the last."""
    targets = sorted(terms.targets, key=lambda one: one.year)
    return next((one for one in targets if one.year >= today.year), targets[-1] if targets else None)


def _alert(terms: Terms, value: Decimal) -> Code | None:
    if terms.alert_below is not None and value < terms.alert_below:
        return Code("BELOW")
    return Code("ABOVE") if terms.alert_above is not None and value > terms.alert_above else None


def _since(terms: Terms, measured: Sequence[Point], target: Target) -> date:
    """The day of the first of the values that have met the target ever since."""
    since = measured[-1].on
    for one in reversed(measured):
        if not meets(terms, one.value, target):
            break
        since = one.on
    return since


def _on_the_way(terms: Terms, points: Sequence[Point], latest: Point, target: Target) -> Code:
    """Before the year of its target is over: on the straight line from where it starts, behind it, or going away."""
    if meets(terms, latest.value, target):
        return ON_TRACK
    start = points[0]
    if is_worse(terms, latest.value, start.value):
        return AWAY
    ends_on = date(target.year, 12, 31)
    days = (ends_on - start.on).days
    if days <= 0 or latest.on <= start.on:
        return ON_TRACK
    gone = Decimal(min((latest.on - start.on).days, days)) / days
    if not is_worse(terms, latest.value, start.value + (target.value - start.value) * gone):
        return ON_TRACK
    before = [one for one in points if one.on < latest.on][-1]
    return AWAY if is_worse(terms, latest.value, before.value) else SLOW
