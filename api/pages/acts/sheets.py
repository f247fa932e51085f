"""Action sheets."""

from __future__ import annotations

from api.pages.acts.priorities import CHOOSE_PRIORITY
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from domain.action_sheets.drafting import DraftActionSheet

DRAFT_ACTION_SHEET = Form(
    command=DraftActionSheet,
    place=CONVENTION,
    sections=("plan",),
    short=("title",),
    choices={"priority_id": ConventionCase.priorities, "owner_id": ConventionCase.all_partners},
    needs={"priority_id": CHOOSE_PRIORITY},
    hidden=lambda case: {
        "convention_id": str(case.standing.convention_id),
        "home_territory_id": str(case.standing.territory_id),
    },
)

FORMS = (DRAFT_ACTION_SHEET,)
