"""Days as people write them in tables: real dates, serial numbers, "mi-2024", "2023-2024", "1er janv 2023"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from workflows.tables.cells import Cell
from workflows.tables.reading import NONE, Choice, Read, asked, refused, sure
from workflows.tables.words import folded

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of spreadsheets."""

_MONTHS: Final = {
    "janv": 1, "jan": 1, "janvier": 1, "fev": 2, "fevr": 2, "fevrier": 2, "mars": 3, "avr": 4, "avril": 4, "mai": 5,
    "juin": 6, "juil": 7, "juillet": 7, "aout": 8, "sept": 9, "sep": 9, "septembre": 9, "oct": 10, "octobre": 10,
    "nov": 11, "novembre": 11, "dec": 12, "decembre": 12,
}  # fmt: skip
_MONTH: Final = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_NUMERIC: Final = re.compile(r"(?P<day>[0-9]{1,2})[/. -](?P<month>[0-9]{1,2})[/. -](?P<year>[0-9]{4}|[0-9]{2})")
_ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[t ][0-9 .+z]+)?")
_WORDS: Final = re.compile(rf"(?:le )?(?P<day>[0-9]{{1,2}})(?:er)? ?{_MONTH} ?{_YEAR}")
_ONLY_MONTH: Final = re.compile(rf"(?:(?P<part>debut|mi|fin|courant) ?-? ?)?{_MONTH} ?{_YEAR}")
_ONLY_YEAR: Final = re.compile(rf"(?:annee |courant |en |pour |des |jusqu en |a partir de |d ici )?{_YEAR}")
_SHORT_MONTH: Final = re.compile(rf"{_MONTH}[ /.-]*(?P<year>[0-9]{{2}})")
_NUMBER_MONTH: Final = re.compile(r"(?P<month>0?[1-9]|1[0-2]) ?[/.-] ?(?P<year>20[0-9]{2})")
_ISO_MONTH: Final = re.compile(r"(?P<year>20[0-9]{2})-(?P<month>0[1-9]|1[0-2])")
_MONTHS_SAID: Final = re.compile(rf"{_MONTH} ?{_YEAR}")
_PART: Final = re.compile(rf"(?P<part>debut|mi|milieu|fin|printemps|ete|automne|hiver|rentree)[ -]*{_YEAR}")
_SPAN: Final = re.compile(r"(?:de |entre )?(?P<a>(?:19|20)[0-9]{2}) ?(?:-|/|a|et|>|au|,) ?(?P<b>(?:19|20)[0-9]{2})")
_QUARTER: Final = re.compile(
    rf"(?:[tq](?P<q>[1-4])|(?P<q3>[1-4]) ?t(?:rim)?|(?P<q2>[1-4])(?:er|e|eme) trimestre"
    rf"|s(?P<s>[12])|(?P<s2>[12])(?:er|e|eme) semestre)"
    rf"[ /-]*{_YEAR}"
)
_LASTS: Final = re.compile(r"(en cours|continue?|permanente?|annuel(le)?|recurrente?|toute l annee|duree .*)\b.*")
_SOME_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")

_PARTS: Final = {
    "debut": ((1, 1), (3, 31)),
    "mi": ((6, 1), (6, 30)),
    "milieu": ((6, 1), (6, 30)),
    "fin": ((10, 1), (12, 31)),
    "printemps": ((3, 1), (6, 30)),
    "ete": ((6, 1), (9, 30)),
    "automne": ((9, 1), (12, 31)),
    "hiver": ((1, 1), (3, 31)),
    "rentree": ((9, 1), (9, 30)),
}


def read_day(cell: Cell, *, ends: bool) -> Read[date]:
    """A day on which something starts, or ends (`ends`): what a year or a month means differs."""
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return sure(value) if FIRST_YEAR <= value.year <= LAST_YEAR else refused("day-far-away")
    if isinstance(value, bool):
        return refused("no-day")
    if isinstance(value, int | float):
        return _number(float(value), ends)
    if not isinstance(value, str):
        return refused("no-day")
    return _text(folded(value), ends)


def _choice(day: date, *, likely: bool = False) -> Choice[date]:
    return Choice(day.isoformat(), day, likely)


def day_of_serial(number: int) -> date | None:
    """The day that a serial number stands for, None outside of the years that plans are made for."""
    found = _EPOCH + timedelta(days=number) if 0 < number < 80_000 else None
    return found if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _number(value: float, ends: bool) -> Read[date]:
    if not value.is_integer():
        return refused("no-day")
    if FIRST_YEAR <= value <= LAST_YEAR:
        return _year(int(value), ends)
    day = day_of_serial(int(value))
    return asked("serial", [_choice(day, likely=True)]) if day is not None else refused("no-day")


