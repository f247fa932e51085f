"""The contract of ``money.html``: what is promised, firm, paid and missing, by year, funder, priority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.pieces import Act, EvidenceShown, NavItem, Phrase, RuleText, Status
from api.pages.money_pictures import Part, Scissors, YearBars
from projections.which_money_is_written import Sums


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the twin table."""

    year: int
    sums: Sums
    need_cents: int
    missing_cents: int
    href: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class FunderRow:
    """A partner's money: its bar, what is late or to be confirmed of it, the act that ends that."""

    partner: str
    href: str
    lines_href: str
    sums: Sums
    parts: tuple[Part, ...]
    status: Status | None = None
    note: Phrase | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class UnfundedRow:
    """A sheet to which nobody promised anything; ``need_cents`` is ``None`` while nobody said what it needs."""

    title: str | None
    href: str
    owner: str
    need_cents: int | None
    asked_cents: int
    days: int
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """A priority, or the plan as a whole: what there is beside what is needed, and how the two go."""

    title: Phrase
    href: str
    sums: Sums
    need_cents: int
    trend: str
    status: Status
    picture: Scissors | None = None
    need_word: str = ""
    means_word: str = ""


@dataclass(frozen=True, slots=True)
class BonusRow:
    """The places of a kind that an authority supports, and what a year of them brings, or would once it has signed."""

    partner: str
    href: str
    kind: str
    places: int
    since: date
    yearly_cents: int
    is_open: bool
    fact_href: str


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """What the coverage is worth a year."""

    lead: tuple[Phrase, ...]
    rows: tuple[BonusRow, ...]
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class LineFact:
    """Something said of a line of money, one after another."""

    on: date
    what: Phrase
    href: str
    words: str | None = None
    rules: tuple[RuleText, ...] = ()
    evidence: tuple[EvidenceShown, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One partner's money in one year, for a sheet or as a pledge, with what became of it."""

    what: str | None
    href: str
    of: Phrase
    partner: str
    year: int
    certainty: str
    amount_cents: int
    paid_cents: int
    label: str | None = None
    is_bound: bool = True
    facts: tuple[LineFact, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class LinesShown:
    """The lines that the address asks for: of what they are, how many in all, and the other pages."""

    asked: tuple[Phrase, ...]
    lines: tuple[MoneyLine, ...]
    total: int
    sums: Sums
    every_href: str | None = None
    previous_href: str | None = None
    following_href: str | None = None
    estimates: tuple[LineFact, ...] = ()
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """A partner's money for a sheet in one year, and its bar."""

    means_cents: int
    asked_cents: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A partner's money for a sheet, year by year."""

    partner: str
    href: str
    cells: tuple[MoneyCell, ...]
    total_cents: int


@dataclass(frozen=True, slots=True)
class SheetMoneyShown:
    """The money of one sheet: funders by years, what they bring together, what is needed (none where nobody said)."""

    answer: Phrase
    years: tuple[int, ...]
    rows: tuple[MoneyRow, ...]
    totals: tuple[int, ...]
    total_cents: int
    needs: tuple[int, ...]
    need_cents: int
    lines_href: str | None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What is to be sent to a funder: by whom, by when, where it is; ``moved``: the days that it had before."""

    what: Phrase
    operator: str
    operator_href: str
    due_on: date
    status: Status
    state: Phrase
    moved: Phrase | None = None
    act: Act | None = None
    moving: Act | None = None


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """``money.html``: are the promises kept, and do the means follow the needs?"""

    territory: str
    answer: tuple[Phrase, ...]
    total: Sums | None = None
    parts: tuple[Part, ...] = ()
    hands: tuple[tuple[str, int, str], ...] = ()
    wide: YearBars | None = None
    narrow: YearBars | None = None
    years: tuple[YearRow, ...] = ()
    late: Phrase | None = None
    funders: tuple[FunderRow, ...] = ()
    unfunded: tuple[UnfundedRow, ...] = ()
    priorities: tuple[PriorityRow, ...] = ()
    coverage: CoverageShown | None = None
    lines: LinesShown | None = None
    acts: tuple[Act, ...] = ()
    first: NavItem | None = None
    claims: tuple[ClaimRow, ...] = ()
