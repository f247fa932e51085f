"""Action sheets."""

from __future__ import annotations

from api.pages.acts.priorities import CHOOSE_PRIORITY
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from domain.action_sheets import DraftActionSheet


def _priorities(case: ConventionCase) -> Choices:
    return named((one.priority_id, case.said(one.title)) for one in case.basis.priorities)


DRAFT_ACTION_SHEET = Form(
    command=DraftActionSheet,
    place=CONVENTION,
    sections=("plan",),
    short=("title",),
    choices={"priority_id": _priorities, "owner_id": ConventionCase.all_partners},
    needs={"priority_id": CHOOSE_PRIORITY},
    hidden=lambda case: {
        "convention_id": str(case.standing.convention_id),
        "home_territory_id": str(case.standing.territory_id),
    },
)

FORMS = (DRAFT_ACTION_SHEET,)
