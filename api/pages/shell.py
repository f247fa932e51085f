"""What surrounds every page: who is signed in, where they may go, of what moment the page is the picture."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Final
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.access import Visitor, services_of, texts_for
from api.pages.addresses import DEPARTMENT, FRAMEWORK, PARTNER, SEARCH, TERRITORY
from api.pages.coming_back import place
from api.pages.contexts import Around, LanguageChoice, Message, NavItem, Phrase, Shell, SignedIn, TerritoryBar
from api.pages.figure import Figure, figure_of
from api.pages.kept_pages import Content
from api.pages.rendering import PageRenderer
from api.pages.unchanged import header_rests_on
from domain.policy import INVITE, MANAGE_ACCOUNTS, READ_CONVENTION, READ_DEPARTMENT
from domain.roles import (
    CAF_ADVISER,
    CO_PILOT,
    COOPERATION_OFFICER,
    DATA_OWNER,
    FORUM_ANIMATOR,
    FRAMEWORK_CO_PILOT,
    FRAMEWORK_PILOT,
    MEETING_SECRETARY,
    PARTNER_EXECUTIVE,
    PARTNER_REPRESENTATIVE,
    PARTNER_ROLES,
    PILOT,
)
from projections.what_is_sought import MOST_TYPED
from workflows.database import DatabaseUnavailable
from workflows.texts import LANGUAGES

SIGN_IN = "/connexion"
SIGN_OUT = "/deconnexion"
ACCOUNT = "/compte"
ADMINISTRATION = "/administration"
WORK = "/travail"
BEGIN = "/commencer"
INSIDE = (f"{TERRITORY}/", f"{FRAMEWORK}/", "/conventions/", "/territoires/", "/enregistrements/")
"""How the addresses inside a territory begin: its pages, and the forms of acts there."""

ACTING: Final = frozenset(
    (
        PILOT,
        CO_PILOT,
        COOPERATION_OFFICER,
        CAF_ADVISER,
        MEETING_SECRETARY,
        FORUM_ANIMATOR,
        DATA_OWNER,
        PARTNER_REPRESENTATIVE,
        PARTNER_EXECUTIVE,
    )
)
"""The roles whose holders act, and come home to what waits for them."""

_renderer = PageRenderer()


def nav_of(visitor: Visitor, path: str, count: int = 0) -> tuple[NavItem, ...]:
    """The entries of the header that the visitor may open; `count`: how much they have to do."""
    items = []
    reads = visitor.may_somewhere(READ_DEPARTMENT)
    if reads:
        own = spoken_for(visitor)
        home = "/" if acts(visitor) else WORK
        items.append(NavItem(Phrase("page.nav.work"), home, path in ("/", WORK, f"{PARTNER}/{own}"), count))
    if (place := only_territory(visitor)) is not None:
        items.append(NavItem(Phrase("page.nav.territory"), f"/territoires/{place}", path.startswith(INSIDE)))
    elif reads:
        items.append(NavItem(Phrase("page.nav.department"), DEPARTMENT, path.startswith((DEPARTMENT, *INSIDE))))
    if visitor.may_somewhere(INVITE):
        name = "administration" if visitor.may(MANAGE_ACCOUNTS) else "accounts"
        items.append(NavItem(Phrase(f"page.nav.{name}"), ADMINISTRATION, path.startswith((ADMINISTRATION, BEGIN))))
    return tuple(items)


def acts(visitor: Visitor) -> bool:
    """Whether the visitor comes home to what waits for them: who steers a whole framework comes to its territories."""
    held = {one.role for one in visitor.actor.roles}
    return bool(held & ACTING) and not held & {FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT}


def spoken_for(visitor: Visitor) -> UUID | None:
    """The partner whose page is home: that of whoever speaks for one, and acts for nothing else."""
    acting = {one.role for one in visitor.actor.roles if one.role in ACTING}
    partners = {one.partner_id for one in visitor.actor.roles if one.role in PARTNER_ROLES}
    return next(iter(partners)) if acting <= set(PARTNER_ROLES) and len(partners) == 1 and acts(visitor) else None


def only_territory(visitor: Visitor) -> UUID | None:
    """The territory of whoever reads one only; None for whoever reads several, or none."""
    territories = visitor.territories
    return next(iter(territories)) if territories is not None and len(territories) == 1 else None


def shell_of(
    request: Request,
    visitor: Visitor | None,
    messages: tuple[Message, ...] = (),
    bar: TerritoryBar | None = None,
    figure: Figure | None = None,
) -> Shell:
    """The surroundings of a page; without its figures when the database does not answer."""
    services = services_of(request)
    texts = visitor.texts if visitor is not None else texts_for(request, services)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Shell(
        language=texts.language,
        languages=tuple(
            LanguageChoice(
                code, texts.t(f"language.{code}"), f"/langue/{code}?next={quote(here, safe='')}", code == texts.language
            )
            for code in LANGUAGES
        ),
        home_href="/",
        today=services.clock.today(),
        picture_at=services.clock.now(),
        demo=services.is_demonstration,
        here=place(request.url.path, request.url.query),
        bar=bar,
        nav=nav_of(visitor, request.url.path, figure.count if figure else 0) if visitor is not None else (),
        search=_searched(request, visitor) if visitor is not None else None,
        signed_in=signed_in(request, visitor) if visitor is not None else None,
        csrf_token=visitor.session.csrf_token if visitor is not None and visitor.session is not None else "",
        messages=messages,
        accessibility=services.notices.accessibility,
    )


def _searched(request: Request, visitor: Visitor) -> str | None:
    """What the box of the header holds; None for whoever may read nothing that can be found."""
    if not visitor.may_somewhere(READ_CONVENTION):
        return None
    return request.query_params.get("q", "")[:MOST_TYPED] if request.url.path == SEARCH else ""


def signed_in(request: Request, visitor: Visitor) -> SignedIn:
    """The reader as the header shows it: name and first role."""
    person = services_of(request).vault.person(visitor.actor.actor_id)
    role = visitor.actor.roles[0].role if visitor.actor.roles else "NONE"
    return SignedIn(person.name if person is not None else visitor.texts.t("page.erased"), role, SIGN_OUT, ACCOUNT)


def page(
    request: Request,
    visitor: Visitor | None,
    template: str,
    context: object,
    *,
    status: int = 200,
    messages: tuple[Message, ...] = (),
    bar: TerritoryBar | None = None,
) -> HTMLResponse:
    """A page, drawn."""
    figure = None
    if visitor is not None and visitor.may_somewhere(READ_DEPARTMENT):
        with suppress(DatabaseUnavailable):
            figure = _figure(request, visitor)
    html = _renderer.render(template, shell_of(request, visitor, messages, bar, figure), context)
    kept = {} if figure is None or figure.is_sure else {"Cache-Control": "no-store"}  # another figure soon
    return HTMLResponse(html, status, kept)


def _figure(request: Request, visitor: Visitor) -> Figure | None:
    """How much waits for the reader: as it is kept, for whoever holds the same roles, else counted."""
    rests, kept = header_rests_on(request, visitor), request.app.state.kept_figures
    found: Figure | None = kept.get(rests) if rests is not None else None
    if found is None:
        found = figure_of(services_of(request), visitor)
        if found is not None and rests is not None:
            kept.put(rests, found)
    return found


def content_of(request: Request, language: str, today: date, template: str, context: object) -> Content:
    """The own part of a page, drawn."""
    around = Around(language, today, place(request.url.path, request.url.query))
    return _renderer.content(template, around, context)
