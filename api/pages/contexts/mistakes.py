"""Mistakes as pages tell them: what was recorded, what is said in its place, what falls with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.pages.contexts.pieces import Act, EvidenceShown


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A field said otherwise: ``None`` where nothing was said, or nothing is said any more."""

    label: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class MistakeShown:
    """The record that a form corrects or annuls, or that a proposal is about, told above its fields.

    ``dependents`` fall with it; ``cascade`` holds their ids for the one box by which the person agrees. ``judged`` is
    false where it is only spoken of: contested, or its contestation answered.
    """

    sentence: str
    occurred_on: date
    recorded_at: date
    actor: str | None
    corrected: bool
    dependents: tuple[str, ...] = ()
    cascade: str = ""
    agreed: bool = False
    proposal: ProposalShown | None = None
    contestation: ContestationShown | None = None
    judged: bool = True


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A milestone that somebody proposes to mend: both values, who, why, until when, and who may answer."""

    kind: Literal["ANNULMENT", "CORRECTION"]
    state: str
    sentence: str
    occurred_on: date
    changes: tuple[ChangeShown, ...]
    actor: str | None
    proposed_on: date
    reason: str | None
    lapses_on: date
    falling: tuple[str, ...] = ()
    closed_by: str | None = None
    closed_on: date | None = None
    closing_reason: str | None = None
    href: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class MendedShown:
    """What became of a record: its mark, who said so and why, what is said in its place.

    ``stands`` is one of the codes of the question; ``other_href`` leads to what stands in its place, or to the mistake
    that it fell with.
    """

    stands: str
    changes: tuple[ChangeShown, ...] = ()
    actor: str | None = None
    on: date | None = None
    reason: str | None = None
    confirmed_by: str | None = None
    confirmed_on: date | None = None
    lapses_on: date | None = None
    other: str | None = None
    other_href: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What somebody answered to a contestation, when, and on what documents; ``said`` is None where it was erased."""

    actor: str | None
    role: str
    on: date
    said: str | None
    evidence: tuple[EvidenceShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ContestationShown:
    """A fact that a partner contests: which, who, why, what was answered, what became of it, what may be done.

    ``sentence`` and ``href`` tell the fact where it does not stand on the same line; ``settled_href`` leads to what
    corrected or annulled it.
    """

    partner: str
    state: str
    actor: str | None
    on: date
    reason: str | None
    evidence: tuple[EvidenceShown, ...] = ()
    answers: tuple[AnswerShown, ...] = ()
    closed_by: str | None = None
    closed_on: date | None = None
    closing_reason: str | None = None
    settled_href: str | None = None
    sentence: str = ""
    occurred_on: date | None = None
    href: str = ""
    acts: tuple[Act, ...] = ()
