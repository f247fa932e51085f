"""What the form that opens a convention takes over from the one that it would follow: proposed, to be changed at will;
the themes that were its own are named anew at the same press."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from api.pages.acts import signatories
from api.pages.asking import Asking
from api.pages.forms.cases import TerritoryCase
from api.pages.forms.options import TickedRow
from domain.convention.opening import OpenConvention
from domain.convention.themes import AddTheme
from domain.kernel import Command
from domain.method import MethodProfile
from domain.values import LocalId
from projections.what_a_successor_takes_over import TakenOverFrom, handed_on, taken_over_from


def succeeded(ask: Asking, territory_id: UUID) -> TakenOverFrom | None:
    """The convention of a territory that the next one would follow, as the next one would take over from it."""
    return taken_over_from((one.convention for one in ask.on_territory(territory_id).values()), ask.today)


def _found(case: TerritoryCase) -> TakenOverFrom | None:
    return succeeded(case.ask, case.territory.territory_id)


def method_of(case: TerritoryCase) -> MethodProfile | None:
    """The method of the convention that this one would follow."""
    found = _found(case)
    return case.ask.register.methods.get(found.method) if found is not None else None


def proposed(case: TerritoryCase) -> dict[str, str]:
    """What is taken over, as the fields say it; nothing where there is nothing to follow.

    A perimeter or themes that are all there are need no ticks: left empty they mean all.
    """
    found = _found(case)
    if found is None:
        return {}
    name, version = found.method
    first = {
        "successor_of": str(found.former_id),
        "effective_from": found.effective_from.isoformat(),
        "holder_ids": " ".join(map(str, found.holder_ids)),
        "profile_name": name,
        "profile_version": str(version),
    }
    if set(found.communes) != {one.insee for one in case.territory.communes}:
        first["communes"] = " ".join(found.communes)
    if found.themes:
        first["themes"] = " ".join(found.themes)
    return first


def signing(case: TerritoryCase) -> tuple[TickedRow, ...]:
    """Those who sign the convention that is followed, required as they were there; then the others, who are likely, not
    ticked. Where nothing is followed, the likely ones."""
    likely, found = signatories.likely(case), _found(case)
    if found is None:
        return likely
    taken = {str(one.partner_id): one for one in found.signatories}
    rows = [
        TickedRow(value, case.ask.name(one.partner_id), chosen=True, flag=one.required) for value, one in taken.items()
    ]
    return (*rows, *(replace(one, chosen=False) for one in likely if one.value not in taken))


def own_themes(case: TerritoryCase, command: Command) -> tuple[AddTheme, ...]:
    """The acts that name anew the themes which the convention that is followed had of its own; none for whoever may not
    name themes."""
    assert isinstance(command, OpenConvention)
    near, former_id = case.ask.on_territory(case.territory.territory_id), command.successor_of
    if former_id not in near or not case.ask.visitor.may(AddTheme.NAME, case.territory.territory_id):
        return ()
    return tuple(
        AddTheme(
            stream_id=command.stream_id,
            theme_id=LocalId(code),
            name=one.name,
            transverse=one.transverse,
            occurred_on=command.occurred_on,
        )
        for code, one in handed_on(near[former_id].convention).own_themes
    )
