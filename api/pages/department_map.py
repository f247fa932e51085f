"""The map of a département: a square for each territory whose place is known, wide and, on a telephone, narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.asking import Asking
from api.pages.contexts import Phrase, Status
from api.pages.pictures import Tile, TileMapPicture, tile_map
from api.pages.rendering import PageWords
from projections.which_partners_and_places_are_known import TerritoryKnown

FEWEST: Final = 3
"""Below so many squares nothing is seen of where they are."""

Mapped = tuple[TerritoryKnown, Status, str, str]
"""A territory, its status, its phase and its page."""


def map_of(ask: Asking, several: Sequence[Mapped]) -> TileMapPicture | None:
    """The squares of those whose place is known; None where too few are: a square that is anywhere says nothing."""
    words = PageWords(ask.texts)
    places = ask.services.tile_places
    known = [one for one in several if one[0].siren in places]
    if len(known) < FEWEST:
        return None
    tiles = [
        Tile(place.siren, places[place.siren].short_name, status, words.say(Phrase(f"phase-short.{phase}")), href)
        for place, status, phase, href in known
    ]
    corners = {one.siren: (places[one.siren].column, places[one.siren].row) for one in tiles}
    return tile_map(tiles, corners, len(several) - len(known))
