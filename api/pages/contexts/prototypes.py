"""What the page of a sheet shows of its prototypes."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import Act, EvidenceShown, Phrase, Status


@dataclass(frozen=True, slots=True)
class TestLine:
    """A test of a prototype: when and with whom, what was learned (None where it was erased), its papers."""

    said: Phrase
    learned: str | None
    cost: Phrase | None
    evidence: tuple[EvidenceShown, ...]


@dataclass(frozen=True, slots=True)
class PrototypeLine:
    """A prototype: what is tried, where it stands, its tests, the act that comes next."""

    what: str | None
    href: str
    status: Status
    state: Phrase
    place: str | None
    tests: tuple[TestLine, ...]
    why: str | None
    act: Act | None
    others: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class PrototypesShown:
    """The prototypes of a sheet; `waiting`: how many still wait for their test."""

    lines: tuple[PrototypeLine, ...]
    waiting: int
    act: Act | None
