"""The places that elections left vacant, on the page of partners, each with the act that fills it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase
from api.pages.contexts.territory_pages import VacantLine
from projections.which_places_are_vacant import RenewedPlace, vacant_places


def vacant_lines(ask: Asking, territory_id: UUID) -> tuple[VacantLine, ...]:
    """Each role that a renewal emptied and that nobody holds again, and since when."""
    territory = ask.register.territories[territory_id]
    return tuple(
        VacantLine(
            one.role,
            ask.name(one.partner_id) if one.partner_id is not None else None,
            one.vacant_since,
            _filling(ask, territory_id, one),
        )
        for one in vacant_places(territory, ask.today)
    )


def vacant_answer(lines: Sequence[VacantLine]) -> tuple[Phrase, ...]:
    """How many places still wait; nothing where none does."""
    return (Phrase("page.vacant.answer", {}, len(lines)),) if lines else ()


def _filling(ask: Asking, territory_id: UUID, one: RenewedPlace) -> Act | None:
    """The act that gives such a role, filled with it, for whoever may."""
    chosen = {"role": one.role, "partner_id": str(one.partner_id or "")}
    query = urlencode({name: value for name, value in chosen.items() if value})
    for form in forms_in("roles"):
        if "role" in form.choices and ask.visitor.may_here(form.name, territory_id):
            return Act(Phrase("page.vacant.give"), f"{form.address(territory_id=territory_id)}?{query}")
    return None
