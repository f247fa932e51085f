"""What is typed in a form while another act is done first: it travels with that act's own form, and comes back filled.

Nothing of it is stored: it stands in a hidden field of the form that is done first, together with what that form laid
aside itself, so that acts that need one another never lose what was typed. Whoever signs in again meanwhile gets it
back with the rest (`sending.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import Request

from api.pages.acts import FORMS
from api.pages.coming_back import BACK, STEPS, is_local
from api.pages.contexts import KeptForm
from api.pages.form_page import VERSION
from api.pages.forms.record import Form
from api.pages.forms.typed import Typed

FIRST: Final = "_first"
"""The button by which an act is done first: the address of its form."""

BACK_TO_IT: Final = "_back"
"""The button by which one comes back without having done it."""

_NOT_TYPED: Final = frozenset({"csrf_token", FIRST, BACK_TO_IT, "_add", VERSION})
"""What is asked anew when one comes back: the act done first may have changed the version that was seen."""

_FORMS: Final[Mapping[str, Form[Any]]] = {form.name: form for form in FORMS}


def laid_aside(address: str, typed: Typed) -> str:
    """A form and what was typed in it, as the hidden field says it."""
    pairs = [(name, value) for name, values in typed.values.items() if name not in _NOT_TYPED for value in values]
    return json.dumps([address, pairs], ensure_ascii=False)


def taken_up(said: str) -> KeptForm | None:
    """The form that a hidden field speaks of; None for one that was tampered with."""
    try:
        address, pairs = json.loads(said)
        values = tuple((str(name), str(value)) for name, value in pairs)
    except (ValueError, TypeError):
        return None
    return KeptForm(address, values) if isinstance(address, str) and is_local(address) else None


def form_at(request: Request, address: str) -> tuple[Request, Form[Any], UUID | None] | None:
    """The form of an act at an address, and the request by which it would be asked for; None where there is none."""
    path, _, query = address.partition("?")
    word, *place, acts, name = path.strip("/").split("/") if path.count("/") >= 3 else ("", "", "")
    form = _FORMS.get(name)
    if form is None or not is_local(address) or acts != "actes" or word not in form.place.words:
        return None
    if len(place) != bool(form.place.key):
        return None
    try:
        place_id = UUID(place[0]) if place else None
    except ValueError:
        return None
    params = {"place_id": str(place_id)} if place_id is not None else {}
    asked = {"path": path, "raw_path": path.encode(), "query_string": query.encode(), "path_params": params}
    return Request({**request.scope, **asked, "method": "GET"}), form, place_id


def chosen_by(request: Request) -> dict[str, str]:
    """What an address chose in a form, without where it leads back."""
    return {name: value for name, value in parse_qsl(request.url.query) if name not in (BACK, STEPS)}
