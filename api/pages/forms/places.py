"""Where acts are done: what their forms offer there, where they lead, on which version a decision is taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.finding import visible_framework
from api.pages.addresses import DEPARTMENT, SHOWN_ON, TODAY
from api.pages.asking import Asking
from api.pages.conventions import current_of, home_of, home_of_territory
from api.pages.forms.bodies import BodiesCase
from api.pages.forms.cases import (
    Case,
    FrameworkCase,
    RecordCase,
    SteeredCase,
    TerritoryCase,
    of_framework,
    of_record,
    of_steered,
    of_territory,
)
from api.pages.forms.conventions import ConventionCase, of_convention
from api.pages.forms.record import Place
from api.pages.framework_addresses import SHOWN_BESIDE, framework_address
from api.pages.shell import ADMINISTRATION
from domain.convention.state import TerritorialConvention
from domain.policy import MANAGE_ACCOUNTS, READ_DEPARTMENT
from projections import which_partners_and_places_are_known


def _of_convention(ask: Asking, convention_id: UUID | None, section: str) -> str:
    assert convention_id is not None
    home = home_of(ask, convention_id)
    return home.page(SHOWN_ON.get(section, TODAY))


def _of_territory(ask: Asking, territory_id: UUID | None, section: str) -> str:
    """Where what was done on a territory is shown, be it by the pages of its convention."""
    assert territory_id is not None
    shown = SHOWN_ON.get(section, TODAY) if current_of(ask, territory_id) is not None else TODAY
    return home_of_territory(ask, territory_id).page(shown)


def _standing_version(ask: Asking, convention_id: UUID) -> int | None:
    return ask.dossier(convention_id).convention.version


def _territory_version(ask: Asking, territory_id: UUID) -> int | None:
    territory = which_partners_and_places_are_known.territory(ask.register, territory_id)
    return territory.version if territory is not None else None


def _of_framework(ask: Asking, framework_id: UUID | None, section: str) -> str:
    assert framework_id is not None
    return f"{framework_address(ask.register, framework_id)}{SHOWN_BESIDE.get(section, '')}"


def _of_steered(ask: Asking, place_id: UUID | None, section: str) -> str:
    whole = _whole(ask, place_id)
    return _of_framework(ask, place_id, section) if whole else _of_territory(ask, place_id, section)


def _whole(ask: Asking, place_id: UUID | None) -> bool:
    return place_id is not None and place_id in ask.register.frameworks


def _territory_or_framework(ask: Asking, place_id: UUID | None) -> Place[Any]:
    return FRAMEWORK if _whole(ask, place_id) else TERRITORY


def _convention_or_framework(ask: Asking, place_id: UUID | None) -> Place[Any]:
    return FRAMEWORK if _whole(ask, place_id) else CONVENTION


def _of_bodies(ask: Asking, place_id: UUID | None) -> BodiesCase:
    found: BodiesCase = _convention_or_framework(ask, place_id).case(ask, place_id)
    return found


def _home_of_bodies(ask: Asking, place_id: UUID | None, section: str) -> str:
    return _convention_or_framework(ask, place_id).home(ask, place_id, section)


def page_of(ask: Asking, stream_id: UUID) -> str:
    """The page that shows what is recorded on a stream, among those the visitor may open. Raises `UnknownStream`."""
    stream = of_record(ask, stream_id).stream
    convention_id = stream.id if isinstance(stream, TerritorialConvention) else stream.places().convention_id
    if convention_id is not None:
        return home_of(ask, convention_id).today
    if stream.territory_id is not None:
        return home_of_territory(ask, stream.territory_id).today
    framework_id = stream.whole_framework_id
    if framework_id is not None and visible_framework(ask.visitor, ask.register, framework_id):
        return framework_address(ask.register, framework_id)
    return DEPARTMENT if ask.visitor.may_somewhere(READ_DEPARTMENT) else "/"


def _record_page(ask: Asking, stream_id: UUID | None, section: str) -> str:
    assert stream_id is not None
    return page_of(ask, stream_id)


RECORDS = "enregistrements"

CONVENTION: Place[ConventionCase] = Place(
    "conventions",
    "convention_id",
    of_convention,
    _of_convention,
    _standing_version,
)
TERRITORY: Place[TerritoryCase] = Place("territoires", "territory_id", of_territory, _of_territory, _territory_version)
FRAMEWORK: Place[FrameworkCase] = Place("cadre", "framework_id", of_framework, _of_framework)
STEERED: Place[SteeredCase] = Place(
    "pilotage",
    "place_id",
    of_steered,
    _of_steered,
    either=(TERRITORY.key, FRAMEWORK.key),
    which=_territory_or_framework,
)
"""A territory or a framework: what is the same on both."""
HOMES: Place[SteeredCase] = Place(
    TERRITORY.word,
    TERRITORY.key,
    of_steered,
    _of_steered,
    either=(FRAMEWORK.key,),
    others={FRAMEWORK.key: FRAMEWORK.word},
    which=_territory_or_framework,
)
"""The same, each at its own address: where committees and groups are constituted."""
BODIES: Place[BodiesCase] = Place(
    CONVENTION.word,
    CONVENTION.key,
    _of_bodies,
    _home_of_bodies,
    either=(FRAMEWORK.key,),
    others={FRAMEWORK.key: FRAMEWORK.word},
    which=_convention_or_framework,
)
"""What committees and groups steer: a convention on its territory, or a whole framework, each at its own address."""
REGISTER: Place[Case] = Place(
    "administration",
    "",
    lambda ask, nothing: Case(ask),
    lambda ask, nothing, section: ADMINISTRATION if ask.visitor.may(MANAGE_ACCOUNTS) else DEPARTMENT,
)
RECORD: Place[RecordCase] = Place(RECORDS, "stream_id", of_record, _record_page)
"""Whatever an event was recorded on."""
