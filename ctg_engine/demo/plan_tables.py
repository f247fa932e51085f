"""The plans of the demonstration as tables beside this file: one line per sheet, in the words of a territory.

What is reported is told by month; the day in it is the sheet's own, a working day, the same at each telling. Between
two reports of the table, whoever owns the sheet says that it began and how it goes each quarter, as the method asks;
those of `SILENT` say nothing more than the table.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final
from zlib import crc32

from ctg_engine.demo.references import codes, working_day
from domain.action_sheets.state import DONE, POSTPONED, RUNNING
from domain.values import Code

WHOLE: Final = 100
_MONTH: Final = 21
"""Days of a month among which the one of a report is taken: none leaves it."""


SILENT: Final = {"artagnan": ("departement", "Vic-Fezensac", "mobilites"), "grand-auch": ("mobilites", "departement")}
"""Who does not answer each quarter, by territory."""


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
        _sheet(priority, said, SILENT.get(territory, ()), **dict(zip(said["columns"], row, strict=True)))
        for priority, rows in said["sheets"].items()
        for row in rows
    )


def _sheet(
    priority: str, beside: Mapping[str, Any], silent: Collection[str], *, number: str, news: list[str], **said: str
) -> PlannedSheet:
    written_on = beside["written_on"][priority]
    told = [_news(f"{priority} {number}", one) for one in news]
    first, last = date.fromisoformat(said["starts_on"]), date.fromisoformat(said["ends_on"])
    if said["owner"] not in silent:
        told = list(_quarterly(max(first, date.fromisoformat(written_on)), last, told))
    return PlannedSheet(
        priority,
        written_on,
        number,
        contributors=tuple(said.pop("with").split()),
        themes=codes(beside.get("themes", {}).get(number, "")),
        news=tuple(told),
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


def _quarterly(first: date, last: date, told: Sequence[News]) -> Iterator[News]:
    """What the table tells, and between it that the sheet began on its day, and how far it is after each quarter."""
    begins = working_day(first)
    before: News | None = None
    for one in told:
        if one.status == DONE:
            one = replace(one, on=min(one.on, working_day(last)))
        if before is None and begins < one.on and one.status != POSTPONED:
            before = News(begins, RUNNING, 0, None, "")
            yield before
        if before is not None and before.status == RUNNING:
            yield from _between(before, one)
        yield one
        before = one


def _between(before: News, after: News) -> Iterator[News]:
    """A word in the days after each quarter that ends between two reports and that neither tells of."""
    done, whole = before.percent or 0, (after.on - before.on).days
    for year in range(before.on.year, after.on.year + 1):
        for month in (4, 7, 10, 13):
            ends = date(year + month // 13, month % 12, 1) - timedelta(days=1)
            on = working_day(ends + timedelta(days=2 + crc32(f"{before.on} {after.on}".encode()) % 6))
            first = date(year, month - 3, 1)
            if before.on < first and on < min(after.on, ends + timedelta(days=_MONTH)) and after.on > ends:
                yield News(
                    on, RUNNING, done + ((after.percent or WHOLE) - done) * (on - before.on).days // whole, None, ""
                )
