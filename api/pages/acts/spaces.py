"""Permanent spaces where people are heard: opened, met, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from domain.participation.gathering import SPACE_KINDS, CloseSpace, OpenSpace, RecordSpaceMeeting
from domain.participation.participation import STAGES, participation_stream
from projections.what_came_of_spaces import SpaceTold, spaces

ON_TERRITORY: Final[dict[str, Any]] = {
    "place": CONVENTION,
    "stream_in": lambda case: participation_stream(case.standing.territory_id),
}
"""What people bring to a territory is told where its convention is, on the territory's own stream."""


def here(case: ConventionCase) -> Mapping[str, str | None]:
    """The convention and its territory."""
    return {
        "convention_id": str(case.standing.convention_id),
        "home_territory_id": str(case.standing.territory_id),
    }


def _of_here(case: ConventionCase) -> Mapping[str, str | None]:
    return {"convention_id": str(case.standing.convention_id)}


def _known(case: ConventionCase) -> tuple[SpaceTold, ...]:
    found = spaces(case.dossier, case.ask.today)
    case.ask.open(found)
    return found


def space_choices(case: ConventionCase) -> Choices | None:
    """The spaces of the territory by their names, those that are closed last; nothing to choose where none is."""
    return named((one.space_id, case.said(one.name)) for one in _known(case)) or None


def _open(case: ConventionCase) -> Choices:
    return named((one.space_id, case.said(one.name)) for one in _known(case) if one.closed_on is None)


def _every(case: ConventionCase) -> Choices:
    return space_choices(case) or ()


def _groups(case: ConventionCase) -> Choices | None:
    """The bodies of the territory as which a working group may meet; nothing to choose where there is none."""
    return named((str(one.id), one.name) for one in case.steering if one.kind != "COPIL") or None


_OF_SPACES: Final[dict[str, Any]] = {**ON_TERRITORY, "sections": ("spaces",)}

OPEN_SPACE: Form[ConventionCase] = Form(
    command=OpenSpace,
    **_OF_SPACES,
    first=("name", "kind", "stages"),
    later=("host_id", "themes", "rhythm_months", "body_id"),
    short=("name",),
    creates=("space_id",),
    fixed={"kind": words("space-kind", SPACE_KINDS), "stages": words("participation-stage", STAGES)},
    choices={"host_id": ConventionCase.near_partners, "themes": ConventionCase.themes, "body_id": _groups},
    folded={"host_id": ConventionCase.far_partners},
    hidden=here,
    example={
        "kind": "SOCIAL_CENTRE",
        "name": "Les habitants du centre social",
        "stages": ["DIAGNOSIS", "REVIEW"],
        "themes": [],
        "rhythm_months": 3,
        "body_id": None,
    },
)

RECORD_SPACE_MEETING: Form[ConventionCase] = Form(
    command=RecordSpaceMeeting,
    **_OF_SPACES,
    rank=1,
    date_first=True,
    first=("space_id", "stage"),
    short=("about",),
    creates=("meeting_id",),
    fixed={"stage": words("participation-stage", STAGES)},
    choices={"space_id": _every},
    needs={"space_id": OPEN_SPACE},
    hidden=_of_here,
    example={
        "stage": "DIAGNOSIS",
        "usage": 14,
        "technical": 2,
        "political": 1,
        "about": "Les horaires de l’accueil de loisirs",
    },
)

CLOSE_SPACE: Form[ConventionCase] = Form(
    command=CloseSpace,
    **_OF_SPACES,
    rank=2,
    own_motive=True,
    choices={"space_id": _open},
    needs={"space_id": OPEN_SPACE},
)

FORMS = (OPEN_SPACE, RECORD_SPACE_MEETING, CLOSE_SPACE)
