"""The contracts of ``reviews.html`` and ``review.html``: what each review saw, lacks and led to; the next one."""

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
class AdjustmentShown:
    """Something that a committee adjusted: of which actions, who sees to it, by when, and what became of it, ``stands``
    with its ``facts`` (each with its place in the journal, where the reader has one)."""

    what: Phrase
    text: str | None
    sheets: tuple[str | None, ...]
    status: Status
    stands: Phrase
    owner: str | None = None
    due_on: date | None = None
    facts: tuple[tuple[Phrase, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedShown:
    """To whom a review was published, since when, with which document."""

    said: Phrase
    href: str
    evidence: tuple[EvidenceShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewComing:
    """The review that is awaited, as it would be today: what it says of each action, what it would lack, and what it
    begins from, the ``adjustments`` of the last one."""

    what: Phrase
    counts_from: date | None
    counts: tuple[StatusCount, ...]
    actions: tuple[ActionSeen, ...]
    lacking: tuple[str | None, ...]
    decisions: int
    act: Act | None = None
    figures: tuple[Phrase, ...] = ()
    adjustments: tuple[AdjustmentShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """A review that was done, as the committee saw it. ``why``: why it does not count; ``lacking``: the actions it says
    nothing of; ``replaced``: whether another one counts in its place. ``adjusted``: what was decided there for what
    comes; ``paper``: its page to be printed, ``public`` the one that everybody reads; ``acts``: publish it, adjust."""

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
    published: tuple[PublishedShown, ...] = ()
    why: tuple[RuleText, ...] = ()
    lacking: tuple[str | None, ...] = ()
    replaced: bool = False
    evidence: tuple[EvidenceShown, ...] = ()
    act: Act | None = None
    figures: tuple[Phrase, ...] = ()
    adjusted: tuple[AdjustmentShown, ...] = ()
    paper: str = ""
    public: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """``reviews.html``: what do the reviews say, and what does the next one lack?

    ``others``: the mid-term and the final review, each once its time has come and until it is done;
    ``taken_over_on``: the day before which nobody may know of any.
    """

    territory: str
    answer: tuple[Phrase, ...]
    committee_href: str
    coming: ReviewComing | None = None
    done: tuple[ReviewSeen, ...] = ()
    others: tuple[Act, ...] = ()
    taken_over_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """The last value of an indicator that a review saw, beside what was wanted of its year."""

    title: str | None
    value: str
    year: int | None
    target: str


@dataclass(frozen=True, slots=True)
class ActionsSeen:
    """The actions that stand in one way, each by its number and title."""

    status: str
    titles: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ReviewPaper:
    """``review.html``: what did the committee see, decide and adjust? One page to be printed.

    ``open``: whether whoever has the address reads it. Then no sentence of anybody's is on it.
    """

    territory: str
    what: Phrase
    held_on: date
    body: str
    counts: tuple[StatusCount, ...]
    actions: tuple[ActionsSeen, ...]
    measures: tuple[MeasureShown, ...]
    money: tuple[Phrase, ...]
    seen: tuple[AdjustmentShown, ...]
    adjusted: tuple[AdjustmentShown, ...]
    published: tuple[Phrase, ...] = ()
    heard: Phrase | None = None
    summary: str | None = None
    decisions: tuple[str | None, ...] = ()
    why: tuple[RuleText, ...] = ()
    back: str = ""
    open: bool = False
