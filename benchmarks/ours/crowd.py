"""A country in which everything is due at once: many conventions of a method with many deadlines, all of them late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from benchmarks.ours.country import Country
from ctg_engine.bootstrap import House
from domain.convention.opening import ExpectedSignatory, OpenConvention, RecordEngagement
from domain.method import MethodProfile, Period
from domain.profiles import PublishMethodProfile, profile_stream
from domain.values import Code
from workflows.methods.reader import shipped_profile

NOT_YET: Final = Code("D99")
ENGAGED: Final = date(2024, 1, 15)
_METHOD: Final = Code("beaucoup-d-echeances")
_SHIPPED: Final = shipped_profile("cnaf-2020", 1)


def fill(house: House, conventions: int, deadlines: int) -> tuple[UUID, ...]:
    """Open that many conventions with that many deadlines each, all missed long ago and of which nothing was said.

    Each has one pilot, who is told of the most severe step of each deadline; a day off keeps nothing back. One more
    deadline, `NOT_YET`, is far from due: whatever is said of it is said too early.
    """
    publish = PublishMethodProfile(stream_id=profile_stream(_METHOD, 1), profile=_method(deadlines))
    house.steering.execute(publish, house.operator())
    country = Country(house)
    opened = []
    for _ in range(conventions):
        place = country.place()
        convention_id = uuid4()
        house.steering.execute_all(
            [
                OpenConvention(
                    stream_id=convention_id,
                    home_territory_id=place.territory_id,
                    holder_ids=(country.partners["EPCI"],),
                    profile_name=_METHOD,
                    profile_version=1,
                    effective_from=date(2025, 1, 1),
                    signatories=tuple(ExpectedSignatory(country.partners[kind], True) for kind in ("CAF", "EPCI")),
                    occurred_on=date(2024, 1, 5),
                ),
                RecordEngagement(stream_id=convention_id, partners=(country.partners["CAF"],), occurred_on=ENGAGED),
            ],
            country.context(place.pilot),
        )
        opened.append(convention_id)
    return tuple(opened)


def _method(deadlines: int) -> MethodProfile:
    """The usual method, whose deadlines are so many diagnoses due: `D01`, `D02`…"""
    (diagnosis,) = (one for one in _SHIPPED.deadlines if one.id == "D01")
    many = tuple(
        replace(
            diagnosis,
            id=Code(f"D{number:02d}"),
            moves=False,
            reminders=tuple(replace(step, recipients=(Code("PILOT"),)) for step in diagnosis.reminders),
            escalations=tuple(replace(step, recipients=(Code("PILOT"),)) for step in diagnosis.escalations),
        )
        for number in range(1, deadlines + 1)
    )
    not_yet = replace(many[0], id=NOT_YET, offset=Period(months=12 * 100))
    return replace(_SHIPPED, name=_METHOD, version=1, deadlines=(*many, not_yet))
