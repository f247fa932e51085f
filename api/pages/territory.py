"""The page of a territory that has no convention yet: what comes first."""

from __future__ import annotations

from uuid import UUID

from api.pages.acts import forms_in
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase, TerritoryPage
from api.pages.roles import give_acts, role_lines
from projections import which_partners_and_places_are_known
from projections.who_holds_which_role import role_holders
from workflows.application import UnknownStream


def territory_page(ask: Asking, territory_id: UUID) -> TerritoryPage:
    """Everything the page shows. Raises `UnknownStream` for a territory that may not be read, or is not known."""
    ask.visitor.look_at(territory_id)
    known = which_partners_and_places_are_known.territory(ask.register, territory_id)
    if known is None:
        raise UnknownStream(str(territory_id))
    return TerritoryPage(
        known.name,
        len(known.communes),
        known.population,
        acts=tuple(
            Act(Phrase(f"command.{form.name}"), form.address(territory_id=territory_id))
            for form in forms_in("territory")
            if ask.visitor.may(form.name, territory_id)
        ),
        roles=role_lines(ask, role_holders(ask.register, territory_id, None, ask.today)),
        role_acts=give_acts(ask, territory_id),
    )
