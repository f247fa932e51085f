"""The sweep: every deadline is told of on its days, to the people of that day, once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine

from ctg_engine.clock import SetClock
from domain.agenda import ReminderEscalated
from domain.kernel import Origin
from domain.roles import (
    CAF_ADVISER,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COMMITTEE_MEMBER,
    COOPERATION_OFFICER,
    FRAMEWORK_PILOT,
    PARTNER_EXECUTIVE,
    PILOT,
)
from projections.engine import Register
from projections.what_is_due import MET, MET_LATE, MISSED
from projections.who_holds_which_role import Holder, role_holders
from tests.workflows.territory_life import LOCAL_ROLES, Life, Said
from workflows import recipients
from workflows.acting_by_itself import ENGINE_ACTOR
from workflows.database import create_database_engine
from workflows.deadlines import sweep


@pytest.fixture
def sqlite(migrated_sqlite_url: str) -> Iterator[Engine]:
    made = create_database_engine(migrated_sqlite_url)
    yield made
    made.dispose()


def told(*names: str) -> frozenset[str]:
    return frozenset(names)


def short(said: list[Said]) -> list[tuple[date, str, frozenset[str]]]:
    return [(one.on, one.step, one.to) for one in said]


def engaged(life: Life) -> Life:
    """Engaged on Wednesday 10 January 2024."""
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.engage()
    return life


def prioritised(life: Life) -> Life:
    """Diagnosis shared in May, a forum in June, a priority chosen on Monday 1 July 2024."""
    engaged(life).on(date(2024, 5, 14)).share_diagnosis()
    life.on(date(2024, 6, 3)).hold_forum("fo1")
    life.on(date(2024, 7, 1)).choose_priority()
    return life


def planned(life: Life) -> Life:
    """Plan validated on 15 October 2024."""
    prioritised(life).on(date(2024, 10, 15)).validate_plan()
    return life


def signed(life: Life) -> Life:
    """Signed by everybody on 2 December 2024."""
    planned(life).on(date(2024, 12, 2)).sign("caf", "epci", "msa")
    return life


# --- each deadline, day by day ----------------------------------------------------------------------------------------


def test_d01_diagnosis(sqlite: Engine) -> None:
    """Six months after the engagement; a step on a Saturday is on the Monday."""
    life = engaged(Life(sqlite))
    life.live_until(date(2024, 12, 31))
    assert short(life.said("D01")) == [
        (date(2024, 5, 13), "-60", told(COOPERATION_OFFICER)),  # the 11th is a Saturday
        (date(2024, 6, 10), "-30", told(COOPERATION_OFFICER)),
        (date(2024, 7, 3), "-7", told(COOPERATION_OFFICER)),
        (date(2024, 7, 11), "missed", told()),
        (date(2024, 7, 25), "!+15", told(PILOT)),
        (date(2024, 8, 26), "!+45", told(COMMITTEE_CHAIR)),  # the 24th is a Saturday
    ]
    assert {one.due_on for one in life.said("D01")} == {date(2024, 7, 10)}


def test_d02_first_forum(sqlite: Engine) -> None:
    life = engaged(Life(sqlite)).on(date(2024, 5, 14))
    life.share_diagnosis()
    life.live_until(date(2024, 12, 31))
    assert short(life.said("D02")) == [
        (date(2024, 7, 15), "-30", told(PILOT)),
        (date(2024, 8, 7), "-7", told(PILOT)),
        (date(2024, 8, 15), "missed", told()),
        (date(2024, 8, 29), "!+15", told(CO_PILOT)),
    ]


def test_d05_priorities(sqlite: Engine) -> None:
    """Due on Saturday 3 August, hence on Monday the 5th."""
    life = engaged(Life(sqlite)).on(date(2024, 5, 14))
    life.share_diagnosis()
    life.on(date(2024, 6, 3)).hold_forum("fo1")
    life.live_until(date(2024, 12, 31))
    assert {one.due_on for one in life.said("D05")} == {date(2024, 8, 5)}
    assert short(life.said("D05")) == [
        (date(2024, 7, 4), "-30", told(COMMITTEE_CHAIR)),
        (date(2024, 7, 29), "-7", told(COMMITTEE_CHAIR)),  # the 27th is a Saturday
        (date(2024, 8, 6), "missed", told()),
        (date(2024, 9, 2), "!+30", told(PILOT)),
    ]


def test_d05_moves_with_the_next_forum(sqlite: Engine) -> None:
    """A deadline that moved starts its reminders again, and the old day is not missed."""
    life = engaged(Life(sqlite)).on(date(2024, 5, 14))
    life.share_diagnosis()
    life.on(date(2024, 6, 3)).hold_forum("fo1")
    life.live_until(date(2024, 7, 9))
    life.on(date(2024, 7, 10)).hold_forum("fo2")
    life.live_until(date(2024, 9, 10))
    assert [(one.on, one.due_on, one.step) for one in life.said("D05")] == [
        (date(2024, 7, 4), date(2024, 8, 5), "-30"),
        (date(2024, 8, 12), date(2024, 9, 10), "-30"),
        (date(2024, 9, 3), date(2024, 9, 10), "-7"),
    ]


def test_d06_plan(sqlite: Engine) -> None:
    """Due on All Saints' Day, a Friday, hence on Monday 4 November."""
    life = prioritised(Life(sqlite))
    life.live_until(date(2025, 1, 31))
    assert {one.due_on for one in life.said("D06")} == {date(2024, 11, 4)}
    assert short(life.said("D06")) == [
        (date(2024, 10, 2), "-30", told(COOPERATION_OFFICER)),
        (date(2024, 10, 25), "-7", told(COOPERATION_OFFICER)),
        (date(2024, 11, 5), "missed", told()),
        (date(2024, 12, 2), "!+30", told(COMMITTEE_CHAIR, COMMITTEE_MEMBER)),
    ]


