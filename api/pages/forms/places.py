"""Where acts are done: what their forms offer there, where they lead, on which version a decision is taken."""

from __future__ import annotations

from uuid import UUID

from api.access import Visitor
from api.pages.asking import Asking
from api.pages.forms.cases import (
    Case,
    FrameworkCase,
    RecordCase,
    TerritoryCase,
    of_framework,
    of_record,
    of_territory,
)
from api.pages.forms.conventions import ConventionCase, of_convention
from api.pages.forms.record import Place
from api.pages.shell import ADMINISTRATION, DEPARTMENT
from api.pages.shell import TERRITORY as TERRITORIES
from domain.convention.state import TerritorialConvention
from domain.policy import MANAGE_ACCOUNTS, READ_DEPARTMENT
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


def page_of(ask: Asking, stream_id: UUID) -> str:
    """The page that shows what is recorded on a stream, among those the visitor may open. Raises `UnknownStream`."""
    stream = of_record(ask, stream_id).stream
    convention_id = stream.id if isinstance(stream, TerritorialConvention) else stream.places().convention_id
    if convention_id is not None:
        return convention_page(convention_id)
    if stream.territory_id is not None:
        return f"{TERRITORIES}/{stream.territory_id}"
    return DEPARTMENT if ask.visitor.may_somewhere(READ_DEPARTMENT) else "/"


def _record_page(visitor: Visitor, stream_id: UUID | None) -> str:
    return f"/{RECORDS}/{stream_id}"


RECORDS = "enregistrements"

CONVENTION: Place[ConventionCase] = Place(
    "conventions",
    "convention_id",
    of_convention,
    lambda visitor, convention_id: convention_page(convention_id),
    _standing_version,
)
TERRITORY: Place[TerritoryCase] = Place("territoires", "territory_id", of_territory, _department, _territory_version)
FRAMEWORK: Place[FrameworkCase] = Place("cadre", "framework_id", of_framework, _department)
REGISTER: Place[Case] = Place(
    "administration",
    "",
    lambda ask, nothing: Case(ask),
    lambda visitor, nothing: ADMINISTRATION if visitor.may(MANAGE_ACCOUNTS) else DEPARTMENT,
)
RECORD: Place[RecordCase] = Place(RECORDS, "stream_id", of_record, _record_page)
"""Whatever an event was recorded on."""
