"""Which convention an address is about, and where a convention has its pages."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from api.pages.addresses import Home
from api.pages.asking import Asking
from domain.territories import territory_stream
from projections import where_conventions_stand
from projections.engine import Dossier
from workflows.application import UnknownStream


def territory_at(ask: Asking, siren: str) -> UUID:
    """The territory with a SIREN that the visitor may read. Raises `UnknownStream` for any other."""
    territory_id = territory_stream(siren)
    ask.visitor.look_at(territory_id)
    if territory_id not in ask.register.territories:
        raise UnknownStream(siren)
    return territory_id


def current_of(ask: Asking, territory_id: UUID) -> UUID | None:
    """The convention that stands for a territory, None while it has none."""
    found = ask.on_territory(territory_id)
    if len(found) < 2:
        return next(iter(found), None)
    standings = [where_conventions_stand.standing(one, ask.today) for one in found.values()]
    return where_conventions_stand.current(standings).convention_id


def convention_at(ask: Asking, territory_id: UUID, which: str | None) -> UUID | None:
    """The convention of a territory that an address names: the current one, or another by its years or its id. Raises
    `UnknownStream` when there is no such one."""
    if which is None:
        return current_of(ask, territory_id)
    named = {name: one for one, name in names_of(ask, territory_id).items()}
    try:
        convention_id = named[which] if which in named else UUID(which)
    except ValueError as error:
        raise UnknownStream(which) from error
    if ask.dossier(convention_id).territory_id != territory_id:
        raise UnknownStream(which)
    return convention_id


def names_of(ask: Asking, territory_id: UUID) -> dict[UUID, str]:
    """How the addresses of a territory's conventions name them, the latest first."""
    found = sorted(ask.on_territory(territory_id).items(), key=lambda one: one[1].convention.period.effective_from)
    years = {one: years_of(dossier) for one, dossier in reversed(found)}
    often = Counter(years.values())
    return {one: said if often[said] == 1 else str(one) for one, said in years.items()}


def years_of(dossier: Dossier) -> str:
    """The first and the last year of a convention."""
    period = dossier.convention.period
    return f"{period.effective_from.year}-{period.effective_to.year}"


def home_of(ask: Asking, convention_id: UUID) -> Home:
    """Where a convention that the visitor may read has its pages. Raises `UnknownStream`."""
    dossier = ask.dossier(convention_id)
    siren = dossier.territory.siren
    if convention_id == current_of(ask, dossier.territory_id):
        return Home(siren)
    return Home(siren, names_of(ask, dossier.territory_id).get(convention_id, str(convention_id)))


def home_of_territory(ask: Asking, territory_id: UUID) -> Home:
    """Where a territory has its pages."""
    return Home(ask.register.territories[territory_id].siren)