def test_d11_missing_signature(sqlite: Engine) -> None:
    """Each signatory that has not signed is reminded of its own signature, by its own people."""
    life = planned(Life(sqlite)).on(date(2024, 12, 2))
    life.sign("caf", "msa")
    life.live_until(date(2025, 6, 30))
    said = life.said("D11")
    assert {one.due_on for one in said} == {date(2025, 3, 3)}
    assert [(one.on, one.step) for one in said][:2] == [
        (date(2025, 1, 2), "-60"),
        (date(2025, 1, 31), "-30"),
    ]
    assert {one.to for one in said if one.on < date(2025, 3, 3)} == {told("epci")}
    assert [(one.step, one.to) for one in said if one.on == date(2025, 3, 3)] == [
        ("+0", told("epci")),
        ("!+0", told(COMMITTEE_CHAIR, CAF_ADVISER)),
    ]
    assert [(one.on, one.step) for one in said if one.on > date(2025, 3, 3)] == [(date(2025, 3, 4), "missed")]


def test_d16_review(sqlite: Engine) -> None:
    life = signed(Life(sqlite)).on(date(2025, 12, 1))
    life.live_until(date(2026, 7, 31))
    assert short(life.said("D16")) == [
        (date(2025, 12, 31), "-90", told(PILOT)),
        (date(2026, 3, 2), "-30", told(PILOT)),  # 1 March is a Sunday
        (date(2026, 3, 24), "-7", told(PILOT)),
        (date(2026, 3, 31), "!+0", told(COMMITTEE_CHAIR)),
        (date(2026, 4, 1), "missed", told()),
        (date(2026, 4, 30), "!+30", told("caf", "epci", "msa")),
        (date(2026, 6, 29), "!+90", told(FRAMEWORK_PILOT)),
    ]


