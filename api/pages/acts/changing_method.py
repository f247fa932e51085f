"""Moving a convention to another method."""

from __future__ import annotations

from api.pages.forms.cases import Case
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from domain.convention.changing_method import ChangeMethod


def _followed(case: ConventionCase) -> dict[str, str | None]:
    """The method that whoever reads the form sees the convention leave."""
    name, version = case.dossier.convention.profile_key
    return {"former_name": name, "former_version": str(version)}


CHANGE_METHOD = Form(
    command=ChangeMethod,
    place=CONVENTION,
    sections=("method",),
    dated=False,
    own_motive=True,
    carries_version=True,
    choices={
        "profile_name": lambda case: Case(case.ask).methods(),
        "profile_version": lambda case: Case(case.ask).method_versions(),
    },
    hidden=_followed,
    example={"former_name": "cnaf-2020", "profile_name": "cnaf-2020", "profile_version": 2},
)

FORMS = (CHANGE_METHOD,)
