"""The accounts that a demonstration offers to whoever signs in."""

from __future__ import annotations

from api.pages.contexts import DemoAccount
from api.services import Services
from domain.roles import ADMINISTRATOR


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