# --- SC7 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("down", "days"),
    [
        ((), (date(2026, 3, 31), date(2026, 4, 30), date(2026, 6, 29))),
        ((date(2026, 4, 14), date(2026, 4, 15)), (date(2026, 3, 31), date(2026, 4, 30), date(2026, 6, 29))),
        ((date(2026, 4, 30), date(2026, 5, 1)), (date(2026, 3, 31), date(2026, 5, 4), date(2026, 6, 29))),
    ],
    ids=["always up", "down in between", "down on the very day"],
)
def test_sc7_late_annual_review(sqlite: Engine, down: tuple[date, ...], days: tuple[date, ...]) -> None:
    life = signed(Life(sqlite)).on(date(2026, 3, 25))
    life.live_until(date(2026, 7, 3), down)
    escalations = [one for one in life.said("D16") if one.step.startswith("!")]
    assert short(escalations) == [
        (days[0], "!+0", told(COMMITTEE_CHAIR)),
        (days[1], "!+30", told("caf", "epci", "msa")),
        (days[2], "!+90", told(FRAMEWORK_PILOT)),
    ]
    assert [one.on for one in life.said("D16") if one.step == "missed"] == [date(2026, 4, 1)]
    line = life.line("D16", due_on=date(2026, 3, 31))
    assert (line.state, line.days_late) == (MISSED, 94)

    life.review(2025, held_on=date(2026, 6, 12))
    line = life.line("D16", due_on=date(2026, 3, 31))
    assert (line.state, line.days_late) == (MET_LATE, 73)
    before = life.said("D16")
    life.live_until(date(2026, 12, 1))
    assert life.said("D16") == before
    # The audit trail shows why the framework pilot was told although the review had been held.
    events = list(life.events())
    told_of = [
        place
        for place, one in enumerate(events)
        if isinstance(one, ReminderEscalated) and one.occurrence.deadline == "D16"
    ]
    last_told = max(told_of)
    held = [place for place, event in enumerate(events) if event.TOPIC == "ctg.convention.review-done"]
    assert held
    assert all(place > last_told for place in held)


# --- downtime, lateness, repetition -----------------------------------------------------------------------------------


def test_after_three_days_down_only_the_most_severe_step_is_said(sqlite: Engine) -> None:
    """The reminder of 24 March and the escalation of the 31st have both come: people are told once."""
    life = signed(Life(sqlite)).on(date(2026, 3, 3))
    life.sweep()
    life.live_until(date(2026, 3, 23))
    life.on(date(2026, 4, 2)).sweep()
    assert short(life.said("D16"))[-2:] == [
        (date(2026, 4, 1), "missed", told()),  # whenever the sweep sees it
        (date(2026, 4, 2), "!+0", told(COMMITTEE_CHAIR)),
    ]
    assert [one.step for one in life.said("D16")] == ["-30", "missed", "!+0"]


def test_met_in_time_stops_everything(sqlite: Engine) -> None:
    life = engaged(Life(sqlite))
    life.live_until(date(2024, 6, 20))
    life.share_diagnosis()
    life.live_until(date(2024, 12, 31))
    assert [one.step for one in life.said("D01")] == ["-60", "-30"]
    assert life.line("D01").state == MET


def test_met_late_stays_late(sqlite: Engine) -> None:
    life = engaged(Life(sqlite))
    life.live_until(date(2024, 7, 26))
    life.share_diagnosis()
    life.live_until(date(2024, 12, 31))
    assert [one.step for one in life.said("D01")] == ["-60", "-30", "-7", "missed", "!+15"]
    assert (life.line("D01").state, life.line("D01").days_late) == (MET_LATE, 16)


def test_recorded_late_but_held_in_time(sqlite: Engine) -> None:
    """Nothing is late, though people were told that nothing was recorded: both are true, both are kept."""
    life = engaged(Life(sqlite))
    life.live_until(date(2024, 7, 26))
    life.share_diagnosis(occurred_on=date(2024, 7, 1))
    assert (life.line("D01").state, life.line("D01").days_late) == (MET, 0)
    assert [one.step for one in life.said("D01")] == ["-60", "-30", "-7", "missed", "!+15"]


def test_a_second_sweep_says_nothing(engine: Engine) -> None:
    """On both databases; also by another worker, that has seen nothing of the first."""
    life = engaged(Life(engine)).on(date(2024, 7, 25))
    first = life.sweep()
    assert (first.conventions, first.missed, first.said) == (1, 1, 1)
    assert (life.sweep().missed, life.sweep().said) == (0, 0)
    assert [one.step for one in life.said()] == ["missed", "!+15"]


