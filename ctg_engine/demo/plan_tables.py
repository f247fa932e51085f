"""The plans of the demonstration as tables beside this file: one line per sheet, in the words of a territory.

What is reported is told by month; the day in it is the sheet's own, a working day, the same at each telling.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final
from zlib import crc32

from ctg_engine.demo.references import codes, working_day
from domain.action_sheets.state import POSTPONED
from domain.values import Code

_MONTH: Final = 21
"""Days of a month among which the one of a report is taken: none leaves it."""


@dataclass(frozen=True)
class News:
    """What was reported of a sheet on a day. `calendar`: the dates to which it was postponed."""

    on: date
    status: Code
    percent: int | None
    calendar: tuple[str, str] | None
    words: str


@dataclass(frozen=True)
class PlannedSheet:
    """A sheet as the table tells it; partners by their keys, days as in ISO 8601."""

    priority: str
    written_on: str
    number: str
    title: str
    owner: str
    contributors: tuple[str, ...]
    starts_on: str
    ends_on: str
    objective: str
    themes: tuple[Code, ...]
    news: tuple[News, ...]
    steps: tuple[tuple[str, str], ...]


@cache
def table(territory: str) -> Mapping[str, Any]:
    """All that the table of a territory says, by the key of the territory in the story."""
    text = files("ctg_engine.demo").joinpath("plans", f"{territory}.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


@cache
def planned(territory: str) -> tuple[PlannedSheet, ...]:
    """The plan of a territory, in the order of its table."""
    said = table(territory)
    return tuple(
        _sheet(priority, said, **dict(zip(said["columns"], row, strict=True)))
        for priority, rows in said["sheets"].items()
        for row in rows
    )


def _sheet(priority: str, beside: Mapping[str, Any], *, number: str, news: list[str], **said: str) -> PlannedSheet:
    return PlannedSheet(
        priority,
        beside["written_on"][priority],
        number,
        contributors=tuple(said.pop("with").split()),
        themes=codes(beside.get("themes", {}).get(number, "")),
        news=tuple(_news(f"{priority} {number}", one) for one in news),
        steps=tuple((one[:10], one[11:]) for one in beside["steps"].get(number, ())),
        **said,
    )


def _news(sheet: str, said: str) -> News:
    """`2025-03 RUNNING 35 words`, `2025-11 POSTPONED 2026-09-01 2028-12-31 words` or `2025-06 DONE words`."""
    month, status, *rest = said.split(" ")
    after = 2 + crc32(f"{sheet} {month}".encode()) % _MONTH
    (code,) = codes(status)
    calendar, percent = None, None
    if code == POSTPONED:
        calendar, rest = (rest[0], rest[1]), rest[2:]
    elif rest and rest[0].isdigit():
        percent, rest = int(rest[0]), rest[1:]
    on = working_day(date.fromisoformat(f"{month}-01") + timedelta(days=after))
    return News(on, code, percent, calendar, " ".join(rest))
