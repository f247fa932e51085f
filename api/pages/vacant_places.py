"""The places that have nobody, on the page of partners and of a framework, each with the one act that fills it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.acts.sittings import FILL_STEERING_SEAT
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase
from api.pages.contexts.territory_pages import VacantLine
from api.pages.forms.record import Form
from domain.steering.seats import RENEWAL
from projections.engine import Dossier
from projections.which_places_are_vacant import VacantPlace, vacant_places


def vacant_lines(ask: Asking, dossier: Dossier) -> tuple[VacantLine, ...]:
    """Each place of a convention's territory that has nobody, and since when."""
    found = vacant_places(dossier.territory, dossier.bodies, ask.today, dossier.method)
    return lines_of(ask, found, territory_id=dossier.territory_id, convention_id=dossier.convention_id)


def lines_of(ask: Asking, found: Iterable[VacantPlace], **place: UUID) -> tuple[VacantLine, ...]:
    """Places as lines; `place`: where the acts that fill them are done, by the keys of the forms' addresses."""
    return tuple(
        VacantLine(
            _what(ask, one),
            ask.name(one.partner_id) if one.partner_id is not None else None,
            _since(one),
            _filling(ask, one, place),
        )
        for one in found
    )


def vacant_answer(lines: Sequence[VacantLine]) -> tuple[Phrase, ...]:
    """How many places still wait; nothing where none does."""
    return (Phrase("page.vacant.answer", {}, len(lines)),) if lines else ()


def _what(ask: Asking, one: VacantPlace) -> Phrase:
    if one.seat is None:
        return Phrase("page.literal", {"text": ask.texts.word("role", one.role)})
    return Phrase("page.vacant.seat", {"role": ask.texts.word("seat-role", one.role), "body": one.seat.body})


def _since(one: VacantPlace) -> Phrase:
    if one.vacant_since is None:
        return Phrase("page.vacant.never")
    return Phrase("page.vacant.renewed" if one.cause == RENEWAL else "page.vacant.since", {"on": one.vacant_since})


def _filling(ask: Asking, one: VacantPlace, place: dict[str, UUID]) -> Act | None:
    """The act that fills it, with what is known of it chosen, for whoever may."""
    if one.seat is not None:
        chosen = {"stream_id": str(one.seat.body_id), "seat_id": str(one.seat.seat_id)}
        return _act(ask, FILL_STEERING_SEAT, "page.vacant.fill", place, chosen)
    chosen = {"role": one.role, "partner_id": str(one.partner_id or "")}
    given = (_act(ask, form, "page.vacant.give", place, chosen) for form in forms_in("roles") if "role" in form.choices)
    return next((act for act in given if act is not None), None)


def _act(ask: Asking, form: Form[Any], label: str, place: dict[str, UUID], chosen: dict[str, str]) -> Act | None:
    if form.place.of(place) is None or not ask.visitor.may_here(
        form.name, place.get("territory_id"), place.get("framework_id")
    ):
        return None
    query = urlencode({name: value for name, value in chosen.items() if value})
    return Act(Phrase(label), f"{form.address(**place)}?{query}")
