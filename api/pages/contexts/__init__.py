"""Page contracts: what each template needs, and nothing else.

Every page is rendered from two values: ``shell`` (:class:`Shell`, the same on all pages) and ``page`` (one of the
``…Page`` classes below, named after its template). Whoever builds a page fills these frozen dataclasses from the
questions; whoever writes a template reads them. Neither needs to know the other.

Conventions, so that fields stay short:

- A *code* (``phase``, ``role``, ``expertise``…) is a ``str`` exactly as the domain spells it; the template
  words it with ``t("phase." + code)``; a ``Theme`` is worded with ``theme(…)``, for a convention names its own.
- A sentence is a :class:`Phrase`: a message id with its parameters. Parameters may be dates, numbers, names or other
  phrases; the renderer words them in the reader's language.
- ``href`` is a ready-made address within the site (never built by a template).
- Text of type ``str | None`` that comes from ``Prose`` is ``None`` once its key is destroyed: the page then says
  "texte effacé".
- ``status`` is one of :data:`STATUSES`: shape, word and colour follow from it.
- Dates are ``date`` (Europe/Paris); instants are aware ``datetime``; durations are whole days or months.
"""

from __future__ import annotations

from api.pages.contexts.aid import Contact, HelpPage, KeptLine, LegalPage
from api.pages.contexts.audit import (
    AuditEntry,
    AuditFilters,
    AuditPage,
    Beside,
)
from api.pages.contexts.committee import (
    CommitteePage,
    DecidedLine,
    ToDecide,
)
from api.pages.contexts.convention import (
    ActionSheetLine,
    AnnulledPage,
    DecisionLine,
    FindingLine,
    ForumCard,
    ForumGrid,
    MeetingCard,
    NotYet,
    Obstacle,
    OwnThemeLine,
    PriorityLine,
    RefusalLine,
    RoleLine,
    SheetGroup,
    ThemeCrossingShown,
    VacancyLine,
)
from api.pages.contexts.department import (
    AskedOfCommittee,
    BarLine,
    DepartmentFilters,
    DepartmentPage,
    LookFirst,
    RowGroup,
    TerritoryPage,
    TerritoryRow,
)
from api.pages.contexts.entrance import (
    DemoAccount,
    ErrorPage,
    JumpItem,
    KeptForm,
    LanguageChoice,
    Message,
    PolicyPage,
    PolicyRow,
    Reserved,
    ResumePage,
    Shell,
    SignedIn,
    SignInPage,
    TerritoryBar,
)
from api.pages.contexts.framework import AttachedLine, FrameworkPage, FrameworkSignatory, HeadingLine
from api.pages.contexts.mistakes import ChangeShown, MendedShown, MistakeShown, ProposalShown
from api.pages.contexts.pieces import (
    STATUSES,
    Act,
    Choice,
    DeadlineLine,
    Delay,
    EvidenceShown,
    Fraction,
    IrregularFact,
    MandateCell,
    MilestoneLine,
    Missing,
    NavItem,
    NextAct,
    Phrase,
    RuleText,
    SignatoryRow,
    SignatureCell,
    SignatureMatrix,
    Spelled,
    Status,
    VersionConflictShown,
    WaiverLine,
)
from api.pages.contexts.search import FoundGroup, FoundLine, Narrowing, SearchPage
from api.pages.contexts.territory_pages import (
    DiagnosisPage,
    DocumentGroup,
    DocumentLine,
    DocumentsPage,
    PartnersPage,
    PlanPage,
    Tile,
    TodayPage,
)
from api.pages.contexts.work import MovedLine, PlaceLine, WorkLine, WorkPage

__all__ = [
    "STATUSES",
    "Act",
    "ActionSheetLine",
    "AnnulledPage",
    "AskedOfCommittee",
    "AttachedLine",
    "AuditEntry",
    "AuditFilters",
    "AuditPage",
    "BarLine",
    "Beside",
    "ChangeShown",
    "Choice",
    "CommitteePage",
    "Contact",
    "DeadlineLine",
    "DecidedLine",
    "DecisionLine",
    "Delay",
    "DemoAccount",
    "DepartmentFilters",
    "DepartmentPage",
    "DiagnosisPage",
    "DocumentGroup",
    "DocumentLine",
    "DocumentsPage",
    "ErrorPage",
    "EvidenceShown",
    "FindingLine",
    "ForumCard",
    "ForumGrid",
    "FoundGroup",
    "FoundLine",
    "Fraction",
    "FrameworkPage",
    "FrameworkSignatory",
    "HeadingLine",
    "HelpPage",
    "IrregularFact",
    "JumpItem",
    "KeptForm",
    "KeptLine",
    "LanguageChoice",
    "LegalPage",
    "LookFirst",
    "MandateCell",
    "MeetingCard",
    "MendedShown",
    "Message",
    "MilestoneLine",
    "Missing",
    "MistakeShown",
    "MovedLine",
    "Narrowing",
    "NavItem",
    "NextAct",
    "NotYet",
    "Obstacle",
    "OwnThemeLine",
    "PartnersPage",
    "Phrase",
    "PlaceLine",
    "PlanPage",
    "PolicyPage",
    "PolicyRow",
    "PriorityLine",
    "ProposalShown",
    "RefusalLine",
    "Reserved",
    "ResumePage",
    "RoleLine",
    "RowGroup",
    "RuleText",
    "SearchPage",
    "SheetGroup",
    "Shell",
    "SignInPage",
    "SignatoryRow",
    "SignatureCell",
    "SignatureMatrix",
    "SignedIn",
    "Spelled",
    "Status",
    "TerritoryBar",
    "TerritoryPage",
    "TerritoryRow",
    "ThemeCrossingShown",
    "Tile",
    "ToDecide",
    "TodayPage",
    "VacancyLine",
    "VersionConflictShown",
    "WaiverLine",
    "WorkLine",
    "WorkPage",
]
