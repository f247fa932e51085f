"""The contracts of the pages of a convention: each answers one question, and each fact stands on one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from api.pages.contexts.convention import (
    FindingLine,
    ForumCard,
    NotYet,
    OwnThemeLine,
    ThemeCrossingShown,
)
from api.pages.contexts.delegations import DelegationsShown
from api.pages.contexts.diagnosing import DataShown, VersionsShown
from api.pages.contexts.fates import FatePart
from api.pages.contexts.lead_roles import LeadsSaid, LeadsShown
from api.pages.contexts.mistakes import ContestationShown, ProposalShown
from api.pages.contexts.participation import ContributionsShown, ProposalsShown
from api.pages.contexts.pieces import (
    Act,
    DeadlineLine,
    EvidenceShown,
    MilestoneLine,
    NextAct,
    Phrase,
    SignatureMatrix,
    Status,
)
from api.pages.contexts.pledges import PledgesShown
from api.pages.contexts.spaces import SpacesShown
from api.pages.contexts.waves import WavesShown
from api.pages.matrix_pieces import Matrix
from api.pages.road import Road


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with the sentence that explains it and the facts behind it; a status only where it owns the fact."""

    label: Phrase
    figure: Phrase
    line: Phrase
    href: str
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class TermLine:
    """One thing about the term of a convention, with the page of the other convention that it speaks of."""

    status: Status
    text: Phrase
    href: str | None = None


@dataclass(frozen=True, slots=True)
class TodayPage:
    """``today.html``: where are we, what comes next? The answer, the acts that wait, the road, five figures."""

    territory: str
    holders: tuple[str, ...]
    effective_from: date
    effective_to: date
    status: Status
    answer: tuple[Phrase, ...]
    tiles: tuple[Tile, ...]
    road: Road | None
    milestones: tuple[MilestoneLine, ...]
    next_acts: tuple[NextAct, ...] = ()
    next_more: tuple[NextAct, ...] = ()
    acts: tuple[Act, ...] = ()
    not_yet: tuple[NotYet, ...] = ()
    deadlines: tuple[DeadlineLine, ...] = ()
    deadlines_met: tuple[DeadlineLine, ...] = ()
    deadlines_muted: tuple[DeadlineLine, ...] = ()
    deadline_acts: tuple[Act, ...] = ()
    proposals: tuple[ProposalShown, ...] = ()
    contestations: tuple[ContestationShown, ...] = ()
    to_come_href: str = ""
    taken_over_on: date | None = None
    term: tuple[TermLine, ...] = ()
    preparing: Act | None = None
    calendar_href: str | None = None
    leads: tuple[LeadsSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class DiagnosisPage:
    """``diagnosis.html``: who was heard, which themes are crossed, what became of each finding?"""

    territory: str
    answer: tuple[Phrase, ...]
    themes: tuple[ThemeCrossingShown, ...] = ()
    matrix: Matrix | None = None
    forums: tuple[ForumCard, ...] = ()
    own_themes: tuple[OwnThemeLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    priorities_href: str = ""
    forum_acts: tuple[Act, ...] = ()
    finding_acts: tuple[Act, ...] = ()
    theme_acts: tuple[Act, ...] = ()
    first: NextAct | None = None
    data: DataShown | None = None
    contributions: ContributionsShown | None = None
    versions: VersionsShown | None = None
    proposals: ProposalsShown | None = None
    spaces: SpacesShown | None = None
    waves: WavesShown | None = None
    finding_parts: tuple[FatePart, ...] = ()


@dataclass(frozen=True, slots=True)
class VacantLine:
    """A role or a seat that has nobody, for whom, since when, and the act that fills it."""

    what: Phrase
    partner: str | None
    since: Phrase
    act: Act | None


@dataclass(frozen=True, slots=True)
class PartnersPage:
    """``partners.html``: who signed, under which mandate, who pledged what and kept it?"""

    territory: str
    answer: tuple[Phrase, ...]
    signatures: SignatureMatrix | None = None
    acts: tuple[Act, ...] = ()
    pledges: PledgesShown | None = None
    delegations: DelegationsShown | None = None
    lead_roles: LeadsShown | None = None
    vacant: tuple[VacantLine, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document, the fact that rests on it, and the day of that fact."""

    document: EvidenceShown
    fact: str
    on: date
    href: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """The documents of one family of acts, the latest first."""

    label: Phrase
    lines: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class UnprovenLine:
    """A fact that cites no document, and the act that says it again with one."""

    fact: str
    on: date
    href: str
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """``documents.html``: where is the paper? Every document by the act that rests on it.

    ``missing``: those cited whose file was never joined, which may be sent to ``action`` (``None``: not by this
    reader); ``errors``: why one was not kept, by its fingerprint; ``joined``: the title of the one that just was.
    """

    territory: str
    answer: tuple[Phrase, ...]
    groups: tuple[DocumentGroup, ...] = ()
    missing: tuple[DocumentLine, ...] = ()
    unproven: tuple[UnprovenLine, ...] = ()
    action: str | None = None
    joined: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    first: NextAct | None = None
