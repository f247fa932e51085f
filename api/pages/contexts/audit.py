"""The contract of ``journal.html``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from api.pages.contexts.convention import RefusalLine, RoleLine, VacancyLine
from api.pages.contexts.mistakes import ContestationShown, MendedShown
from api.pages.contexts.pieces import (
    Act,
    Choice,
    EvidenceShown,
    IrregularFact,
    NavItem,
    Phrase,
    RuleText,
    Status,
    WaiverLine,
)


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """The filters as last asked, sent by GET as ``du``, ``au``, ``dates``, ``marque``, ``fait``, ``par`` and
    ``registre``. ``errors`` are named after them (and after ``page``, the place in the journal); days are kept as
    typed. ``dates``: by which of both dates facts are placed and chosen."""

    action: str
    first_day: str
    last_day: str
    dates: tuple[Choice, ...]
    marks: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    actors: tuple[Choice, ...]
    reset_href: str
    active: bool = False
    as_of: str = ""
    errors: Mapping[str, Phrase] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One fact of the register as a sentence, with everything needed to check it.

    ``recorded_at`` is shown beside ``occurred_on`` when their days differ (``recorded_late_days`` > 0). ``reason`` is
    ``None`` when none was given; ``reason_erased`` says that one was, and that it was erased since. ``contested``: what
    partners contest of it, and what became of that.
    """

    position: int
    sentence: Phrase
    kind: str
    occurred_on: date
    recorded_at: datetime
    recorded_late_days: int
    actor: str | None
    role: str | None
    on_behalf_of: str | None
    reason: str | None
    evidence: tuple[EvidenceShown, ...] = ()
    rules: tuple[RuleText, ...] = ()
    origin: str = "PERSON"
    anchor: str = ""
    reason_erased: bool = False
    mended: MendedShown | None = None
    acts: tuple[Act, ...] = ()
    answers: tuple[Act, ...] = ()
    contested: tuple[ContestationShown, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditRun:
    """Facts of the engine that follow one another, told in one line that unfolds: how many of each, about whom."""

    counted: tuple[Phrase, ...]
    about: tuple[str, ...]
    first: date
    last: date
    entries: tuple[AuditEntry, ...]
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class KnownThen:
    """The line below which stands what a committee knew when it met."""

    on: date
    href: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One of: a fact, a run of facts, a refusal, what a committee knew."""

    entry: AuditEntry | None = None
    run: AuditRun | None = None
    refusal: RefusalLine | None = None
    known: KnownThen | None = None


@dataclass(frozen=True, slots=True)
class AuditGroup:
    """The lines of a month, the latest first."""

    label: Phrase
    lines: tuple[AuditLine, ...]


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A mark, how many facts bear it, and these facts; without a ``status``, none of the five."""

    label: Phrase
    count: int
    href: str
    status: Status | Literal[""] = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class AsOf:
    """The register as it was known on a day: the day asked about (``None``: now), and the days of committees."""

    day: date | None
    kept: tuple[tuple[str, str], ...] = ()
    committees: tuple[NavItem, ...] = ()
    now_href: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What holds beside the facts: what does not count, rules set aside, roles and who stands in, what was refused."""

    irregular: tuple[IrregularFact, ...] = ()
    waivers: tuple[WaiverLine, ...] = ()
    waiver_acts: tuple[Act, ...] = ()
    roles: tuple[RoleLine, ...] = ()
    role_acts: tuple[Act, ...] = ()
    vacancies: tuple[VacancyLine, ...] = ()
    refusals: tuple[RefusalLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodFollowed:
    """The method of a convention, since when where it had others, those that it left; what may be done about it."""

    name: Phrase
    since: date | None
    left: tuple[Phrase, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """``journal.html``: who recorded what, and when; the latest first, a page at a time."""

    territory: str
    answer: tuple[Phrase, ...]
    method: MethodFollowed
    filters: AuditFilters
    groups: tuple[AuditGroup, ...]
    first: int
    last: int
    total: int
    as_of: AsOf
    export_href: str
    marks: tuple[MarkLine, ...] = ()
    newer_href: str | None = None
    older_href: str | None = None
    beside: Beside | None = None
