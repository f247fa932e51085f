"""Waivers granted by the committee."""

from __future__ import annotations

from api.pages.acts.steering import RECORD_MEETING
from api.pages.contexts import Choice, Phrase
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import Bounds
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Cited, Form
from domain.convention.waivers import GrantWaiver
from domain.steering import WAIVER


def _waivable(case: ConventionCase) -> Choices:
    return tuple(Choice(rule, Phrase(f"rule.{rule}")) for rule in case.profile.waivable_rules)


GRANT_WAIVER = Form(
    command=GrantWaiver,
    place=CONVENTION,
    sections=("waivers",),
    own_motive=True,
    carries_version=True,
    choices={"rule": _waivable, "subject": ConventionCase.themes_to_cross},
    needs={"decided_in": RECORD_MEETING},
    cites=Cited(WAIVER, by_mandated=False),
    bounds={"expires_on": lambda case: Bounds(earliest=case.ask.today)},
    example={"rule": "R06"},
)

FORMS = (GRANT_WAIVER,)
