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


@dataclass(frozen=True)
class Assignment:
    """A role held by a person from a day on, for a partner where it speaks for one."""

    role: Code
    person_id: UUID
    partner_id: UUID | None
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the role is held that day, both ends included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
