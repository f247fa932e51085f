"""The pictures' geometry: what is drawn says what the figures say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from api.pages.lettering import width_of
from api.pages.pictures import TILE_LETTERS, Tile, bar, tile_map, wrapped
from api.pages.timeline import GAP, LETTER, PlacedText, TimelinePicture, TimelinePoint, timeline

TODAY = date(2026, 6, 12)


def point(status: str, on: date | None) -> TimelinePoint:
    """A milestone of which only state and date matter."""
    return TimelinePoint("Plan d’actions validé", status, on, "20 janvier 2025", "il manque deux communes")


def test_milestones_are_equally_far_apart_and_done_up_to_the_first_that_is_not() -> None:
    picture = timeline(
        [
            point("done", date(2024, 1, 14)),
            point("done", date(2024, 5, 14)),
            point("late", date(2026, 3, 31)),
            point("done", date(2026, 4, 1)),
            point("not-started", None),
        ],
        TODAY,
    )
    gaps = {round(b.x - a.x, 1) for a, b in zip(picture.points, picture.points[1:], strict=False)}
    assert len(gaps) == 1
    assert picture.done_to == picture.points[1].x
    assert 0 < picture.start < picture.end < picture.width


def test_today_stands_between_the_last_past_date_and_the_next() -> None:
    picture = timeline([point("done", date(2024, 1, 14)), point("not-started", date(2027, 1, 1))], TODAY)
    assert picture.today_x is not None
    assert picture.points[0].x < picture.today_x < picture.points[1].x


@pytest.mark.parametrize("dates", [(), (date(2024, 1, 1), date(2025, 1, 1)), (date(2027, 1, 1),), (None,)])
def test_today_is_left_out_when_it_is_off_the_path(dates: tuple[date | None, ...]) -> None:
    assert timeline([point("watch", on) for on in dates], TODAY).today_x is None


def test_all_text_of_a_milestone_fits_in_the_picture() -> None:
    picture = timeline([point("watch", None)] * 8, TODAY)
    placed = picture.points[0]
    assert " ".join(line.text for line in placed.note) == "il manque deux communes"
    for one in picture.points:
        assert all(line.y < picture.height for line in (*one.when, *one.note))
        assert all(line.y > 0 for line in one.label)


PATH = (
    "Engagement",
    "Diagnostic partagé",
    "Forums (3)",
    "Priorités (2)",
    "Plan validé",
    "Plan signé 2/4",
    "Entrée en vigueur",
    "Bilans (2)",
    "Bilan 2026",
    "Renouvellement",
)
"""The longest path: ten nodes."""


@pytest.mark.parametrize("count", range(2, len(PATH) + 1))
@pytest.mark.parametrize("missing", [None, *range(len(PATH))])
def test_no_word_of_a_path_touches_another(count: int, missing: int | None) -> None:
    points = [
        TimelinePoint(
            label,
            "late" if index == missing else "done",
            date(2024 + index // 4, 1 + 3 * (index % 4), 28),
            "attendu le 31\xa0sept.\xa02025" if index == missing else "28\xa0sept.\xa02024",
            "il manque\xa0: Masseube, Seissan et deux autres communes" if index == missing else "",
        )
        for index, label in enumerate(PATH[-count:])
    ]
    picture = timeline(points, date(2024 + (count - 2) // 4, 2 + 3 * ((count - 2) % 4), 1))
    boxes = sorted(_boxes(picture))
    for (row, _, right), (other, left, _) in pairwise(boxes):
        assert row != other or right + GAP <= left
    assert all(left >= 0 and right <= picture.width for _, left, right in boxes)
    assert picture.today_x is not None
    for point in picture.points:
        assert not any(left < picture.today_x < right for _, left, right in map(_bold_box, point.label))


def _boxes(picture: TimelinePicture) -> Iterator[tuple[int, float, float]]:
    """Row, left and right of every text."""
    for point in picture.points:
        yield from map(_bold_box, point.label)
        for line in (*point.when, *point.note):
            half = width_of(line.text, LETTER) / 2
            yield line.y, line.x - half, line.x + half


def _bold_box(line: PlacedText) -> tuple[int, float, float]:
    half = width_of(line.text, LETTER, bold=True) / 2
    return line.y, line.x - half, line.x + half


def test_a_node_without_date_has_its_note_right_below() -> None:
    picture = timeline([TimelinePoint("Plan signé 0/2", "irregular", None, "", "il manque la Caf")] * 2, TODAY)
    assert picture.points[0].note[0].y == picture.axis_y + 34


def test_a_territory_without_a_known_place_still_has_its_own_square() -> None:
    places = {"1": (0, 0), "2": (3, 0), "3": (1, 2)}
    tiles = [Tile(siren, "Savès", "done", "Plan", "#") for siren in (*places, *(f"9{n}" for n in range(8)))]
    picture = tile_map(tiles, places)
    corners = {(tile.x, tile.y) for tile in picture.tiles}
    assert len(corners) == len(tiles)
    assert all(x + picture.side_x <= picture.width and y + picture.side_y <= picture.height for x, y in corners)


def test_without_known_places_the_map_is_in_alphabetical_order() -> None:
    names = ["Ténarèze", "Bas Armagnac", "Savès", "Grand Auch", "Val de Gers", "Arrats Gimone", "Lomagne Gersoise"]
    picture = tile_map([Tile(name, name, "done", "Plan", "#") for name in names])
    assert [tile.full_name for tile in picture.tiles] == sorted(names)


def test_a_name_too_long_for_its_square_is_shortened_there_and_whole_beside() -> None:
    (tile,) = tile_map([Tile("1", "Cœur d’Astarac en Gascogne", "done", "Plan", "#")]).tiles
    assert tile.name == ("Cœur", "d’Astarac en G…")
    assert max(len(line) for line in tile.name) <= TILE_LETTERS
    assert tile.full_name == "Cœur d’Astarac en Gascogne"


def test_an_empty_map_is_a_map() -> None:
    assert tile_map([]).tiles == ()


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
