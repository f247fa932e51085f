"""Help and the legal pages: what they are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.notices import Notices
from api.pages.contexts.pieces import Phrase


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask; ``href`` where it is an address that can be opened."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class HelpPage:
    """``help.html``: the path of an agreement, the frequent acts and their pages, signs, words, whom to ask."""

    phases: tuple[str, ...]
    acts: tuple[tuple[str, str], ...]
    """The name of an act, and the page of a territory where it is done."""
    groups: Mapping[str, tuple[str, ...]]
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What is kept of people, and for how long."""

    what: Phrase
    lasting: Phrase


@dataclass(frozen=True, slots=True)
class LegalPage:
    """``accessibility.html``, ``privacy.html`` and ``notices.html``: what the operator says, empty where nothing."""

    notices: Notices
    contact: Contact | None = None
    kept: tuple[KeptLine, ...] = ()
