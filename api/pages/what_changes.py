"""What an act changes, said beside its form before it is recorded: the deadlines that it may answer today."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Phrase
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from api.pages.telling import tellings

MOST = 3
"""Deadlines that are named; the others are counted."""


def what_changes(ask: Asking, form: Form[Any], place_id: UUID | None, partner_id: str) -> tuple[Phrase, ...]:
    """The deadlines that wait for this act, the most pressing first; for one partner, where the form names it."""
    if place_id is None or form.place.at(ask, place_id) is not CONVENTION:
        return ()
    ask.dossier(place_id)
    told = tellings(ask, [place_id])[place_id]
    open_ones = (*told.situation.late, *told.situation.soon, told.situation.following)
    waiting = {one.id: one for one in open_ones if one is not None and one.act == form.name}
    found = [one for one in waiting.values() if not partner_id or str(one.partner_id) == partner_id]
    said = tuple(
        Phrase("page.form.change.ends", {"what": told.say(one.what), "on": one.due_on}) for one in found[:MOST]
    )
    return (*said, Phrase("page.form.change.more", {}, len(found) - MOST)) if len(found) > MOST else said
