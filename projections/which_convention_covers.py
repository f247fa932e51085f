"""Which convention of another territory covers this one? Its communes are reserved for it, today or later (R01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.perimeters import PerimeterRegister
from projections.engine import Register


@dataclass(frozen=True)
class Cover:
    """A convention, and how many communes of the territory it covers."""

    convention_id: UUID
    communes: int


def covers(register: Register, territory_id: UUID, today: date) -> tuple[Cover, ...]:
    """The conventions whose perimeter holds communes of a territory and that are not over, the widest first."""
    place = register.territories.get(territory_id)
    own = {commune.insee for commune in place.communes} if place is not None else set()
    found: dict[UUID, int] = {}
    for stream in register.streams.values():
        if isinstance(stream.state, PerimeterRegister):
            for one in stream.state.reservations.values():
                if one.period.effective_to >= today and (shared := own & one.communes):
                    found[one.convention_id] = found.get(one.convention_id, 0) + len(shared)
    ordered = sorted(found.items(), key=lambda one: (-one[1], str(one[0])))
    return tuple(Cover(convention_id, communes) for convention_id, communes in ordered)
