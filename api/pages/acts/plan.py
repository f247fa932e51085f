"""The action plan that the committee validates."""

from __future__ import annotations

from typing import Final

from api.pages.acts.sheets import DRAFT_ACTION_SHEET
from api.pages.acts.steering import RECORD_MEETING
from api.pages.contexts import Phrase
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Cited, Form
from domain.calendar import add_months
from domain.convention.adapting import AdaptPlan
from domain.convention.counting import Signing
from domain.convention.plan import ValidateActionPlan
from domain.convention.state import COVERS
from domain.indicators.indicator import Indicator
from domain.indicators.of_sheets import has_a_start
from domain.steering import PLAN_ADAPTED, PLAN_VALIDATED

MONTHS_OF_A_PROMISE: Final = 6
"""What an empty form proposes to promise indicators by."""


def _whole(case: ConventionCase) -> dict[str, str]:
    """Every sheet there is, and the text for what is not signed yet: what is signed changes by an amendment only
    (R22)."""
    missing = case.signatures.missing if case.signatures is not None else {}
    return {
        "sheets": " ".join(choice.value for choice in case.live_sheets()),
        "text_covers": " ".join(cover for cover, partners in missing.items() if partners),
        **_promised(case),
    }


def _promised(case: ConventionCase) -> dict[str, str]:
    """One day for all the actions that have no indicator yet; nothing is promised where each has one."""
    started = (one for one in case.dossier.states(Indicator) if one.retired_on is None and has_a_start(one))
    measured = {sheet for one in started for sheet in one.terms.sheet_ids}
    if all(one.id in measured for one in case.dossier.sheets):
        return {}
    return {"indicators_promised_by": add_months(case.ask.today, MONTHS_OF_A_PROMISE).isoformat()}


def _wanted(case: ConventionCase) -> Choices:
    """The themes that the method wants (R12)."""
    return tuple(one for one in case.themes() if one.value in case.profile.mandatory_themes)


def _undone(case: ConventionCase) -> tuple[Phrase, ...]:
    """The signatures given already, which another text would void."""
    signed = Signing.of(case.dossier.convention).signed_on
    partners = case.signed_by(*(cover for cover in COVERS if cover not in signed))
    return (Phrase("page.form.undoes.validate-action-plan", {"partners": partners}, len(partners)),) if partners else ()


VALIDATE_ACTION_PLAN = Form(
    command=ValidateActionPlan,
    place=CONVENTION,
    sections=("plan",),
    carries_version=True,
    rows={"excluded_themes": 1},
    fixed={"text_covers": words("cover", COVERS)},
    choices={"sheets": ConventionCase.live_sheets, "excluded_themes.theme": _wanted},
    needs={"sheets": DRAFT_ACTION_SHEET, "decided_in": RECORD_MEETING},
    cites=Cited(PLAN_VALIDATED),
    proposes=_whole,
    undoes=_undone,
)

ADAPT_PLAN = Form(
    command=AdaptPlan,
    place=CONVENTION,
    sections=("plan",),
    rank=3,
    own_motive=True,
    carries_version=True,
    choices={"sheets": ConventionCase.live_sheets},
    needs={"sheets": DRAFT_ACTION_SHEET, "decided_in": RECORD_MEETING},
    cites=Cited(PLAN_ADAPTED),
    proposes=lambda case: {"sheets": " ".join(choice.value for choice in case.live_sheets())},
)

FORMS = (VALIDATE_ACTION_PLAN, ADAPT_PLAN)
