"""The contract of ``framework.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.convention import RoleLine
from api.pages.contexts.decisions import DecisionShown, KeptShown
from api.pages.contexts.delegations import DelegationsShown
from api.pages.contexts.lead_roles import LeadsShown
from api.pages.contexts.mistakes import ContestationShown
from api.pages.contexts.pieces import Act, NextAct, Phrase, Status
from api.pages.contexts.pledges import PledgesShown
from api.pages.contexts.territory_pages import VacantLine


@dataclass(frozen=True, slots=True)
class FrameworkSignatory:
    """A partner of the framework, and the day on which it signed (``None``: not yet)."""

    name: str
    kind: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class AttachedLine:
    """A territory that the framework follows; ``phase`` is ``None`` where it has no convention."""

    name: str
    href: str
    status: Status
    phase: str | None


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """One of the eight headings and what it says (``None`` once erased)."""

    heading: str
    text: str | None


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact recorded of the framework, and the act that contests it."""

    anchor: str
    on: date
    sentence: str
    contested: bool
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class FactsShown:
    """What partners contest of the framework, and its latest facts; ``older``: how many more there are."""

    contestations: tuple[ContestationShown, ...]
    lines: tuple[FactLine, ...]
    older: Phrase | None


@dataclass(frozen=True, slots=True)
class FrameworkPage:
    """``framework.html``: who signed, whom it follows (late first), what is pledged to it, who holds a role.
    ``others``: how many territories are followed that the reader may not open; ``due``: what is awaited of it today;
    ``to_follow``: what its committees decided and that heads the next agenda, ``kept`` how many are; ``beside``: their
    own pages; ``network``: those of its strategy, delegation and control; ``vacant``: its places that have nobody;
    ``facts``: what was recorded of it, for whoever reads its journal."""

    name: str
    answer: tuple[Phrase, ...]
    starts_on: date
    ends_on: date
    signatories: tuple[FrameworkSignatory, ...] = ()
    attached: tuple[AttachedLine, ...] = ()
    others: int = 0
    roles: tuple[RoleLine, ...] = ()
    headings: tuple[HeadingLine, ...] = ()
    pledges: PledgesShown | None = None
    delegations: DelegationsShown | None = None
    lead_roles: LeadsShown | None = None
    due: tuple[NextAct, ...] = ()
    to_follow: tuple[DecisionShown, ...] = ()
    kept: KeptShown | None = None
    beside: tuple[Act, ...] = ()
    network: tuple[Act, ...] = ()
    vacant: tuple[VacantLine, ...] = ()
    facts: FactsShown | None = None
    acts: tuple[Act, ...] = ()
