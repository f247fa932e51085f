"""Where acts are done: what their forms offer there, where they lead, on which version a decision is taken."""

from __future__ import annotations

from uuid import UUID

from api.access import Visitor
from api.pages.asking import Asking
from api.pages.forms.cases import Case, TerritoryCase, of_territory
from api.pages.forms.conventions import ConventionCase, of_convention
from api.pages.forms.record import Place
from api.pages.shell import ADMINISTRATION, DEPARTMENT
from domain.policy import MANAGE_ACCOUNTS
from projections import which_partners_and_places_are_known


def convention_page(convention_id: UUID | None) -> str:
    """The address of a convention's page."""
    return f"/conventions/{convention_id}"


def _standing_version(ask: Asking, convention_id: UUID) -> int | None:
    return ask.dossier(convention_id).convention.version


def _territory_version(ask: Asking, territory_id: UUID) -> int | None:
    territory = which_partners_and_places_are_known.territory(ask.register, territory_id)
    return territory.version if territory is not None else None


def _department(visitor: Visitor, place_id: UUID | None) -> str:
    return DEPARTMENT


CONVENTION: Place[ConventionCase] = Place(
    "conventions",
    "convention_id",
    of_convention,
    lambda visitor, convention_id: convention_page(convention_id),
    _standing_version,
)
TERRITORY: Place[TerritoryCase] = Place("territoires", "territory_id", of_territory, _department, _territory_version)
FRAMEWORK: Place[Case] = Place("cadre", "framework_id", lambda ask, framework_id: Case(ask), _department)
REGISTER: Place[Case] = Place(
    "administration",
    "",
    lambda ask, nothing: Case(ask),
    lambda visitor, nothing: ADMINISTRATION if visitor.may(MANAGE_ACCOUNTS) else DEPARTMENT,
)
