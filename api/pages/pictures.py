"""Geometry of the pictures: pure functions from figures to coordinates, drawn as SVG by the templates.

Units are those of the picture's own ``view_box``. Words are given by the caller, already in the reader's language;
nothing here knows a catalogue, a colour or a database. Every picture has a twin table on its page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

SHAPES: Mapping[str, str] = {
    "on-time": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
    "watch": "M0 -6.5L7 6H-7z",
    "late": "M-5.5 -5.5h11v11h-11z",
    "not-started": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zm2 0a4 4 0 1 1 8 0a4 4 0 1 1 -8 0z",
    "done": "M-6.5 0.8L-4.6 -1.2L-2 1.6L4.6 -5.4L6.5 -3.4L-2 5.6z",
    "irregular": (
        "M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0z"
        "M-4.7 0a4.7 4.7 0 1 0 9.4 0a4.7 4.7 0 1 0 -9.4 0z"
        "M3.89 2.62L2.62 3.89L-3.89 -2.62L-2.62 -3.89z"
    ),
    "unproven": (
        "M-4.2 0.6L-3 -0.7L-1.2 1.2L3 -3.5L4.2 -2.2L-1.2 3.8z"
        "M-7 -1.6h1.6v3.2h-1.6zM5.4 -1.6h1.6v3.2h-1.6zM-1.6 -7h3.2v1.6h-3.2zM-1.6 5.4h3.2v1.6h-3.2z"
        "M-5.9 -4.4l1.5 -1.5l1.1 1.1l-1.5 1.5zM5.9 -4.4l-1.5 -1.5l-1.1 1.1l1.5 1.5z"
        "M-5.9 4.4l1.5 1.5l1.1 -1.1l-1.5 -1.5zM5.9 4.4l-1.5 1.5l-1.1 -1.1l1.5 -1.5z"
    ),
    "unknown": (
        "M-2.6 -1.6a2.6 2.6 0 1 1 3.3 2.5v1h-1.5v-2.1a1.15 1.15 0 1 0 -0.4 -1.4zM-0.85 2.6h1.7v1.7h-1.7z"
        "M-7 -1.6h1.4v3.2h-1.4zM5.6 -1.6h1.4v3.2h-1.4zM-1.6 -7h3.2v1.4h-3.2zM-1.6 5.6h3.2v1.4h-3.2z"
        "M-5.9 -4.4l1.5 -1.5l1 1l-1.5 1.5zM5.9 -4.4l-1.5 -1.5l-1 1l1.5 1.5z"
        "M-5.9 4.4l1.5 1.5l1 -1l-1.5 -1.5zM5.9 4.4l-1.5 1.5l-1 -1l1.5 -1.5z"
    ),
}
"""Outline of each status, centred on 0,0, about 13 units wide: the shape that doubles the colour and the word."""


def wrapped(text: str, width: int, lines: int) -> tuple[str, ...]:
    """Break ``text`` between words into at most ``lines`` lines of about ``width`` characters.

    A word is never cut; what does not fit is kept on the last line, so that nothing is lost.
    """
    rows: list[str] = []
    for word in text.split(" "):
        if rows and (len(rows[-1]) + 1 + len(word) <= width or len(rows) == lines):
            rows[-1] = f"{rows[-1]} {word}"
        else:
            rows.append(word)
    return tuple(rows)


def shortened(text: str, width: int) -> str:
    """``text`` in at most ``width`` characters, the missing end marked; for a picture that says it whole elsewhere."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


# --- tile map ----------------------------------------------------------------------------------------------------


TILE_LETTERS = 15
"""How many letters of a name fit across a square."""
NARROW_LETTERS = 6
"""The same on a telephone, where a name is two words that are cut."""
SMALL_WORDS = ("de", "du", "des", "la", "le", "les", "et", "en")


@dataclass(frozen=True, slots=True)
class Tile:
    """A territory to place: ``name`` as short as it can be, ``word`` its phase in one word."""

    siren: str
    name: str
    status: str
    word: str
    href: str


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A territory with the corner of its square and its name broken into lines."""

    x: int
    y: int
    status: str
    shape: str
    name: tuple[str, ...]
    full_name: str
    word: str
    href: str


@dataclass(frozen=True, slots=True)
class TileMapPicture:
    """The squares of a département; `narrow`: the same for a telephone; `unplaced`: of how many nothing is drawn."""

    width: int
    height: int
    side_x: int
    side_y: int
    tiles: tuple[PlacedTile, ...]
    narrow: TileMapPicture | None = None
    unplaced: int = 0


def tile_map(tiles: Sequence[Tile], places: Mapping[str, tuple[int, int]], unplaced: int = 0) -> TileMapPicture:
    """Each territory on its square: SIREN -> (column, row) from the north-west corner."""
    return replace(
        _squares(tiles, places, 108, 72, 6, _whole), narrow=_squares(tiles, places, 58, 60, 4, cut), unplaced=unplaced
    )


def _squares(
    tiles: Sequence[Tile],
    places: Mapping[str, tuple[int, int]],
    side_x: int,
    side_y: int,
    gap: int,
    named: Callable[[str], tuple[str, ...]],
) -> TileMapPicture:
    columns = 1 + max((places[tile.siren][0] for tile in tiles), default=0)
    rows = 1 + max((places[tile.siren][1] for tile in tiles), default=0)
    placed = tuple(
        PlacedTile(
            x=places[tile.siren][0] * (side_x + gap) + 1,
            y=places[tile.siren][1] * (side_y + gap) + 1,
            status=tile.status,
            shape=SHAPES[tile.status],
            name=named(tile.name),
            full_name=tile.name,
            word=tile.word,
            href=tile.href,
        )
        for tile in sorted(tiles, key=lambda tile: (places[tile.siren][1], places[tile.siren][0]))
    )
    return TileMapPicture(
        width=columns * (side_x + gap) - gap + 2,
        height=rows * (side_y + gap) - gap + 2,
        side_x=side_x,
        side_y=side_y,
        tiles=placed,
    )


def _whole(name: str) -> tuple[str, ...]:
    return tuple(shortened(line, TILE_LETTERS) for line in wrapped(name, 13, 2))


def cut(name: str) -> tuple[str, ...]:
    """A name in two words that a telephone has room for: "Bast. Lom."; it is told whole beside it."""
    words = [word for word in name.replace("d’", "").replace("d'", "").split() if word.lower() not in SMALL_WORDS]
    short = (word if len(word) <= NARROW_LETTERS else f"{word[: NARROW_LETTERS - 1]}." for word in words or [name])
    return tuple(short)[:2]


# --- bar ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarPicture:
    """A bar of ``length`` in a track of ``width``, with the median as a tick when there is one."""

    width: int
    height: int
    length: float
    median_x: float | None


def bar(value: float, most: float, median: float | None = None) -> BarPicture:
    """Measure ``value`` (and ``median``) against ``most``, both at least 0; a track of 0 gives an empty bar.

    Raises ``ValueError`` when a figure is negative: a length cannot show it.
    """
    if value < 0 or most < 0 or (median is not None and median < 0):
        raise ValueError("a bar shows figures of 0 or more")
    width = 300

    def place(figure: float) -> float:
        return round(min(figure / most, 1.0) * width, 1) if most else 0.0

    return BarPicture(width=width, height=16, length=place(value), median_x=None if median is None else place(median))
