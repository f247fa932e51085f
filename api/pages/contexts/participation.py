"""What pages show of what people bring: a line each, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.fates import FatePart
from api.pages.contexts.pieces import Act, Phrase, Status
from domain.values import Theme


@dataclass(frozen=True, slots=True)
class TraceShown:
    """What a contribution feeds, and where that is; ``text`` is None where it was erased."""

    said: Phrase
    text: str | None
    href: str


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """One contribution: who said it, how, when; ``waits`` days for an answer; ``traces`` or ``why`` say what became of
    it, ``told`` when people were told."""

    anchor: str
    text: str | None
    theme: Theme
    heard: Phrase
    people: int | None
    given_on: date
    status: Status
    state: str
    waits: int | None
    traces: tuple[TraceShown, ...]
    outcome: str | None
    why: str | None
    told: Phrase | None
    href: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal: ``heard`` says who made it, ``waits`` days for an answer, the rest what became of it."""

    anchor: str
    text: str | None
    heard: Phrase
    given_on: date
    status: Status
    state: str
    waits: int | None
    traces: tuple[TraceShown, ...]
    outcome: str | None
    why: str | None
    href: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class ProposalsShown:
    """What was proposed: whether the public form is open and where it is, what waits, what has an outcome."""

    public_href: str
    open_since: date | None
    answer: tuple[Phrase, ...]
    waiting: tuple[ProposalLine, ...]
    answered: tuple[ProposalLine, ...]
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposingPage:
    """``proposing.html``: the public form of a territory. ``trap``: a field that people leave empty."""

    territory: str
    action: str
    text: str
    key: str
    shown_at: str
    trap: str
    longest: int
    error: Phrase | None = None


@dataclass(frozen=True, slots=True)
class FollowedPage:
    """``proposal.html``: what became of a proposal, for whoever has its address."""

    territory: str
    text: str | None
    given_on: date
    outcome: str | None
    answered_on: date | None
    feeds: tuple[Phrase, ...]
    why: str | None


@dataclass(frozen=True, slots=True)
class ContributionsShown:
    """What was said: how much of it has an outcome, what waits for one, what has one;
    ``parts``: how many became what, ``told``: of how many people were told."""

    answer: tuple[Phrase, ...]
    waiting: tuple[ContributionLine, ...]
    answered: tuple[ContributionLine, ...]
    acts: tuple[Act, ...] = ()
    parts: tuple[FatePart, ...] = ()
    told: Phrase | None = None

    @property
    def silent(self) -> int:
        """How many have waited for too long."""
        return sum(one.status == "late" for one in self.waiting)
