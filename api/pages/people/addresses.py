"""The addresses of the pages of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from api.pages.people import (
    by_link,
    digest_stop,
    every_account,
    forgotten_password,
    founding,
    inviting,
    keys,
    one_account,
    rights,
    undelivered,
    who,
)
from api.pages.people.tabs import ACCOUNTS, INVITING, KEYS, POLICY
from api.pages.shell import ADMINISTRATION
from workflows.links import Purpose

ROUTES: Final[tuple[tuple[str, str, Callable[..., object]], ...]] = (
    ("GET", forgotten_password.FORGOTTEN, forgotten_password.show),
    ("POST", forgotten_password.FORGOTTEN, forgotten_password.ask),
    *by_link.opened_by(Purpose.JOIN),
    *by_link.opened_by(Purpose.RESET),
    *founding.ROUTES,
    *digest_stop.ROUTES,
    ("GET", ADMINISTRATION, who.show),
    ("GET", INVITING, inviting.show),
    ("POST", INVITING, inviting.send),
    ("GET", ACCOUNTS, every_account.show),
    ("GET", f"{ACCOUNTS}/{{account_id}}", one_account.show),
    ("POST", f"{ACCOUNTS}/{{account_id}}", one_account.act),
    ("GET", KEYS, keys.show),
    ("POST", KEYS, keys.act),
    *undelivered.ROUTES,
    ("GET", POLICY, rights.show),
)
