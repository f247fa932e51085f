"""The contract of ``journal.html``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from api.pages.contexts.convention import RefusalLine, RoleLine, VacancyLine
from api.pages.contexts.mistakes import MendedShown
from api.pages.contexts.pieces import (
    Act,
    Choice,
    EvidenceShown,
    IrregularFact,
    Phrase,
    RuleText,
    WaiverLine,
)


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """The filters as last asked, sent by GET as ``du``, ``au``, ``fait``, ``par``. ``errors`` are named after them
    (and after ``suite``, the place in the trail); days are kept as typed."""

    action: str
    first_day: str
    last_day: str
    kinds: tuple[Choice, ...]
    actors: tuple[Choice, ...]
    reset_href: str
    active: bool = False
    errors: Mapping[str, Phrase] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One fact of the register as a sentence, with everything needed to check it.

    ``recorded_at`` is shown beside ``occurred_on`` when their days differ (``recorded_late_days`` > 0). ``reason`` is
    ``None`` when none was given; ``reason_erased`` says that one was, and that it was erased since.
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
class AuditPage:
    """``journal.html``: what happened, newest first, a page at a time."""

    territory: str
    answer: tuple[Phrase, ...]
    method: str
    filters: AuditFilters
    entries: tuple[AuditEntry, ...]
    total: int
    newer_href: str | None = None
    older_href: str | None = None
    beside: Beside = Beside()
