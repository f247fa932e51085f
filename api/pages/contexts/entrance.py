"""What surrounds the pages and lets people in: the frame, signing in, accounts and rights, errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from api.notices import Compliance
from api.pages.contexts.pieces import Act, NavItem, Phrase, Status, VersionConflictShown


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """The other languages a page can be read in; ``name`` is written in that language."""

    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The reader's account as the header shows it, with the address that closes the session and their own page."""

    name: str
    role: str
    sign_out_href: str
    account_href: str


@dataclass(frozen=True, slots=True)
class Message:
    """What the last act did, shown once above the page: recorded, accepted with a notice, recorded as irregular."""

    kind: Literal["done", "watch", "irregular"]
    text: Phrase
    details: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    """What mends it, were it a mistake."""
    folded: tuple[str, ...] = ()
    """The lines in order, where many acts were done at once."""


@dataclass(frozen=True, slots=True)
class JumpItem:
    """Another territory, with its status."""

    name: str
    href: str
    status: Status
    current: bool = False


@dataclass(frozen=True, slots=True)
class TerritoryBar:
    """The second bar, inside a territory: where one is, its pages, its neighbours from the most pressing on, and its
    conventions. ``status`` is ``None`` where nobody can tell it now."""

    name: str
    href: str
    status: Status | None
    tabs: tuple[NavItem, ...]
    previous: JumpItem | None = None
    following: JumpItem | None = None
    jump: tuple[JumpItem, ...] = ()
    jump_all: NavItem | None = None
    conventions: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around a page.

    ``picture_at`` says of what moment the page is the picture.
    ``search``: the words that are sought, ``None`` for whoever may not search.
    """

    language: str
    languages: tuple[LanguageChoice, ...]
    home_href: str
    today: date
    picture_at: datetime
    demo: bool = False
    here: str = "/"
    bar: TerritoryBar | None = None
    nav: tuple[NavItem, ...] = ()
    search: str | None = None
    signed_in: SignedIn | None = None
    csrf_token: str = ""
    messages: tuple[Message, ...] = ()
    accessibility: Compliance = "none"
    """What the foot of every page must say of it."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the own part of a page may know of what is around it: nothing of who reads."""

    language: str
    today: date
    here: str


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration offered on the sign-in page."""

    identifier: str
    role: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed in a form that could not be received: where it goes, and its values, to be sent again. `files`:
    the names of those that came with it, which are to be joined again."""

    action: str
    values: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResumePage:
    """``resume.html``: signed in again, with what had been typed before the session ended."""

    kept: KeptForm


@dataclass(frozen=True, slots=True)
class SignInPage:
    """``sign-in.html``: posts ``identifier``, ``password``, ``next``, ``csrf_token`` to ``action``.

    ``kept`` is a form that was sent after the session ended: its values go along, so that nothing typed is lost.
    """

    action: str
    identifier: str = ""
    next_href: str = ""
    error: Phrase | None = None
    error_title: Phrase | None = None
    demo_accounts: tuple[DemoAccount, ...] = ()
    demo_password: str | None = None
    kept: KeptForm | None = None
    forgotten_href: str = "/mot-de-passe-oublie"


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One action with the scope in which each allowed role may do it: role code -> scope code."""

    action: Phrase
    scopes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """``policy.html``: who may do what; everything not written is refused."""

    roles: tuple[str, ...]
    rows: tuple[PolicyRow, ...]
    tabs: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reserved:
    """What the visitor's roles do not allow: reading a page or doing an act, and the roles that may."""

    reading: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """``error.html``: what happened, where, how to mend it; ``status`` is the answer's.

    ``topic`` names the texts ("other-site") where one status has several meanings."""

    status: Literal[400, 401, 403, 404, 405, 409, 413, 422, 500, 503]
    back_href: str
    details: tuple[str, ...] = ()
    conflict: VersionConflictShown | None = None
    kept: KeptForm | None = None
    topic: str | None = None
    reserved: Reserved | None = None
