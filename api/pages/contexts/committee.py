"""The contract of ``committee.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.convention import MeetingCard
from api.pages.contexts.decisions import DecisionShown, KeptShown
from api.pages.contexts.pieces import Act, MilestoneLine, Phrase
from api.pages.road import Road


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A decision only the committee can take, why it is asked, and the form that records it."""

    title: Phrase
    why: Phrase
    act: Act | None
    due_on: date | None = None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """What happened since the last committee, and where it stands in the journal."""

    on: date
    sentence: str
    href: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """``committee.html``: what must we decide, what changed since we last met, and what did we decide that waits?

    ``changed`` since the ``last`` meeting, and ``changed_more`` that are not shown.
    """

    territory: str
    answer: tuple[Phrase, ...]
    road: Road | None
    milestones: tuple[MilestoneLine, ...]
    to_decide: tuple[ToDecide, ...] = ()
    waiting: tuple[DecisionShown, ...] = ()
    kept: KeptShown | None = None
    decisions_href: str = ""
    last: Phrase | None = None
    changed: tuple[ChangedLine, ...] = ()
    changed_more: int = 0
    meetings: tuple[MeetingCard, ...] = ()
    acts: tuple[Act, ...] = ()
    reviews_href: str = ""
