"""Whatever is measured, revised and asked: how far a target is, what the committee saw, what is never told of a few."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.indicators.defining import IndicatorDefined, IndicatorRedefined
from domain.indicators.indicator import Indicator
from domain.indicators.measuring import ACCEPTED, IndicatorMeasured, MeasureAnswered
from domain.indicators.satisfaction import LEVELS, Satisfaction, SatisfactionMeasured
from domain.indicators.small_cells import Told, small_cells
from domain.indicators.terms import NUMBER, PARTS_OF, Target, Terms
from domain.kernel import Actor, Case, Context, EventAnnulled, RoleHeld
from domain.roles import PILOT
from domain.values import Code, Prose, local_id
from projections.engine import Entry
from projections.engine.entries import stream_of
from projections.how_far_a_target_is import (
    LATE,
    REACHED,
    Point,
    distance,
    is_worse,
    meets,
    next_due,
    progress,
)
from projections.what_users_say import told_of
from projections.which_targets_are_reached import Seen, seen_by

MINIMUM = 11
DIRECTIONS = st.sampled_from(("UP", "DOWN"))
VALUES = st.decimals(-10_000, 10_000, places=2)
UNITS = st.sampled_from((NUMBER, *PARTS_OF))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def terms(**more: object) -> Terms:
    """An indicator of which only what matters is said."""
    said = {
        "title": Prose("Familles reçues"),
        "unit": NUMBER,
        "counts_persons": True,
        "kind": Code("RESULT"),
        "direction": Code("UP"),
        "owner_id": UUID(int=1),
        "frequency": Code("YEARLY"),
    }
    return Terms(**{**said, **more})  # type: ignore[arg-type]


# --- how far a target is ----------------------------------------------------------------------------------------------


@given(VALUES, VALUES, VALUES)
def test_the_way_done_is_the_same_upwards_and_downwards(start: Decimal, target: Decimal, value: Decimal) -> None:
    """Whoever turns the scale over goes as far."""
    assert progress(start, target, value) == progress(-start, -target, -value)
    if start != target:
        assert progress(start, target, start) == 0
        assert progress(start, target, target) == 100


@given(VALUES, VALUES, VALUES, DIRECTIONS)
def test_all_the_way_is_only_said_of_a_target_that_is_reached(
    start: Decimal, target: Decimal, value: Decimal, direction: str
) -> None:
    """A rounding never reaches a target that the value does not."""
    told = terms(direction=Code(direction))
    wanted = Target(2028, target)
    if not meets(told, start, wanted):
        done = progress(start, target, value)
        assert done is not None
        assert (done >= 100) is meets(told, value, wanted)
        assert (done < 0) is is_worse(told, value, start)


@given(st.lists(st.tuples(DAYS, VALUES), min_size=1, max_size=6), VALUES, VALUES, DIRECTIONS, DAYS)
def test_nothing_is_late_before_the_year_of_its_target_has_passed(
    measured: list[tuple[date, Decimal]], start: Decimal, target: Decimal, direction: str, today: date
) -> None:
    told = terms(
        direction=Code(direction),
        baseline_value=start,
        baseline_on=date(2019, 12, 31),
        targets=(Target(2028, target),),
    )
    points = [Point(on, value) for on, value in sorted(dict(measured).items())]
    far = distance(told, points, today)
    reached = meets(told, points[-1].value, Target(2028, target))
    assert (far.state == LATE) is (today.year > 2028 and not reached)
    assert (far.state == REACHED) is reached


@given(DAYS, st.sampled_from(("MONTHLY", "QUARTERLY", "HALF_YEARLY", "YEARLY")))
def test_a_period_that_is_measured_is_not_asked_for_again(latest: date, frequency: str) -> None:
    told = terms(frequency=Code(frequency))
    due = next_due(told, latest, latest)
    assert due > latest
    assert (due + timedelta(days=1)).day == 1
    assert next_due(told, due, latest) > due
    assert next_due(told, None, latest) < due


# --- never a few people -----------------------------------------------------------------------------------------------


@given(UNITS, st.decimals(0, 200, places=1), st.none() | st.integers(0, 200), st.none() | st.integers(0, 200))
def test_what_is_told_of_people_gives_no_small_group_away(
    unit: Code, value: Decimal, total: int | None, sample: int | None
) -> None:
    """Whatever passes, nobody can reckon a group that is smaller than the threshold, whichever way they go."""
    told = terms(unit=unit)
    if list(small_cells(told, Told(value, total, sample), MINIMUM)):
        return
    assert sample is None or sample >= MINIMUM
    if unit == NUMBER:
        persons = value
    elif total is not None:
        persons = value * total / PARTS_OF[unit]
    else:
        assert sample is not None, "a rate of nobody knows how many was told"
        return
    nearest = persons.quantize(Decimal(1))
    if total is None:
        assert persons == 0 or persons >= MINIMUM
        return
    assert nearest >= MINIMUM
    others = total - nearest
    assert others < 0 or others >= MINIMUM


@given(st.decimals(-50, 50, places=1), st.none() | st.integers(0, 50))
def test_what_counts_no_people_is_free(value: Decimal, total: int | None) -> None:
    assert not list(small_cells(terms(counts_persons=False), Told(value, total), MINIMUM))


# --- what the committee saw -------------------------------------------------------------------------------------------

MEETING = date(2026, 6, 15)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("measure", "revise", "propose", "accept", "redefine", "annul")),
        st.integers(0, 5),
        st.decimals(0, 500, places=1),
        st.integers(0, 40),
    ),
    max_size=14,
)


@given(STEPS)
@settings(deadline=None)
def test_what_the_committee_saw_never_changes_whatever_is_said_later(
    steps: list[tuple[str, int, Decimal, int]],
) -> None:
    """Each step is recorded some days after the one before, around the day of the committee."""
    recorded = entries_of(steps)
    then = stream_of(one for one in recorded if one.event.recorded_on <= MEETING)
    now = stream_of(recorded)
    assert now is not None
    expected = seen_by(then, MEETING) if then is not None else Seen(MEETING, None, None)
    assert seen_by(now, MEETING) == expected


def entries_of(steps: list[tuple[str, int, Decimal, int]]) -> list[Entry]:
    """What was recorded of one indicator, by its own events."""
    day = MEETING - timedelta(days=100)
    told = terms(title=Prose(token="sealed"), baseline_promised_by=date(2026, 12, 31))
    indicator = Indicator.start(
        UUID(int=7),
        IndicatorDefined,
        case_on(day),
        convention_id=UUID(int=8),
        home_territory_id=UUID(int=9),
        **vars_of(told),
    )
    events = list(indicator.collect_events())
    for number, (act, about, value, later) in enumerate(steps):
        day += timedelta(days=later)
        case = case_on(day)
        measured = [one for one in events if isinstance(one, IndicatorMeasured)]
        if act in ("measure", "revise", "propose"):
            revised = measured[-1].measure_id if act == "revise" and measured else None
            said = dict.fromkeys(
                ("total", "period_starts_on", "provided_by", "method", "sample_size", "note", "motive")
            )
            indicator.record(
                IndicatorMeasured,
                case,
                measure_id=local_id("m", number),
                value=value,
                period_ends_on=date(2025, 7 + about, 1),
                revises=revised,
                title=told.title,
                proposed=act == "propose",
                definition_version=indicator.definition_version,
                **said,
            )
        elif act == "accept" and measured:
            indicator.record(
                MeasureAnswered,
                case,
                measure_id=measured[-1].measure_id,
                answer=ACCEPTED,
                motive=None,
                title=told.title,
            )
        elif act == "redefine":
            indicator.record(IndicatorRedefined, case, motive=Prose(token="sealed"), **vars_of(told))
        elif act == "annul" and measured:
            target = measured[-1].envelope.event_id
            indicator.note(EventAnnulled, case, target_id=target, fallen=(), proposal_id=None)
        events += indicator.collect_events()
    return [Entry(place, one) for place, one in enumerate(events, 1)]


def vars_of(told: Terms) -> dict[str, Any]:
    return {one.name: getattr(told, one.name) for one in fields(Terms)}


def case_on(day: date) -> Case:
    """Somebody who records on a day."""
    actor = Actor(UUID(int=1), (RoleHeld(PILOT, UUID(int=9)),))
    return Case(Context(actor=actor, today=day, now=datetime.combine(day, time(9), UTC), role=PILOT), None, None)  # type: ignore[arg-type]


# --- what users say ---------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_of_a_few_answers_nobody_is_told_what_they_said(counts: list[int]) -> None:
    """Not even where a log holds their spread: of a method that asked for less, or of another release."""
    said = dict(zip(LEVELS, counts, strict=True))
    asked = Satisfaction.start(
        UUID(int=7),
        SatisfactionMeasured,
        case_on(MEETING),
        convention_id=UUID(int=8),
        home_territory_id=UUID(int=9),
        question=Prose(token="sealed"),
        audience=Prose(token="sealed"),
        channel=Code("PAPER"),
        answers=sum(counts),
        asked=None,
        sheet_ids=(),
        note=None,
        **said,
    )
    (measured,) = asked.collect_events()
    told = told_of(measured, MINIMUM)
    if sum(counts) < MINIMUM:
        assert (told.shares, told.satisfied_percent, told.few) == ((), None, True)
        return
    assert [one.answers for one in told.shares] == counts
    opinions = sum(counts[:4])
    assert (told.satisfied_percent is None) is (opinions < MINIMUM)
