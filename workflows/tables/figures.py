"""Values of indicators as people write them: "12,5", "45 %", "environ 80 familles", "+ 10 %"."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from workflows.tables.amounts import FIGURE, decimal_of
from workflows.tables.cells import Cell
from workflows.tables.reading import NONE, Choice, Read, asked, refused, sure
from workflows.tables.words import folded

MOST: Final = Decimal(10) ** 12
DECIMALS: Final = 6
"""More of them are the tail of a computation, not a value that somebody wants."""

_ONE: Final = re.compile(
    rf"(?P<about>(?:env(?:iron)?\.?|~|autour de|pres de|[<>]=?|plus de|moins de|au moins|minimum|maximum|jusqu a) ?)?"
    rf"(?P<figure>-?{FIGURE}) ?(?P<rest>%|€|[a-z][a-z ]*)?"
)
_MORE: Final = re.compile(rf"\+ ?(?:{FIGURE}).*")
_UNKNOWN: Final = re.compile(
    r"(a (definir|preciser|mesurer|determiner|construire|etablir)|n\.?c\.?|inconnue?|-+|neant"
    r"|non (connue?|mesuree?|disponible)|sans objet|so|nd|en cours).*"
)
_FIGURES: Final = re.compile(FIGURE)


def _choice(value: Decimal, *, likely: bool = False) -> Choice[Decimal]:
    return Choice(str(value), value, likely)


def read_value(cell: Cell) -> Read[Decimal]:
    """A value without its unit. A part of one, as spreadsheets keep "45 %", is asked by whoever knows the unit."""
    value = cell.value
    if isinstance(value, bool | date) or not isinstance(value, int | float | str):
        return refused("no-value")
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)))
    said = folded(value)
    if not said:
        return sure(None)
    if match := _ONE.fullmatch(said):
        number = decimal_of(match["figure"])
        if match["about"]:
            return asked("about", [_choice(number, likely=True)])
        if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", match["figure"]):
            return asked("point-value", [_choice(Decimal(re.sub("[.,]", "", match["figure"]))), _choice(number)])
        return _number(number)
    if _UNKNOWN.fullmatch(said):
        return asked("unknown-value", [Choice(NONE, None, True)])
    figures = [decimal_of(one) for one in _FIGURES.findall(said)]
    return asked("more-than" if _MORE.fullmatch(said) else "words", [_choice(one) for one in figures[:3] if one < MOST])


def _number(number: Decimal) -> Read[Decimal]:
    if abs(number) > MOST:
        return refused("no-value")
    rounded = round(number, DECIMALS).normalize()
    plain = rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded
    return sure(plain) if plain == number else asked("rounded-value", [_choice(plain, likely=True)])
