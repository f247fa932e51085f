"""The real territories on which the demonstration plays: the fifteen EPCI seated in the Gers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

from workflows.territory_files import CommuneFacts, TerritoryFacts


@dataclass(frozen=True)
class DemoTerritory:
    """Public facts of an EPCI, the short name people use, and its square on the tile map.

    `column` and `row` count from 0 at the north-west; neighbours are roughly where they are on the ground.
    """

    facts: TerritoryFacts
    short_name: str
    column: int
    row: int


def load_demo_territories() -> tuple[DemoTerritory, ...]:
    """The fifteen territories in the order of their SIREN; `gers.json` cites their source and licence."""
    document = json.loads(files("ctg_engine.demo").joinpath("gers.json").read_text(encoding="utf-8"))
    columns = document["commune_columns"]
    return tuple(
        DemoTerritory(
            facts=TerritoryFacts(
                siren=entry["siren"],
                name=entry["name"],
                legal_form=entry["legal_form"],
                department=entry["department"],
                communes=tuple(
                    CommuneFacts(**dict(zip(columns, commune, strict=True))) for commune in entry["communes"]
                ),
                population_municipal=entry["population_municipal"],
                population_total=entry["population_total"],
            ),
            short_name=entry["short_name"],
            column=entry["tile"]["column"],
            row=entry["tile"]["row"],
        )
        for entry in document["territories"]
    )
