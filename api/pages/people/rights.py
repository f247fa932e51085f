"""The table of rights, as the administrator reads it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from api.access import Visitor, person_allowed, policy
from api.pages.acts import FORMS
from api.pages.contexts import Phrase, PolicyPage, PolicyRow
from api.pages.people.tabs import POLICY, tabs
from api.pages.shell import page
from domain.policy import READ_POLICY, permissions

Administrator = Annotated[Visitor, Depends(person_allowed)]


@policy(READ_POLICY)
def show(request: Request, visitor: Administrator) -> HTMLResponse:
    """Who may do and read what?"""
    rows: dict[str, dict[str, str]] = {}
    for permission in permissions():
        scopes = rows.setdefault(permission.action, {})
        for role in permission.roles:
            scopes.setdefault(role, permission.scope.name)
    roles = dict.fromkeys(role for scopes in rows.values() for role in scopes)
    order = {form.name: place for place, form in enumerate(FORMS)}
    rows = dict(sorted(rows.items(), key=lambda row: order.get(row[0], len(order))))
    key = visitor.texts.has
    shown = tuple(
        PolicyRow(Phrase(f"command.{action}" if key(f"command.{action}") else f"action.{action}"), scopes)
        for action, scopes in rows.items()
    )
    return page(request, visitor, "policy.html", PolicyPage(tuple(roles), shown, tabs(visitor, POLICY)))
