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


@dataclass(frozen=True, slots=True)
class DiagnosisLine:
    """A diagnosis, its owners, its last version, how many findings that holds and who brought them, when it was shared,
    whether it led to nothing for too long; the act that shares it where something in it was not shared yet."""

    anchor: str
    title: str | None
    href: str
    owners: Phrase
    last: Phrase
    findings: int
    brought: str | None
    shared: Phrase | None
    led_nowhere: bool
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A finding with what shows it, and the diagnoses that it serves."""

    anchor: str
    text: str | None
    href: str
    theme: Theme
    kind: str
    life_stages: tuple[str, ...]
    communes: str
    shown_by: tuple[Phrase, ...]
    serves: tuple[str, ...]
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class VersionsShown:
    """The diagnoses of a territory, its findings with their evidence, and the acts that add to them."""

    diagnoses: tuple[DiagnosisLine, ...]
    findings: tuple[FoundLine, ...] = ()
    acts: tuple[Act, ...] = ()
