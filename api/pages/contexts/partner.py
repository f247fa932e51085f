"""The contract of ``partner.html``: one partner, on a convention or on all its territories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.answering import AskingByLink
from api.pages.contexts.convention import RoleLine
from api.pages.contexts.lead_roles import LeadsSaid
from api.pages.contexts.pieces import Act, EvidenceShown, JumpLink, Phrase, RuleText, Status
from api.pages.contexts.pledges import PledgesShown
from api.pages.contexts.territory_pages import Tile
from api.pages.contexts.work import WorkLine


@dataclass(frozen=True, slots=True)
class PartnerFact:
    """What the partner decided or signed, on which day, why it does not count, on which documents."""

    on: date
    status: Status
    what: Phrase
    details: tuple[Phrase, ...] = ()
    rules: tuple[RuleText, ...] = ()
    evidence: tuple[EvidenceShown, ...] = ()
    motive: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class CarriedSheet:
    """An action sheet that the partner owns, under the title of its priority."""

    title: str | None
    priority: str | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PartnerCell:
    """A mandate or a signature in few words, and its day; without a status nothing is asked for."""

    status: Status | None
    words: Phrase
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """The partner on one territory: its mandate, what it signed (``None``: nothing yet, as its group says), the sheets
    it carries, and what comes next there; ``is_own``: of the partner itself, not of somebody else."""

    territory: str
    href: str
    mandate: PartnerCell | None
    convention: PartnerCell | None
    plan: PartnerCell | None
    sheets: int
    next: Phrase | None = None
    next_status: Status | None = None
    next_on: date | None = None
    next_late: int = 0
    next_href: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class PartnerGroup:
    """The territories that share a status, said once; ``refused`` is grey, last, outside the count."""

    group: str
    rows: tuple[PartnerRow, ...]


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """``partner.html``: what is expected of the partner, and what does it wait for?

    ``name`` as a sentence says it ("la Caf du Gers"). On one ``territory``: its ``facts`` with their documents, the
    ``sheets`` it carries, its ``pledges``, those ``to_framework`` for that territory, who speaks for it (``roles``),
    the ``others`` that sign. On all of them (``territory`` ``None``): ``groups``, of which ``left_out`` more are not
    shown, and what it pledged ``to_framework``.
    """

    name: str
    kind: str
    answer: tuple[Phrase, ...]
    territory: str | None = None
    signs: Phrase | None = None
    expected: tuple[WorkLine, ...] = ()
    waits_for: tuple[WorkLine, ...] = ()
    tiles: tuple[Tile, ...] = ()
    groups: tuple[PartnerGroup, ...] = ()
    left_out: int = 0
    facts: tuple[PartnerFact, ...] = ()
    acts: tuple[Act, ...] = ()
    sheets: tuple[CarriedSheet, ...] = ()
    roles: tuple[RoleLine, ...] = ()
    others: tuple[JumpLink, ...] = ()
    by_link: AskingByLink | None = None
    pledges: PledgesShown | None = None
    to_framework: PledgesShown | None = None
    everywhere_href: str | None = None
    work_href: str | None = None
    leads: tuple[LeadsSaid, ...] = ()
