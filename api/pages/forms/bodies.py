"""What the forms of committees and groups offer, on a territory with its convention as on a whole framework."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Choice
from api.pages.forms.options import named, words
from api.pages.forms.roles import RolesHere
from domain.method import MethodProfile
from domain.steering import DECISION_KINDS, SteeringBody
from domain.values import Code
from projections import which_partners_and_places_are_known
from projections.engine import Dossier, Steered

Choices: TypeAlias = tuple[Choice, ...]


@dataclass
class BodiesCase(ABC):
    """A place that committees and groups steer; each kind of place says the first ones of these."""

    ask: Asking

    @property
    @abstractmethod
    def place(self) -> Steered:
        """What was recorded there."""

    @property
    @abstractmethod
    def profile(self) -> MethodProfile:
        """The method that is followed there."""

    @property
    @abstractmethod
    def roles(self) -> RolesHere:
        """Who may be given, and who holds, a role there."""

    @property
    @abstractmethod
    def near(self) -> tuple[UUID, ...]:
        """The partners that are meant first."""

    @property
    @abstractmethod
    def meeting_with(self) -> tuple[UUID, ...]:
        """The territories whose bodies may meet with those of here, among those that the visitor may see."""

    @property
    @abstractmethod
    def citing(self) -> tuple[Dossier, ...]:
        """The conventions that may cite what is decided there."""

    @property
    def own_kinds(self) -> tuple[Code, ...]:
        """What its bodies decide."""
        return DECISION_KINDS

    # --- what their forms offer ---------------------------------------------------------------------------------------

    @property
    def steering(self) -> tuple[SteeringBody, ...]:
        """Its committees and groups."""
        return self.place.bodies

    def bodies(self) -> Choices:
        """The same, by their names, oldest first."""
        return named((str(one.id), one.name) for one in self.steering)

    def other_bodies(self) -> Choices:
        """The bodies of the territories around, which may meet with one of here."""
        ask = self.ask
        return named(
            (str(body.id), f"{body.name} ({ask.name(place)})")
            for place in self.meeting_with
            for body in ask.surroundings(place).bodies
        )

    def people(self) -> Choices:
        """Who may sit there."""
        return self.roles.people()

    def kinds(self) -> Choices:
        """The kinds of what its bodies decide."""
        return words("decision-kind", self.own_kinds)

    def near_partners(self) -> Choices:
        """The partners that are meant first."""
        return self.partners_named(self.near)

    def far_partners(self) -> Choices:
        """All the others of the register."""
        near = set(self.near)
        return self.partners_named(one.partner_id for one in self.every_partner if one.partner_id not in near)

    def all_partners(self) -> Choices:
        """Everyone, the nearest first."""
        return (*self.near_partners(), *self.far_partners())

    @cached_property
    def every_partner(self) -> tuple[which_partners_and_places_are_known.PartnerKnown, ...]:
        """The partners of the register."""
        return which_partners_and_places_are_known.partners(self.ask.register)

    def partners_named(self, ids: Iterable[UUID]) -> Choices:
        """Some partners by their names."""
        return named((str(one), self.ask.name(one)) for one in ids)
