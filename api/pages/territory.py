"""A territory's page: the convention it has, or that it has none yet and what comes first."""

from __future__ import annotations

from uuid import UUID

from api.pages.acts import forms_in
from api.pages.asking import Asking
from api.pages.contexts import Act, NavItem, Phrase, TerritoryPage
from api.pages.roles import give_acts, role_lines
from api.pages.shell import TERRITORY, way_in
from projections import where_conventions_stand, which_partners_and_places_are_known
from projections.who_holds_which_role import role_holders
from workflows.application import UnknownStream


def territory_page(ask: Asking, territory_id: UUID) -> TerritoryPage:
    """Everything the page shows. Raises `UnknownStream` for a territory that may not be read, or is not known."""
    ask.visitor.look_at(territory_id)
    known = which_partners_and_places_are_known.territory(ask.register, territory_id)
    if known is None:
        raise UnknownStream(str(territory_id))
    here = f"{TERRITORY}/{territory_id}"
    return TerritoryPage(
        known.name,
        len(known.communes),
        known.population,
        crumbs=(*way_in(ask.visitor), NavItem(Phrase("page.literal", {"text": known.name}), here, current=True)),
        convention_href=convention_href(ask, territory_id),
        acts=tuple(
            Act(Phrase(f"command.{form.name}"), form.address(territory_id=territory_id))
            for form in forms_in("territory")
            if ask.visitor.may(form.name, territory_id)
        ),
        roles=role_lines(ask, territory_id, role_holders(ask.register, territory_id, None, ask.today)),
        role_acts=give_acts(ask, territory_id),
    )


def convention_href(ask: Asking, territory_id: UUID) -> str | None:
    """The page of the territory's current convention; None while it has none."""
    places = which_partners_and_places_are_known.territories(ask.register, [territory_id])
    standings = (where_conventions_stand.standing(one, ask.today) for one in ask.on_territory(territory_id).values())
    current = next((one.convention_id for one in where_conventions_stand.departments(places, standings)), None)
    return f"/conventions/{current}" if current is not None else None
