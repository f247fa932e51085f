"""Committees and groups, and their meetings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.forms.cases import Choices, TerritoryCase
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, words
from api.pages.forms.places import CONVENTION, TERRITORY
from api.pages.forms.record import Form
from domain.steering import BODY_KINDS, DECISION_KINDS, ConstituteSteeringBody, RecordMeeting

MANDATING = ("COPIL",)
"""The bodies that constitute others."""


def _mandating(case: TerritoryCase) -> Choices:
    return named((str(one.body_id), one.name) for one in case.bodies() if one.kind in MANDATING)


def _first_body(case: ConventionCase) -> dict[str, str]:
    return {"stream_id": bodies[0].value} if (bodies := case.bodies()) else {}


def _says_nothing(meeting: Mapping[str, Any]) -> str | None:
    """A meeting says what was decided, or who was there."""
    said = any(meeting.get(name) not in (None, "", "0") for name in ("decisions", "attendance", "partners_present"))
    return None if said else "malformed.empty-meeting"


CONSTITUTE_STEERING_BODY = Form(
    command=ConstituteSteeringBody,
    place=TERRITORY,
    sections=("territory", "meetings"),
    rank=1,
    fixed={"kind": words("body-kind", BODY_KINDS)},
    choices={"mandated_by": _mandating},
    proposes=lambda case: {"kind": "COPIL"},
    hidden=lambda case: {"home_territory_id": str(case.territory.territory_id), "home_framework_id": None},
    example={"kind": "COPIL", "name": "Comité de pilotage"},
    example_fills=("home_territory_id",),
)

RECORD_MEETING = Form(
    command=RecordMeeting,
    place=CONVENTION,
    sections=("meetings",),
    date_first=True,
    later=("partners_present",),
    creates=("meeting_id",),
    rows={"decisions": 1},
    fixed={"decisions.kind": words("decision-kind", DECISION_KINDS)},
    choices={"stream_id": ConventionCase.bodies, "partners_present": ConventionCase.near_partners},
    folded={"partners_present": ConventionCase.far_partners},
    needs={"stream_id": CONSTITUTE_STEERING_BODY},
    proposes=_first_body,
    lacks=_says_nothing,
    example={"decisions.kind": "PRIORITY_CHOSEN"},
    example_fills=("decisions",),
)

FORMS = (CONSTITUTE_STEERING_BODY, RECORD_MEETING)
