"""Invented territories, each with its pilot and its committee: what must stand before a convention can be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid4

from ctg_engine.bootstrap import House
from domain.assignments import AssignTerritoryRole
from domain.kernel import Actor, Context
from domain.partners import RegisterPartner
from domain.roles import PILOT
from domain.steering import (
    PLAN_VALIDATED,
    PRIORITY_CHOSEN,
    ConstituteSteeringBody,
    Decision,
    DecisionReference,
    RecordMeeting,
)
from domain.territories import Commune, RegisterTerritory, territory_stream
from domain.values import Code, Evidence, LocalId, Prose, PublicName

TODAY: Final = datetime(2026, 6, 1, 7, tzinfo=UTC)
"""The moment at which a measured instance begins to live."""

DEPARTMENTS: Final = tuple(f"{number:02d}" for number in range(1, 96) if number != 20)
IN_A_DEPARTMENT: Final = 15
"""Territories that a country gives a département before it goes on to the next."""

KINDS: Final = ("CAF", "EPCI", "CPAM")


@dataclass(frozen=True)
class Place:
    """A territory with its committee, and who pilots it."""

    territory_id: UUID
    body_id: UUID
    pilot: Actor

    def decision(self, kind: Code) -> DecisionReference:
        """What the committee decided at its first meeting."""
        return DecisionReference(self.body_id, LocalId("m1"), LocalId("d1" if kind == PRIORITY_CHOSEN else "d2"))


class Country:
    """Places made one after the other, by commands; `part` of `parts` keeps several of them apart in one store."""

    def __init__(self, house: House, part: int = 0, parts: int = 1) -> None:
        self.house = house
        self._departments = DEPARTMENTS[part::parts]
        self._number = 0
        self._communes: dict[str, int] = {}
        self.partners = {kind: uuid4() for kind in KINDS}
        house.steering.execute_all(
            [
                RegisterPartner(stream_id=partner_id, kind=Code(kind), name=PublicName(f"{kind} {part}"))
                for kind, partner_id in self.partners.items()
            ],
            house.operator(),
        )

    def context(self, actor: Actor, *, key: str | None = None, evidence: tuple[Evidence, ...] = ()) -> Context:
        """The circumstances of a command given now."""
        clock = self.house.clock
        return Context(actor=actor, today=clock.today(), now=clock.now(), idempotency_key=key, evidence=evidence)

    def place(self, department: str | None = None, followed_by: UUID | None = None) -> Place:
        """A new territory of one commune; its committee has met once. `followed_by` is its Caf's adviser."""
        number, self._number = self._number, self._number + 1
        if department is None:
            department = self._departments[number // IN_A_DEPARTMENT % len(self._departments)]
        commune = self._communes[department] = self._communes.get(department, 0) + 1
        insee = Code(f"{department}{commune:03d}")
        siren = _siren(int(insee))
        territory_id, body_id = territory_stream(siren), uuid4()
        pilot = self.house.vault.register_person(f"Camille Essai {insee}", f"camille.{insee}@exemple.invalid")
        roles = [(PILOT, pilot, None)]
        if followed_by is not None:
            roles.append((Code("CAF_ADVISER"), followed_by, None))
        self.house.steering.execute_all(
            [
                RegisterTerritory(
                    stream_id=territory_id,
                    siren=siren,
                    name=PublicName(f"CC du Pays {insee}"),
                    legal_form=Code("CC"),
                    department=Code(department),
                    communes=(Commune(insee, None, PublicName(f"Commune {insee}"), 9499),),
                ),
                *(
                    AssignTerritoryRole(
                        stream_id=territory_id,
                        role=role,
                        person_id=person_id,
                        partner_id=partner_id,
                        occurred_on=date(2023, 1, 1),
                    )
                    for role, person_id, partner_id in roles
                ),
            ],
            self.house.operator(),
        )
        place = Place(territory_id, body_id, self.actor(pilot))
        self._constitute(place)
        return place

    def actor(self, person_id: UUID) -> Actor:
        """Someone, with the roles recorded for them, as the doors see them."""
        return self.house.services().actor_of_person(person_id, is_administrator=False)

    def _constitute(self, place: Place) -> None:
        decisions = tuple(
            Decision(LocalId(f"d{number}"), kind, Prose("Approuvé"))
            for number, kind in enumerate((PRIORITY_CHOSEN, PLAN_VALIDATED), 1)
        )
        self.house.steering.execute_all(
            [
                ConstituteSteeringBody(
                    stream_id=place.body_id,
                    home_territory_id=place.territory_id,
                    kind=Code("COPIL"),
                    name=PublicName("Comité de pilotage"),
                ),
                RecordMeeting(
                    stream_id=place.body_id,
                    meeting_id=LocalId("m1"),
                    attendance=7,
                    partners_present=(self.partners["CAF"],),
                    decisions=decisions,
                    occurred_on=date(2024, 1, 10),
                ),
            ],
            self.context(place.pilot),
        )


def _siren(number: int) -> Code:
    """A number of nine digits that passes Luhn."""
    digits = f"2{number:07d}"
    total = sum(sum(divmod(int(digit) * (2 if place % 2 else 1), 10)) for place, digit in enumerate(digits))
    return Code(f"{digits}{-total % 10}")
