"""Departmental frameworks, their signatures and the territories that they follow."""

from __future__ import annotations

from api.pages.forms.cases import Case
from api.pages.forms.options import words
from api.pages.forms.places import FRAMEWORK, REGISTER
from api.pages.forms.record import Form
from domain.frameworks import HEADINGS, AttachTerritory, OpenFrameworkConvention, SignFrameworkConvention

OPEN_FRAMEWORK_CONVENTION = Form(
    command=OpenFrameworkConvention,
    place=REGISTER,
    sections=("register",),
    later=("headings",),
    fixed={"headings.heading": words("heading", HEADINGS)},
    choices={
        "signatories": Case.partners,
        "profile_name": Case.methods,
        "profile_version": Case.method_versions,
    },
    proposes=Case.proposed_method,
    example={"name": "CTG gersoise des solidarités"},
)

ATTACH_TERRITORY = Form(
    command=AttachTerritory,
    place=FRAMEWORK,
    sections=("framework",),
    choices={"attached_territory_id": Case.territories},
)

SIGN_FRAMEWORK_CONVENTION = Form(
    command=SignFrameworkConvention,
    place=FRAMEWORK,
    sections=("framework",),
    rank=1,
    choices={"partner_id": Case.partners},
)

FORMS = (OPEN_FRAMEWORK_CONVENTION, ATTACH_TERRITORY, SIGN_FRAMEWORK_CONVENTION)
