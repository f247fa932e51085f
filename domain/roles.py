"""The roles of design.md 7, and what a record of one looks like on a territory or a framework."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
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
"""Whoever answers by a one-time link, in a role of theirs, or for the seat of theirs that it names: nobody holds it by
itself."""
PUBLIC = Code("PUBLIC")
"""Whoever comes without an account, where a territory lets them propose something: nobody holds it either."""

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
    renewed_by: UUID | None = None
    """The renewal of mandates that ended it, where one did."""

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


ELECTED_ROLES = (ELECTED_REFERENT, COMMITTEE_CHAIR, COMMITTEE_MEMBER, *PARTNER_ROLES)
"""Roles that a renewal of mandates empties: referents, chairs, members and voices of the partners that it renews."""


@dataclass(frozen=True)
class Renewal:
    """A renewal of the mandates of some partners' elected people, by the event that tells of it."""

    event_id: UUID
    on: date
    partners: tuple[UUID, ...]


def emptied(assignments: Iterable[Assignment], renewal: Renewal) -> list[Assignment]:
    """The roles of a territory once a renewal ended those held for the partners that it renews."""
    known = list(assignments)
    ended = {one.assignment_id for one in ended_by(known, renewal, speakers(known, renewal))}
    return [
        replace(one, ended_on=renewal.on, renewed_by=renewal.event_id) if one.assignment_id in ended else one
        for one in known
    ]


def speakers(assignments: Iterable[Assignment], renewal: Renewal) -> frozenset[UUID]:
    """Who spoke for the partners that a renewal renews, on its eve."""
    return frozenset(
        one.person_id for one in assignments if one.partner_id in renewal.partners and _on_eve(one, renewal)
    )


def ended_by(assignments: Iterable[Assignment], renewal: Renewal, speaking: Collection[UUID]) -> tuple[Assignment, ...]:
    """The roles that a renewal ends.

    One given for no partner goes with its holder, who speaks for such a partner; a referent is elected by its name.
    """

    def ends(one: Assignment) -> bool:
        if one.role not in ELECTED_ROLES or not _on_eve(one, renewal) or not one.holds_on(renewal.on):
            return False
        if one.partner_id is not None:
            return one.partner_id in renewal.partners
        return one.role == ELECTED_REFERENT or one.person_id in speaking

    return tuple(one for one in assignments if ends(one))


def _on_eve(one: Assignment, renewal: Renewal) -> bool:
    """Whether it was held on the eve of the renewal: one given on its day is of the new mandate."""
    return one.starts_on < renewal.on and (one.ended_on is None or renewal.on <= one.ended_on)
