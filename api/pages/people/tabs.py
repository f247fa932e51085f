"""The pages of the administration, as the bar under the header lists them: those that the visitor may open."""

from __future__ import annotations

from typing import Final

from api.access import Visitor
from api.pages.contexts import NavItem, Phrase
from api.pages.shell import ADMINISTRATION, BEGIN
from domain.partners import RegisterPartner
from domain.policy import CHANGE_METHOD, INVITE, MANAGE_ACCOUNTS, READ_POLICY
from domain.territories import RegisterTerritory

ACCOUNTS: Final = f"{ADMINISTRATION}/comptes"
KEYS: Final = f"{ADMINISTRATION}/cles"
STUCK: Final = f"{ADMINISTRATION}/suites"
POLICY: Final = f"{ADMINISTRATION}/droits"
TERRITORIES_PAGE: Final = f"{ADMINISTRATION}/territoires"
PARTNERS_PAGE: Final = f"{ADMINISTRATION}/partenaires"
LETTERS: Final = f"{ADMINISTRATION}/courriels"
METHODS: Final = f"{ADMINISTRATION}/methodes"
MIGRATING: Final = f"{METHODS}/migrer"
INVITING: Final = f"{ADMINISTRATION}/inviter"

_TABS: Final = (
    ("begin", BEGIN, MANAGE_ACCOUNTS),
    ("people", ADMINISTRATION, INVITE),
    ("accounts", ACCOUNTS, MANAGE_ACCOUNTS),
    ("territories", TERRITORIES_PAGE, RegisterTerritory.NAME),
    ("partners", PARTNERS_PAGE, RegisterPartner.NAME),
    ("methods", METHODS, CHANGE_METHOD),
    ("keys", KEYS, MANAGE_ACCOUNTS),
    ("stuck", STUCK, MANAGE_ACCOUNTS),
    ("letters", LETTERS, MANAGE_ACCOUNTS),
    ("policy", POLICY, READ_POLICY),
)


def tabs(visitor: Visitor, here: str) -> tuple[NavItem, ...]:
    """The bar, with the page that is open; nothing where there is one page only."""
    items = tuple(
        NavItem(Phrase(f"page.administration.{name}"), href, href == here)
        for name, href, action in _TABS
        if visitor.may_somewhere(action)
    )
    return items if len(items) > 1 else ()
