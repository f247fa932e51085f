"""How the address of a sheet names it: by its number where it has one of its own, else by the beginning of its id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from api.pages.view import View
from projections.where_the_plan_stands import sheets

SHORTEST: Final = 8
"""Digits of an id that tell it from the others, mostly."""
_WRITTEN: Final = re.compile(r"[0-9A-Za-z]+([.-][0-9A-Za-z]+){0,5}")
LONGEST_NUMBER: Final = 16
RESERVED: Final = frozenset({"pourquoi"})
"""What other pages of a plan are called."""


def numbers_of(view: View) -> Mapping[UUID, str | None]:
    """The number of each sheet of a convention, as people write it."""
    return {one.sheet_id: one.number for one in view.dossier.once(sheets, view.ask.today)}


def codes_of(numbers: Mapping[UUID, str | None]) -> dict[UUID, str]:
    """The name of each sheet: no two have the same, and what is no number of one sheet alone names none."""
    short = _shortened(tuple(numbers))
    taken = Counter(number.casefold() for number in numbers.values() if number is not None)
    ids = {one.casefold() for one in short.values()}
    return {
        one: number
        if number is not None and taken[number.casefold()] == 1 and _names(number) and number.casefold() not in ids
        else short[one]
        for one, number in numbers.items()
    }


def sheet_named(code: str, numbers: Mapping[UUID, str | None]) -> UUID | None:
    """The sheet that an address names, by its name of today, by its id or by any beginning that is its alone."""
    wanted = code.casefold()
    for one, name in codes_of(numbers).items():
        if name.casefold() == wanted:
            return one
    plain = wanted.replace("-", "")
    begins = [one for one in numbers if len(plain) >= SHORTEST and one.hex.startswith(plain)]
    return begins[0] if len(begins) == 1 else None


def _names(number: str) -> bool:
    written = _WRITTEN.fullmatch(number) is not None and len(number) <= LONGEST_NUMBER
    return written and number.casefold() not in RESERVED


def _shortened(ids: Sequence[UUID]) -> dict[UUID, str]:
    for digits in range(SHORTEST, 32):
        if len({one.hex[:digits] for one in ids}) == len(ids):
            return {one: one.hex[:digits] for one in ids}
    return {one: one.hex for one in ids}
