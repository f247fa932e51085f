"""The contracts of the three pages of a convention of objectives and means: ``network_strategy.html``,
``network_delegation.html`` and ``network_control.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.decisions import DecisionShown, KeptShown
from api.pages.contexts.delegations import DelegationsShown
from api.pages.contexts.framework import HeadingLine
from api.pages.contexts.pieces import Act, Phrase, Status


@dataclass(frozen=True, slots=True)
class NetworkHead:
    """What the three pages have in common: the framework, the way back to it, and the three parts in their order; the
    one that is shown has no address."""

    name: str
    back: Act
    parts: tuple[Act, ...]
    answer: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class AimLine:
    """A theme that is a priority somewhere, in words, with what is done for it; ``reached`` of ``targets``."""

    theme: str
    territories: tuple[str, ...]
    priorities: int
    actions: int
    targets: int
    reached: int


@dataclass(frozen=True, slots=True)
class MeansLine:
    """A kind of means that was pledged to the network: how many pledges, of which some were kept, and the euros."""

    kind: str
    pledges: int
    kept: int
    cents: int | None


@dataclass(frozen=True, slots=True)
class StrategyPage:
    """``network_strategy.html``: what does the network aim at, with which means?"""

    head: NetworkHead
    headings: tuple[HeadingLine, ...]
    aims: tuple[AimLine, ...]
    of_territories: int
    means: tuple[MeansLine, ...]
    means_at: str


@dataclass(frozen=True, slots=True)
class LocalDelegations:
    """What is delegated on a territory: how many delegations hold, how often they were used, and where to read them."""

    name: str
    href: str
    held: int
    used: int
    outside: int


@dataclass(frozen=True, slots=True)
class DelegationPage:
    """``network_delegation.html``: who delegated what to the network, within which limits, until when?"""

    head: NetworkHead
    whole: DelegationsShown
    local: tuple[LocalDelegations, ...]
    without: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What a territory reports: how it does, its last review, the decisions that it kept of those that it took, and
    those taken outside of a delegation."""

    name: str
    href: str
    status: Status
    reviewed_on: date | None
    reviews_at: str
    review_is_late: bool
    kept: int
    taken: int
    decisions_at: str
    outside: int


@dataclass(frozen=True, slots=True)
class ControlPage:
    """``network_control.html``: what is reported, what is late, what was decided?"""

    head: NetworkHead
    kept: KeptShown | None
    decisions: tuple[DecisionShown, ...]
    decisions_at: str
    pledges: tuple[Phrase, ...]
    pledges_at: str
    reports: tuple[ReportLine, ...]
    others: int
