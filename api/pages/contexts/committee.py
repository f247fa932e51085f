"""The contract of ``committee.html``."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import (
    Act,
    DeadlineLine,
    IrregularFact,
    MilestoneLine,
    NavItem,
    Phrase,
    SignatureMatrix,
    Status,
    WaiverLine,
)
from api.pages.timeline import TimelinePicture


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with the sentence that explains it and the facts behind it."""

    label: Phrase
    figure: Phrase
    line: Phrase
    href: str
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A decision only the committee can take, why it is asked, and the form that records it."""

    title: Phrase
    why: Phrase
    act: Act | None


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """``committee.html``: where are we, what is late, what must we decide today; exactly five tiles."""

    territory: str
    first_year: int
    last_year: int
    answer: tuple[Phrase, ...]
    crumbs: tuple[NavItem, ...]
    tabs: tuple[NavItem, ...]
    tiles: tuple[Tile, ...]
    timeline: TimelinePicture
    milestones: tuple[MilestoneLine, ...]
    late: tuple[DeadlineLine, ...] = ()
    to_decide: tuple[ToDecide, ...] = ()
    irregular: tuple[IrregularFact, ...] = ()
    waivers: tuple[WaiverLine, ...] = ()
    signatures: SignatureMatrix | None = None