def test_workers_that_sweep_at_once_say_everything_once(engine: Engine) -> None:
    life = Life(engine)
    conventions = life.engage_several(6, date(2024, 1, 8))
    life.on(date(2024, 6, 20))
    start = threading.Barrier(4)

    def work() -> int:
        start.wait()
        return life.sweep().conventions

    with ThreadPoolExecutor(4) as workers:
        looked_at = [done.result() for done in [workers.submit(work) for _ in range(4)]]
    assert max(looked_at) == 6, "whoever looks first finds all; whoever comes later, what is not said yet"
    assert [one.step for one in life.said(of=conventions)] == ["-30"] * 6


class HeldUp(SetClock):
    """A clock by which the process sleeps until a day when it is asked for the day a second time, which is once the
    sweep has read what it looks at; others do something meanwhile."""

    def __init__(self, moment: datetime, until: date, meanwhile: Callable[[], object]) -> None:
        super().__init__(moment)
        self.until, self.meanwhile, self.asked = until, meanwhile, 0

    def today(self) -> date:
        self.asked += 1
        if self.asked == 2:
            self.set(self.until)
            self.meanwhile()
        return super().today()


def test_a_sweep_that_sleeps_for_weeks_says_what_is_right_when_it_wakes(sqlite: Engine) -> None:
    """Neither the step of the day on which it fell asleep, nor what was asked for and is done since."""
    life = Life(sqlite)
    done, *others = life.engage_several(3, date(2024, 1, 8))
    life.convention_id = done
    life.on(date(2024, 6, 20))
    clock = HeldUp(life.clock.now(), date(2024, 8, 1), lambda: life.on(date(2024, 7, 8)).share_diagnosis())
    sweep(life.steering, life.summaries, clock, life.holidays)
    assert life.said("D01", of=[done]) == []
    assert sorted(one.step for one in life.said("D01", of=others)) == ["!+15", "!+15", "missed", "missed"]


def test_the_engine_signs_what_it_records(sqlite: Engine) -> None:
    life = engaged(Life(sqlite)).on(date(2024, 6, 10))
    life.sweep()
    recorded = [event.envelope for event in life.events() if event.TOPIC.startswith("ctg.agenda.")]
    assert len(recorded) == 2
    assert {(one.actor_id, one.actor_role, one.origin) for one in recorded} == {
        (ENGINE_ACTOR.actor_id, "ENGINE", Origin.REACTION)
    }


def test_the_next_day_something_is_due(sqlite: Engine) -> None:
    life = Life(sqlite)
    assert life.sweep().next_on is None
    engaged(life)
    assert life.sweep().next_on == date(2024, 5, 13)
    assert life.on(date(2024, 7, 10)).sweep().next_on == date(2024, 7, 11)
    assert life.on(date(2024, 7, 11)).sweep().next_on == date(2024, 7, 25)
    # Nobody is above whom the diagnosis was last asked of: what is left is the silence of the convention.
    assert life.on(date(2024, 9, 11)).sweep().next_on == date(2025, 2, 26)


def test_a_convention_that_is_over_still_owes_its_last_review_and_what_follows_it_and_nothing_else(
    sqlite: Engine,
) -> None:
    life = signed(Life(sqlite)).on(date(2030, 1, 15))
    life.sweep()
    assert {(one.deadline, one.due_on) for one in life.said()} == {
        ("D16", date(2030, 4, 1)),
        ("D18", date(2029, 12, 31)),
    }


def test_on_its_last_day_a_convention_still_owes_what_was_due_before(sqlite: Engine) -> None:
    life = signed(Life(sqlite)).on(date(2029, 12, 31))
    life.sweep()
    assert date(2029, 4, 3) in {one.due_on for one in life.said("D16") if one.step == "missed"}


