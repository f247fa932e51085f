"""The circumstances of an act done by its form: under which key, for which partner, why and on which documents."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import Request

from api.access import Visitor
from api.commands import KEY_LIMIT, context_of
from api.pages.form_page import KEY
from api.pages.forms.submission import Submission
from api.pages.forms.typed import Typed
from domain.kernel import Context, Correcting


def key_of(typed: Typed) -> str:
    """The key that a form carries, so that sent twice it is done once; another one where it carries none."""
    key = typed.one(KEY)
    return key if key.isprintable() and 0 < len(key) <= KEY_LIMIT else str(uuid4())


def circumstances(
    request: Request,
    visitor: Visitor,
    *,
    key: str,
    said: Submission,
    version: int | None = None,
    corrects: Correcting | None = None,
) -> Context:
    """The circumstances of what a form says."""
    context = context_of(
        request,
        visitor,
        key=key,
        reason=said.reason,
        evidence=said.evidence,
        expected_version=version,
        corrects=corrects,
    )
    return replace(context, on_behalf_of=_acting_for(visitor))


def _acting_for(visitor: Visitor) -> UUID | None:
    """For whom the person acts, when all their roles speak for one partner."""
    partners = {one.partner_id for one in visitor.actor.roles}
    return next(iter(partners)) if len(partners) == 1 else None
