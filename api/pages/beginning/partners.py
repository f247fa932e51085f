"""The first partners: proposed from the imported territories and the register, ticked, and registered at one press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, person_allowed, policy, services_of
from api.commands import context_of
from api.errors import invalid, status_of
from api.pages import failures
from api.pages.acts.partners import REGISTER_PARTNER
from api.pages.asking import Asking, asking
from api.pages.beginning.steps import is_beginning
from api.pages.contexts import NavItem, Phrase
from api.pages.departments import OF
from api.pages.likely_partners import Proposal, command_of, of_department, of_territory
from api.pages.people.tabs import PARTNERS_PAGE, tabs
from api.pages.posting import posted
from api.pages.shell import BEGIN, page
from domain.collation import alphabetical
from domain.kernel import Refused
from domain.partners import RegisterPartner
from domain.territories import Territory
from domain.values import InvalidValue
from projections import which_partners_and_places_are_known
from workflows.texts.rules import explain

Doer = Annotated[Visitor, Depends(person_allowed)]

MOST_TERRITORIES: Final = 30
"""Territories proposed at once; one is chosen where there are more."""

FOLDED: Final = 6
"""Communes shown at first; more come folded."""


@dataclass(frozen=True, slots=True)
class ProposedGroup:
    """The holder and the communes of a territory, or the institutions of a département."""

    title: str
    first: tuple[Proposal, ...]
    communes: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was sent: the names as typed, and which were ticked."""

    values: Mapping[str, str]
    ticked: frozenset[str]

    def again(self, group: ProposedGroup) -> ProposedGroup:
        """A group as it was sent."""
        return replace(
            group, first=tuple(map(self._said, group.first)), communes=tuple(map(self._said, group.communes))
        )

    def _said(self, one: Proposal) -> Proposal:
        return replace(one, chosen=one.value in self.ticked, name=self.values.get(f"name.{one.value}", one.name))


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A partner of the register: what it is, and the territory to which it belongs."""

    name: str
    kind: str
    place: str | None


@dataclass(frozen=True, slots=True)
class PartnersPage:
    """``first-partners.html``: those of the register, those that the territories propose, the way to name others."""

    tabs: tuple[NavItem, ...]
    answer: tuple[Phrase, ...]
    action: str
    groups: tuple[ProposedGroup, ...]
    places: tuple[tuple[str, str], ...]
    known: tuple[KnownRow, ...]
    one_by_one_href: str
    error: str | None = None


@policy(RegisterPartner.NAME)
def show(request: Request, visitor: Doer, territoire: str = "") -> Response:
    """Which institutions take part, and which are proposed?"""
    with asking(request, visitor) as ask:
        return _page(request, ask, territoire, None)


@policy(RegisterPartner.NAME)
async def act(request: Request) -> Response:
    """Register those that were ticked, all or none."""
    pairs = await posted(request, most=3_000)
    ticked = [value for name, value in pairs if name == "partner"]
    return await run_in_threadpool(_act, request, dict(pairs), ticked)


def _act(request: Request, values: Mapping[str, str], ticked: Sequence[str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    with asking(request, visitor) as ask:
        asked = request.query_params.get("territoire", "")
        typed = Ticked(values, frozenset(ticked))
        offered = {
            one.value: (one, territory)
            for territory in _territories(ask, asked)
            for one in (*of_department(ask, territory), *of_territory(ask, territory))
        }
        commands = [
            command_of(*offered[value], values.get(f"name.{value}", ""))
            for value in dict.fromkeys(ticked)
            if value in offered
        ]
        if not commands:
            return _page(request, ask, asked, visitor.texts.t("page.first-partners.none"), typed, status=400)
        context = context_of(request, visitor, key="", reason=None, evidence=(), expected_version=None)
        try:
            services_of(request).steering.execute_all(commands, context)
        except Refused as refused:
            said = " ".join(explain(visitor.texts, rule, ask.name).text for rule in refused.broken)
            return _page(request, ask, asked, said, typed, status=status_of(refused.broken))
        except InvalidValue as wrong:
            return _page(request, ask, asked, invalid(wrong, visitor.texts).detail, typed, status=400)
        after = BEGIN if is_beginning(ask) else PARTNERS_PAGE
    return RedirectResponse(after, 303)


# --- what is proposed -------------------------------------------------------------------------------------------------


def _territories(ask: Asking, asked: str) -> list[Territory]:
    """The territory that was asked for, else those of the visitor, as many as fit a page."""
    visible = ask.visitor.territories
    places = [one for one in ask.register.territories.values() if visible is None or one.id in visible]
    if asked:
        return [one for one in places if str(one.id) == asked]
    mine = {one.territory_id for one in ask.visitor.actor.roles}
    places.sort(key=lambda one: (one.id not in mine, alphabetical(one.name)))
    own = [one for one in places if one.id in mine]
    return own[:MOST_TERRITORIES] or places[:MOST_TERRITORIES]


def proposed(ask: Asking, asked: str) -> tuple[ProposedGroup, ...]:
    """What the territories of the visitor propose, or the one that they asked for."""
    territories = _territories(ask, asked)
    groups = []
    for code in dict.fromkeys(one.department for one in territories):
        first = tuple(of_department(ask, next(one for one in territories if one.department == code)))
        if first:
            title = ask.texts.t("page.first-partners.of-department", place=OF.get(code, code))
            groups.append(ProposedGroup(title, first, ()))
    for territory in territories:
        offered = tuple(of_territory(ask, territory))
        if offered:
            holder = tuple(one for one in offered if one.kind == "EPCI")
            groups.append(ProposedGroup(territory.name, holder, tuple(one for one in offered if one.kind == "COMMUNE")))
    return tuple(groups)


def _page(
    request: Request, ask: Asking, asked: str, error: str | None, typed: Ticked | None = None, *, status: int = 200
) -> Response:
    groups = proposed(ask, asked)
    territories = _territories(ask, asked)
    known = which_partners_and_places_are_known.partners(ask.register)
    every = sorted(ask.register.territories.values(), key=lambda one: alphabetical(one.name))
    context = PartnersPage(
        tabs=tabs(ask.visitor, PARTNERS_PAGE),
        answer=(Phrase("page.begin.partners", count=len(known)),),
        action=f"{PARTNERS_PAGE}?{urlencode({'territoire': asked})}" if asked else PARTNERS_PAGE,
        groups=tuple(map(typed.again, groups)) if typed is not None else groups,
        places=tuple((str(one.id), one.name) for one in every) if len(every) > len(territories) else (),
        known=tuple(KnownRow(one.name, one.kind, _home(ask, one.territory_id)) for one in known),
        one_by_one_href=REGISTER_PARTNER.address(),
        error=error,
    )
    return page(request, ask.visitor, "first-partners.html", context, status=status)


def _home(ask: Asking, territory_id: UUID | None) -> str | None:
    return ask.name(territory_id) if territory_id is not None else None
