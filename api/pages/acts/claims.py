"""The calendar of claims: the dates that a funder gives, what an operator sent."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from domain.claims.calendar import CLAIMS, StateClaimDates, claims_stream
from domain.claims.sending import RecordClaimSent
from projections.which_claims_are_due import SENT, ClaimTold, claims
from workflows.act_links import Question


def _told(case: ConventionCase) -> tuple[ClaimTold, ...]:
    return case.dossier.once(claims, case.ask.today)


def _to_send(case: ConventionCase) -> Choices:
    """What was not sent yet, by what it is and to whom."""
    texts, name = case.ask.texts, case.ask.name
    return named(
        (
            one.claim_id,
            texts.t(
                "page.claims.one-of",
                claim=one.claim,
                year=str(one.year),
                funder=name(one.funder_id),
                operator=name(one.operator_id),
            ),
        )
        for one in _told(case)
        if one.state != SENT
    )


def _operators(case: ConventionCase) -> Choices:
    """Everyone; whoever carries the convention claims for it, and comes first."""
    holders = {str(one) for one in case.standing.standing.holder_ids}
    return tuple(sorted(case.all_partners(), key=lambda choice: choice.value not in holders))


def _dates(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """The claim that the link names, to be given another date."""
    one = next((each for each in _told(case) if each.claim_id == given.get("claim_id")), None)
    if one is None:
        return {}
    return {
        "funder_id": str(one.funder_id),
        "operator_id": str(one.operator_id),
        "year": str(one.year),
        "dates.0.claim": one.claim,
        "dates.0.due_on": one.due_on.isoformat(),
    }


STATE_CLAIM_DATES = Form(
    command=StateClaimDates,
    place=CONVENTION,
    sections=("money",),
    rank=3,
    rows={"dates": 3},
    stream_at=claims_stream,
    refills=_dates,
    fixed={"dates.claim": words("claim", CLAIMS)},
    choices={"funder_id": ConventionCase.all_partners, "operator_id": _operators},
    hidden=lambda case: {
        "convention_id": str(case.standing.convention_id),
        "home_territory_id": str(case.standing.territory_id),
    },
    example={"dates.claim": "ADVANCE", "year": 2026},
)

RECORD_CLAIM_SENT = Form(
    command=RecordClaimSent,
    place=CONVENTION,
    sections=("money",),
    rank=3,
    stream_at=claims_stream,
    choices={"claim_id": _to_send},
    needs={"claim_id": STATE_CLAIM_DATES},
    by_link=Question.CLAIM,
)

FORMS = (STATE_CLAIM_DATES, RECORD_CLAIM_SENT)
