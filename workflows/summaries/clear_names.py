"""What is kept in clear for who searches: public names, spelled as a search compares them, and codes; never a title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from projections.what_can_be_found import Findable
from projections.what_is_sought import named
from projections.what_lists_say import Summary

CODE: Final = "="
"""What a code begins with, so that no word that people type is found in one."""


def in_clear(said: Summary, found: Iterable[Findable]) -> str:
    """All names and codes of a convention, each once, with a space before and behind."""
    things = tuple(found)
    words = dict.fromkeys(named(said.standing.territory_name).split())
    words |= dict.fromkeys(word for one in things for name in one.said for word in named(name).split())
    codes = dict.fromkeys(code_of(code) for one in things for code in (f"kind.{one.kind}", *one.codes))
    return f" {' '.join((said.standing.siren, *words, *codes))} "


def code_of(code: str) -> str:
    """A code as it stands among the names."""
    return f"{CODE}{code}".casefold()
