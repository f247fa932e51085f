"""How things stood: the same questions, asked of the part of the history that had happened, or was known, by then."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from projections.engine import Dossier, Moment, Register, stream_of
from projections.what_happened import history
from projections.what_is_due import sheet
from projections.what_lists_say import summary
from projections.what_reviews_saw import reviews
from projections.what_the_committee_decided import meetings, waivers
from projections.what_the_plan_rests_on import basis
from projections.where_conventions_stand import convention, departments, standing
from projections.which_partners_and_places_are_known import territories
from projections.which_signatures_are_missing import signatures
from projections.which_themes_are_crossed import crossing
from projections.who_holds_which_role import role_holders
from tests.projections.story import Story
from workflows.calendar import PublicHolidays
from workflows.reading import Reader

HOLIDAYS = PublicHolidays()


def everything(dossier: Dossier, today: date) -> tuple[Any, ...]:
    """Every answer about a convention."""
    return (
        convention(dossier, today),
        sheet(dossier, today, HOLIDAYS),
        crossing(dossier, today),
        signatures(dossier),
        basis(dossier),
        meetings(dossier, [dossier]),
        waivers(dossier, today),
        reviews(dossier, today),
        role_holders(dossier.register, dossier.territory_id, None, today),
        history(dossier, limit=500),
        summary(dossier, today, HOLIDAYS),
    )


def acts(story: Story) -> list[Callable[[], object]]:
    return [
        lambda: story.engage(date(2024, 1, 15)),
        lambda: story.assign("PILOT", uuid.uuid4(), date(2024, 1, 2)),
        lambda: story.diagnose(date(2024, 5, 14)),
        lambda: story.forum("fo1", date(2024, 6, 4)),
        lambda: story.choose("p1", date(2024, 7, 2)),
        lambda: story.plan(date(2024, 9, 10)),
        lambda: story.meet("m2", date(2024, 9, 12)),
        lambda: story.mandate(story.caf, date(2024, 10, 1)),
        lambda: story.sign(story.caf, date(2024, 11, 18)),
        lambda: story.waive("R06", date(2024, 11, 19), date(2025, 6, 30), subject="MOBILITY"),
        lambda: story.mandate(story.epci, date(2024, 10, 2), date(2024, 10, 9)),
        lambda: story.sign(story.epci, date(2024, 11, 20)),
        lambda: story.activate(date(2025, 1, 2)),
        lambda: story.review(2025, date(2026, 3, 20)),
    ]


def test_as_recorded_on_any_past_day_all_is_answered_as_it_was_answered_then(story: Story) -> None:
    """Facts are recorded in an order that is not the one in which they happened."""
    story.set_up()
    story.open()
    today = date(2026, 12, 1)
    answered: dict[datetime, tuple[Any, ...]] = {}
    for number, act in enumerate(acts(story)):
        story.today = date(2026, 6, 2 + number)
        act()
        answered[datetime(2026, 6, 2 + number, 23, tzinfo=UTC)] = everything(story.dossier, today)
    assert len({repr(one) for one in answered.values()}) == len(answered)
    for instant, then in answered.items():
        past = story.dossier.as_of(Moment(recorded_by=instant))
        assert past is not None
        assert everything(past, today) == then, instant


def test_what_is_kept_in_memory_answers_like_a_fold_from_nothing(story: Story) -> None:
    story.set_up()
    story.open()
    tight = Reader(story.engine, most_kept=5)  # forgets nearly all of it at once
    today = date(2026, 12, 1)
    for act in acts(story):
        act()
        wanted = Reader(story.engine).dossier(story.convention)
        assert wanted is not None
        for reader in (story.reader, tight):
            found = reader.dossier(story.convention)
            assert found is not None
            assert everything(found, today) == everything(wanted, today)
            assert found.basis == wanted.basis == len(wanted.entries)


def test_what_was_asked_already_is_not_worked_out_again_for_the_next_reader_until_something_is_recorded(
    story: Story,
) -> None:
    worked_out = []

    def facts(dossier: Dossier) -> int:
        worked_out.append(dossier.basis)
        return len(dossier.entries)

    def asked(reader: Reader) -> int:
        found = reader.dossier(story.convention)
        assert found is not None
        return found.once(facts)

    story.set_up()
    story.open()
    before = asked(story.reader)
    assert asked(story.reader) == before
    assert len(worked_out) == 1
    story.engage(date(2024, 1, 8))
    assert asked(story.reader) == asked(story.reader) == before + 1
    assert len(worked_out) == 2
    assert asked(Reader(story.engine)) == before + 1, "another process works it out for itself"
    assert len(worked_out) == 3


def test_what_two_days_are_told_is_told_apart_on_what_is_kept(story: Story) -> None:
    """Days late are counted from the day on which somebody asks."""
    story.set_up()
    story.open()
    early, late = date(2024, 2, 1), date(2026, 6, 1)
    told = [story.dossier.once(standing, day).since for day in (early, late, early)]
    fresh = Reader(story.engine).dossier(story.convention)
    assert fresh is not None
    assert told == [standing(fresh, day).since for day in (early, late, early)]


def test_as_of_a_business_day_only_what_had_happened_counts(story: Story) -> None:
    story.until_signed()
    june = story.dossier.as_of(Moment(occurred_by=date(2024, 6, 30)))
    assert june is not None
    assert standing(june, date(2024, 6, 30)).phase == "PRIORITISATION"
    assert basis(june).priorities == ()
    assert story.dossier.as_of(Moment(occurred_by=date(2024, 1, 4))) is None


@pytest.mark.parametrize("places", [(), ("a", "c"), ("b",)])
def test_any_subset_of_a_history_folds(story: Story, places: tuple[str, ...]) -> None:
    """A history may leave facts out: what depended on them is withheld, and nothing raises."""
    story.until_signed()
    stream = story.dossier.streams[story.convention]
    entries = [one for number, one in enumerate(stream.entries) if number == 0 or "abc"[number % 3] in places]
    left_out = {one.event for one in stream.entries} - {one.event for one in entries}
    assert left_out
    streams = {**story.dossier.streams}

    folded = stream_of(entries)
    assert folded is not None
    streams[story.convention] = folded
    everything(Dossier(story.convention, streams, story.known), date(2026, 6, 1))


# --- what had survived ------------------------------------------------------------------------------------------------


def test_a_fact_before_the_opening_makes_no_phase(story: Story) -> None:
    story.set_up()
    story.open(date(2024, 1, 5))
    for act in (
        lambda: story.engage(date(2023, 12, 1)),
        lambda: story.diagnose(date(2023, 12, 2)),
        lambda: story.forum("fo8", date(2023, 12, 3)),
        lambda: story.mandate(story.caf, date(2023, 12, 4)),
        lambda: story.sign(story.caf, date(2023, 12, 5)),
    ):
        act()
        found = convention(story.dossier, date(2026, 6, 1))
        assert (found.standing.phase, found.standing.since) == ("PREPARATION", date(2024, 1, 5))
        assert [one.phase for one in found.phases if one.since is not None] == ["PREPARATION"]
    assert {one.id for one in sheet(story.dossier, date(2026, 6, 1), HOLIDAYS) if not one.is_silence} == {"D08", "D08B"}


def test_the_convention_in_force_is_the_territorys_before_one_that_takes_effect_later(story: Story) -> None:
    story.until_signed()
    story.activate(date(2025, 1, 1))
    today = date(2026, 6, 1)
    first = standing(story.dossier, today)
    assert first.phase == "IN_FORCE"
    second = Story(story.engine)
    second.territory, second.caf, second.epci, second.cpam = story.territory, story.caf, story.epci, story.cpam
    second.pilot = story.pilot
    second.open(date(2026, 5, 4), start=date(2030, 1, 1))
    later = standing(second.dossier, today)
    assert later.phase == "PREPARATION"
    for several in ([first, later], [later, first]):
        (line,) = departments(territories(story.known), several, today)
        assert line.convention_id == story.convention


def test_a_full_last_page_is_the_last(story: Story) -> None:
    story.until_signed()
    everything_told = history(story.dossier, limit=500).entries
    whole = history(story.dossier, limit=len(everything_told))
    assert (len(whole.entries), whole.after) == (len(everything_told), None)
    one_less = history(story.dossier, limit=len(everything_told) - 1)
    assert one_less.after == one_less.entries[-1].position
    rest = history(story.dossier, after=one_less.after, limit=1)
    assert (rest.entries, rest.after) == (everything_told[-1:], None)


def test_an_empty_register_is_one(story: Story) -> None:
    assert territories(Register({})) == ()
    assert story.reader.dossier(uuid.uuid4()) is None
