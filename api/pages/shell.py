"""What surrounds every page: who is signed in, where they may go, of what moment the page is the picture."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.access import Visitor, services_of, texts_for
from api.pages.addresses import DEPARTMENT, TERRITORY
from api.pages.coming_back import place
from api.pages.contexts import LanguageChoice, Message, NavItem, Phrase, Shell, SignedIn, TerritoryBar
from api.pages.rendering import PageRenderer
from domain.policy import MANAGE_ACCOUNTS, READ_DEPARTMENT
from workflows.database import DatabaseUnavailable
from workflows.texts import LANGUAGES

SIGN_IN = "/connexion"
SIGN_OUT = "/deconnexion"
ACCOUNT = "/compte"
ADMINISTRATION = "/administration"
INSIDE = (f"{TERRITORY}/", "/conventions/", "/territoires/", "/enregistrements/")
"""How the addresses inside a territory begin: its pages, and the forms of acts there."""

_renderer = PageRenderer()


def nav_of(visitor: Visitor, path: str) -> tuple[NavItem, ...]:
    """The entries of the header that the visitor may open."""
    items = []
    if only_territory(visitor) is not None:
        items.append(NavItem(Phrase("page.nav.territory"), "/", path.startswith(INSIDE)))
    elif visitor.may_somewhere(READ_DEPARTMENT):
        items.append(NavItem(Phrase("page.nav.department"), DEPARTMENT, path.startswith((DEPARTMENT, *INSIDE))))
    if visitor.may_somewhere(MANAGE_ACCOUNTS):
        items.append(NavItem(Phrase("page.nav.accounts"), ADMINISTRATION, path.startswith(ADMINISTRATION)))
    return tuple(items)


def only_territory(visitor: Visitor) -> UUID | None:
    """The territory of whoever reads one only; None for whoever reads several, or none."""
    territories = visitor.territories
    return next(iter(territories)) if territories is not None and len(territories) == 1 else None


def shell_of(
    request: Request,
    visitor: Visitor | None,
    messages: tuple[Message, ...] = (),
    bar: TerritoryBar | None = None,
) -> Shell:
    """The surroundings of a page; without its figures when the database does not answer."""
    services = services_of(request)
    texts = visitor.texts if visitor is not None else texts_for(request, services)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    position = 0
    with suppress(DatabaseUnavailable):  # the page that says so must still be drawn
        position = services.reader.position()
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
        position=position,
        demo=services.is_demonstration,
        here=place(request.url.path, request.url.query),
        bar=bar,
        nav=nav_of(visitor, request.url.path) if visitor is not None else (),
        signed_in=signed_in(request, visitor) if visitor is not None else None,
        csrf_token=visitor.session.csrf_token if visitor is not None and visitor.session is not None else "",
        messages=messages,
    )


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
    html = _renderer.render(template, shell_of(request, visitor, messages, bar), context)
    return HTMLResponse(html, status)
