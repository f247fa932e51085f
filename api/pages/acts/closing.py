"""The end of a convention's file."""

from __future__ import annotations

from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Cited, Form
from domain.convention.closing import CloseConvention
from domain.steering import CONVENTION_GIVEN_UP

CLOSE_CONVENTION = Form(
    command=CloseConvention,
    place=CONVENTION,
    sections=("milestones",),
    rank=1,
    own_motive=True,
    carries_version=True,
    cites=Cited(CONVENTION_GIVEN_UP),
)

FORMS = (CLOSE_CONVENTION,)
