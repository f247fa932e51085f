"""The register of territories and their perimeters."""

from __future__ import annotations

from uuid import UUID

from api.pages.forms.cases import TerritoryCase
from api.pages.forms.places import REGISTER, TERRITORY
from api.pages.forms.record import Form
from api.pages.forms.typed import Typed
from domain.territories import ChangePerimeter, RegisterTerritory, territory_stream


def _stream(typed: Typed) -> UUID:
    return territory_stream("".join(typed.one("siren").split()))


def _as_known(case: TerritoryCase) -> dict[str, str]:
    """The territory as it is registered: what does not change is not typed again."""
    territory = case.territory
    first = {"name": territory.name, "legal_form": territory.legal_form}
    for number, commune in enumerate(territory.communes):
        first |= {
            f"communes.{number}.insee": commune.insee,
            f"communes.{number}.siren": commune.siren or "",
            f"communes.{number}.name": commune.name,
            f"communes.{number}.population": str(commune.population),
        }
    return first


REGISTER_TERRITORY = Form(
    command=RegisterTerritory,
    place=REGISTER,
    sections=("register",),
    stream_of=_stream,
    example={"name": "CC de la Gascogne Toulousaine"},
)

CHANGE_PERIMETER = Form(
    command=ChangePerimeter,
    place=TERRITORY,
    sections=("territory", "milestones"),
    rank=2,
    carries_version=True,
    proposes=_as_known,
    example={"name": "CC de la Gascogne Toulousaine"},
)

FORMS = (REGISTER_TERRITORY, CHANGE_PERIMETER)