def test_the_day_after_its_last_a_convention_owes_nothing_that_was_due_before_but_what_follows_it(
    sqlite: Engine,
) -> None:
    life = signed(Life(sqlite)).on(date(2030, 1, 1))
    life.sweep()
    assert {one.deadline for one in life.said()} == {"D18"}


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_a_convention_that_fails_is_named_and_the_others_are_swept(
    sqlite: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails of one: here who is in charge of it cannot be told."""
    life = Life(sqlite)
    conventions = life.engage_several(3, date(2024, 1, 8))
    asked: list[UUID] = []

    def failing(register: Register, territory_id: UUID, role: None, day: date) -> tuple[Holder, ...]:
        asked.append(territory_id)
        if len(asked) == 2:
            raise OSError("a bad block")
        return role_holders(register, territory_id, role, day)

    life.on(date(2024, 6, 10))
    with monkeypatch.context() as patch:
        patch.setattr(recipients, "role_holders", failing)
        with pytest.raises(ExceptionGroup) as failed:
            life.sweep()
    ((note,),) = [error.__notes__ for error in failed.value.exceptions]
    assert note in {f"convention {one}" for one in conventions}
    assert [one.step for one in life.said(of=conventions)] == ["-30", "-30"]
    assert life.sweep().said == 1


# --- people -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vacant", "recipient"),
    [
        ((), COOPERATION_OFFICER),
        ((COOPERATION_OFFICER,), PILOT),
        ((COOPERATION_OFFICER, PILOT), CO_PILOT),
        ((COOPERATION_OFFICER, PILOT, CO_PILOT), FRAMEWORK_PILOT),
    ],
)
def test_a_vacant_role_passes_to_the_next_one_up(sqlite: Engine, vacant: tuple[str, ...], recipient: str) -> None:
    life = engaged(Life(sqlite, vacant=vacant)).on(date(2024, 6, 10))
    life.sweep()
    assert [one.to for one in life.said()] == [told(recipient)]


def test_nobody_at_all_waits_until_somebody_is_appointed(sqlite: Engine) -> None:
    life = engaged(Life(sqlite, vacant=(*LOCAL_ROLES, FRAMEWORK_PILOT))).on(date(2024, 6, 10))
    swept = life.sweep()
    assert (swept.said, swept.unheard) == (0, 1)
    life.on(date(2024, 6, 20)).appoint("new officer", COOPERATION_OFFICER)
    assert life.sweep().said == 1
    assert short(life.said()) == [(date(2024, 6, 20), "-30", told("new officer"))]


def test_who_is_told_is_found_on_the_day(sqlite: Engine) -> None:
    """A role taken tomorrow is not held today."""
    life = engaged(Life(sqlite, vacant=(COOPERATION_OFFICER,)))
    life.live_until(date(2024, 5, 31))
    life.appoint("new officer", COOPERATION_OFFICER)
    life.live_until(date(2024, 6, 30))
    assert [one.to for one in life.said()] == [told(PILOT), told("new officer")]


def test_a_role_given_just_after_midnight_is_given_on_the_day_that_began(sqlite: Engine) -> None:
    """In summer it is still the day before by the clock of machines."""
    life = Life(sqlite, vacant=(COOPERATION_OFFICER,))
    life.clock.set(date(2024, 6, 1), hour=0)
    person_id = life.appoint("new officer", COOPERATION_OFFICER)
    given = [one.assignment for one in life.reader.register().given_on(life.territory_id)]
    assert [one.recorded_on for one in given if one.person_id == person_id] == [date(2024, 6, 1)]


def test_an_absent_representative_is_replaced_by_the_executive_then_the_pilot(sqlite: Engine) -> None:
    life = planned(Life(sqlite, vacant=("epci",))).on(date(2024, 12, 2))
    life.sign("caf", "msa")
    life.on(date(2025, 1, 2)).sweep()
    life.on(date(2025, 1, 20)).appoint("president", PARTNER_EXECUTIVE, "epci")
    life.appoint("another executive", PARTNER_EXECUTIVE, "msa")
    life.on(date(2025, 2, 3)).sweep()
    assert [one.to for one in life.said("D11")] == [told(PILOT), told("president")]


def test_the_chair_of_the_frameworks_committee_is_not_told_of_a_territory(sqlite: Engine) -> None:
    life = engaged(Life(sqlite, vacant=(COMMITTEE_CHAIR,)))
    life.appoint_on_framework("departmental chair", COMMITTEE_CHAIR)
    life.on(date(2024, 8, 26)).sweep()
    assert [one.to for one in life.said() if one.step == "!+45"] == [told(PILOT)]
