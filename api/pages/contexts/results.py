"""The contracts of ``results.html`` and ``indicator.html``: which targets are reached, and one indicator whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.pieces import Act, EvidenceShown, JumpLink, NextAct, Phrase, Status
from api.pages.target_picture import TargetPicture


@dataclass(frozen=True, slots=True)
class ResultCard:
    """An indicator as it stands: its status and why, its picture, what the committee saw, the one act that helps.
    ``status`` is ``None`` for what has no target to reach."""

    title: str | None
    href: str
    unit: Phrase
    direction: str
    status: Status | None
    word: Phrase
    value: str
    target: str
    picture: TargetPicture | None
    seen: Phrase | None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """The values of an indicator in one line of the table that says the pictures again."""

    title: str | None
    href: str
    status: Status | None
    word: Phrase
    start: Phrase | None
    values: tuple[Phrase, ...]
    seen: Phrase | None
    targets: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class ShareShown:
    """A part of a bar of answers: from where, how wide (of 100), and what it says."""

    level: str
    x: int
    width: int
    words: Phrase


@dataclass(frozen=True, slots=True)
class SatisfactionLine:
    """What users said once; without ``shares`` nobody is told how the answers are spread, and ``why`` says why."""

    question: str | None
    audience: str | None
    channel: str
    on: date
    answers: Phrase
    shares: tuple[ShareShown, ...]
    why: Phrase | None
    note: str | None
    href: str
    satisfied: Phrase | None = None
    evidence: tuple[EvidenceShown, ...] = ()
    sheets: tuple[JumpLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """``results.html``: which targets are reached? ``cards``: those to look at; ``series``: all of them, as a table."""

    territory: str
    answer: tuple[Phrase, ...]
    cards: tuple[ResultCard, ...] = ()
    more: int = 0
    series: tuple[SeriesLine, ...] = ()
    seen_on: date | None = None
    satisfaction: tuple[SatisfactionLine, ...] = ()
    satisfaction_before: tuple[SatisfactionLine, ...] = ()
    satisfaction_acts: tuple[Act, ...] = ()
    acts: tuple[Act, ...] = ()
    first: NextAct | None = None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure: of which day, what it says, what became of it and why, how it was taken."""

    about: Phrase
    value: Phrase
    fate: str
    status: Status | None
    details: tuple[Phrase, ...]
    note: str | None
    why: tuple[str, ...]
    href: str
    evidence: tuple[EvidenceShown, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class TermLineShown:
    """One thing that the definition says."""

    label: Phrase
    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of the definition, since when and why."""

    version: int
    since: date
    why: str | None
    href: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """``indicator.html``: from where to where, what was measured, how, and what became of it?"""

    territory: str
    card: ResultCard
    answer: tuple[Phrase, ...]
    back_href: str
    definition: tuple[TermLineShown, ...]
    sheets: tuple[TermLineShown, ...]
    measures: tuple[MeasureLine, ...]
    versions: tuple[VersionLine, ...]
    retired_because: str | None = None
    acts: tuple[Act, ...] = ()
