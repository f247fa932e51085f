"""The page of a form by lines: as proposed or as typed, with what is wrong, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from api.pages.coming_back import Way
from api.pages.contexts import Phrase
from api.pages.fields import FieldError
from api.pages.forms.typed import FORM_ID
from api.pages.lines.contexts import LinesPage
from api.pages.lines.record import AnyLines, Asked, Body, Weighed


def lines_page(lines: AnyLines, asked: Asked[Any], weighed: Sequence[Weighed], key: str, way: Way) -> LinesPage:
    """Everything the page shows."""
    ask, form = asked.ask, lines.form
    body = lines.show(asked, weighed)
    address = lines.address(**{form.place.key: asked.place_id})
    query = urlencode(way.carried)
    return LinesPage(
        title=Phrase(f"page.{lines.word}.title"),
        lead=body.lead,
        action=f"{address}?{query}" if query else address,
        cancel_href=way.back or form.home(ask, asked.place_id),
        submit=Phrase(f"page.{lines.word}.submit"),
        idempotency_key=key,
        common=body.common,
        more=body.more,
        groups=body.groups,
        consequences=body.consequences,
        after=body.after,
        errors=_errors(asked, body),
        hidden=((FORM_ID, asked.typed.one(FORM_ID)),),
        ticks_all=lines.ticks is not None and bool(body.groups),
        adds_rows=Phrase(f"page.{lines.word}.more-rows") if lines.adds_rows else None,
        note=body.note,
        step=way.step,
        steps=way.steps,
    )


def _errors(asked: Asked[Any], body: Body) -> tuple[FieldError, ...]:
    """What is wrong: field by field, under the name of the line where it is in one, then line by line."""
    told = []
    names = {line.prefix: line.name for group in body.groups for line in group.lines}
    for name, text in asked.errors.items():
        of = next((known for prefix, known in names.items() if name.startswith(f"{prefix}.")), None)
        told.append(FieldError(asked.ask.texts.t("page.lines.error", line=of, text=text) if of else text, name or None))
    for group in body.groups:
        for line in group.lines:
            if line.error:
                text = asked.ask.texts.t("page.lines.error", line=line.name, text=line.error)
                told.append(FieldError(text, f"{line.prefix}.on"))
    return tuple(told)
