"""How questions say things: a code with its parameters, a status, who is expected. Never a phrase, a name or a link.

Pages, mails, lists and programs each put what is said here into their own words, so that they all say the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from domain.values import Code, Theme

Status = Literal["on-time", "watch", "late", "not-started", "done", "irregular", "unproven", "unknown"]
"""The five words of a convention and what a fact may be beside them: irregular; of before a take-over (R34), done with
no paper to show, or unknown."""

Word = Literal[
    # what is expected
    "deadline",
    "review",
    "signature",
    "silence-of",
    "of-partner",
    "role-vacant",
    "of-day",
    "step",
    "waiver",
    # what is the matter
    "late",
    "late-signatures",
    "late-more",
    "soon",
    "next",
    "nothing-late",
    "theme-lacks",
    "not-counting",
    "signature-not-counting",
    "optional-unsigned",
    "plan-missing",
    "stalled-engagement",
    "stalled-diagnosis",
    "stalled-forum",
    "stalled-priorities",
    "stalled-plan",
    "stalled-mandates",
    "stalled-signatures",
    "stalled-activation",
    # where it stands
    "preparation",
    "diagnosis",
    "forums",
    "prioritisation",
    "planning",
    "signing",
    "signing-named",
    "signing-convention",
    "to-activate",
    "to-activate-without-plan",
    "in-force",
    "in-force-without-plan",
    "expired",
    "closed",
    # what becomes of it at its term
    "term-near",
    "renewing",
    "renewed",
    "extension-waiting",
    # what gives no news
    "silence",
    # what is missing
    "no-engagement",
    "no-diagnosis",
    "no-forum",
    "no-priority",
    "no-plan",
    "plan-undone",
    "no-mandate",
    "mandate-refused",
    "mandate-withdrawn",
    "no-signature",
    "no-review",
    "crossing-lacks",
    # milestones
    "milestone",
    "milestone-counted",
    "milestone-progress",
    "latest",
    "findings",
]
"""Everything that questions say of a convention."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked on a day: roles, or a group of recipients."""

    on: date
    recipients: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing said. Only the parameters that its word wants are given.

    `of`: the deadline, the act or the milestone meant; `what`: the thing that is late, or expected for `on`. `lacks`: a
    code of what a theme lacks. `asked`: who is asked one after the other. `period`: the code of a review's period.
    `done` of `total`; `count` of what there are.
    """

    word: Word
    of: Code | None = None
    what: Said | None = None
    partner_id: UUID | None = None
    partners: tuple[UUID, ...] = ()
    role: Code | None = None
    theme: Theme | None = None
    themes: tuple[Theme, ...] = ()
    lacks: Code | None = None
    period: Code | None = None
    on: date | None = None
    days: int | None = None
    count: int | None = None
    total: int | None = None
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class InRole:
    """A person in a role."""

    person_id: UUID
    role: Code


@dataclass(frozen=True, slots=True)
class Expected:
    """Who is to act: a partner, or the people who hold a role."""

    partner_id: UUID | None = None
    people: tuple[InRole, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a fact does not count: the rule, its stable code, and the days that explain it.

    `case`: which case of the code it is, where a signature tells them apart. `partner_id`: whose fact it is, where
    several partners' are told together. `answered_on`: when the partner's own body refused, or withdrew its mandate.
    `counts_from`: from which day such a fact may count. `kind`: of which kind its mandate is; `fitting`: those that
    fit the partner.
    """

    rule: Code
    code: Code
    case: Code | None = None
    signed_on: date | None = None
    adopted_on: date | None = None
    executory_on: date | None = None
    partner_id: UUID | None = None
    answered_on: date | None = None
    counts_from: date | None = None
    kind: Code | None = None
    fitting: tuple[Code, ...] = ()
