"""A delegation as it stands: what it covers, until when, what was decided under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel import Aggregate, BrokenRule, Level, Places, aggregate
from domain.steering.reference import DecisionReference
from domain.values import Code, LocalId, Prose

NETWORK: Final = Code("NETWORK")
BODY: Final = Code("BODY")
PARTNER: Final = Code("PARTNER")
RECEIVERS: Final = (NETWORK, BODY, PARTNER)
"""To whom one delegates: the partners together, one of their bodies, one of them."""

MANAGERIAL: Final = tuple(
    Code(one)
    for one in (
        "COMMON_ANSWER",
        "PLAN_FOLLOWED",
        "FUNDS_SHARED_OUT",
        "STAFF_COORDINATED",
        "DATA_SHARED",
        "FORUMS_HELD",
        "CALLS_PREPARED",
        "COMMUNICATION",
    )
)
"""What may be delegated: how the common work is led."""

BINDING: Final = tuple(Code(one) for one in ("SIGNATURE", "AMENDMENT", "EXTENSION", "MANDATE"))
"""What may not: it binds an authority, which decides it by itself (R08, R13)."""

MATTERS: Final = (*MANAGERIAL, *BINDING)


@dataclass(frozen=True)
class DelegationNotYet(BrokenRule):
    """R08: the delegation covers nothing before its first day."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    starts_on: date


@dataclass(frozen=True)
class DelegationOver(BrokenRule):
    """R08: the delegation ended before that day, by its date or because it was revoked."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    over_on: date


@dataclass(frozen=True)
class MatterNotDelegated(BrokenRule):
    """R08: the delegation says nothing of this."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "matter"
    matter: Code


@dataclass(frozen=True)
class BeyondDelegation(BrokenRule):
    """R08: with what was decided under it already, it would spend more than the delegation allows, in cents."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "amount_cents"
    limit_cents: int
    left_cents: int


@dataclass(frozen=True)
class Used:
    """One decision taken under a delegation: its day, about what, for how much (in cents)."""

    on: date
    matter: Code
    amount_cents: int | None


@aggregate("delegation", "delegations")
class Delegation(Aggregate):
    """What one partner delegates, on a territory or on a whole framework."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None
    delegator_id: UUID
    given_to: Code
    to_body_id: UUID | None
    to_partner_id: UUID | None
    matters: tuple[Code, ...]
    limits: Prose | None
    limit_cents: int | None
    starts_on: date
    ends_on: date | None
    revoked_on: date | None
    uses: dict[LocalId, Used]
    cited: set[DecisionReference]
    """The decisions of meetings that cite it, those that it does not cover too."""

    def __init__(self) -> None:
        self.home_territory_id = None
        self.home_framework_id = None
        self.to_body_id = None
        self.to_partner_id = None
        self.matters = ()
        self.limits = None
        self.limit_cents = None
        self.starts_on = date.min
        self.ends_on = None
        self.revoked_on = None
        self.uses = {}
        self.cited = set()

    @property
    def territory_id(self) -> UUID | None:
        """The territory on which it is given."""
        return self.home_territory_id

    @property
    def whole_framework_id(self) -> UUID | None:
        """The framework on which it is given."""
        return self.home_framework_id

    def places(self) -> Places:
        """Where it is given."""
        return Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)

    @property
    def last_day(self) -> date | None:
        """The last day on which it covers anything, None while none is known; its revocation takes effect at once."""
        days = [one for one in (self.ends_on, self.revoked_on) if one is not None]
        return min(days, default=None)

    def holds_on(self, day: date) -> bool:
        """Whether it covers anything that day: not any more on the one on which it was revoked."""
        return not self.out_of_force(day)

    def out_of_force(self, day: date) -> tuple[BrokenRule, ...]:
        """Why it covers nothing that day; nothing where it does."""
        if day < self.starts_on:
            return (DelegationNotYet(self.starts_on),)
        if self.revoked_on is not None and day >= self.revoked_on:
            return (DelegationOver(self.revoked_on),)
        return (DelegationOver(self.ends_on),) if self.ends_on is not None and day > self.ends_on else ()

    @property
    def spent_cents(self) -> int:
        """What was decided under it so far, in cents."""
        return sum(one.amount_cents or 0 for one in self.uses.values())

    def why_not(self, matter: Code, amount_cents: int | None, day: date) -> tuple[BrokenRule, ...]:
        """Why a decision of that day about a matter, for an amount, is not covered; nothing where it is."""
        broken = list(self.out_of_force(day))
        if matter not in self.matters:
            broken.append(MatterNotDelegated(matter))
        if self.limit_cents is not None and amount_cents is not None:
            left = self.limit_cents - self.spent_cents
            if amount_cents > left:
                broken.append(BeyondDelegation(self.limit_cents, left))
        return tuple(broken)
