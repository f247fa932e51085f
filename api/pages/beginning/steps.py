"""Where an instance stands among its six first steps, and which comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from api.pages.asking import Asking
from domain.collation import alphabetical
from domain.convention.crossing import ForumsHeld
from domain.policy import MANAGE_ACCOUNTS
from domain.roles import PILOT
from domain.territories import Territory

WHO: Final = "who"
TERRITORIES: Final = "territories"
PARTNERS: Final = "partners"
PEOPLE: Final = "people"
OPEN: Final = "open"
ACT: Final = "act"

STEPS: Final = (WHO, TERRITORIES, PARTNERS, PEOPLE, OPEN, ACT)

FEW: Final = 5
"""Conventions, beyond which an instance does not begin any more, whatever they hold."""


@dataclass
class Beginning:
    """An instance at its beginning, as one visitor sees it."""

    ask: Asking

    @cached_property
    def territories(self) -> tuple[Territory, ...]:
        """Those of the register, by name."""
        return tuple(sorted(self.ask.register.territories.values(), key=lambda one: alphabetical(one.name)))

    @cached_property
    def conventions(self) -> tuple[UUID, ...]:
        """The conventions that count, or so many that it does not matter."""
        found = self.ask.services.reader.conventions(None, self.ask.connection)
        if len(found) > FEW:
            return found
        return tuple(one for one, dossier in self.ask.dossiers(found).items() if not dossier.convention.is_annulled)

    @cached_property
    def is_over(self) -> bool:
        """Whether a first forum was recorded."""
        if len(self.conventions) > FEW:
            return True
        dossiers = self.ask.dossiers(self.conventions).values()
        return any(ForumsHeld.of(dossier.convention).held for dossier in dossiers)

    @cached_property
    def pilots(self) -> tuple[UUID, ...]:
        """Whoever pilots a territory today."""
        return tuple(
            dict.fromkeys(
                one.person_id
                for place in self.territories
                for one in place.assignments
                if one.role == PILOT and one.holds_on(self.ask.today)
            )
        )

    @cached_property
    def mine(self) -> tuple[Territory, ...]:
        """The territories that the visitor pilots."""
        me = self.ask.visitor.actor.actor_id
        return tuple(place for place in self.territories if self._pilots(place, me))

    def _pilots(self, place: Territory, person_id: UUID) -> bool:
        held = (one for one in place.assignments if one.role == PILOT and one.holds_on(self.ask.today))
        return any(one.person_id == person_id for one in held)

    @cached_property
    def may_take(self) -> tuple[Territory, ...]:
        """The territories of which the visitor may still make themselves pilot: once, as the only administrator."""
        me = self.ask.visitor.actor.actor_id
        alone = self.ask.services.accounts.administrators() == {me}
        if not alone:
            return ()
        return tuple(
            place
            for place in self.territories
            if not any(one.taken or (one.role == PILOT and one.holds_on(self.ask.today)) for one in place.assignments)
        )

    def done(self) -> Iterator[str]:
        """The steps that are done."""
        if self.territories and self.pilots:
            yield WHO
        if self.territories:
            yield TERRITORIES
        if any(one.siren is not None or one.kind for one in self.ask.register.partners.values()):
            yield PARTNERS
        if any(one.joined_at is None for one in self.ask.services.accounts.accounts()) or len(self.pilots) > 1:
            yield PEOPLE
        if self.conventions:
            yield OPEN
        if self.is_over:
            yield ACT

    def next_step(self, done: set[str]) -> str | None:
        """What comes first: territories before their pilot; people may wait, for whoever acts alone."""
        order = [TERRITORIES, WHO, PARTNERS, PEOPLE, OPEN, ACT]
        if self.mine:
            order.append(order.pop(order.index(PEOPLE)))
        return next((one for one in order if one not in done), None)


def is_beginning(ask: Asking) -> bool:
    """Whether the visitor administers an instance in which no forum was recorded yet."""
    return ask.visitor.may(MANAGE_ACCOUNTS) and not ask.services.is_demonstration and not Beginning(ask).is_over
