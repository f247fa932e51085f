"""What a one-time link shows, and what is shown of it to whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from api.pages.contexts.pieces import Choice, EvidenceShown, Phrase


@dataclass(frozen=True, slots=True)
class Bearing:
    """Beside the form of an act done by a link: who answers, for whom, who asked and when, until when it opens.

    ``partner`` is ``None`` for whoever answers in a role of their own; ``asked_by`` for what reminders ask;
    ``about``: the action or the claim that is asked about.
    """

    name: str
    role: str
    partner: str | None
    territory: str
    asked_by: str | None
    asked_on: date
    until: datetime
    due_on: date | None = None
    days_late: int = 0
    about: str | None = None


@dataclass(frozen=True, slots=True)
class LinkEndedPage:
    """``link-ended.html``: why a link opens nothing, and what to do. ``receipt_href``: of what was answered by it."""

    why: str
    on: datetime | None = None
    receipt_href: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """``receipt.html``: what the bearer of a link recorded, to be printed."""

    name: str
    partner: str | None
    territory: str
    sentence: str
    recorded_at: datetime
    documents: tuple[EvidenceShown, ...]
    entry: str
    annulled: bool = False


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What became of one link: to whom, and each step with its instant."""

    link_id: str
    name: str
    steps: tuple[Phrase, ...]
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class AskingByLink:
    """On a partner's page: who was asked by a link, whom one may ask. ``sends_mail``: whether it would leave."""

    action: str
    lines: tuple[AskedLine, ...]
    people: tuple[Choice, ...]
    is_awaited: bool
    sends_mail: bool
    invite_href: str | None = None
