"""The methods that are published, and what one of them says: in the words of `ctg profile show`, without its codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Final
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi.responses import Response
from markupsafe import Markup

from api.access import Visitor, person_allowed, policy
from api.pages.asking import Asking, asking
from api.pages.contexts import NavItem, Phrase
from api.pages.fields import SelectField
from api.pages.forms.options import named
from api.pages.methods.telling import DeadlinesTold, ToldPart, deadlines, parts
from api.pages.people.tabs import METHODS, MIGRATING, tabs
from api.pages.shell import page
from domain.method import MethodProfile
from domain.policy import CHANGE_METHOD
from projections.what_a_method_says import differences
from projections.what_is_due import is_silence
from projections.which_methods_there_are import MethodKnown, methods
from projections.which_partners_and_places_are_known import default_profile, profiles
from workflows.application import UnknownStream
from workflows.methods.basing import base_named
from workflows.methods.diagram import svg
from workflows.methods.saying import MethodWords

OTHER: Final = "avec"
"""With which method one is compared, as `name@version`."""


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One version of a method in the list."""

    name: Phrase
    href: str
    followed: Phrase
    watched: Phrase
    silences: Phrase
    announced: Phrase


@dataclass(frozen=True, slots=True)
class MethodsPage:
    """``methods.html``."""

    tabs: tuple[NavItem, ...]
    answer: Phrase
    rows: tuple[MethodRow, ...]
    migrating: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """``method.html``. `other`: what it is compared with, chosen by GET as ``avec``; None where it is the only one."""

    tabs: tuple[NavItem, ...]
    back: str
    name: Phrase
    answer: Phrase
    migrating: str
    in_short: tuple[ToldPart, ...]
    parts: tuple[ToldPart, ...]
    deadlines: tuple[DeadlinesTold, ...]
    diagram: Markup
    other: Phrase | None
    differences: tuple[str, ...]
    compare: SelectField | None


Reader = Annotated[Visitor, Depends(person_allowed)]


@policy(CHANGE_METHOD)
def show_all(request: Request, visitor: Reader) -> Response:
    """Which methods are there, and who follows them?"""
    with asking(request, visitor) as ask:
        published = profiles(ask.register)
        rows = tuple(_row(ask, one, known) for one, known in zip(published, _known(ask), strict=True))
        answer = Phrase("page.methods.answer", {}, len(rows))
        return page(request, visitor, "methods.html", MethodsPage(tabs(visitor, METHODS), answer, rows, MIGRATING))


@policy(CHANGE_METHOD)
def show(request: Request, name: str, version: str, visitor: Reader) -> Response:
    """What does this method say, and in what does it differ from another?"""
    with asking(request, visitor) as ask:
        published = {_key(one): one for one in profiles(ask.register)}
        method = published.get(f"{name}@{version}")
        if method is None:
            raise UnknownStream(f"{name}@{version}")
        other = published.get(request.query_params.get(OTHER, "")) or _before(ask, method, published)
        return page(request, visitor, "method.html", _page(ask, method, other, published))


def _known(ask: Asking) -> tuple[MethodKnown, ...]:
    """The published methods with who follows them, among what the visitor may read."""
    lines = ask.services.summaries.on_territories(ask.visitor.territories)
    return methods(profiles(ask.register), (line.said for line in lines))


def _key(method: MethodProfile) -> str:
    return f"{method.name}@{method.version}"


def _named(ask: Asking, method: MethodProfile) -> Phrase:
    return Phrase("page.method", {"name": ask.texts.t(method.title_key), "version": method.version})


def _row(ask: Asking, method: MethodProfile, known: MethodKnown) -> MethodRow:
    watched = method.active_deadlines
    silences = sum(is_silence(one.id) for one in watched)
    return MethodRow(
        _named(ask, method),
        f"{METHODS}/{quote(method.name)}/{method.version}",
        Phrase("page.methods.followed", {}, known.conventions),
        Phrase("page.methods.watched", {}, len(watched) - silences),
        Phrase("page.methods.silences", {}, silences),
        Phrase("page.methods.announced", {}, len(method.deadlines) - len(watched)),
    )


def _before(ask: Asking, method: MethodProfile, published: dict[str, MethodProfile]) -> MethodProfile | None:
    """What a method is read against: its version before, else the method that it is based on, else the usual one."""
    earlier = [one for one in published.values() if one.name == method.name and one.version < method.version]
    if earlier:
        return max(earlier, key=lambda one: one.version)
    base = base_named(method.name, method.version)
    found = published.get(f"{base[0]}@{base[1]}") if base is not None else default_profile(ask.register)
    return found if found is not None and found.name != method.name else None


def _page(
    ask: Asking, method: MethodProfile, other: MethodProfile | None, published: dict[str, MethodProfile]
) -> MethodPage:
    words = MethodWords(ask.texts, codes=False)
    known = next(one for one in _known(ask) if (one.name, one.version) == (method.name, method.version))
    other = None if other == method else other
    return MethodPage(
        tabs=tabs(ask.visitor, METHODS),
        back=METHODS,
        name=_named(ask, method),
        answer=Phrase("page.migration.answer", {}, known.conventions),
        migrating=f"{MIGRATING}?{urlencode({'de': _key(method)})}",
        in_short=parts(method, words, in_short=True),
        parts=parts(method, words, in_short=False),
        deadlines=deadlines(method, words),
        diagram=Markup(svg(method, ask.texts)),  # noqa: S704 - drawn here, its words escaped there
        other=_named(ask, other) if other is not None else None,
        differences=tuple(words.difference(one) for one in differences(other, method)) if other is not None else (),
        compare=_compare(ask, method, other, published),
    )


def _compare(
    ask: Asking, method: MethodProfile, other: MethodProfile | None, published: dict[str, MethodProfile]
) -> SelectField | None:
    choices = named(
        (key, ask.texts.t("page.method", **_named(ask, one).params))
        for key, one in sorted(published.items())
        if one != method
    )
    chosen = _key(other) if other is not None else ""
    marked = tuple(replace(one, chosen=one.value == chosen) for one in choices)
    return SelectField(OTHER, Phrase("page.method-told.compare-with"), marked, required=True) if marked else None


ROUTES: Final[tuple[tuple[str, str, Callable[..., object]], ...]] = (
    ("GET", METHODS, show_all),
    ("GET", f"{METHODS}/{{name}}/{{version}}", show),
)
