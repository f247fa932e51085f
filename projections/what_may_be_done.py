"""What may be done next on a convention, and why not yet?

For each act: whether it is open, every rule in its way, which act brings what is missing, who can supply it, and the
day that opens it. Rights are another matter: `allowed` says whether the roles of whoever asks reach it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.convention.activating import RequiredSignatureMissing
from domain.entitlement import entitled_role
from domain.kernel import BrokenRule, RoleHeld
from domain.policy import Scope, lines_of
from domain.values import Code
from projections.how_a_convention_does.known import Known
from projections.saying import Expected


@dataclass(frozen=True)
class InTheWay:
    """A rule that refuses an act whatever its form says.

    `act`: the one that brings what is missing; `expected`: who can supply it; `opens_on`: the day that settles it.
    """

    rule: BrokenRule
    act: Code | None
    expected: tuple[Expected, ...]
    opens_on: date | None


@dataclass(frozen=True)
class Possible:
    """An act on a convention, today. `opens_on`: the day on which it opens by itself, whatever anybody does."""

    act: Code
    allowed: bool
    open: bool
    in_the_way: tuple[InTheWay, ...]
    opens_on: date | None


def what_may_be_done(known: Known, roles: Iterable[RoleHeld]) -> tuple[Possible, ...]:
    """Every act, for whoever holds these roles."""
    held = tuple(roles)
    return tuple(
        Possible(
            Code(act),
            _allowed(known, act, held),
            not rules,
            tuple(_in_the_way(known, rule) for rule in rules),
            _opens_on(rules),
        )
        for act, rules in sorted(known.in_the_way.items())
    )


def _allowed(known: Known, act: str, roles: tuple[RoleHeld, ...]) -> bool:
    """Whether some role allows it here, be it only for the partner it speaks for (R33)."""
    territory_id = known.standing.territory_id
    return any(entitled_role(act, roles, territory_id, one.partner_id) is not None for one in roles)


def _in_the_way(known: Known, rule: BrokenRule) -> InTheWay:
    act = rule.mended_by
    return InTheWay(rule, Code(act) if act is not None else None, _who_can(known, rule), rule.opens_on)


def _who_can(known: Known, rule: BrokenRule) -> tuple[Expected, ...]:
    """The partners that the rule names, else the people whose roles allow the act that mends it."""
    if isinstance(rule, RequiredSignatureMissing):
        return tuple(Expected(partner_id) for partner_id in rule.partners)
    lines = lines_of(rule.mended_by) if rule.mended_by is not None else ()
    people = known.people({role for one in lines if one.scope is not Scope.PARTNER for role in one.roles})
    return (people,) if people is not None else ()


def _opens_on(rules: tuple[BrokenRule, ...]) -> date | None:
    """The day on which nothing is in the way any more, where days alone settle it."""
    days = [day for rule in rules if (day := rule.opens_on) is not None]
    return max(days) if days and len(days) == len(rules) else None
