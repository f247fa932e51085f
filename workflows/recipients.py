"""Who is told of a deadline: the recipients of a method profile, found among who holds which role that day.

A vacant role passes to the next one up, so that a message reaches somebody wherever somebody is in charge.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from domain.agenda import PendingStep
from domain.roles import PARTNER_REPRESENTATIVE
from domain.values import Code
from projections.who_holds_which_role import Holder
from projections.who_is_in_charge import InCharge

MISSING_SIGNATORY: Final = Code("MISSING_SIGNATORY")
"""Whoever speaks for the partner whose signature is missing."""
ALL_SIGNATORIES: Final = Code("ALL_SIGNATORIES")
"""Whoever speaks for each signatory of the convention."""


class People:
    """Those who hold a role on one territory on one day, and the signatories of its convention."""

    def __init__(self, holders: Iterable[Holder], signatories: Iterable[UUID]) -> None:
        self._signatories = tuple(signatories)
        self._people = InCharge(holders)

    def told(self, step: PendingStep) -> tuple[Holder, ...]:
        """Who is told of a step, in the order of its recipients; nobody when every role is vacant to the top."""
        found: list[Holder] = []
        for recipient in step.roles:
            if recipient == MISSING_SIGNATORY:
                found += self._people.of(PARTNER_REPRESENTATIVE, step.occurrence.subject_id)
            elif recipient == ALL_SIGNATORIES:
                for partner_id in self._signatories:
                    found += self._people.of(PARTNER_REPRESENTATIVE, partner_id)
            else:
                found += self._people.of(recipient, None)
        return tuple(dict.fromkeys(found))
