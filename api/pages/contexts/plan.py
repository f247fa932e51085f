"""The contracts of the pages of a plan: the quilt of its sheets, its priorities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.pages.contexts.convention import PriorityLine
from api.pages.contexts.money import SheetMoneyShown
from api.pages.contexts.pieces import Act, Delay, EvidenceShown, JumpLink, NavItem, NextAct, Phrase, Status
from api.pages.contexts.prototypes import PrototypesShown
from api.pages.contexts.results import ResultCard
from api.pages.river_pieces import RiverPicture

Standing = Status | Literal["aside"]
"""How a sheet stands; what was laid aside has no status: nothing is expected of it."""


@dataclass(frozen=True, slots=True)
class QuiltBar:
    """From the first to the last day of a sheet, in hundredths of the years shown, filled as far as it is done.

    ``kind``: "runs", "done", "waits" or "aside"; ``late_width``: from the day on which it should have ended to today.
    """

    left: float
    width: float
    kind: str
    filled: float = 0.0
    late_left: float = 0.0
    late_width: float = 0.0


@dataclass(frozen=True, slots=True)
class QuiltHead:
    """The years, where each begins, and today, with the side on which its words stand."""

    years: tuple[tuple[float, int], ...]
    today: float
    anchor: str


@dataclass(frozen=True, slots=True)
class QuiltLine:
    """One sheet: how it stands, who carries it, its bar, what is said beside it and the one act that comes next."""

    standing: Standing
    number: str | None
    title: str | None
    href: str
    owner: str
    starts_on: date | None
    ends_on: date | None
    state: Phrase
    beside: Phrase
    bar: QuiltBar
    owner_href: str = ""
    why: Phrase | None = None
    act: Act | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class StandingCount:
    """How many sheets stand in one way, and the address that shows them only."""

    standing: Standing
    count: int
    words: Phrase
    href: str = ""
    current: bool = False
    left: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class QuiltGroup:
    """Sheets that are told together under a counted head: those in words, and the others, which are threads until they
    are unfolded."""

    anchor: str
    title: Phrase | str | None
    count: int
    pressing: tuple[StandingCount, ...]
    worded: tuple[QuiltLine, ...]
    others: tuple[QuiltLine, ...]
    others_said: tuple[StandingCount, ...]
    unfolded: bool = False

    @property
    def lines(self) -> tuple[QuiltLine, ...]:
        """All of them."""
        return (*self.worded, *self.others)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """``plan.html``: are the sheets moving? ``views`` and ``orders`` are other ways to look at the same, by address."""

    territory: str
    question: Phrase
    answer: tuple[Phrase, ...]
    pressing: Phrase | None = None
    sheets: int = 0
    counts: tuple[StandingCount, ...] = ()
    views: tuple[NavItem, ...] = ()
    orders: tuple[NavItem, ...] = ()
    head: QuiltHead | None = None
    groups: tuple[QuiltGroup, ...] = ()
    as_table: bool = False
    priorities: tuple[PriorityLine, ...] = ()
    diagnosis_href: str = ""
    priority_acts: tuple[Act, ...] = ()
    plan_acts: tuple[Act, ...] = ()
    sheet_acts: tuple[Act, ...] = ()
    first: NextAct | None = None


@dataclass(frozen=True, slots=True)
class ThreadStep:
    """One link from what was heard to what comes of it; `missing`: the thread is cut here; `unknown`: nobody knows
    whether it is.

    ``text`` is what stands there: free text (``None`` once erased) or a phrase; ``href`` leads to the facts behind it.
    """

    label: Phrase
    text: Phrase | str | None
    href: str = ""
    beside: Phrase | None = None
    missing: bool = False
    here: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class SheetFact:
    """One line of what is known of a sheet: its label, what is said, something beside it, where it leads."""

    label: Phrase
    text: Phrase | str | None
    href: str = ""
    beside: Phrase | str | None = None


@dataclass(frozen=True, slots=True)
class SheetEvent:
    """One fact of the history of a sheet, with the documents it rests on."""

    on: date
    sentence: str
    href: str
    evidence: tuple[EvidenceShown, ...] = ()
    contested: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a sheet: done, awaited, or late, and its day."""

    standing: Standing
    title: str | None
    said: Phrase
    bar: QuiltBar | None


@dataclass(frozen=True, slots=True)
class SheetPage:
    """``sheet.html``: one sheet. Who, until when, why, and what became of it?"""

    territory: str
    number: str | None
    title: str | None
    standing: Standing
    standing_said: Phrase
    answer: tuple[Phrase, ...]
    plan_href: str
    priority: str | None
    priority_href: str
    facts: tuple[SheetFact, ...]
    line: QuiltLine
    head: QuiltHead
    next_acts: tuple[NextAct, ...] = ()
    details: tuple[SheetFact, ...] = ()
    steps: tuple[StepLine, ...] = ()
    money: SheetMoneyShown | None = None
    prototypes: PrototypesShown | None = None
    results: tuple[ResultCard, ...] = ()
    results_more: int = 0
    results_href: str = ""
    thread: tuple[ThreadStep, ...] = ()
    history: tuple[SheetEvent, ...] = ()
    history_more: int = 0
    previous: JumpLink | None = None
    following: JumpLink | None = None
    acts: tuple[Act, ...] = ()
    why_href: str = ""


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """What is missing at one place of the chain: of what, since when, and the act that mends it."""

    word: Phrase
    where: tuple[JumpLink, ...]
    more: int
    since: Delay
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class RiverPart:
    """One priority of the river by itself: its narrow picture, and the same in words."""

    title: str | None
    href: str
    picture: RiverPicture
    steps: tuple[Phrase | str, ...]


@dataclass(frozen=True, slots=True)
class WhyPage:
    """``why.html``: what became of what was said? The river, what is missing in it, and the same in words."""

    territory: str
    answer: tuple[Phrase, ...]
    missing: Phrase | None = None
    views: tuple[NavItem, ...] = ()
    river: RiverPicture | None = None
    parts: tuple[RiverPart, ...] = ()
    broken: tuple[BrokenLine, ...] = ()
    by_money: bool = False
    with_results: bool = False
    first: NextAct | None = None
