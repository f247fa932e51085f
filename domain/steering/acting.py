"""What the acts of a body have in common: whose they are, and what has to be there first."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from domain.kernel import Aggregate, Case, Command, NothingToCite, Surroundings, Weighed
from domain.steering.body import SteeringBody
from domain.steering.constituting import ConstituteSteeringBody


class BodyCommand(Command):
    """An act of a body that is there. `WANTS`: what it acts on, the field that names it and the act that brings it;
    without one, the body itself is all that it takes."""

    WANTS: ClassVar[tuple[Callable[[SteeringBody], bool], str, str] | None] = None

    @classmethod
    def gate(cls, state: Aggregate, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it for a territory, its convention being `state`: a body, and what it acts on."""
        bodies = [one for one in around.states(SteeringBody) if one.home_territory_id == state.territory_id]
        case.breaks_if(not bodies, NothingToCite("stream_id", ConstituteSteeringBody.NAME))
        if bodies and cls.WANTS is not None:
            is_there, field, brought_by = cls.WANTS
            case.breaks_if(not any(map(is_there, bodies)), NothingToCite(field, brought_by))
        return case.weighed()
