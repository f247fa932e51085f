"""The contract of ``committee.html``."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.convention import MeetingCard
from api.pages.contexts.pieces import Act, MilestoneLine, Phrase
from api.pages.road import Road


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A decision only the committee can take, why it is asked, and the form that records it."""

    title: Phrase
    why: Phrase
    act: Act | None


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A decision that nothing followed yet, the meeting that took it, and for how many days it has waited."""

    text: str | None
    meeting: Phrase
    days: int
    href: str


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """``committee.html``: what must we decide, and what did we decide that waits?"""

    territory: str
    answer: tuple[Phrase, ...]
    road: Road | None
    milestones: tuple[MilestoneLine, ...]
    to_decide: tuple[ToDecide, ...] = ()
    waiting: tuple[DecidedLine, ...] = ()
    followed: int = 0
    meetings: tuple[MeetingCard, ...] = ()
    acts: tuple[Act, ...] = ()
