"""How far the visitor's rights over people reach: where they invite, to which roles, whose link they may hand over.

All of it is asked of the policy table, by the rights that the acts on roles ask for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.pages.asking import Asking
from domain.assignments import AssignFrameworkRole, AssignTerritoryRole, right_to_give
from domain.collation import alphabetical
from domain.kernel import Command
from domain.policy import INVITE, MANAGE_ACCOUNTS
from domain.roles import FRAMEWORK_ROLES, TERRITORY_ROLES
from domain.values import Code
from projections.who_holds_which_role import Holder, roles_held_by
from workflows.logins import Account


@dataclass(frozen=True)
class Spot:
    """A territory, or a whole framework, on which roles are held."""

    territory_id: UUID | None = None
    framework_id: UUID | None = None

    @property
    def place_id(self) -> UUID:
        """Its stream."""
        found = self.territory_id or self.framework_id
        assert found is not None
        return found

    @property
    def roles(self) -> tuple[Code, ...]:
        """The roles there are."""
        return TERRITORY_ROLES if self.territory_id is not None else FRAMEWORK_ROLES

    @property
    def act(self) -> str:
        """The act that gives one."""
        return AssignTerritoryRole.NAME if self.territory_id is not None else AssignFrameworkRole.NAME

    def giving(self, role: Code, person_id: UUID, partner_id: UUID | None) -> Command:
        """The command that gives one. Raises `InvalidValue`."""
        assign = AssignTerritoryRole if self.territory_id is not None else AssignFrameworkRole
        return assign(stream_id=self.place_id, role=role, person_id=person_id, partner_id=partner_id)


@dataclass
class Reach:
    """What one visitor may do about people."""

    ask: Asking

    @cached_property
    def administers(self) -> bool:
        """Whether every account is theirs to keep."""
        return self.ask.visitor.may(MANAGE_ACCOUNTS)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Where they may invite somebody, frameworks first, by name."""
        register, visitor = self.ask.register, self.ask.visitor
        frameworks = (Spot(framework_id=one) for one in register.frameworks)
        territories = (Spot(one) for one in register.territories)
        return tuple(
            sorted(
                (
                    one
                    for one in (*frameworks, *territories)
                    if visitor.may_here(INVITE, one.territory_id, one.framework_id)
                ),
                key=lambda one: (one.framework_id is None, alphabetical(self.name(one))),
            )
        )

    def name(self, spot: Spot) -> str:
        """What people call a place."""
        if spot.framework_id is not None:
            return self.ask.register.frameworks[spot.framework_id].name
        return self.ask.name(spot.place_id)

    def roles_at(self, spot: Spot) -> tuple[Code, ...]:
        """The roles that they may give there, be it only for the partner that they speak for."""
        partners = {None, *(one.partner_id for one in self.ask.visitor.actor.roles)}
        return tuple(role for role in spot.roles if any(self._may_give(spot, role, one) for one in partners))

    def roles_given(self) -> tuple[Code, ...]:
        """The roles that they may give somewhere, in the order of the lists."""
        given = {role for spot in self.spots for role in self.roles_at(spot)}
        return tuple(role for role in dict.fromkeys((*TERRITORY_ROLES, *FRAMEWORK_ROLES)) if role in given)

    def held(self, account: Account) -> tuple[Holder, ...]:
        """The roles of an account's person, today."""
        return roles_held_by(self.ask.register, account.person_id, self.ask.today)

    def accounts(self) -> Iterator[Account]:
        """The accounts that they may look at: all, or those of people with a role where they invite."""
        mine = {one.place_id for one in self.spots}
        for account in self.ask.services.accounts.accounts():
            held = self.held(account)
            if self.administers or any((one.territory_id or one.framework_id) in mine for one in held):
                yield account

    def sees(self, account: Account) -> bool:
        """Whether an account is one of those."""
        mine = {one.place_id for one in self.spots}
        return self.administers or any((one.territory_id or one.framework_id) in mine for one in self.held(account))

    def may_link(self, account: Account) -> bool:
        """Whether they may have a link made for an account.

        Whoever holds the link of somebody else could come in as that person: a link to join is made by whoever may
        give each of the roles that it lets in to, one to change a password by administrators only.
        """
        if account.disabled_at is not None:
            return False
        if self.administers:
            return True
        held = self.held(account)
        waits = account.joined_at is None and not account.is_administrator
        return waits and bool(held) and self.may_give_all(held)

    def may_give_all(self, held: Iterable[Holder]) -> bool:
        """Whether each of some roles is theirs to give."""
        return all(
            self._may_give(
                Spot(one.territory_id, None if one.territory_id else one.framework_id), one.role, one.partner_id
            )
            for one in held
        )

    def _may_give(self, spot: Spot, role: Code, partner_id: UUID | None) -> bool:
        right = right_to_give(spot.act, role, partner_id)
        return self.ask.visitor.may(
            right.action, spot.territory_id, right.partner_id, framework_id=spot.framework_id, own=right.own
        )
