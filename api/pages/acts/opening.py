"""Opening a convention, and the engagement of the partners."""

from __future__ import annotations

from datetime import date

from api.pages.acts import signatories, succeeding
from api.pages.contexts import Choice
from api.pages.conventions import home_of
from api.pages.forms.cases import Choices, TerritoryCase
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import YES_NO, named, words
from api.pages.forms.places import CONVENTION, TERRITORY
from api.pages.forms.record import Form
from api.pages.summing_up import opening_summary
from domain.convention.opening import OpenConvention, RecordEngagement
from projections import which_partners_and_places_are_known


def _frameworks(case: TerritoryCase) -> Choices:
    known = which_partners_and_places_are_known.frameworks(case.ask.register)
    return named((str(one.framework_id), one.name) for one in known)


def _themes(case: TerritoryCase) -> tuple[Choice, ...]:
    method = succeeding.method_of(case) or case.proposed
    return words("theme", method.themes) if method else ()


def _conventions(case: TerritoryCase) -> Choices:
    """The conventions of the territory, by their years."""
    dossiers = case.ask.on_territory(case.territory.territory_id)
    periods = ((one, dossier.convention.period) for one, dossier in dossiers.items())
    known = sorted(periods, key=lambda pair: pair[1].effective_from)
    return named((str(one), f"{period.effective_from.year}-{period.effective_to.year}") for one, period in known)


def proposed_anew(case: TerritoryCase) -> dict[str, str]:
    """Next 1 January, the collectivity as holder, the one framework."""
    first = {"effective_from": date(case.ask.today.year + 1, 1, 1).isoformat(), **case.proposed_method()}
    holder = signatories.holder_of(case)
    if holder is not None:
        first["holder_ids"] = str(holder)
    frameworks = _frameworks(case)
    return first | ({"framework_id": frameworks[0].value} if len(frameworks) == 1 else {})


def _proposed(case: TerritoryCase) -> dict[str, str]:
    """As anew, but for what is taken over from the convention that this one would follow."""
    return proposed_anew(case) | succeeding.proposed(case)


def _holders(case: TerritoryCase) -> Choices:
    """The partners of the register, after the collectivity when it is not one of them yet."""
    new = [one for one in signatories.unregistered(case) if one.kind == "EPCI"]
    return (*named((str(one.partner_id), one.name) for one in new), *case.partners())


OPEN_CONVENTION = Form(
    command=OpenConvention,
    place=TERRITORY,
    sections=("territory",),
    later=("work_began_on", "communes", "themes", "successor_of", "sub_perimeter_of", "effective_to"),
    choices={
        "framework_id": _frameworks,
        "holder_ids": _holders,
        "profile_name": TerritoryCase.methods,
        "profile_version": TerritoryCase.method_versions,
        "communes": TerritoryCase.communes,
        "themes": _themes,
        "signatories.partner_id": TerritoryCase.partners,
        "signatories.required": lambda case: YES_NO,
        "successor_of": _conventions,
        "sub_perimeter_of": _conventions,
    },
    proposes=_proposed,
    ticked={"signatories": succeeding.signing},
    before=signatories.to_register,
    after=succeeding.own_themes,
    hidden=lambda case: {"home_territory_id": str(case.territory.territory_id)},
    kind="page.opening.new",
    confirms=opening_summary,
    leads_to=lambda ask, convention_id: home_of(ask, convention_id).today,
)

RECORD_ENGAGEMENT = Form(
    command=RecordEngagement,
    place=CONVENTION,
    sections=("milestones",),
    date_first=True,
    choices={"partners": ConventionCase.near_partners},
    folded={"partners": ConventionCase.far_partners},
)

FORMS = (OPEN_CONVENTION, RECORD_ENGAGEMENT)
