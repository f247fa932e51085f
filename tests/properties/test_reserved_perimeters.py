"""Two conventions never cover the same commune, theme and day, unless one says that it follows the other (R01)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.convention.opening import ExpectedSignatory, OpenConvention
from domain.kernel import Command
from domain.perimeters import PerimeterRegister, register_stream
from domain.territories import ChangePerimeter, Commune
from domain.values import Code, PublicName, deterministic_id
from tests.properties.test_any_sequence_of_commands import CAF, EPCI, TERRITORY, THEMES, Streams, opened

COMMUNES = tuple(Code(code) for code in ("32001", "32002", "31001", "31002"))


def settled() -> Streams:
    """A convention opened on one commune, and a territory that has grown by all the others."""
    streams = opened()
    communes = tuple(Commune(insee, None, PublicName(f"Commune {insee}"), 100) for insee in COMMUNES)
    grown = ChangePerimeter(stream_id=TERRITORY, name=PublicName("CC"), legal_form=Code("CC"), communes=communes)
    assert streams.send(grown)
    return streams


def opening(number: int, **fields: Any) -> Command:
    """Open convention `number`, on a perimeter of its own."""
    return OpenConvention(
        stream_id=deterministic_id("perimeter", number),
        home_territory_id=TERRITORY,
        holder_ids=(EPCI,),
        profile_name=Code("cnaf-2020"),
        profile_version=1,
        signatories=(ExpectedSignatory(CAF, True),),
        **fields,
    )


wanted = st.fixed_dictionaries(
    {
        "communes": st.sets(st.sampled_from(COMMUNES), min_size=1).map(lambda some: tuple(sorted(some))),
        "themes": st.sets(st.sampled_from(THEMES)).map(lambda some: tuple(sorted(some))),
        "effective_from": st.integers(2020, 2030).map(lambda year: date(year, 1, 1)),
        "successor_of": st.one_of(st.none(), st.integers(0, 5).map(lambda one: deterministic_id("perimeter", one))),
    }
)


@settings(max_examples=150, deadline=None)
@given(st.lists(wanted, max_size=8))
def test_reservations_never_overlap(perimeters: list[dict[str, Any]]) -> None:
    streams = settled()
    follows: dict[UUID, UUID | None] = {}
    for number, fields in enumerate(perimeters):
        command = opening(number, **fields)
        if streams.send(command):
            follows[command.stream_id] = fields["successor_of"]
    for department in ("31", "32"):
        register = streams.find(PerimeterRegister, register_stream(department))
        reserved = list(register.reservations.values()) if register else []
        for place, one in enumerate(reserved):
            for other in reserved[place + 1 :]:
                linked = follows.get(other.convention_id) == one.convention_id
                assert linked or not one.clashes_with(other), (one, other)


@given(st.lists(wanted, min_size=1, max_size=4))
def test_a_free_perimeter_is_always_granted(perimeters: list[dict[str, Any]]) -> None:
    """Refusing everything would keep the property above."""
    streams = settled()
    assert streams.send(opening(0, **{**perimeters[0], "successor_of": None}))
