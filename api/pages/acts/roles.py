"""Roles given on a territory or a framework."""

from __future__ import annotations

from api.pages.forms.cases import Case, TerritoryCase
from api.pages.forms.options import words
from api.pages.forms.places import FRAMEWORK, TERRITORY
from api.pages.forms.record import Form
from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.roles import FRAMEWORK_ROLES, TERRITORY_ROLES

ASSIGN_TERRITORY_ROLE = Form(
    command=AssignTerritoryRole,
    place=TERRITORY,
    sections=("territory", "roles"),
    rank=1,
    fixed={"role": words("role", TERRITORY_ROLES)},
    choices={"person_id": TerritoryCase.people, "partner_id": TerritoryCase.partners},
)

ASSIGN_FRAMEWORK_ROLE = Form(
    command=AssignFrameworkRole,
    place=FRAMEWORK,
    sections=("framework",),
    fixed={"role": words("role", FRAMEWORK_ROLES)},
    choices={"person_id": Case.people, "partner_id": Case.partners},
    example={"role": "FRAMEWORK_PILOT"},
)

FORMS = (ASSIGN_TERRITORY_ROLE, ASSIGN_FRAMEWORK_ROLE)
