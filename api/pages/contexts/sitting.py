"""The contract of ``sitting.html`` and of ``sitting-paper.html``: one meeting, from its preparation to what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.pages.contexts.decisions import DecisionShown
from api.pages.contexts.pieces import Act, Choice, EvidenceShown, Phrase, RuleText, Status
from api.pages.contexts.sittings import AgendaLine


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the four steps of a meeting, and how far it is."""

    name: str
    href: str
    status: Status
    current: bool


@dataclass(frozen=True, slots=True)
class SeatHere:
    """A seat on the day of the meeting. ``told``: PRESENT, EXCUSED, PROXY or nothing; ``answered``: what was answered
    to the invitation; ``by``: who votes for it."""

    seat_id: str
    partner: str
    role: str
    college: str
    person: str | None
    substitute: str | None
    vacant: bool
    told: str = ""
    answered: Phrase | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class CollegeTally:
    """How many of a college are there, of how many."""

    name: str
    present: int
    seats: int


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A decision of the meeting as it was recorded, how it stands, and the act that brings it on. ``number``: which one
    of the meeting it is; ``contested``: by a partner, and nobody resolved that yet."""

    anchor: str
    text: str | None
    charge: Phrase | None
    proof: str | None
    votes: tuple[Phrase, ...]
    counts: bool
    href: str
    mend: str | None = None
    number: int = 0
    contested: bool = False


@dataclass(frozen=True, slots=True)
class PointShown:
    """A point of the agenda; ``decided``: what was decided on it, ``followed``: the same, and what became of it."""

    number: int
    text: str | None
    href: str
    current: bool
    item_id: str = ""
    decided: tuple[DecidedLine, ...] = ()
    followed: tuple[DecisionShown, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendForm:
    """Who is there, seat by seat (``told``); ``proxies``: who votes for whom, some rows of it empty; ``again``: who
    came was said before, and is said otherwise; ``counted``: the quorum that those ticked make, ``reached``."""

    action: str
    key: str
    told: Mapping[str, str]
    held_on: str
    attendance: str
    again: bool
    proxies: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]
    errors: tuple[str, ...] = ()
    counted: Phrase | None = None
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class DecideForm:
    """A decision to be recorded on the spot: ``values`` as typed, by field."""

    action: str
    key: str
    hidden: tuple[tuple[str, str], ...]
    values: Mapping[str, str]
    kinds: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    far_owners: tuple[Choice, ...]
    errors: Mapping[str, str]
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnePress:
    """A form of this page that is sent to the form of an act: by its button alone, or with the one `text` it asks."""

    action: str
    key: str
    hidden: tuple[tuple[str, str], ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class SittingPage:
    """``sitting.html``: one meeting, at one of its ``steps``. ``why_not``: why the reader may not hold it; ``besides``,
    ``follow``: what was decided on no point of the agenda."""

    territory: str
    body: str
    on: date
    state: str
    status: Status
    answer: tuple[Phrase, ...]
    step: str
    steps: tuple[StepLine, ...]
    list_href: str
    where: tuple[Phrase, ...]
    seats: tuple[SeatHere, ...]
    tally: tuple[CollegeTally, ...]
    present: int
    voting: int
    needed: int | None
    reached: bool | None
    quorum: Phrase | None
    points: tuple[PointShown, ...]
    proposed: tuple[AgendaLine, ...]
    papers: tuple[EvidenceShown, ...]
    decided: tuple[DecidedLine, ...]
    besides: tuple[DecidedLine, ...]
    minutes: tuple[str | None, ...]
    corrections: tuple[str | None, ...]
    drafted_on: date | None
    approved_on: date | None
    next_on: date | None
    next_href: str | None
    printed: tuple[tuple[str, str], ...]
    invitation: tuple[Phrase, ...] = ()
    acts: tuple[Act, ...] = ()
    next_acts: tuple[Act, ...] = ()
    other_body: tuple[Act, ...] = ()
    why_not: Phrase | None = None
    projector: bool = False
    switch_href: str = ""
    attendance_href: str = ""
    attendance: int | None = None
    held: bool = False
    point: PointShown | None = None
    before: str | None = None
    after: str | None = None
    attend: AttendForm | None = None
    decide: DecideForm | None = None
    draft: OnePress | None = None
    approve: OnePress | None = None
    convene: OnePress | None = None
    follow: tuple[DecisionShown, ...] = ()
    href: str = ""
    contested: bool = False


@dataclass(frozen=True, slots=True)
class SittingPaper:
    """``sitting-paper.html``: the invitation, the attendance sheet or the minutes, to be printed."""

    kind: str
    meeting: SittingPage
    blank: int
    marks: tuple[RuleText, ...] = ()
