"""States stay small: a forum is a few bytes, and a rule never walks all of them (design of the store)."""

from datetime import date, timedelta
from typing import Any

import msgspec

from domain.convention.crossing import ForumsHeld
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, local_id

MOST_BYTES_OF_A_FORUM = 80
MOST_BYTES_OF_A_THOUSAND_EVENTS = 100_000
THEMES = tuple(Code(name) for name in ("EARLY_CHILDHOOD", "PARENTING", "MOBILITY", "HOUSING"))
GRID = tuple(Cell(expertise, side) for expertise in Expertise for side in AnalysisSide)


def held(count: int) -> ForumsHeld:
    """So many forums, each on two themes with a full grid."""
    forums = ForumsHeld()
    forums.share_diagnosis(date(2024, 1, 10))
    for number in range(count):
        themes = (THEMES[number % 4], THEMES[(number + 1) % 4])
        day = date(2024, 2, 1) + timedelta(days=number)
        forums.hold(local_id(f"forum-{number:08x}"), day, themes, Attendance(12, 4, 30), GRID)
    return forums


def size(state: Any) -> int:
    return len(msgspec.json.encode(state))


def test_a_forum_is_a_few_bytes() -> None:
    assert (size(held(200)) - size(held(100))) / 100 <= MOST_BYTES_OF_A_FORUM


def test_a_thousand_forums_are_less_than_a_hundred_kilobytes() -> None:
    assert size(held(1000)) <= MOST_BYTES_OF_A_THOUSAND_EVENTS


def test_a_state_says_the_same_once_it_was_written_and_read() -> None:
    forums = held(30)
    read = msgspec.json.decode(msgspec.json.encode(forums), type=ForumsHeld)
    assert read == forums
    assert [read.counts(one) for one in read.held] == [True] * 30
