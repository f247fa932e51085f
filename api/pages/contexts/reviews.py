"""The contract of ``reviews.html``: what each review saw, what it lacks, what the next one would say today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.pieces import Act, EvidenceShown, Phrase, RuleText, Status


@dataclass(frozen=True, slots=True)
class ActionSeen:
    """An action as a review says it stands; ``status`` is ``None`` where nobody said. ``on``: since when it is said."""

    title: str | None
    status: str | None
    progress_percent: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many actions stand so; ``status`` is ``None`` for those of which nobody said."""

    status: str | None
    count: int


@dataclass(frozen=True, slots=True)
class ReviewComing:
    """The review that is awaited, as it would be today: what it says of each action, what it would lack."""

    what: Phrase
    counts_from: date | None
    counts: tuple[StatusCount, ...]
    actions: tuple[ActionSeen, ...]
    lacking: tuple[str | None, ...]
    decisions: int
    act: Act | None = None
    figures: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """A review that was done, as the committee saw it. ``why``: why it does not count; ``lacking``: the actions it says
    nothing of; ``replaced``: whether another one counts in its place."""

    what: Phrase
    held_on: date
    status: Status
    anchor: str
    href: str
    counts: tuple[StatusCount, ...] = ()
    actions: tuple[ActionSeen, ...] = ()
    decisions: tuple[str | None, ...] = ()
    heard: Phrase | None = None
    summary: str | None = None
    published: Phrase | None = None
    why: tuple[RuleText, ...] = ()
    lacking: tuple[str | None, ...] = ()
    replaced: bool = False
    evidence: tuple[EvidenceShown, ...] = ()
    act: Act | None = None
    figures: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """``reviews.html``: what do the reviews say, and what does the next one lack?"""

    territory: str
    answer: tuple[Phrase, ...]
    committee_href: str
    coming: ReviewComing | None = None
    done: tuple[ReviewSeen, ...] = ()
