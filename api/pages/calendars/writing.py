"""A calendar as programs read it (RFC 5545, RFC 7986): the same for the same days, and without names of people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from api.pages.calendars.content import InCalendar
from api.pages.rendering import PageWords
from api.pages.sentences import phrase_of
from domain.values import deterministic_id
from workflows.calendar import local_time
from workflows.texts import Texts

REFRESH: Final = timedelta(hours=6)
"""How often programs are asked to read; some read once a day whatever they are asked."""


def written(days: Iterable[InCalendar], name: str, base_url: str, texts: Texts) -> bytes:
    """The file of a calendar. No alarm: it is for whoever reads it to want one."""
    calendar = Calendar()
    calendar.add("prodid", "-//CTG Engine//CTG//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for one in days:
        calendar.add_component(_event(one, base_url, texts))
    return bytes(calendar.to_ical())


def _event(one: InCalendar, base_url: str, texts: Texts) -> Event:
    day = one.day
    assert day.changed_at is not None, "every day was set by some record"
    event = Event()
    event.add("uid", f"{deterministic_id('calendar', one.of, day.key)}@ctg-engine")
    event.add("sequence", day.sequence)
    event.add("dtstamp", day.changed_at)
    event.add("last-modified", day.changed_at)
    if day.starts_at is None or day.lasts_until is not None:
        event.add("dtstart", day.on)
        event.add("dtend", (day.lasts_until or day.on) + timedelta(days=1))
    else:  # how long it lasts nobody said
        begins = datetime.combine(day.on, day.starts_at, local_time(one.department))
        event.add("dtstart", begins.astimezone(UTC))
    event.add("summary", _summary(one, texts))
    event.add("status", "CANCELLED" if day.is_gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{base_url}{one.path}")
    return event


def _summary(one: InCalendar, texts: Texts) -> str:
    day = one.day
    if day.what is not None:
        said = PageWords(texts).say(phrase_of(day.what, one.register.name_of))
        what = said[:1].upper() + said[1:]
    else:
        what = day.body or texts.t(f"calendar.{day.kind}")
    told = texts.t("calendar.summary", what=what, territory=one.name)
    if day.is_gone:
        return texts.t("calendar.gone", what=told)
    return texts.t("calendar.done", what=told) if day.is_done and day.kind == "deadline" else told
