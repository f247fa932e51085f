"""Who is told of a deadline: the recipients of a method profile, found among who holds which role that day.

A vacant role passes to the next one up, so that a message reaches somebody wherever somebody is in charge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from domain.agenda import PendingStep
from domain.roles import (
    CAF_ADVISER,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COMMITTEE_MEMBER,
    COOPERATION_OFFICER,
    FRAMEWORK_CO_PILOT,
    FRAMEWORK_PILOT,
    PARTNER_EXECUTIVE,
    PARTNER_REPRESENTATIVE,
    PILOT,
)
from domain.values import Code
from projections.who_holds_which_role import Holder

MISSING_SIGNATORY: Final = Code("MISSING_SIGNATORY")
"""Whoever speaks for the partner whose signature is missing."""
ALL_SIGNATORIES: Final = Code("ALL_SIGNATORIES")
"""Whoever speaks for each signatory of the convention."""

NEXT_UP: Final[Mapping[Code, Code]] = {
    COOPERATION_OFFICER: PILOT,
    COMMITTEE_MEMBER: COMMITTEE_CHAIR,
    COMMITTEE_CHAIR: PILOT,
    CAF_ADVISER: PILOT,
    PARTNER_REPRESENTATIVE: PARTNER_EXECUTIVE,
    PARTNER_EXECUTIVE: PILOT,
    PILOT: CO_PILOT,
    CO_PILOT: FRAMEWORK_PILOT,
    FRAMEWORK_PILOT: FRAMEWORK_CO_PILOT,
}
"""To whom a vacant role passes; a role that is not here passes to the local pilot."""

_OF_FRAMEWORK: Final = (FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT)
_OF_PARTNER: Final = (PARTNER_REPRESENTATIVE, PARTNER_EXECUTIVE)


class People:
    """Those who hold a role on one territory on one day, and the signatories of its convention."""

    def __init__(self, holders: Iterable[Holder], signatories: Iterable[UUID]) -> None:
        self._signatories = tuple(signatories)
        self._holders: dict[Code, list[Holder]] = {}
        for holder in holders:
            # The chair of the framework's committee is not the chair of this territory's.
            if (holder.territory_id is None) == (holder.role in _OF_FRAMEWORK):
                self._holders.setdefault(holder.role, []).append(holder)

    def told(self, step: PendingStep) -> tuple[Holder, ...]:
        """Who is told of a step, in the order of its recipients; nobody when every role is vacant to the top."""
        found: list[Holder] = []
        for recipient in step.roles:
            if recipient == MISSING_SIGNATORY:
                found += self._in(PARTNER_REPRESENTATIVE, step.occurrence.subject_id)
            elif recipient == ALL_SIGNATORIES:
                for partner_id in self._signatories:
                    found += self._in(PARTNER_REPRESENTATIVE, partner_id)
            else:
                found += self._in(recipient, None)
        return tuple(dict.fromkeys(found))

    def _in(self, role: Code, partner_id: UUID | None) -> list[Holder]:
        """The holders of a role, for that partner where the role speaks for one; else those of the next one up."""
        asked: Code | None = role
        passed: set[Code] = set()
        while asked is not None and asked not in passed:
            passed.add(asked)
            held = self._holders.get(asked, [])
            if asked in _OF_PARTNER and partner_id is not None:
                held = [one for one in held if one.partner_id == partner_id]
            if held:
                return held
            asked = NEXT_UP.get(asked, PILOT)
        return []
