"""What becomes of a convention at its term: it is extended, its renewal is prepared, its successor takes over."""

from __future__ import annotations

from datetime import timedelta

from api.pages.acts.opening import OPEN_CONVENTION
from api.pages.acts.steering import RECORD_MEETING
from api.pages.contexts import Phrase
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import Bounds, named
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Cited, Form
from domain.convention.extended import Extended
from domain.convention.extending import ExtendConvention, bounds
from domain.convention.renewing import RenewConvention, StartRenewal
from domain.steering import CONVENTION_EXTENDED


def _longer(case: ConventionCase) -> dict[str, str]:
    """As long as the method allows."""
    return {"effective_to": bounds(case.dossier.convention, case.profile)[1].isoformat()}


def _between(case: ConventionCase) -> Bounds:
    """From the day after the present end on, as far as the method allows."""
    convention = case.dossier.convention
    return Bounds(convention.period.effective_to + timedelta(days=1), bounds(convention, case.profile)[1])


def _undone(case: ConventionCase) -> tuple[Phrase, ...]:
    """The signatures given already to an extension that another one would replace."""
    awaited = Extended.of(case.dossier.convention).awaited
    partners = case.signed_by(awaited.cover) if awaited is not None else ()
    return (Phrase("page.form.undoes.extend-convention", {"partners": partners}, len(partners)),) if partners else ()


def _successors(case: ConventionCase) -> Choices:
    """The conventions of the territory that were opened to succeed this one, by their years."""
    near = case.ask.on_territory(case.standing.territory_id)
    periods = (
        (str(one), dossier.convention.period)
        for one, dossier in near.items()
        if dossier.convention.successor_of == case.standing.convention_id
    )
    return named((one, f"{period.effective_from.year}-{period.effective_to.year}") for one, period in periods)


EXTEND_CONVENTION = Form(
    command=ExtendConvention,
    place=CONVENTION,
    sections=("milestones",),
    rank=1,
    own_motive=True,
    carries_version=True,
    needs={"decided_in": RECORD_MEETING},
    cites=Cited(CONVENTION_EXTENDED),
    proposes=_longer,
    bounds={"effective_to": _between},
    undoes=_undone,
    example={"effective_to": "2028-12-31"},
)

START_RENEWAL = Form(
    command=StartRenewal,
    place=CONVENTION,
    sections=("milestones",),
    rank=1,
    carries_version=True,
)

RENEW_CONVENTION = Form(
    command=RenewConvention,
    place=CONVENTION,
    sections=("milestones",),
    rank=1,
    carries_version=True,
    choices={"successor_id": _successors},
    needs={"successor_id": OPEN_CONVENTION},
)

FORMS = (EXTEND_CONVENTION, START_RENEWAL, RENEW_CONVENTION)
