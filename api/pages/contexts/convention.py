"""What the pages of a convention show: forums, findings, priorities, sheets, meetings, roles, what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from api.pages.contexts.pieces import (
    Act,
    EvidenceShown,
    Phrase,
    RuleText,
    Status,
)
from domain.values import Theme


@dataclass(frozen=True, slots=True)
class ForumGrid:
    """The 3 x 2 grid of one forum: participants by expertise, cells covered ("USAGE.OFFER")."""

    counts: Mapping[str, int]
    cells: frozenset[str]


@dataclass(frozen=True, slots=True)
class ForumCard:
    """One forum, convened (``held_on`` empty), cancelled (no status: nothing is expected of it) or held."""

    themes: tuple[Theme, ...]
    status: Status | None
    convened_for: date | None
    held_on: date | None
    place: str | None
    grid: ForumGrid | None = None
    missing: tuple[Phrase, ...] = ()
    rules: tuple[RuleText, ...] = ()
    evidence: tuple[EvidenceShown, ...] = ()
    href: str | None = None
    acts: tuple[Act, ...] = ()
    cancelled_on: date | None = None
    motive: str | None = None
    anchor: str = ""
    format: str = "FORUM"
    contested: bool = False
    said: tuple[Phrase, ...] = ()
    """What was said of it before and after its day: moved, who is invited, who will come, its record shared."""


@dataclass(frozen=True, slots=True)
class VoiceShown:
    """One expertise on a theme: how many came, and the words of the sides that they looked at."""

    expertise: str
    present: int
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeCrossingShown:
    """A theme through all its forums that count: crossed, or what is still missing for it."""

    theme: Theme
    status: Status
    forums: int
    voices: tuple[VoiceShown, ...]
    missing: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnThemeLine:
    """A theme of the convention's own, since when, decided where, the fact that tells it; or a transverse one of the
    method, which no fact tells."""

    theme: Theme
    transverse: bool
    added_on: date | None = None
    decided_in: Phrase | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding of the shared diagnosis; ``kind`` is "CONSTRAINT" or "ASSET"; ``cited_by`` counts the priorities;
    ``fate``: what became of it, ``since``: for how long it waits."""

    reference: str
    theme: Theme
    kind: str
    text: str | None
    cited_by: int
    fate: str = "ANSWERED"
    status: Status | None = None
    since: Phrase | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected of it."""
        return bool(self.cited_by) or self.fate in ("ANSWERED", "CARRIED", "KEPT")


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """A priority chosen in committee, with the findings it answers and the waivers it rests on; withdrawn since, and
    why, if it was; ``why_href``: the note that explains it."""

    title: str | None
    themes: tuple[Theme, ...]
    rank: int | None
    chosen_on: date
    decided_in: Phrase
    findings: tuple[str, ...]
    sheets: int
    sheets_href: str
    href: str
    waived: tuple[RuleText, ...] = ()
    withdrawn_on: date | None = None
    motive: str | None = None
    anchor: str = ""
    why_href: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision of a meeting; ``reference`` is what a priority or a waiver cites."""

    reference: str
    text: str | None
    used_by: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A steering meeting that was held, with its decisions and evidence."""

    body: str
    held_on: date
    decisions: tuple[DecisionLine, ...]
    evidence: tuple[EvidenceShown, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class RoleLine:
    """Who holds a role since when (``person`` is ``None`` once forgotten), until when if it is over.

    ``taken_alone``: its holder took it, and a second person has still to confirm it.
    """

    role: str
    person: str | None
    partner: str | None
    since: date
    until: date | None = None
    taken_alone: bool = False
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class VacancyLine:
    """A role that nobody holds, or that is held by people without an open account (``holders``), and who gets its
    reminders instead (``None``: nobody)."""

    role: str
    partner: str | None
    instead: str | None
    holders: str | None = None


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A decision refused by a rule: kept beside the register, never in it."""

    refused_at: datetime
    command: Phrase
    actor: str
    rules: tuple[RuleText, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule in the way of an act, how it is mended, by which act, and who can supply what is missing."""

    rule: RuleText
    remedy: str
    act: Act | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class NotYet:
    """An act that the reader may do, and what is in its way today."""

    label: Phrase
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class AnnulledPage:
    """``annulled.html``: a convention whose opening was annulled; its journal is all that is left to read."""

    territory: str
    journal_href: str
    actor: str | None
    on: date | None
    reason: str | None
