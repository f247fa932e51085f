"""What the administrator sees: who may sign in, who may do what, and the forms of the register."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from api.access import Visitor, person_allowed, policy, services_of
from api.pages.acts import FORMS
from api.pages.asking import asking
from api.pages.contexts import AccountRole, AccountRow, AccountsPage, DemoAccount, Phrase, PolicyPage, PolicyRow
from api.pages.messages import messages_of
from api.pages.roles import taken_alone
from api.pages.shell import ADMINISTRATION, page
from api.services import Services
from domain.policy import MANAGE_ACCOUNTS, READ_POLICY, permissions
from domain.roles import ADMINISTRATOR

POLICY_TABLE = f"{ADMINISTRATION}/droits"
Administrator = Annotated[Visitor, Depends(person_allowed)]


@policy(MANAGE_ACCOUNTS)
def accounts(request: Request, visitor: Administrator) -> HTMLResponse:
    """Who may sign in, and with which roles?"""
    services = services_of(request)
    with asking(request, visitor) as ask:
        rows = []
        for account in services.accounts.accounts():
            held = services.roles_of(account.person_id, ask.today)
            # Who speaks for a partner on fourteen territories speaks for that partner: said once.
            roles = list(
                dict.fromkeys(
                    AccountRole(one.role, ask.name(place) if (place := one.partner_id or one.territory_id) else None)
                    for one in held
                )
            )
            if account.is_administrator:
                roles.append(AccountRole(ADMINISTRATOR))
            rows.append(
                AccountRow(
                    account.login, ask.person(account.person_id), tuple(roles), active=account.disabled_at is None
                )
            )
        told = taken_alone(ask, None)
    context = AccountsPage(tuple(rows), POLICY_TABLE)
    return page(request, visitor, "accounts.html", context, messages=(*messages_of(request, visitor), *told))


def demonstration_accounts(services: Services) -> tuple[DemoAccount, ...]:
    """The accounts that a demonstration offers, each with the role it holds; nothing elsewhere."""
    found = [services.accounts.find(login) for login in services.demonstration_accounts]
    names = services.reader.register().names
    offered = []
    for account in (one for one in found if one is not None):
        held = next(iter(services.roles_of(account.person_id, services.clock.today())), None)
        role, place = ADMINISTRATOR if account.is_administrator else "NONE", None
        if held is not None:
            role = held.role
            named = held.partner_id or held.territory_id
            place = names.get(named) if named is not None else None
        offered.append(DemoAccount(account.login, role, place))
    return tuple(offered)


@policy(READ_POLICY)
def policy_table(request: Request, visitor: Administrator) -> HTMLResponse:
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
    return page(request, visitor, "policy.html", PolicyPage(tuple(roles), shown, ADMINISTRATION))