def _year(year: int, ends: bool) -> Read[date]:
    return asked("only-year", [_choice(date(year, 12, 31) if ends else date(year, 1, 1), likely=True)])


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _text(text: str, ends: bool) -> Read[date]:
    if not text:
        return sure(None)
    if (whole := _whole(text)) is not None:
        return whole
    if text.isdecimal() and len(text) < 6:
        return _number(float(text), ends)
    if match := _ONLY_YEAR.fullmatch(text):
        return _year(int(match["year"]), ends)
    if match := _ONLY_MONTH.fullmatch(text):
        return _month(int(match["year"]), _MONTHS[match["month"]], ends)
    if match := _NUMBER_MONTH.fullmatch(text) or _ISO_MONTH.fullmatch(text):
        return _month(int(match["year"]), int(match["month"]), ends)
    if match := _SHORT_MONTH.fullmatch(text):
        found = _month(2000 + int(match["year"]), _MONTHS[match["month"]], ends)
        return asked("short-year", found.choices[:1])
    if match := _SPAN.fullmatch(text):
        return _span(int(match["a"]), int(match["b"]), ends)
    if match := _QUARTER.fullmatch(text):
        return _part_of_year(match, ends)
    if match := _PART.fullmatch(text):
        year, (first, last) = int(match["year"]), _PARTS[match["part"]]
        days = [date(year, *first), date(year, *last), date(year, 12, 31)]
        likely = match["part"] == "fin" and ends
        return asked(
            "about", [_choice(one, likely=likely and one.month == 12) for one in (days[1:] if ends else days[:2])]
        )
    if _LASTS.fullmatch(text):
        return asked("lasts", [Choice(NONE, None, True)])
    return asked("words", _mentioned(text, ends))


def _whole(text: str) -> Read[date] | None:
    """A whole date, or two of them."""
    if match := _ISO.fullmatch(text):
        return _exact(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _WORDS.fullmatch(text):
        return _exact(int(match["year"]), _MONTHS[match["month"]], int(match["day"]))
    if match := _NUMERIC.fullmatch(text):
        if len(match["year"]) == 4:
            return _exact(int(match["year"]), int(match["month"]), int(match["day"]))
        day = _made(2000 + int(match["year"]), int(match["month"]), int(match["day"]))
        return asked("short-year", [_choice(day, likely=True)]) if day is not None else refused("no-such-day")
    return None


def _exact(year: int, month: int, day: int) -> Read[date]:
    found = _made(year, month, day)
    if found is None:
        return refused("no-such-day")
    return sure(found) if FIRST_YEAR <= year <= LAST_YEAR else refused("day-far-away")


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _month(year: int, month: int, ends: bool) -> Read[date]:
    return asked("only-month", [_choice(_last(year, month) if ends else date(year, month, 1), likely=True)])


def _span(first: int, last: int, ends: bool) -> Read[date]:
    """Two years: civil ones, or those of a school, which end in summer."""
    if last < first:
        return refused("span-reversed")
    found = [_choice(date(last, 12, 31) if ends else date(first, 1, 1), likely=last > first + 1)]
    if last == first + 1:
        found.append(_choice(date(last, 8, 31) if ends else date(first, 9, 1)))
    return asked("span", found)


def _about(year: int, part: str, ends: bool) -> Read[date]:
    """Part of a year in a word; only the end of an action "fin 2024" has one likely day."""
    first, last = _PARTS[part]
    days = [date(year, *last), date(year, 12, 31)] if ends else [date(year, *first), date(year, *last)]
    return asked("about", [_choice(one, likely=ends and part == "fin") for one in dict.fromkeys(days)])


def _part_of_year(match: re.Match[str], ends: bool) -> Read[date]:
    year, half = int(match["year"]), match["s"] or match["s2"]
    quarter = match["q"] or match["q2"] or match["q3"]
    months = 3 if quarter else 6
    last = months * int(quarter or half)
    return asked(
        "part-of-year", [_choice(_last(year, last) if ends else date(year, last - months + 1, 1), likely=True)]
    )


def _mentioned(text: str, ends: bool) -> Sequence[Choice[date]]:
    """The days and years that some words mention, none of them likely: what they are said of is not known."""
    found = [
        day
        for pattern in (_WORDS, _NUMERIC)
        for match in pattern.finditer(text)
        if len(match["year"]) == 4
        and (day := _made(int(match["year"]), _MONTHS.get(match["month"]) or int(match["month"]), int(match["day"])))
    ]
    months = [(int(one["year"]), _MONTHS[one["month"]]) for one in _MONTHS_SAID.finditer(text)]
    if not found and months:
        found = [_last(*max(months)) if ends else date(*min(months), 1)]
    years = sorted({int(one) for one in _SOME_YEAR.findall(text)})
    if not found and years:
        found = [date(years[-1], 12, 31) if ends else date(years[0], 1, 1)]
    return [_choice(one) for one in found[:3] if FIRST_YEAR <= one.year <= LAST_YEAR]
