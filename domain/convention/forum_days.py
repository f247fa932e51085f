"""The days of forums: when each was announced and for when, since when people are invited, since when its record is
shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from domain.convention.state import TerritorialConvention
from domain.kernel import Part, part
from domain.values import LocalId


class AnnouncedForum(NamedTuple):
    """A forum that was announced on a day, for another."""

    announced_on: date
    planned_on: date


@part(TerritorialConvention, "forum_days")
@dataclass
class ForumDays(Part):
    """By forum: the day for which it is announced, as it stands, held since or not; the first day of its invitations;
    the first day on which its record was shared."""

    announced: dict[LocalId, AnnouncedForum] = field(default_factory=dict)
    invited: dict[LocalId, date] = field(default_factory=dict)
    shared: dict[LocalId, date] = field(default_factory=dict)

    def announce(self, forum_id: LocalId, day: date, planned_on: date) -> None:
        """A forum is expected."""
        self.announced[forum_id] = AnnouncedForum(day, planned_on)

    def move(self, forum_id: LocalId, planned_on: date) -> None:
        """It is expected for another day."""
        if (one := self.announced.get(forum_id)) is not None:
            self.announced[forum_id] = one._replace(planned_on=planned_on)

    def invite(self, forum_id: LocalId, day: date) -> None:
        """Invitations went out."""
        self.invited[forum_id] = min(day, self.invited.get(forum_id, day))

    def share(self, forum_id: LocalId, day: date) -> None:
        """Its record was shared."""
        self.shared[forum_id] = min(day, self.shared.get(forum_id, day))
