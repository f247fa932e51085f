"""The vocabulary in which the story tells which partner leads, on which theme, who says otherwise and how it ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ctg_engine.demo.cast import Person
from ctg_engine.demo.pen import Pen
from ctg_engine.demo.references import day
from domain.lead_roles.assigning import AssignLeadRole, DesignateCoordinator
from domain.lead_roles.disputing import ContestLeadRole, ResolveLeadRole
from domain.lead_roles.leading import lead_roles_stream
from domain.roles import PARTNER_REPRESENTATIVE
from domain.values import Code, Prose, local_id


class Leading(Pen):
    """Who leads on the territory."""

    @property
    def leads_id(self) -> UUID:
        """Where it is told."""
        return lead_roles_stream(self.territory_id)

    def leads(self, on: str, partner: str, theme: str) -> None:
        """A partner leads on a theme."""
        self.write(on, on, AssignLeadRole(**self._lead(on, partner, theme)), self.pilot)

    def coordinates(self, on: str, partner: str, theme: str) -> None:
        """A CCAS, a CIAS or their union assembles what others do on a theme."""
        self.write(on, on, DesignateCoordinator(**self._lead(on, partner, theme)), self.pilot)

    def wants_to_lead(self, on: str, theme: str, partner: str, speaker: Person, wish: str, why: str) -> None:
        """A partner says that it should lead too, or instead."""
        command = ContestLeadRole(
            stream_id=self.leads_id,
            occurred_on=day(on),
            contestation_id=local_id("lead", theme, partner),
            lead_id=local_id("lead", theme),
            partner_id=self.partner(partner),
            wish=Code(wish),
            motive=Prose(why),
        )
        by = speaker.acting_as(PARTNER_REPRESENTATIVE, self.territory_id, self.partner(partner))
        self.write(on, on, command, by)

    def settles_lead(self, on: str, theme: str, partner: str, outcome: str, why: str) -> None:
        """What that partner wanted is settled by the co-pilot."""
        command = ResolveLeadRole(
            stream_id=self.leads_id,
            occurred_on=day(on),
            contestation_id=local_id("lead", theme, partner),
            outcome=Code(outcome),
            motive=Prose(why),
        )
        self.write(on, on, command, self.co_pilot)

    def _lead(self, on: str, partner: str, theme: str) -> dict[str, Any]:
        return {
            "stream_id": self.leads_id,
            "occurred_on": day(on),
            "home_territory_id": self.territory_id,
            "convention_id": self.convention_id,
            "lead_id": local_id("lead", theme),
            "partner_id": self.partner(partner),
            "theme": Code(theme),
        }
