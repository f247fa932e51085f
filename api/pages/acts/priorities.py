"""The priorities chosen in committee."""

from __future__ import annotations

from api.pages.acts.diagnosis import RECORD_SHARED_DIAGNOSIS
from api.pages.acts.steering import RECORD_MEETING
from api.pages.contexts import Phrase
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Cited, Form
from domain.convention.priorities import ENDS, ChoosePriority
from domain.convention.state import PLAN
from domain.convention.withdrawing import WithdrawPriority
from domain.steering import PRIORITY_CHOSEN, PRIORITY_WITHDRAWN
from domain.values import local_id
from projections.which_themes_are_crossed import crossing


def _themes(case: ConventionCase) -> Choices:
    """Those that may lead to a priority first (R06)."""
    ready = {one.theme for one in crossing(case.dossier, case.ask.today) if one.crossed or one.waived}
    return case.theme_choices(sorted(case.every_theme, key=lambda one: one.theme not in ready and not one.transverse))


def _unknown_of_before(case: ConventionCase) -> frozenset[str]:
    """What a priority of before a take-over may have been chosen on without anybody knowing it (R34)."""
    return frozenset(("findings", "decided_in")) if case.dossier.convention.taken_over_on is not None else frozenset()


CHOOSE_PRIORITY = Form(
    command=ChoosePriority,
    place=CONVENTION,
    sections=("priorities",),
    later=("forums", "rank", "ends_served", "alternatives", "communes"),
    never_optional=("findings", "decided_in"),
    spares=_unknown_of_before,
    creates=("priority_id",),
    short=("title",),
    carries_version=True,
    fixed={"ends_served": words("end-served", ENDS)},
    choices={
        "themes": _themes,
        "findings": ConventionCase.findings,
        "forums": lambda case: case.forums(held=True),
    },
    needs={"findings": RECORD_SHARED_DIAGNOSIS, "decided_in": RECORD_MEETING},
    cites=Cited(PRIORITY_CHOSEN),
    example={"findings": [local_id("example", "finding_id")]},
)


def _undone(case: ConventionCase) -> tuple[Phrase, ...]:
    """The signatures of the plan given already, which stands no more without a priority that it serves."""
    partners = case.signed_by(PLAN)
    return (Phrase("page.form.undoes.withdraw-priority", {"partners": partners}, len(partners)),) if partners else ()


WITHDRAW_PRIORITY = Form(
    command=WithdrawPriority,
    place=CONVENTION,
    sections=("priorities",),
    rank=1,
    own_motive=True,
    carries_version=True,
    choices={"priority_id": ConventionCase.priorities},
    needs={"priority_id": CHOOSE_PRIORITY, "decided_in": RECORD_MEETING},
    cites=Cited(PRIORITY_WITHDRAWN),
    undoes=_undone,
)

FORMS = (CHOOSE_PRIORITY, WITHDRAW_PRIORITY)
