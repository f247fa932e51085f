"""Help and the legal pages: open to everybody, signed in or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.access import PUBLIC, NotSignedIn, Visitor, person_of, policy, services_of, texts_for
from api.pages.acts import FORMS
from api.pages.addresses import SHOWN_ON
from api.pages.contexts import Contact, HelpPage, KeptLine, LegalPage, Phrase
from api.pages.glossary import GROUPS
from api.pages.shell import page
from workflows.sessions import SESSION_ABSOLUTE
from workflows.texts import Texts

HELP: Final = "/aide"
ACCESSIBILITY: Final = "/accessibilite"
PRIVACY: Final = "/donnees-personnelles"
NOTICES: Final = "/mentions-legales"

PHASES: Final = (
    "PREPARATION",
    "DIAGNOSIS",
    "FORUMS",
    "PRIORITISATION",
    "PLANNING",
    "SIGNING",
    "IN_FORCE",
    "CLOSED",
)
"""The path of an agreement that goes well."""


@policy(PUBLIC)
def show_help(request: Request) -> HTMLResponse:
    """What do the words mean, and how is it done?"""
    contact = contact_of(services_of(request).notices.help_contact)
    visitor = _visitor(request)
    texts = visitor.texts if visitor is not None else texts_for(request, services_of(request))
    return page(request, visitor, "help.html", HelpPage(PHASES, frequent_acts(texts), GROUPS, contact))


@policy(PUBLIC)
def show_accessibility(request: Request) -> HTMLResponse:
    """Can everybody use these pages?"""
    return _legal(request, "accessibility.html", services_of(request).notices.help_contact)


@policy(PUBLIC)
def show_privacy(request: Request) -> HTMLResponse:
    """What becomes of what is known about me?"""
    notices = services_of(request).notices
    lines = (
        KeptLine(Phrase("page.privacy.kept.register"), Phrase("page.privacy.lasting.register")),
        KeptLine(Phrase("page.privacy.kept.account"), Phrase("page.privacy.lasting.account")),
        KeptLine(Phrase("page.privacy.kept.session"), _lasting("session", "hours", SESSION_ABSOLUTE.seconds // 3600)),
        *(
            KeptLine(Phrase(f"page.privacy.kept.{name}"), _lasting("days", "days", days))
            for name, days in notices.kept_days.items()
        ),
    )
    return _legal(request, "privacy.html", notices.privacy_contact or notices.help_contact, lines)


@policy(PUBLIC)
def show_notices(request: Request) -> HTMLResponse:
    """Who publishes these pages?"""
    return _legal(request, "notices.html", services_of(request).notices.help_contact)


ROUTES: Final[tuple[tuple[str, str, Callable[..., object]], ...]] = (
    ("GET", HELP, show_help),
    ("GET", ACCESSIBILITY, show_accessibility),
    ("GET", PRIVACY, show_privacy),
    ("GET", NOTICES, show_notices),
)


def contact_of(said: str) -> Contact | None:
    """Whom to ask, as a link where it is the address of a mailbox or of a page; None for nobody."""
    if not said:
        return None
    if said.count("@") == 1 and " " not in said:
        return Contact(said, f"mailto:{said}")
    return Contact(said, said if urlsplit(said).scheme in ("http", "https") and " " not in said else None)


def frequent_acts(texts: Texts) -> tuple[tuple[str, str], ...]:
    """The acts that the help explains, each with its page, in the order in which it does."""
    sections = {form.name: form.sections[0] for form in FORMS}
    return tuple((name, SHOWN_ON[sections[name]]) for name in texts.codes("page.help.do") if name in sections)


def _legal(request: Request, template: str, contact: str, kept: tuple[KeptLine, ...] = ()) -> HTMLResponse:
    shown = LegalPage(services_of(request).notices, contact_of(contact), kept)
    return page(request, _visitor(request), template, shown)


def _lasting(name: str, parameter: str, count: int) -> Phrase:
    return Phrase(f"page.privacy.lasting.{name}", {parameter: count}, count)


def _visitor(request: Request) -> Visitor | None:
    """Whoever is signed in; None for anybody else."""
    try:
        return person_of(request)
    except NotSignedIn:
        return None
