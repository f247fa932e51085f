"""A convention moves to another method: what was missed and said stays, nothing is said twice or long after its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from domain.convention.changing_method import ChangeMethod
from domain.kernel import Actor, Refused, RoleHeld
from domain.method import ANNIVERSARY, MethodProfile, Period
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import FRAMEWORK_PILOT, PILOT
from domain.values import Prose, deterministic_id
from projections.engine import Moment
from projections.what_is_due import MISSED
from tests.workflows.territory_life import METHOD, PROFILE, Life
from workflows.database import create_database_engine


@pytest.fixture
def sqlite(migrated_sqlite_url: str) -> Iterator[Engine]:
    made = create_database_engine(migrated_sqlite_url)
    yield made
    made.dispose()


def version(number: int, offset: str | None = None, **otherwise: Any) -> MethodProfile:
    """Another version of the shipped method; `offset`: how long after the engagement its diagnosis is due."""
    deadlines = tuple(
        replace(one, offset=Period.parse(offset)) if offset and one.id == "D01" else one for one in PROFILE.deadlines
    )
    return replace(PROFILE, **{"version": number, "deadlines": deadlines, **otherwise})


def publish(life: Life, *profiles: MethodProfile) -> None:
    for profile in profiles:
        stream = profile_stream(profile.name, profile.version)
        life.act(PublishMethodProfile(stream_id=stream, profile=profile), life.office)


def change(life: Life, to: int, former: int = 1, actor: Actor | None = None, **said: Any) -> None:
    life.act(
        ChangeMethod(
            stream_id=life.convention_id,
            former_name=METHOD,
            former_version=former,
            profile_name=METHOD,
            profile_version=to,
            motive=Prose("Le département a revu ses délais"),
            **said,
        ),
        actor or life.office,
    )


def steps(life: Life, deadline: str) -> list[tuple[date, str]]:
    return [(one.on, one.step) for one in life.said(deadline)]


@pytest.fixture
def life(sqlite: Engine) -> Life:
    """Engaged on Wednesday 10 January 2024: the diagnosis is due on 10 July."""
    found = Life(sqlite)
    found.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    found.engage()
    return found


UNDER_THE_FIRST = [
    (date(2024, 5, 13), "-60"),
    (date(2024, 6, 10), "-30"),
    (date(2024, 7, 3), "-7"),
    (date(2024, 7, 11), "missed"),
    (date(2024, 7, 25), "!+15"),
    (date(2024, 8, 26), "!+45"),
]


def test_under_one_method_all_steps_are_said(life: Life) -> None:
    life.live_until(date(2024, 9, 30))
    assert steps(life, "D01") == UNDER_THE_FIRST


@pytest.mark.parametrize(
    ("day", "swept"),
    [(date(2024, 6, 10), True), (date(2024, 7, 11), False), (date(2024, 7, 25), True), (date(2024, 8, 26), False)],
)
def test_a_method_that_changes_nothing_here_says_nothing_twice(life: Life, day: date, swept: bool) -> None:
    """Also when it changes on the very day of a step, before the sweep of the day or after."""
    publish(life, version(2))
    life.live_until(day, down={day})
    if swept:
        life.sweep()
    change(life, 2)
    life.sweep()
    life.live_until(date(2024, 9, 30))
    assert steps(life, "D01") == UNDER_THE_FIRST


def test_what_becomes_late_is_missed_once_on_the_day_of_the_change_and_nothing_of_before_is_sent(life: Life) -> None:
    """Four months instead of six: the tenth of May and the messages after it are long past on 1 July."""
    publish(life, version(2, "P4M"))
    life.live_until(date(2024, 7, 1))
    change(life, 2)
    life.live_until(date(2024, 12, 31))
    assert steps(life, "D01") == [
        (date(2024, 5, 13), "-60"),
        (date(2024, 6, 10), "-30"),
        (date(2024, 7, 1), "missed"),
    ]
    late = life.line("D01")
    assert (late.state, late.due_on, late.days_late) == (MISSED, date(2024, 5, 10), 235)


def test_what_comes_after_the_change_is_said_of_what_was_late_by_then(life: Life) -> None:
    publish(life, version(2, "P5M"))
    life.live_until(date(2024, 6, 17))
    change(life, 2)  # due on 10 June: both escalations are to come
    life.live_until(date(2024, 12, 31))
    assert steps(life, "D01")[2:] == [
        (date(2024, 6, 17), "missed"),
        (date(2024, 6, 25), "!+15"),
        (date(2024, 7, 25), "!+45"),
    ]


def test_what_was_missed_and_is_due_later_now_is_expected_anew_and_its_past_stays(life: Life) -> None:
    publish(life, version(2, "P12M"))
    life.live_until(date(2024, 8, 1))
    change(life, 2)
    life.live_until(date(2025, 3, 31))
    assert steps(life, "D01") == [
        *UNDER_THE_FIRST[:5],
        (date(2024, 11, 12), "-60"),  # the eleventh is a holiday
        (date(2024, 12, 11), "-30"),
        (date(2025, 1, 3), "-7"),
        (date(2025, 1, 11), "missed"),
        (date(2025, 1, 27), "!+15"),
        (date(2025, 2, 24), "!+45"),
    ]


def test_there_and_back_again_nothing_is_missed_twice_nor_said_twice(life: Life) -> None:
    publish(life, version(2, "P4M"))
    life.live_until(date(2024, 8, 1))
    change(life, 2)
    life.live_until(date(2024, 8, 6))
    change(life, 1, former=2)
    life.live_until(date(2024, 12, 31))
    assert steps(life, "D01") == UNDER_THE_FIRST


def test_after_months_without_a_sweep_only_what_comes_after_the_change_is_said(life: Life) -> None:
    publish(life, version(2))
    life.live_until(date(2024, 5, 1))
    life.on(date(2024, 7, 24))
    change(life, 2)
    life.on(date(2024, 9, 2)).sweep()
    assert steps(life, "D01") == [(date(2024, 7, 24), "missed"), (date(2024, 9, 2), "!+45")]


# --- the method is history --------------------------------------------------------------------------------------------


def test_a_question_as_of_a_day_uses_the_method_of_that_day(life: Life) -> None:
    publish(life, version(2, "P4M"))
    life.on(date(2024, 7, 1))
    change(life, 2)
    now = life.reader.dossier(life.convention_id)
    assert now is not None
    eve = now.as_of(Moment(occurred_by=date(2024, 6, 30)))
    assert eve is not None
    assert (now.method.version, eve.method.version) == (2, 1)
    assert [now.method_on(date(2024, 6, 30)).version, now.method_on(date(2024, 7, 1)).version] == [1, 2]
    known = now.as_of(Moment(recorded_by=datetime(2024, 6, 30, 12, tzinfo=UTC)))
    assert known is not None and known.method.version == 1


def test_lists_say_what_is_due_under_the_new_method(life: Life) -> None:
    publish(life, version(2, "P5M"))
    life.live_until(date(2024, 2, 1))
    change(life, 2)
    assert life.sweep().next_on == date(2024, 4, 11)  # sixty days before 10 June


def test_periods_that_were_over_keep_their_reviews_when_the_years_are_counted_otherwise(life: Life) -> None:
    """Reviewed by civil years, then by anniversaries of 1 January 2025: these end the same days."""
    publish(life, version(2, review=replace(PROFILE.review, period=ANNIVERSARY)))
    life.on(date(2024, 5, 14)).share_diagnosis()
    life.on(date(2024, 6, 3)).hold_forum("fo1")
    life.on(date(2024, 7, 1)).choose_priority()
    life.on(date(2024, 10, 15)).validate_plan()
    life.on(date(2024, 12, 2)).sign("caf", "epci", "msa")
    life.on(date(2026, 2, 3)).review(2025, date(2026, 2, 3))
    change(life, 2)
    assert life.line("D16", trigger_on=date(2025, 12, 31)).met_on == date(2026, 2, 3)
    life.on(date(2027, 2, 2)).review(2026, date(2027, 2, 2))
    assert life.line("D16", trigger_on=date(2026, 12, 31)).met_on == date(2027, 2, 2)


# --- who may, and what is refused -------------------------------------------------------------------------------------


def refused(life: Life, *codes: str, **said: Any) -> None:
    with pytest.raises(Refused) as refusal:
        change(life, **said)
    assert tuple(one.CODE for one in refusal.value.broken) == codes


def test_the_framework_s_pilot_may_and_the_pilot_who_keeps_the_deadlines_may_not(life: Life) -> None:
    publish(life, version(2))
    local = Actor(deterministic_id("local"), (RoleHeld(PILOT, life.territory_id),))
    refused(life, "not-entitled", to=2, actor=local)
    follows = frozenset({life.territory_id})
    above = Actor(
        deterministic_id("above"), (RoleHeld(FRAMEWORK_PILOT, framework_id=life.framework_id, follows=follows),)
    )
    change(life, 2, actor=above)
    assert life.reader.dossier(life.convention_id).method.version == 2  # type: ignore[union-attr]


def test_only_what_is_followed_is_left_for_what_is_published_and_from_today_on(life: Life) -> None:
    refused(life, "unknown-reference", to=7)
    refused(life, "method-followed-already", to=1)
    publish(life, version(2))
    refused(life, "other-method-followed", to=2, former=3)
    life.on(date(2024, 1, 12))
    refused(life, "method-changes-today", to=2, occurred_on=date(2024, 1, 11))


def test_a_method_that_knows_no_mandate_of_a_signatory_is_refused_by_its_kind(life: Life) -> None:
    publish(life, version(2, mandate_rules=tuple(one for one in PROFILE.mandate_rules if one.partner_kind != "MSA")))
    refused(life, "partners-unknown-to-method", to=2)


def test_a_theme_in_use_that_the_new_method_does_not_name_may_still_be_cited(life: Life) -> None:
    gone = tuple(one for one in PROFILE.themes if one != "MOBILITY")
    publish(life, version(2, themes=gone))
    life.on(date(2024, 5, 14)).share_diagnosis()
    change(life, 2)
    life.on(date(2024, 6, 3)).hold_forum("fo1")
    life.on(date(2024, 7, 1)).choose_priority()


def test_a_theme_that_nobody_used_goes_with_the_method(life: Life) -> None:
    publish(life, version(2, themes=tuple(one for one in PROFILE.themes if one != "MOBILITY")))
    change(life, 2)
    life.on(date(2024, 5, 14))
    with pytest.raises(Refused):
        life.share_diagnosis()
