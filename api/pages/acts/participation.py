"""What people bring: written down, answered, told back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from api.pages.acts.spaces import ON_TERRITORY, here, space_choices
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, words
from api.pages.forms.record import Form
from domain.participation.answering import OUTCOMES, TOLD_BY, AnswerContribution, RecordToldBack
from domain.participation.contributing import CHANNELS, COLLEGES, RecordContribution
from domain.participation.participation import STAGES
from domain.participation.proposing import OUTCOMES as PROPOSAL_OUTCOMES
from domain.participation.proposing import CloseProposals, OpenProposals, SubmitProposal, TriageProposal
from projections.what_became_of_contributions import ANSWERED, TOLD, ContributionTold, contributions
from projections.what_became_of_proposals import proposals

_SAID: Final[dict[str, Any]] = {**ON_TERRITORY, "sections": ("contributions",)}


def _convention(case: ConventionCase) -> Mapping[str, str | None]:
    return {"convention_id": str(case.standing.convention_id)}


def _said(case: ConventionCase, meant: Callable[[ContributionTold], object]) -> Choices:
    """Contributions by their day and their words."""
    found = [one for one in contributions(case.dossier, case.ask.today).contributions if meant(one)]
    case.ask.open(tuple(found))
    texts = case.ask.texts
    return named(
        (one.contribution_id, f"{texts.theme(one.theme)}, {texts.long_date(one.given_on)} : {case.said(one.text)}")
        for one in found
    )


def _every(case: ConventionCase) -> Choices:
    """Those that wait first."""
    return _said(case, lambda one: True)


def _to_tell(case: ConventionCase) -> Choices:
    """Those that were answered, and of which nobody was told."""
    return _said(case, lambda one: one.state == ANSWERED) or _said(case, lambda one: one.state == TOLD)


RECORD_CONTRIBUTION: Form[ConventionCase] = Form(
    command=RecordContribution,
    **_SAID,
    creates=("contribution_id",),
    later=("people", "forum_id", "space_id"),
    fixed={
        "college": words("expertise", COLLEGES),
        "channel": words("contribution-channel", CHANNELS),
        "stage": words("participation-stage", STAGES),
    },
    choices={
        "theme": ConventionCase.themes,
        "forum_id": lambda case: case.forums(held=True),
        "space_id": space_choices,
    },
    hidden=here,
    example={
        "college": "USAGE",
        "channel": "HELP_DESK",
        "stage": "DIAGNOSIS",
        "text": "Le dernier bus part avant la fin des cours",
        "forum_id": None,
        "space_id": None,
    },
)

ANSWER_CONTRIBUTION: Form[ConventionCase] = Form(
    command=AnswerContribution,
    **_SAID,
    rank=1,
    own_motive=True,
    first=("contribution_id", "became"),
    fixed={"became": words("contribution-outcome", OUTCOMES)},
    choices={
        "contribution_id": _every,
        "finding_id": ConventionCase.findings,
        "priority_id": ConventionCase.priorities,
        "sheet_id": ConventionCase.sheets,
    },
    needs={"contribution_id": RECORD_CONTRIBUTION},
    hidden=_convention,
    example={"became": "KEPT"},
)

RECORD_TOLD_BACK: Form[ConventionCase] = Form(
    command=RecordToldBack,
    **_SAID,
    rank=2,
    short=("told_to",),
    fixed={"told_by": words("told-by", TOLD_BY)},
    choices={"contribution_ids": _to_tell},
    needs={"contribution_ids": ANSWER_CONTRIBUTION},
    example={"told_by": "MEETING", "told_to": "Les personnes présentes au forum"},
)


def _proposed(case: ConventionCase) -> Choices:
    """Proposals by their day and their words, those that wait first."""
    found = proposals(case.dossier, case.ask.today).proposals
    case.ask.open(found)
    texts = case.ask.texts
    return named((one.proposal_id, f"{texts.long_date(one.given_on)} : {case.said(one.text)}") for one in found)


def _territory(case: ConventionCase) -> Mapping[str, str | None]:
    return {"home_territory_id": str(case.standing.territory_id)}


_OF_PROPOSALS: Final[dict[str, Any]] = {**ON_TERRITORY, "sections": ("bottom-up",)}

SUBMIT_PROPOSAL: Form[ConventionCase] = Form(
    command=SubmitProposal,
    **_OF_PROPOSALS,
    creates=("proposal_id",),
    hidden=_territory,
    example={"text": "Ouvrir la ludothèque le samedi matin"},
)

TRIAGE_PROPOSAL: Form[ConventionCase] = Form(
    command=TriageProposal,
    **_OF_PROPOSALS,
    rank=1,
    own_motive=True,
    first=("proposal_id", "became", "motive"),
    later=("merged_with",),
    fixed={"became": words("proposal-outcome", PROPOSAL_OUTCOMES)},
    choices={
        "proposal_id": _proposed,
        "finding_id": ConventionCase.findings,
        "priority_id": ConventionCase.priorities,
        "sheet_id": ConventionCase.sheets,
        "merged_with": _proposed,
    },
    needs={"proposal_id": SUBMIT_PROPOSAL},
    hidden=_convention,
    example={"became": "KEPT"},
)

OPEN_PROPOSALS: Form[ConventionCase] = Form(command=OpenProposals, **_OF_PROPOSALS, rank=2, hidden=_territory)

CLOSE_PROPOSALS: Form[ConventionCase] = Form(command=CloseProposals, **_OF_PROPOSALS, rank=3, hidden=_territory)

FORMS = (
    RECORD_CONTRIBUTION,
    ANSWER_CONTRIBUTION,
    RECORD_TOLD_BACK,
    SUBMIT_PROPOSAL,
    TRIAGE_PROPOSAL,
    OPEN_PROPOSALS,
    CLOSE_PROPOSALS,
)
