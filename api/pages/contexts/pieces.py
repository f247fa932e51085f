"""Pieces that several pages show: phrases, acts, deadlines, milestones, signatures, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

SignatoryGroup = Literal["late", "waiting", "signed", "refused"]
SIGNATORY_GROUPS: tuple[SignatoryGroup, ...] = ("late", "waiting", "signed", "refused")
SIGNATORIES_SEEN_AT_ONCE = 5
"""Signatories up to which a page holds them all; of more, those whom one waits for are seen and the others folded."""
Status = Literal["on-time", "watch", "late", "not-started", "done", "irregular", "unproven", "unknown"]
STATUSES: tuple[Status, ...] = (
    "on-time",
    "watch",
    "late",
    "not-started",
    "done",
    "irregular",
    "unproven",
    "unknown",
)


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
class Of:
    """A partner's name given to a phrase to be said as an owner ("de Masseube", "du Département du Gers")."""

    name: str


@dataclass(frozen=True, slots=True)
class The:
    """A partner's or a territory's name given to a phrase to be said with its article ("la CC Val de Gers")."""

    name: str


@dataclass(frozen=True, slots=True)
class Act:
    """A link to the form of one command, worded as a verb of the trade ("Enregistrer un forum")."""

    label: Phrase
    href: str
    why: Phrase | None = None


@dataclass(frozen=True, slots=True)
class ThingLine:
    """One of the things that are waited for together: its words (None once erased), its page, its own act."""

    number: str
    title: str | None
    href: str
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class ThingsShown:
    """The first of the things that are waited for together, and how many more there are (``more``)."""

    said: Phrase
    lines: tuple[ThingLine, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class NextAct:
    """One thing awaited: ``label`` names the act that brings it, ``act`` links to it for whoever may do it.

    ``label`` is ``None`` when nothing is to be done before its day; ``who`` is expected to act; ``things``: what it
    waits for, one by one.
    """

    what: Phrase
    status: Status
    label: Phrase | None = None
    act: Act | None = None
    who: str | None = None
    why: Phrase | None = None
    due_on: date | None = None
    days_late: int = 0
    things: ThingsShown | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a navigation list; ``current`` marks the page being read, ``count`` how much waits there."""

    label: Phrase
    href: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class JumpLink:
    """A name that leads to its own page."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A document relied upon: its title (``None`` once erased) and the sha256 of its bytes, 64 hex digits.

    ``href`` opens the file that is kept of it; ``erased_on`` is the day on which that file was erased.
    """

    title: str | None
    sha256: str
    href: str | None = None
    erased_on: date | None = None


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule that was not met, in plain words: the same text as the refusal and the API (``rule`` is "R13")."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Fraction:
    """``done`` out of ``total`` ("4 sur 6"), with the facts behind it."""

    done: int
    total: int
    href: str


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline as derived: ``days_late`` is counted to today, or to ``met_on`` once met; ``act`` ends it; ``unsent``:
    its messages that did not leave, replaced by more severe ones.

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
    unsent: tuple[Phrase, ...] = ()
    note: Phrase | None = None
    things: ThingsShown | None = None


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
    """A signatory's own decision: ``outcome`` is "ADOPTED", "REFUSED" or "WITHDRAWN", the last without a ``kind``.

    ``executory_on`` is ``None`` until it is recorded or where none is due; ``votes`` are for, against, abstentions.
    """

    kind: str | None
    adopted_on: date
    executory_on: date | None
    evidence: tuple[EvidenceShown, ...] = ()
    outcome: str = "ADOPTED"
    votes: tuple[Phrase, ...] = ()
    motive: str | None = None


@dataclass(frozen=True, slots=True)
class SignatureCell:
    """One signature of one text: ``irregular`` ones carry the reasons for which they do not count.

    ``counts_on`` is given only when it counts from a later day than ``signed_on``; ``late``: for how long
    one that counts is expected.
    """

    status: Status
    signed_on: date | None = None
    rules: tuple[RuleText, ...] = ()
    evidence: tuple[EvidenceShown, ...] = ()
    counts_on: date | None = None
    late: Phrase | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """One line of the matrix: a signatory, its mandate, its signature of the convention and of the plan.

    ``act`` is the one that its signature waits for, ``more`` what its own body may have said instead; ``href`` is the
    partner's own page; ``group`` says once how those stand that stand alike.
    """

    partner: str
    partner_kind: str
    required: bool
    mandate: MandateCell | None
    mandate_status: Status
    convention: SignatureCell
    plan: SignatureCell
    act: Act | None = None
    more: tuple[Act, ...] = ()
    will_not_sign: bool = False
    href: str = ""
    group: SignatoryGroup = "waiting"


@dataclass(frozen=True, slots=True)
class SignatureMatrix:
    """Who must sign, with the count of required signatures of the plan that count."""

    counted: int
    required: int
    rows: tuple[SignatoryRow, ...]

    @property
    def shown(self) -> tuple[SignatoryRow, ...]:
        """The first ones, that a page of two screens holds."""
        return self.rows if len(self.rows) <= SIGNATORIES_SEEN_AT_ONCE else self.rows[: SIGNATORIES_SEEN_AT_ONCE - 1]

    @property
    def folded(self) -> tuple[tuple[SignatoryGroup, tuple[SignatoryRow, ...]], ...]:
        """The others, by group."""
        others = self.rows[len(self.shown) :]
        named = ((group, tuple(one for one in others if one.group == group)) for group in SIGNATORY_GROUPS)
        return tuple((group, rows) for group, rows in named if rows)


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
    evidence: tuple[EvidenceShown, ...] = ()
    missing: tuple[Missing, ...] = ()
    rules: tuple[RuleText, ...] = ()
    href: str | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen in a list, a filter or a group of boxes."""

    value: str
    label: Phrase
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class VersionConflictShown:
    """Somebody recorded something meanwhile: the version the form was based on and the present one."""

    expected: int
    actual: int
    since: tuple[Phrase, ...]
    review_href: str
