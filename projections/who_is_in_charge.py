"""Who is in charge of a role on a territory: its holders, else those of the next one up; and which roles are vacant."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.method import MethodProfile
from domain.roles import FRAMEWORK_CO_PILOT, FRAMEWORK_PILOT, PARTNER_REPRESENTATIVE, PARTNER_ROLES, TERRITORY_ROLES
from domain.values import Code
from projections.engine import Surroundings, WholeFramework
from projections.who_holds_which_role import Holder, framework_holders, role_holders

_OF_FRAMEWORK: Final = (FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT)


@dataclass(frozen=True)
class Vacancy:
    """A role in which nobody can be told, for a partner where it speaks for one, and who is told in its place.

    `holders`: those who hold it, and have no open account; none where it is vacant.
    """

    role: Code
    partner_id: UUID | None
    instead: tuple[Holder, ...]
    holders: tuple[Holder, ...] = ()


class InCharge:
    """Those who hold a role on one territory on one day, and the method that says to whom a vacant one passes; `whole`:
    on a whole framework."""

    def __init__(self, holders: Iterable[Holder], method: MethodProfile, *, whole: bool = False) -> None:
        self._method = method
        self._holders: dict[Code, list[Holder]] = {}
        for holder in holders:
            # The chair of the framework's committee is not the chair of this territory's.
            if whole or (holder.territory_id is None) == (holder.role in _OF_FRAMEWORK):
                self._holders.setdefault(holder.role, []).append(holder)

    def holding(self, role: Code, partner_id: UUID | None) -> list[Holder]:
        """The holders of a role, for that partner where the role speaks for one."""
        held = self._holders.get(role, [])
        if role in PARTNER_ROLES and partner_id is not None:
            held = [one for one in held if one.partner_id == partner_id]
        return held

    def of(self, role: Code, partner_id: UUID | None) -> list[Holder]:
        """The holders of a role, else those of the next one up; nobody when every role is vacant to the top."""
        asked: Code | None = role
        passed: set[Code] = set()
        while asked is not None and asked not in passed:
            passed.add(asked)
            if held := self.holding(asked, partner_id):
                return held
            asked = self._method.next_up(asked)
        return []


def in_charge_on(place: Surroundings | WholeFramework, method: MethodProfile, day: date) -> InCharge:
    """Who may be in charge of something that day, on a territory or on a whole framework."""
    if isinstance(place, WholeFramework):
        return InCharge(framework_holders(place.register, place.framework_id, day), method, whole=True)
    return InCharge(role_holders(place.register, place.territory_id, None, day), method)


def vacancies(
    holders: Iterable[Holder],
    method: MethodProfile,
    signatories: Iterable[UUID],
    unreachable: Collection[UUID] = frozenset(),
) -> tuple[Vacancy, ...]:
    """The local roles that the method reminds and in which nobody can be told, and the signatories for whom nobody
    can: vacant, or held by people who are `unreachable`."""
    known = tuple(holders)
    everybody = InCharge(known, method)
    people = InCharge((one for one in known if one.person_id not in unreachable), method)
    reminded = {role for rule in method.active_deadlines for step in rule.reminders for role in step.recipients}
    wanted = [(role, None) for role in TERRITORY_ROLES if role in reminded and role not in PARTNER_ROLES]
    voices = [(PARTNER_REPRESENTATIVE, one) for one in signatories]
    return tuple(
        Vacancy(
            role,
            partner_id,
            tuple(dict.fromkeys(people.of(role, partner_id))),
            tuple(dict.fromkeys(everybody.holding(role, partner_id))),
        )
        for role, partner_id in (*wanted, *voices)
        if not people.holding(role, partner_id)
    )
