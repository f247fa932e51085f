"""Page contracts: what each template needs, and nothing else.

Every page is rendered from two values: ``shell`` (:class:`Shell`, the same on all pages) and ``page`` (one of the
``…Page`` classes below, named after its template). Whoever builds a page fills these frozen dataclasses from the
questions; whoever writes a template reads them. Neither needs to know the other.

Conventions, so that fields stay short:

- A *code* (``phase``, ``theme``, ``role``, ``expertise``…) is a ``str`` exactly as the domain spells it; the template
  words it with ``t("theme." + code)``.
- A sentence is a :class:`Phrase`: a message id with its parameters. Parameters may be dates, numbers, names or other
  phrases; the renderer words them in the reader's language.
- ``href`` is a ready-made address within the site (never built by a template).
- Text of type ``str | None`` that comes from ``Prose`` is ``None`` once its key is destroyed: the page then says
  "texte effacé".
- ``status`` is one of :data:`STATUSES`: shape, word and colour follow from it.
- Dates are ``date`` (Europe/Paris); instants are aware ``datetime``; durations are whole days or months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from api.pages.pictures import BarPicture, TileMapPicture
from api.pages.timeline import TimelinePicture

Status = Literal["on-time", "watch", "late", "not-started", "done", "irregular"]
STATUSES: tuple[Status, ...] = ("on-time", "watch", "late", "not-started", "done", "irregular")


# --- pieces shared by several pages ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """One worded sentence or label: message id, parameters, and a count when the wording depends on a number.

    With ``count`` the plural form of that count is taken (or the message ``<key>.zero``, where there is one, for 0);
    the message may use ``{count}`` in digits or ``{n}``, in words up to sixteen. A parameter named after a vocabulary
    (``theme``, ``themes``, ``expertise``) holds codes of it.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=dict)
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number given to a phrase to be said in words up to sixteen ("six"), then in digits."""

    count: int


@dataclass(frozen=True, slots=True)
class Delay:
    """A number of days given to a phrase to be said as a duration: in days ("73 jours"), later in months."""

    days: int


@dataclass(frozen=True, slots=True)
class Act:
    """A link to the form of one command, worded as a verb of the trade ("Enregistrer un forum")."""

    label: Phrase
    href: str
    why: Phrase | None = None


@dataclass(frozen=True, slots=True)
class NextAct:
    """One thing awaited: ``label`` names the act that brings it, ``act`` links to it for whoever may do it.

    ``label`` is ``None`` when nothing is to be done before its day; ``who`` is expected to act.
    """

    what: Phrase
    status: Status
    label: Phrase | None = None
    act: Act | None = None
    who: str | None = None
    why: Phrase | None = None
    due_on: date | None = None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a navigation list; ``current`` marks the page being read."""

    label: Phrase
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document relied upon: its title (``None`` once erased) and the sha256 of its bytes, 64 hex digits."""

    title: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule that was not met, in plain words: the same text as the refusal and the API (``rule`` is "R13")."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """The other languages a page can be read in; ``name`` is written in that language."""

    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The reader's account as the header shows it, with the address that closes the session."""

    name: str
    role: str
    sign_out_href: str


