"""The pictures' geometry: what is drawn says what the figures say."""

from __future__ import annotations

from datetime import date

import pytest

from api.pages.lettering import width_of
from api.pages.pictures import TILE_LETTERS, Tile, bar, cut, tile_map, wrapped
from api.pages.road import Flag, Road, RoadPoint, road
from api.pages.road_pieces import LETTER, SMALL, Word

TODAY = date(2026, 6, 12)


def point(day: date, status: str = "done", late_days: int = 0, label: str = "Plan d’actions validé") -> RoadPoint:
    """A milestone on a day."""
    return RoadPoint(label, status, day, "attendu depuis 73 jours" if late_days else "20 janv. 2025", late_days)


def drawn(points: list[RoadPoint], flags: tuple[Flag, ...] = ()) -> Road:
    """The road of a convention opened in January 2024."""
    made = road(points, flags, date(2024, 1, 5), TODAY, "aujourd’hui, 12 juin")
    assert made is not None
    return made


def test_lengths_are_days() -> None:
    """Twice as long is twice as far, today is drawn after the last milestone too, and a delay is as long as it is."""
    days = [date(2024, 3, 1), date(2024, 6, 1), date(2026, 3, 31)]
    made = drawn([point(days[0]), point(days[1]), point(days[2], "late", 73)])
    for picture, axis in ((made.wide, "x"), (made.narrow, "y")):
        places = [getattr(one, axis) for one in picture.marks]
        per_day = (places[1] - places[0]) / (days[1] - days[0]).days
        assert (places[2] - places[1]) / (days[2] - days[1]).days == pytest.approx(per_day, rel=0.01)
        here = picture.today[0][0 if axis == "x" else 1]
        assert here > places[-1]
        (bar,) = [one for one in picture.stretches if one.kind == "lateness"]
        begin, length = (bar.x, bar.width) if axis == "x" else (bar.y, bar.height)
        assert begin == places[2]
        assert length == pytest.approx(73 * per_day, rel=0.02)
        assert begin + length == pytest.approx(here, abs=0.2)


def test_a_convention_without_anything_dated_has_no_road() -> None:
    assert road([], (), date(2024, 1, 5), TODAY, "aujourd’hui") is None


CROWDED = [
    [point(date(2024, 1 + month, 1 + 9 * turn)) for month in range(0, 12, step) for turn in range(turns)]
    for step, turns in ((1, 1), (2, 2), (3, 3), (4, 1))
]


@pytest.mark.parametrize("points", CROWDED)
def test_no_word_of_a_road_touches_another_or_leaves_the_picture(points: list[RoadPoint]) -> None:
    made = drawn([*points, point(date(2026, 4, 1), "late", 72), point(date(2027, 3, 31), "not-started")])
    for picture in (made.wide, made.narrow):
        words = [word for mark in picture.marks for word in mark.words]
        boxes = [box for word in words for box in [_box(word)]]
        assert len(words) >= 2 * len(points)
        for left, top, right, bottom in boxes:
            assert left >= 0 and right <= picture.width and top >= 0 and bottom <= picture.height
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (words[place], one, other)


def test_no_label_of_a_road_is_crossed_by_the_leader_of_another_of_the_same_day() -> None:
    """As the plan signed and the entry into force of Grand Auch, on 27 June 2024, between what stands close to them."""
    close = [date(2024, 2, 13), date(2024, 5, 23), date(2024, 6, 27), date(2024, 6, 27), date(2026, 3, 19)]
    made = drawn([point(day, label=f"Jalon {number} signé") for number, day in enumerate(close)])
    words = [word for mark in made.wide.marks for word in mark.words]
    for mark in made.wide.marks:
        (x, top), (_, bottom) = mark.leader
        assert [one for one in words if top < one.y < bottom and _box(one)[0] < x < _box(one)[2]] == [], mark


def _box(word: Word) -> tuple[float, float, float, float]:
    """Where a word is: left, top, right, bottom."""
    width = width_of(word.text, LETTER, bold=True) if word.kind == "label" else width_of(word.text, SMALL)
    left = {"start": word.x, "middle": word.x - width / 2, "end": word.x - width}[word.anchor]
    return left, word.y - 10, left + width, word.y + 2


def test_a_telephone_has_the_same_squares_in_the_same_places() -> None:
    places = {"1": (0, 0), "2": (3, 0), "3": (1, 2)}
    picture = tile_map([Tile(siren, "Bastides et Vallons", "done", "Plan", "#") for siren in places], places, 2)
    narrow = picture.narrow
    assert narrow is not None and narrow.width <= 260
    assert [one.full_name for one in narrow.tiles] == ["Bastides et Vallons"] * 3
    assert narrow.tiles[0].name == ("Basti.", "Vallo.")
    for drawn in (picture, narrow):
        steps = [(one.x // drawn.side_x, one.y // drawn.side_y) for one in drawn.tiles]
        assert steps == [(0, 0), (3, 0), (1, 2)]
        assert all(one.x + drawn.side_x <= drawn.width and one.y + drawn.side_y <= drawn.height for one in drawn.tiles)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Cœur d’Astarac", ("Cœur", "Astar.")),
        ("Val de Gers", ("Val", "Gers")),
        ("Ténarèze", ("Ténar.",)),
        ("Les", ("Les",)),
    ],
)
def test_a_name_is_cut_to_two_words_that_a_telephone_shows(name: str, words: tuple[str, ...]) -> None:
    assert cut(name) == words


def test_a_name_too_long_for_its_square_is_shortened_there_and_whole_beside() -> None:
    (tile,) = tile_map([Tile("1", "Cœur d’Astarac en Gascogne", "done", "Plan", "#")], {"1": (0, 0)}).tiles
    assert tile.name == ("Cœur", "d’Astarac en G…")
    assert max(len(line) for line in tile.name) <= TILE_LETTERS
    assert tile.full_name == "Cœur d’Astarac en Gascogne"


def test_an_empty_map_is_a_map() -> None:
    assert tile_map([], {}).tiles == ()


def test_a_bar_is_as_long_as_its_share() -> None:
    picture = bar(8, 12, median=6)
    assert picture.length == pytest.approx(picture.width * 8 / 12, abs=0.1)
    assert picture.median_x == picture.width / 2
    assert bar(15, 12).length == picture.width
    assert bar(0, 0).length == 0


def test_a_bar_refuses_what_a_length_cannot_show() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        bar(-1, 12)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Savès", ("Savès",)),
        ("Bastides de Lomagne", ("Bastides de", "Lomagne")),
        ("Cœur d’Astarac en Gascogne", ("Cœur", "d’Astarac en Gascogne")),
    ],
)
def test_names_break_between_words_and_lose_nothing(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, 12, 2) == lines
