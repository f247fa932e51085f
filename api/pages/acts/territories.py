"""The register of territories and their perimeters."""

from __future__ import annotations

from uuid import UUID

from api.pages.acts.roles import ASSIGN_TERRITORY_ROLE
from api.pages.forms.cases import Choices, TerritoryCase
from api.pages.forms.options import named
from api.pages.forms.places import REGISTER, TERRITORY
from api.pages.forms.record import Form
from api.pages.forms.typed import Typed
from domain.elections import RecordRenewedMandates
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


def _voiced(case: TerritoryCase) -> Choices:
    """The partners for whom somebody speaks here: a renewal of the others empties nothing."""
    held = case.ask.register.territories[case.territory.territory_id].assignments
    partners = dict.fromkeys(one.partner_id for one in held if one.partner_id is not None)
    return named((str(one), case.ask.name(one)) for one in partners)


def _renewed(case: TerritoryCase) -> dict[str, str]:
    """Those whose council the latest vote of the method renewed, of the partners for whom somebody speaks here."""
    method, today = case.proposed, case.ask.today
    past = (
        [one for one in method.calendars.votes if (one.year, one.month) <= (today.year, today.month)] if method else []
    )
    kinds = max(past, key=lambda one: (one.year, one.month)).partner_kinds if past else ()
    partners = case.ask.register.partners
    return {"partners": " ".join(one.value for one in _voiced(case) if partners[UUID(one.value)].kind in kinds)}


RECORD_RENEWED_MANDATES = Form(
    command=RecordRenewedMandates,
    place=TERRITORY,
    sections=("territory", "roles"),
    rank=3,
    date_first=True,
    choices={"partners": _voiced},
    proposes=_renewed,
    needs={"partners": ASSIGN_TERRITORY_ROLE},
)

FORMS = (REGISTER_TERRITORY, CHANGE_PERIMETER, RECORD_RENEWED_MANDATES)
