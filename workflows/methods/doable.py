"""What a method asks of people must be something that somebody may do.

Each deadline that is watched names, by what meets it, an act that a person may record in some role; the chain of roles
to whom a vacant one passes comes to an end.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import domain  # noqa: F401 - registers every command
from domain.kernel import COMMANDS, TOPIC_PREFIX
from domain.method import DeadlineRule, MethodProfile
from domain.policy import lines_of
from domain.roles import ENGINE
from projections.which_act_brings_it import ACT_OF

CONVENTION: Final = f"{TOPIC_PREFIX}convention."


@cache
def acts_of_people() -> frozenset[str]:
    """The names of the acts that some role of a person may do."""
    return frozenset(
        name
        for name, command in COMMANDS.items()
        if not command.INTERNAL and any(role != ENGINE for line in lines_of(name) for role in line.roles)
    )


@cache
def what_meets() -> tuple[str, ...]:
    """The conditions, and the events of a convention, that an act of people brings about."""
    found = (one for one, act in ACT_OF.items() if act in acts_of_people())
    return tuple(sorted(one for one in found if one.isupper() or one.startswith(CONVENTION)))


def nobody_may_meet(rule: DeadlineRule) -> bool:
    """Whether no act of anybody meets a deadline."""
    return not any(ACT_OF.get(one) in acts_of_people() for one in rule.met_by)


def without_act(method: MethodProfile) -> Iterator[tuple[int, DeadlineRule]]:
    """The deadlines that are watched and that nobody could meet, with their place in the profile."""
    for place, rule in enumerate(method.deadlines):
        if rule.active and nobody_may_meet(rule):
            yield place, rule


def endless_roles(method: MethodProfile) -> Iterator[tuple[int, str]]:
    """The roles whose chain comes back to where it has been, with their place in the profile."""
    for place, one in enumerate(method.roles):
        passed, asked = {str(one.role)}, one.next_up
        while asked is not None and asked not in passed:
            passed.add(asked)
            asked = method.next_up(asked)
        if asked == one.role:
            yield place, one.role
