"""What pages show of pledges: a line each, with all that was said of it folded under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.pieces import Act, EvidenceShown, JumpLink, Phrase, RuleText, Status

PLEDGES_SEEN_AT_ONCE = 2
"""Pledges that a page of several sections shows unfolded, the worst first."""


@dataclass(frozen=True, slots=True)
class PledgeFact:
    """Something said of a pledge after it was made: delivered, revised, not kept; ``before``: how much, or,
    ``struck``, the terms until then."""

    on: date
    status: Status
    what: Phrase
    href: str | None
    words: str | None = None
    before: tuple[Phrase, ...] = ()
    struck: bool = False
    rules: tuple[RuleText, ...] = ()
    evidence: tuple[EvidenceShown, ...] = ()


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """One pledge: whose, of what kind, its terms, whether it binds, how far it is kept, its years, its facts."""

    anchor: str
    kind: str
    certainty: str
    what: str | None
    partners: tuple[JumpLink, ...]
    since: Phrase
    terms: tuple[Phrase, ...]
    binding: Phrase
    is_binding: bool
    state: str
    status: Status
    days_late: int
    money: Phrase | None
    years: tuple[Phrase, ...]
    facts: tuple[PledgeFact, ...]
    evidence: tuple[EvidenceShown, ...]
    href: str | None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class PledgesShown:
    """The pledges of a page, the worst first, of which some are shown at once, and the acts on all of them."""

    lines: tuple[PledgeLine, ...]
    acts: tuple[Act, ...] = ()
    at_once: int = PLEDGES_SEEN_AT_ONCE

    @property
    def seen(self) -> tuple[PledgeLine, ...]:
        """Those shown at once."""
        return self.lines[: self.at_once]

    @property
    def folded(self) -> tuple[PledgeLine, ...]:
        """The others."""
        return self.lines[self.at_once :]

    @property
    def folded_late(self) -> int:
        """How many of the others are late or were not kept."""
        return sum(one.status == "late" for one in self.folded)
