"""Amounts and counts as people write them: "12 500,50 €", "Entre 200 et 500", "50 000 € / an / poste"."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from workflows.tables.cells import Cell
from workflows.tables.reading import NONE, Choice, Read, asked, refused, sure
from workflows.tables.words import folded

MOST: Final = 10**12
"""More than any plan of a territory, in euros."""

FIGURE: Final = r"[0-9]{1,3}(?:[ .][0-9]{3})+(?:,[0-9]{1,2})?|[0-9]+(?:[.,][0-9]+)?"
"""A number as people write it, its thousands apart or not."""

_ONE: Final = re.compile(
    rf"(?P<about>(?:env(?:iron)?\.?|~|autour de|pres de|de l ordre de|estime a|max(?:i|imum)?\.?|mini?\.?|minimum"
    rf"|au moins|jusqu a|[<>]=?|plus de|moins de) ?)?"
    rf"(?P<figure>{FIGURE}) ?(?P<scale>k|m|millions?(?: d)?|mille)? ?(?P<euro>€|euros?|eur)?(?: ?(?P<tax>ht|ttc))?"
)
_RANGE: Final = re.compile(
    rf"(?:entre |de )?(?P<a>{FIGURE}) ?(?:€|euros?)? ?(?:et|a|-|/) ?(?P<b>{FIGURE}) ?(?:€|euros?)?"
)
_SUM: Final = re.compile(rf"(?:{FIGURE}) ?€?(?: ?\+ ?(?:{FIGURE}) ?€?)+")
_EACH: Final = re.compile(rf"(?P<figure>{FIGURE}) ?(?P<scale>k)? ?(?:€|euros?)? ?(?:ht |ttc )?(?:/|par) ?[a-z].*")
_UNKNOWN: Final = re.compile(
    r"(a (definir|preciser|chiffrer|determiner|evaluer|voir)|n\.?c\.?|non (chiffre|connu|communique|defini)e?|inconnu"
    r"|sans objet|so|neant|-+|/|\.+|en attente|ne sait pas|on ne sait pas|en interne|moyens internes|temps agent).*"
)
_FREE: Final = re.compile(r"(gratuit|aucun cout|sans cout|0 ?€|nul)\b.*")
_LOSS: Final = re.compile(r"\( *[0-9][0-9 .,]* *(€|euros?)? *\)")
_ENGLISH: Final = re.compile(r"(?:€ ?)?(?P<figure>[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}) ?(?:€|euros?)?")
_FIGURES: Final = re.compile(FIGURE)


def read_cents(cell: Cell) -> Read[int]:
    """An amount, in cents."""
    return _read(cell, 100)


def read_count(cell: Cell) -> Read[int]:
    """A whole number without unit."""
    return _read(cell, 1)


def _read(cell: Cell, unit: int) -> Read[int]:
    value = cell.value
    if isinstance(value, bool | date):
        return refused("no-amount")
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), unit)
    if not isinstance(value, str):
        return refused("no-amount")
    said = value.replace("≈", "~").replace("±", "~")
    if _LOSS.fullmatch(said.strip()):  # how accountants write what goes below nothing, or somebody an aside
        return asked("words", [_choice(decimal_of(_FIGURES.findall(folded(said))[0]), unit)])
    read = _text(folded(said).replace("_", " "), unit)
    if "?" in said and read.value is not None:
        return asked("about", [_choice(Decimal(read.value) / unit, unit, likely=True)])
    return read


def _whole(number: Decimal, unit: int) -> int:
    return int((number * unit).to_integral_value())


def _number(number: Decimal, unit: int) -> Read[int]:
    if number < 0:
        return refused("negative")
    if number > MOST:
        return refused("too-much")
    whole = _whole(number, unit)
    if abs(number * unit - whole) > Decimal("0.0001"):
        return asked("rounded", [Choice(str(whole), whole, True)])
    return sure(whole)


def decimal_of(figure: str) -> Decimal:
    """The number that such a figure writes."""
    text = figure.replace(" ", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3}){2,}", text):
        text = text.replace(".", "")
    try:
        return Decimal(text)
    except InvalidOperation:  # the patterns let nothing else through
        return Decimal(0)


_SCALES: Final = {"k": 1_000, "mille": 1_000, "m": 1_000_000}


def _scaled(match: re.Match[str]) -> Decimal:
    scale = match["scale"] or ""
    return decimal_of(match["figure"]) * _SCALES.get(scale, 1_000_000 if scale.startswith("million") else 1)


def _choice(number: Decimal, unit: int, *, likely: bool = False) -> Choice[int]:
    whole = _whole(number, unit)
    return Choice(str(whole), whole, likely)


def _text(text: str, unit: int) -> Read[int]:
    if not text:
        return sure(None)
    if text.startswith("-") and _ONE.fullmatch(text[1:].strip()):
        return refused("negative")
    if match := _ONE.fullmatch(text):
        return _one(match, unit)
    if match := _ENGLISH.fullmatch(text):
        return asked("point", [_choice(Decimal(match["figure"].replace(",", "")), unit)])
    if match := _RANGE.fullmatch(text):
        low, high = decimal_of(match["a"]), decimal_of(match["b"])
        return asked("range", [_choice(low, unit), _choice(high, unit)]) if low < high else refused("span-reversed")
    if _SUM.fullmatch(text):
        parts = [decimal_of(one) for one in _FIGURES.findall(text)]
        return asked("sum", [_choice(sum(parts, Decimal()), unit)])
    if match := _EACH.fullmatch(text):
        return asked("each", [_choice(_scaled(match), unit)])
    if _FREE.fullmatch(text):
        return asked("free", [_choice(Decimal(), unit, likely=True)])
    if _UNKNOWN.fullmatch(text):
        return asked("unknown", [Choice(NONE, None, True)])
    figures = [decimal_of(one) for one in _FIGURES.findall(text)]
    return asked("words", [_choice(one, unit) for one in figures[:3] if one <= MOST])


def _one(match: re.Match[str], unit: int) -> Read[int]:
    number = _scaled(match)
    if number > MOST:
        return refused("too-much")
    if match["about"]:
        return asked("about", [_choice(number, unit, likely=True)])
    thousands = re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", match["figure"])
    if thousands and not match["scale"]:  # "12.500" is twelve thousand five hundred, or twelve and a half
        whole = Decimal(re.sub(r"[.,]", "", match["figure"]))
        return asked("point", [_choice(whole, unit), _choice(decimal_of(match["figure"].replace(",", ".")), unit)])
    return _number(number, unit)
