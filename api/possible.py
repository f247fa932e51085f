# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""What may be done next over the API, and why not yet: the same rules as the refusals, told before anything is sent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request

from api.access import policy, services_of
from api.reading import Asker, ConventionId, about_convention, names, opened, reading
from domain.policy import READ_CONVENTION
from domain.values import Code
from projections.how_a_convention_does import known
from projections.saying import Expected
from projections.what_may_be_done import InTheWay, what_may_be_done
from workflows.texts import Texts
from workflows.texts.rules import NameOf, explain


@dataclass(frozen=True)
class Obstacle:
    """A rule that refuses the command whatever its body says: its code and its words are those of the refusal.

    `command`: the one that brings what is missing; `expected`: who can send it; `opens_on`: the day that settles it.
    """

    code: Code
    rule: Code
    field: Code | None
    detail: str
    remedy: str
    command: Code | None
    expected: tuple[Expected, ...]
    opens_on: date | None


@dataclass(frozen=True)
class PossibleCommand:
    """A command on the convention today: whether the key's role allows it, and whether any rule is in its way.

    `opens_on`: the day on which it opens by itself, where days alone settle what is in its way.
    """

    command: Code
    allowed: bool
    open: bool
    opens_on: date | None
    in_the_way: tuple[Obstacle, ...]


@policy(READ_CONVENTION)
def possible_commands(request: Request, convention_id: ConventionId, visitor: Asker) -> Any:
    """What may be done now, and why not yet: each command, the rules in its way, who can supply what is missing."""
    services = services_of(request)
    dossier = about_convention(request, visitor, convention_id)
    holidays = services.holidays.of(dossier.territory.department)
    weighed = what_may_be_done(known(dossier, services.clock.today(), holidays), visitor.actor.roles)
    name_of = names(request)
    answer = tuple(
        PossibleCommand(
            one.act,
            one.allowed,
            one.open,
            one.opens_on,
            tuple(_obstacle(one.act, each, visitor.texts, name_of) for each in one.in_the_way),
        )
        for one in weighed
    )
    with reading(request) as connection:
        return opened(request, connection, answer)


def _obstacle(closed: str, one: InTheWay, texts: Texts, name_of: NameOf) -> Obstacle:
    said = explain(texts, one.rule, name_of, closed)
    return Obstacle(
        Code(said.code),
        Code(said.rule),
        Code(said.field) if said.field is not None else None,
        said.text,
        said.remedy,
        one.act,
        one.expected,
        one.opens_on,
    )
