"""What forms offer of roles in one place: whom to give which, and those held that the visitor may end or hand over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Choice
from api.pages.forms.options import named, words
from domain.assignments import Place, right_to_give
from domain.collation import alphabetical
from domain.endings import right_to_end
from domain.kernel import Right
from domain.roles import FRAMEWORK_CO_PILOT, FRAMEWORK_PILOT, Assignment
from domain.values import Code
from projections import which_partners_and_places_are_known

Choices = tuple[Choice, ...]


@dataclass
class RolesHere:
    """Roles on a territory, or on a framework, for one visitor."""

    ask: Asking
    territory_id: UUID | None = None
    framework_id: UUID | None = None

    # --- giving -------------------------------------------------------------------------------------------------------

    def to_give(self, act: str, codes: Iterable[Code]) -> Choices:
        """The roles that the visitor may give: pilots and voices of partners are not everybody's to give."""
        partners = {one.partner_id for one in self.ask.visitor.actor.roles}
        return words(
            "role",
            (role for role in codes if any(self._may(right_to_give(act, role, one)) for one in (None, *partners))),
        )

    def partners(self, act: str) -> Choices:
        """For whom a role may speak: any partner, for whoever gives other roles too; else the visitor's own."""
        known = which_partners_and_places_are_known.partners(self.ask.register)
        if not self._may(Right(act)):
            own = {one.partner_id for one in self.ask.visitor.actor.roles}
            known = tuple(one for one in known if one.partner_id in own)
        return named((str(one.partner_id), one.name) for one in sorted(known, key=lambda one: alphabetical(one.name)))

    def people(self) -> Choices:
        """Who may be given a role: everyone who has an account, for whoever reads every territory.

        Who steers a framework is shown those who act within its reach, and those who hold no role yet; others those who
        hold a role in the same place: who acts elsewhere, or nowhere, is not their business.
        """
        me = self.ask.visitor.actor.actor_id
        accounts = [
            one
            for one in self.ask.services.accounts.accounts()
            if one.disabled_at is None and (one.person_id != me or self._is_alone) and self._is_known(one.person_id)
        ]
        self.ask.meet(one.person_id for one in accounts)
        return named((str(one.person_id), self.ask.person(one.person_id) or one.login) for one in accounts)

    @cached_property
    def _is_alone(self) -> bool:
        """Whether the visitor is the only administrator, who may take the role of pilot (R33)."""
        return self.ask.services.accounts.administrators() == {self.ask.visitor.actor.actor_id}

    def _is_known(self, person_id: UUID) -> bool:
        visitor = self.ask.visitor
        if visitor.territories is None:
            return True
        held = self.ask.services.roles_of(person_id, self.ask.today)
        steering = (FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT)
        mine = [one for one in visitor.actor.roles if one.role in steering and self._reaches_here(one.reaches)]
        if mine:
            return not held or any(one.reaches(each.territory_id, each.framework_id) for one in mine for each in held)
        return any((one.territory_id, one.framework_id) == (self.territory_id, self.framework_id) for one in held)

    # --- ending -------------------------------------------------------------------------------------------------------

    def to_end(self, act: str) -> Choices:
        """The roles held here that the visitor may end."""
        actor = self.ask.visitor.actor
        return self._named(one for one in self._held() if self._may(right_to_end(act, one, actor)))

    def to_hand_over(self, act: str) -> Choices:
        """The roles held here that the visitor may hand over."""
        return self._named(one for one in self._held() if self._may(right_to_give(act, one.role, one.partner_id)))

    def to_confirm(self) -> Choices:
        """The roles that somebody took alone, for anybody else."""
        me = self.ask.visitor.actor.actor_id
        return self._named(one for one in self._held() if one.awaits_confirmation and one.person_id != me)

    def _held(self) -> tuple[Assignment, ...]:
        register = self.ask.register
        place: Place | None = None
        if self.framework_id is not None:
            place = register.frameworks.get(self.framework_id)
        elif self.territory_id is not None:
            place = register.territories.get(self.territory_id)
        return tuple(one for one in place.assignments if one.holds_on(self.ask.today)) if place is not None else ()

    def _named(self, several: Iterable[Assignment]) -> Choices:
        found = tuple(several)
        self.ask.meet(one.person_id for one in found)
        return named((str(one.assignment_id), self._name(one)) for one in found)

    def _name(self, one: Assignment) -> str:
        person = self.ask.person(one.person_id) or self.ask.texts.t("page.erased")
        said = f"{person}, {self.ask.texts.word('role', one.role)}"
        return f"{said} ({self.ask.name(one.partner_id)})" if one.partner_id is not None else said

    # --- rights -------------------------------------------------------------------------------------------------------

    def _may(self, right: Right) -> bool:
        return self.ask.visitor.may(
            right.action, self.territory_id, right.partner_id, framework_id=self.framework_id, own=right.own
        )

    def _reaches_here(self, reaches: Callable[[UUID | None, UUID | None], bool]) -> bool:
        return reaches(self.territory_id, self.framework_id)
