"""A meeting as calendars take it out of a letter (RFC 5545, RFC 5546 REQUEST and CANCEL, RFC 6047).

One name for a meeting of a body, whatever becomes of it; its revision is the version of the body's stream, which only
grows. Answers come by the link of the letter: what a calendar program answers goes to whom the letter is from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from domain.values import deterministic_id
from projections.which_meetings_there_are import MeetingTold
from workflows.people import Person


@dataclass(frozen=True)
class Organizer:
    """From whom calendars say that an invitation comes: the address of letters, under the name of who invites."""

    address: str
    name: str = ""

    def named(self, name: str) -> Organizer:
        """The same, for somebody who invites."""
        return replace(self, name=name)


@dataclass(frozen=True)
class CalendarPart:
    """What a letter carries for calendars."""

    method: Literal["REQUEST", "CANCEL"]
    content: bytes


def calendar_of(
    told: MeetingTold,
    organizer: Organizer,
    person: Person,
    *,
    sequence: int,
    stamp: datetime,
    summary: str,
    where: str,
    zone: ZoneInfo,
    is_off: bool,
) -> CalendarPart:
    """The meeting, for one person. Without an hour it is of the whole day; how long it lasts nobody said."""
    assert told.planned_on is not None, "who was invited was invited for a day"
    event = Event()
    event.add("uid", f"{deterministic_id('meeting', told.body_id, told.meeting_id)}@ctg-engine")
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    if told.starts_at is None:
        event.add("dtstart", told.planned_on)
        event.add("dtend", told.planned_on + timedelta(days=1))
    else:
        begins = datetime.combine(told.planned_on, told.starts_at, zone)
        event.add("dtstart", begins.astimezone(UTC))
    event.add("summary", summary)
    if where:
        event.add("location", where)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("organizer", _address(organizer.address, organizer.name))
    attendee = _address(person.email, person.name)
    attendee.params["partstat"] = "NEEDS-ACTION"
    attendee.params["rsvp"] = "FALSE"
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    method: Literal["REQUEST", "CANCEL"] = "CANCEL" if is_off else "REQUEST"
    calendar.add("prodid", "-//CTG Engine//CTG//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    return CalendarPart(method, bytes(calendar.to_ical()))


def _address(of: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{parseaddr(of)[1]}")
    found.params["cn"] = name
    return found
