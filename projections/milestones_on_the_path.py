"""One milestone of a convention's path, as it is told: reached, or what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from domain.values import Code, Evidence
from projections.saying import Expected, Reason, Said, Status

FORUMS: Final = Code("forums")
PRIORITIES: Final = Code("priorities")
CONVENTION_SIGNED: Final = Code("convention-signed")
PLAN_SIGNED: Final = Code("plan-signed")
EXTENSION: Final = Code("extension")


@dataclass(frozen=True)
class Missing:
    """What a milestone still lacks, and who can supply it."""

    what: Said
    expected: Expected | None = None


@dataclass(frozen=True)
class OnPath:
    """One milestone of the path: what happened and on what evidence, or what is missing and why.

    `facts`: what there is to say beside the day. `event_id`, `recorded_at`: of the one fact that reached it; None where
    there may be several, or none. `begun`: whether there is anything of it to look at.
    """

    code: Code
    label: Said
    status: Status
    happened_on: date | None = None
    recorded_at: datetime | None = None
    due_on: date | None = None
    facts: tuple[Said, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()
    reasons: tuple[Reason, ...] = ()
    event_id: UUID | None = None
    begun: bool = False
