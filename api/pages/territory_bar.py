"""The second bar, inside a territory: where one is, its neighbours from the most pressing on, its pages, its others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from api.pages.addresses import DEPARTMENT, PATHS, Home
from api.pages.asking import Asking
from api.pages.contexts import JumpItem, NavItem, Phrase, Status, TerritoryBar
from api.pages.conventions import current_of, names_of
from api.pages.framework_addresses import framework_address, years_of
from api.pages.framework_view import frameworks_read
from api.pages.ranking import Ranked, ranked
from domain.policy import READ_AUDIT_TRAIL, READ_DEPARTMENT

MOST_JUMPED: Final = 60
"""Of more territories nobody picks from a list: the page of all of them has filters and pages."""


def bar_of(ask: Asking, territory_id: UUID, home: Home, page: str | None, status: Status | None) -> TerritoryBar:
    """The bar of a page of a territory; `page`: which one it is, None for a form. `status`: as the page itself says it,
    None where it says none."""
    return among_neighbours(ask, territory_id, page, own_bar(ask, territory_id, home, page, status))


def own_bar(ask: Asking, territory_id: UUID, home: Home, page: str | None, status: Status | None) -> TerritoryBar:
    """The same without the neighbours, which other facts move."""
    has_convention = current_of(ask, territory_id) is not None or home.which is not None
    return TerritoryBar(
        name=ask.name(territory_id),
        href=home.today,
        status=status,
        tabs=_tabs(ask, territory_id, home, page) if has_convention else (),
        jump_all=_all(ask),
        conventions=_conventions(ask, territory_id, home),
    )


def among_neighbours(ask: Asking, territory_id: UUID, page: str | None, own: TerritoryBar) -> TerritoryBar:
    """The bar of a territory with its neighbours, for whoever reads several."""
    near = _near(ask)
    if not near:
        return own
    names = [one.place.territory_id for one in near]
    here = names.index(territory_id) if territory_id in names else None
    path = PATHS[page] if page is not None else ""
    status = own.status
    if status is None and here is not None and near[here].is_sure:
        status = near[here].status
    return replace(
        own,
        status=status,
        previous=_jump(near[here - 1], path) if here else None,
        following=_jump(near[here + 1], path) if here is not None and here + 1 < len(near) else None,
        jump=tuple(_jump(one, path, current=one.place.territory_id == territory_id) for one in near),
    )


def is_sure(ask: Asking) -> bool:
    """Whether what the bar says of the neighbours is of the last facts."""
    return all(one.is_sure for one in _near(ask))


def _near(ask: Asking) -> Sequence[Ranked]:
    """The territories to jump to; none for whoever reads one only, or more than a list can hold."""
    own = ask.visitor.territories
    count = len(own) if own is not None else len(ask.register.territories)
    if not 1 < count <= MOST_JUMPED:
        return ()
    return ask.kept("near", lambda: ranked(ask, own))


def _jump(one: Ranked, path: str, *, current: bool = False) -> JumpItem:
    """A neighbour, on the same page of its own."""
    return JumpItem(one.place.name, one.home.today + path, one.status, current)


def _all(ask: Asking) -> NavItem | None:
    own = ask.visitor.territories
    several = own is None or len(own) > 1
    return (
        NavItem(Phrase("page.nav.all"), DEPARTMENT) if several and ask.visitor.may_somewhere(READ_DEPARTMENT) else None
    )


def _tabs(ask: Asking, territory_id: UUID, home: Home, page: str | None) -> tuple[NavItem, ...]:
    """The pages that the visitor may open."""
    read = ask.visitor.may(READ_AUDIT_TRAIL, territory_id)
    names = (name for name in PATHS if name != "journal" or read)
    return tuple(NavItem(Phrase(f"page.tab.{name}"), home.page(name), name == page) for name in names)


def _conventions(ask: Asking, territory_id: UUID, home: Home) -> tuple[NavItem, ...]:
    """The conventions of the territory by their years, and the framework that follows it, where there are several."""
    names = names_of(ask, territory_id)
    known = (one for one in frameworks_read(ask) if territory_id in one.territories)
    followed = tuple(
        NavItem(
            Phrase("page.nav.framework", {"years": years_of(one)}), framework_address(ask.register, one.framework_id)
        )
        for one in known
    )
    if len(names) + len(followed) + (home.which is not None and home.which not in names.values()) < 2:
        return ()
    current = current_of(ask, territory_id)
    own = tuple(
        NavItem(
            Phrase("page.literal", {"text": years}),
            Home(home.siren, None if one == current else years).today,
            home.which == (None if one == current else years),
        )
        for one, years in names.items()
    )
    return (*own, *followed)
