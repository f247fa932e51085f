"""The roles of design.md 7, and what a record of one looks like on a territory or a framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.values import Code

FRAMEWORK_PILOT = Code("FRAMEWORK_PILOT")
FRAMEWORK_CO_PILOT = Code("FRAMEWORK_CO_PILOT")
PILOT = Code("PILOT")
CO_PILOT = Code("CO_PILOT")
COOPERATION_OFFICER = Code("COOPERATION_OFFICER")
ELECTED_REFERENT = Code("ELECTED_REFERENT")
CAF_ADVISER = Code("CAF_ADVISER")
COMMITTEE_MEMBER = Code("COMMITTEE_MEMBER")
COMMITTEE_CHAIR = Code("COMMITTEE_CHAIR")
PARTNER_REPRESENTATIVE = Code("PARTNER_REPRESENTATIVE")
PARTNER_EXECUTIVE = Code("PARTNER_EXECUTIVE")
MEETING_SECRETARY = Code("MEETING_SECRETARY")
FORUM_ANIMATOR = Code("FORUM_ANIMATOR")
DATA_OWNER = Code("DATA_OWNER")
DATA_PROTECTION_CONTACT = Code("DATA_PROTECTION_CONTACT")
AUDITOR = Code("AUDITOR")
ADMINISTRATOR = Code("ADMINISTRATOR")
ENGINE = Code("ENGINE")
"""The engine itself: the sweep, reactions."""
BEARER = Code("BEARER")
"""Whoever answers by a one-time link, in a role of theirs: nobody holds it by itself."""

FRAMEWORK_ROLES = (FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT, COMMITTEE_MEMBER, COMMITTEE_CHAIR, AUDITOR)
"""Roles that may be assigned on a framework."""

TERRITORY_ROLES = (
    PILOT,
    CO_PILOT,
    COOPERATION_OFFICER,
    ELECTED_REFERENT,
    CAF_ADVISER,
    COMMITTEE_MEMBER,
    COMMITTEE_CHAIR,
    PARTNER_REPRESENTATIVE,
    PARTNER_EXECUTIVE,
    MEETING_SECRETARY,
    FORUM_ANIMATOR,
    DATA_OWNER,
    DATA_PROTECTION_CONTACT,
    AUDITOR,
)
"""Roles that may be assigned on a territory; ADMINISTRATOR belongs to the instance, ENGINE to nobody."""

PARTNER_ROLES = (PARTNER_REPRESENTATIVE, PARTNER_EXECUTIVE)
"""Roles that speak for a partner, and mean nothing without one."""


PILOTS = (PILOT, FRAMEWORK_PILOT)
"""Roles that steer a territory or a framework."""


@dataclass(frozen=True)
class Assignment:
    """A role held by a person from a day on, for a partner where it speaks for one.

    `assignment_id`: the event that gave it. `ended_on`: the day on which an act ended it, when it is held no more.
    """

    assignment_id: UUID
    role: Code
    person_id: UUID
    partner_id: UUID | None
    starts_on: date
    ends_on: date | None
    recorded_on: date
    given_by: UUID
    ended_on: date | None = None
    confirmed_by: UUID | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the role is held that day: both ends included, but not the day on which an act ended it."""
        return (
            self.starts_on <= day
            and (self.ends_on is None or day <= self.ends_on)
            and (self.ended_on is None or day < self.ended_on)
        )

    def grants_on(self, day: date) -> bool:
        """Whether it gives its rights that day: none before it was recorded, whatever its business date (R33)."""
        return self.recorded_on <= day and self.holds_on(day)

    @property
    def taken(self) -> bool:
        """Whether its holder gave it to themselves, as the only administrator of an instance once may (R33)."""
        return self.given_by == self.person_id

    @property
    def awaits_confirmation(self) -> bool:
        """Whether a second person has still to confirm it."""
        return self.taken and self.confirmed_by is None
