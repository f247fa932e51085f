"""The ways to look at a plan: on its calendar, from what was heard to what came of it, as a table."""

from __future__ import annotations

from api.pages.addresses import PLAN, Home
from api.pages.contexts import NavItem, Phrase
from api.pages.plan.asked import TABLE, Asked


def views_of(home: Home, current: str, asked: Asked | None = None) -> tuple[NavItem, ...]:
    """Their addresses; `current`: "calendar", "why" or "table"."""
    page, kept = home.page(PLAN), asked or Asked()
    addresses = {
        "calendar": kept.address(page, view=""),
        "why": home.why,
        "table": kept.address(page, view=TABLE),
    }
    return tuple(NavItem(Phrase(f"page.plan.view-{name}"), to, name == current) for name, to in addresses.items())