@dataclass(frozen=True, slots=True)
class Message:
    """What the last act did, shown once above the page: recorded, accepted with a notice, recorded as irregular."""

    kind: Literal["done", "watch", "irregular"]
    text: Phrase
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around a page.

    ``picture_at`` and ``position`` say of what moment and of which entry of the register the page is the picture;
    ``stopped`` names the answers that are no longer kept up to date (their projection stopped).
    """

    language: str
    languages: tuple[LanguageChoice, ...]
    home_href: str
    today: date
    picture_at: datetime
    position: int
    demo: bool = False
    place: str | None = None
    nav: tuple[NavItem, ...] = ()
    signed_in: SignedIn | None = None
    csrf_token: str = ""
    stopped: tuple[Phrase, ...] = ()
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Fraction:
    """``done`` out of ``total`` ("4 sur 6"), with the facts behind it."""

    done: int
    total: int
    href: str


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline as derived: ``days_late`` is counted to today, or to ``met_on`` once met; ``act`` ends it.

    ``code`` is the profile's id ("D16"); ``label`` may carry the period ("bilan 2025").
    """

    code: str
    label: Phrase
    status: Status
    due_on: date
    met_on: date | None = None
    days_late: int = 0
    expected_from: str | None = None
    last_reminder_on: date | None = None
    href: str | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A rule waived by a recorded committee decision, until ``expires_on`` (``None``: for the convention's life)."""

    rule: RuleText
    scope: Phrase
    reason: str | None
    decided_on: date
    expires_on: date | None
    href: str


@dataclass(frozen=True, slots=True)
class IrregularFact:
    """A fact recorded but not counted, why, and what would make it count."""

    what: Phrase
    occurred_on: date
    rules: tuple[RuleText, ...]
    href: str
    remedy: Act | None = None


@dataclass(frozen=True, slots=True)
class MandateCell:
    """A signatory's authorising decision; ``executory_on`` is ``None`` until it is recorded or where none is due."""

    kind: str
    adopted_on: date
    executory_on: date | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureCell:
    """One signature of one text: ``irregular`` ones carry the reasons for which they do not count.

    ``counts_on`` is given only when it counts from a later day than ``signed_on``.
    """

    status: Status
    signed_on: date | None = None
    rules: tuple[RuleText, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    counts_on: date | None = None


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """One line of the matrix: a signatory, its mandate, its signature of the convention and of the plan.

    ``act`` is the one that its signature waits for.
    """

    partner: str
    partner_kind: str
    required: bool
    mandate: MandateCell | None
    mandate_status: Status
    convention: SignatureCell
    plan: SignatureCell
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class SignatureMatrix:
    """Who must sign, with the count of required signatures of the plan that count."""

    counted: int
    required: int
    rows: tuple[SignatoryRow, ...]


# --- sign-in -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration offered on the sign-in page."""

    identifier: str
    role: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed in a form that could not be received: where it goes, and its values, to be sent again."""

    action: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ResumePage:
    """``resume.html``: signed in again, with what had been typed before the session ended."""

    kept: KeptForm


@dataclass(frozen=True, slots=True)
class SignInPage:
    """``sign-in.html``: posts ``identifier``, ``password``, ``next``, ``csrf_token`` to ``action``.

    ``kept`` is a form that was sent after the session ended: its values go along, so that nothing typed is lost.
    """

    action: str
    identifier: str = ""
    next_href: str = ""
    error: Phrase | None = None
    demo_accounts: tuple[DemoAccount, ...] = ()
    demo_password: str | None = None
    kept: KeptForm | None = None


# --- department --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """One territory of the table, given late first; ``phase`` is ``None`` where there is no convention.

    ``reason`` says why it is late or to be watched; ``next_act`` what comes next where no deadline runs.
    """

    name: str
    siren: str
    href: str
    status: Status
    phase: str | None
    since: date | None = None
    age_months: int | None = None
    reason: Phrase | None = None
    deadline: DeadlineLine | None = None
    next_act: Phrase | None = None
    crossed: Fraction | None = None
    signatures: Fraction | None = None


@dataclass(frozen=True, slots=True)
class LookFirst:
    """One line of "Où regarder d'abord": what is the matter, the one act that ends it and who is expected to do it.

    ``href`` leads to its place on the convention's page; ``label`` names the act for whoever may not do it.
    """

    status: Status
    territory: str
    href: str
    what: Phrase
    act: Act | None = None
    label: Phrase | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class BarLine:
    """One bar with its label and the words that say the same thing."""

    label: Phrase
    words: Phrase
    picture: BarPicture
    href: str


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """``department.html``: where does each territory stand, late first.

    ``department`` is the name as a sentence begins with it ("Le Gers"). A few territories need neither map nor
    totals. ``look_more`` counts the pressing territories that ``look_first`` leaves out.
    """

    department: str
    rows: tuple[TerritoryRow, ...]
    tile_map: TileMapPicture | None = None
    look_first: tuple[LookFirst, ...] = ()
    look_more: int = 0
    bars: tuple[BarLine, ...] = ()
    acts: tuple[Act, ...] = ()

    def count(self, *statuses: Status) -> int:
        """How many territories stand in one of ``statuses``."""
        return sum(1 for row in self.rows if row.status in statuses)


# --- territory ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """``territory.html``: the convention of one territory, or that it has none yet and what comes first."""

    name: str
    communes: int
    population: int
    crumbs: tuple[NavItem, ...]
    convention_href: str | None = None
    acts: tuple[Act, ...] = ()


# --- convention --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    """What a milestone still lacks, and who can supply it."""

    what: Phrase
    who: str | None = None


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """One milestone of the path: what happened and on what evidence, or what is missing and why.

    ``recorded_on`` is given only when it differs from ``happened_on``; ``label`` may carry a count or a period.
    """

    code: str
    label: Phrase
    status: Status
    happened_on: date | None = None
    recorded_on: date | None = None
    due_on: date | None = None
    facts: tuple[Phrase, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()
    rules: tuple[RuleText, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class ForumGrid:
    """The 3 x 2 grid of one forum or of one theme: participants by expertise, cells covered ("USAGE.OFFER")."""

    counts: Mapping[str, int]
    cells: frozenset[str]


@dataclass(frozen=True, slots=True)
class ForumCard:
    """One forum, convened (``held_on`` empty) or held."""

    themes: tuple[str, ...]
    status: Status
    convened_for: date | None
    held_on: date | None
    place: str | None
    grid: ForumGrid | None = None
    missing: tuple[Phrase, ...] = ()
    rules: tuple[RuleText, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    href: str | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class ThemeCrossing:
    """A theme through all its forums that count: crossed, or what is still missing for it."""

    theme: str
    status: Status
    forums: int
    grid: ForumGrid
    missing: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding of the shared diagnosis; ``kind`` is "CONSTRAINT" or "ASSET"; ``cited_by`` counts the priorities."""

    reference: str
    theme: str
    kind: str
    text: str | None
    cited_by: int


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """A priority chosen in committee, with the findings it answers and the waivers it rests on."""

    title: str | None
    theme: str
    rank: int | None
    chosen_on: date
    decided_in: Phrase
    findings: tuple[str, ...]
    sheets: int
    href: str
    waived: tuple[RuleText, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionSheetLine:
    """One action sheet: its priority, its owner and its dates. How far it is, nobody has told."""

    title: str | None
    priority: str | None
    owner: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision of a meeting; ``reference`` is what a priority or a waiver cites."""

    reference: str
    text: str | None
    used_by: int = 0


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A steering meeting that was held, with its decisions and evidence."""

    body: str
    held_on: date
    decisions: tuple[DecisionLine, ...]
    evidence: tuple[Evidence, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class RoleLine:
    """Who holds a role since when (``person`` is ``None`` once forgotten), until when if it is over."""

    role: str
    person: str | None
    partner: str | None
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A decision refused by a rule: kept beside the register, never in it."""

    refused_at: datetime
    command: Phrase
    actor: str
    rules: tuple[RuleText, ...]


@dataclass(frozen=True, slots=True)
class SectionActs:
    """The forms a pilot would look for, by section of the convention page."""

    milestones: tuple[Act, ...] = ()
    forums: tuple[Act, ...] = ()
    findings: tuple[Act, ...] = ()
    priorities: tuple[Act, ...] = ()
    plan: tuple[Act, ...] = ()
    signatures: tuple[Act, ...] = ()
    meetings: tuple[Act, ...] = ()
    waivers: tuple[Act, ...] = ()
    roles: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class ConventionPage:
    """``convention.html``: where one convention stands, what is missing and why, and every act that moves it."""

    territory: str
    holders: tuple[str, ...]
    effective_from: date
    effective_to: date
    method: str
    phase: str
    phase_since: date
    status: Status
    answer: tuple[Phrase, ...]
    crumbs: tuple[NavItem, ...]
    tabs: tuple[NavItem, ...]
    timeline: TimelinePicture
    milestones: tuple[MilestoneLine, ...]
    next_acts: tuple[NextAct, ...] = ()
    next_more: int = 0
    section_acts: SectionActs = SectionActs()
    deadlines: tuple[DeadlineLine, ...] = ()
    deadlines_later: tuple[DeadlineLine, ...] = ()
    deadlines_met: tuple[DeadlineLine, ...] = ()
    themes: tuple[ThemeCrossing, ...] = ()
    forums: tuple[ForumCard, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    priorities: tuple[PriorityLine, ...] = ()
    sheets: tuple[ActionSheetLine, ...] = ()
    signatures: SignatureMatrix | None = None
    meetings: tuple[MeetingCard, ...] = ()
    waivers: tuple[WaiverLine, ...] = ()
    roles: tuple[RoleLine, ...] = ()
    refusals: tuple[RefusalLine, ...] = ()


# --- committee dashboard -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with the sentence that explains it and the facts behind it."""

    label: Phrase
    figure: Phrase
    line: Phrase
    href: str
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A decision only the committee can take, why it is asked, and the form that records it."""

    title: Phrase
    why: Phrase
    act: Act | None


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """``committee.html``: where are we, what is late, what must we decide today; exactly five tiles."""

    territory: str
    first_year: int
    last_year: int
    answer: tuple[Phrase, ...]
    crumbs: tuple[NavItem, ...]
    tabs: tuple[NavItem, ...]
    tiles: tuple[Tile, ...]
    timeline: TimelinePicture
    milestones: tuple[MilestoneLine, ...]
    late: tuple[DeadlineLine, ...] = ()
    to_decide: tuple[ToDecide, ...] = ()
    irregular: tuple[IrregularFact, ...] = ()
    waivers: tuple[WaiverLine, ...] = ()
    signatures: SignatureMatrix | None = None


# --- audit trail -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen in a list, a filter or a group of boxes."""

    value: str
    label: Phrase
    chosen: bool = False


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
    evidence: tuple[Evidence, ...] = ()
    rules: tuple[RuleText, ...] = ()
    origin: str = "PERSON"
    anchor: str = ""
    reason_erased: bool = False


@dataclass(frozen=True, slots=True)
class AuditPage:
    """``audit.html``: what happened, newest first, a page at a time."""

    territory: str
    answer: tuple[Phrase, ...]
    crumbs: tuple[NavItem, ...]
    tabs: tuple[NavItem, ...]
    filters: AuditFilters
    entries: tuple[AuditEntry, ...]
    total: int
    newer_href: str | None = None
    older_href: str | None = None


@dataclass(frozen=True, slots=True)
class VersionConflict:
    """Somebody recorded something meanwhile: the version the form was based on and the present one."""

    expected: int
    actual: int
    since: tuple[Phrase, ...]
    review_href: str


# --- administrator -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccountRole:
    """A role held by an account, for a territory, a partner or everywhere (``place`` is ``None``)."""

    role: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the instance."""

    identifier: str
    name: str | None
    roles: tuple[AccountRole, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """``accounts.html``: who may sign in."""

    accounts: tuple[AccountRow, ...]
    policy_href: str


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One action with the scope in which each allowed role may do it: role code -> scope code."""

    action: Phrase
    scopes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """``policy.html``: who may do what; everything not written is refused."""

    roles: tuple[str, ...]
    rows: tuple[PolicyRow, ...]
    accounts_href: str


# --- errors ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reserved:
    """What the visitor's roles do not allow: reading a page or doing an act, and the roles that may."""

    reading: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """``error.html``: what happened, where, how to mend it; ``status`` is the answer's.

    ``topic`` names the texts ("other-site") where one status has several meanings."""

    status: Literal[400, 401, 403, 404, 405, 409, 413, 422, 500, 503]
    back_href: str
    details: tuple[str, ...] = ()
    conflict: VersionConflict | None = None
    kept: KeptForm | None = None
    topic: str | None = None
    reserved: Reserved | None = None
