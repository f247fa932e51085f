"""Roles given, ended, handed over and confirmed, on a territory or a framework."""

from __future__ import annotations

from api.pages.forms.cases import FrameworkCase, TerritoryCase
from api.pages.forms.places import FRAMEWORK, TERRITORY
from api.pages.forms.record import Form
from domain.assignments import AssignFrameworkRole, AssignTerritoryRole, ConfirmTerritoryRole
from domain.endings import EndFrameworkRole, EndTerritoryRole, HandOverFrameworkRole, HandOverTerritoryRole
from domain.roles import FRAMEWORK_ROLES, TERRITORY_ROLES

ASSIGN_TERRITORY_ROLE: Form[TerritoryCase] = Form(
    command=AssignTerritoryRole,
    place=TERRITORY,
    sections=("territory", "roles"),
    rank=1,
    choices={
        "role": lambda case: case.roles.to_give(AssignTerritoryRole.NAME, TERRITORY_ROLES),
        "person_id": lambda case: case.roles.people(),
        "partner_id": lambda case: case.roles.partners(AssignTerritoryRole.NAME),
    },
    example={"role": "COOPERATION_OFFICER"},
)

END_TERRITORY_ROLE: Form[TerritoryCase] = Form(
    command=EndTerritoryRole,
    place=TERRITORY,
    sections=("held-role",),
    choices={"assignment_id": lambda case: case.roles.to_end(EndTerritoryRole.NAME)},
)

HAND_OVER_TERRITORY_ROLE: Form[TerritoryCase] = Form(
    command=HandOverTerritoryRole,
    place=TERRITORY,
    sections=("held-role",),
    rank=1,
    choices={
        "assignment_id": lambda case: case.roles.to_hand_over(HandOverTerritoryRole.NAME),
        "successor_id": lambda case: case.roles.people(),
    },
)

CONFIRM_TERRITORY_ROLE: Form[TerritoryCase] = Form(
    command=ConfirmTerritoryRole,
    place=TERRITORY,
    sections=("held-role",),
    rank=2,
    choices={"assignment_id": lambda case: case.roles.to_confirm()},
)

ASSIGN_FRAMEWORK_ROLE: Form[FrameworkCase] = Form(
    command=AssignFrameworkRole,
    place=FRAMEWORK,
    sections=("framework",),
    choices={
        "role": lambda case: case.roles.to_give(AssignFrameworkRole.NAME, FRAMEWORK_ROLES),
        "person_id": lambda case: case.roles.people(),
        "partner_id": lambda case: case.roles.partners(AssignFrameworkRole.NAME),
    },
    example={"role": "FRAMEWORK_PILOT"},
)

END_FRAMEWORK_ROLE: Form[FrameworkCase] = Form(
    command=EndFrameworkRole,
    place=FRAMEWORK,
    sections=("framework", "held-role"),
    rank=1,
    choices={"assignment_id": lambda case: case.roles.to_end(EndFrameworkRole.NAME)},
)

HAND_OVER_FRAMEWORK_ROLE: Form[FrameworkCase] = Form(
    command=HandOverFrameworkRole,
    place=FRAMEWORK,
    sections=("framework", "held-role"),
    rank=2,
    choices={
        "assignment_id": lambda case: case.roles.to_hand_over(HandOverFrameworkRole.NAME),
        "successor_id": lambda case: case.roles.people(),
    },
)

FORMS = (
    ASSIGN_TERRITORY_ROLE,
    END_TERRITORY_ROLE,
    HAND_OVER_TERRITORY_ROLE,
    CONFIRM_TERRITORY_ROLE,
    ASSIGN_FRAMEWORK_ROLE,
    END_FRAMEWORK_ROLE,
    HAND_OVER_FRAMEWORK_ROLE,
)
