"""The register of partners."""

from __future__ import annotations

from api.pages.forms.cases import Case
from api.pages.forms.options import words
from api.pages.forms.places import REGISTER
from api.pages.forms.record import Form
from domain.partners import PARTNER_KINDS, RegisterPartner
from domain.twins import MergePartners

REGISTER_PARTNER = Form(
    command=RegisterPartner,
    place=REGISTER,
    sections=("register",),
    fixed={"kind": words("partner-kind", PARTNER_KINDS)},
    choices={"home_territory_id": Case.territories},
    example={"kind": "CAF", "name": "Caf du Gers"},
)

MERGE_PARTNERS = Form(
    command=MergePartners,
    place=REGISTER,
    sections=("register",),
    rank=1,
    choices={"stream_id": Case.partners, "kept_id": Case.partners},
    says_why=True,
)

FORMS = (REGISTER_PARTNER, MERGE_PARTNERS)
