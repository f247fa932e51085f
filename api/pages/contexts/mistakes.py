"""Mistakes as pages tell them: what was recorded, what is said in its place, what falls with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.pages.contexts.pieces import Act


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A field said otherwise: ``None`` where nothing was said, or nothing is said any more."""

    label: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class MistakeShown:
    """The record that a form corrects or annuls, or that a proposal is about, told above its fields.

    ``dependents`` fall with it; ``cascade`` holds their ids for the one box by which the person agrees.
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
