"""What pages show of the content of a diagnosis: the data asked of partners."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import Act, EvidenceShown, Phrase, Status
from domain.values import Theme


@dataclass(frozen=True, slots=True)
class DataLine:
    """A datum asked: ``what`` of whom, about which theme and years; ``state`` in words; the one act that comes next,
    and the others; ``notes``: what it adds to another, why it was refused, for what it served again."""

    anchor: str
    what: str | None
    href: str
    partner: str
    theme: Theme
    years: Phrase
    form: str
    status: Status
    state: Phrase
    notes: tuple[Phrase, ...] = ()
    evidence: tuple[EvidenceShown, ...] = ()
    act: Act | None = None
    others: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class DataShown:
    """The data that are awaited, the late ones first, those that were answered, and the act that asks for more."""

    awaited: tuple[DataLine, ...]
    answered: tuple[DataLine, ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def late(self) -> int:
        """How many are past their day."""
        return sum(one.status == "late" for one in self.awaited)
