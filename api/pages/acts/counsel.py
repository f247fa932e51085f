"""What is recommended and what explains: issued, decided, followed; why what was asked from above became this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from api.pages.acts.arbitrations import pledges_of
from api.pages.forms.bodies import BodiesCase
from api.pages.forms.cases import Choices, FrameworkCase
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import YES_NO, named, short, words
from api.pages.forms.places import BODIES, CONVENTION
from api.pages.forms.record import Form
from domain.counsel.counsel import counsel_stream
from domain.counsel.explaining import SOURCES, WriteTranslationNote
from domain.counsel.following import ENDINGS, OUTCOMES, DecideRecommendation, FollowRecommendation
from domain.counsel.recommending import KINDS, IssueRecommendation
from domain.values import Code
from projections.what_became_of_decisions import ages_after, decisions
from projections.what_diagnoses_hold import diagnoses
from projections.what_is_recommended import FOLLOWED, WAITING, recommendations
from projections.what_reviews_saw import reviews

RECOMMENDED: Final = ("recommendations",)
EXPLAINED: Final = ("translations",)


def _home(case: BodiesCase) -> Mapping[str, str | None]:
    """The territory, or the framework."""
    if isinstance(case, ConventionCase):
        return {
            "home_territory_id": str(case.standing.territory_id),
            "home_framework_id": None,
            "convention_id": str(case.standing.convention_id),
        }
    assert isinstance(case, FrameworkCase)
    nothing = dict.fromkeys(("home_territory_id", "convention_id", "priority_id", "sheet_id", "pledge_id"))
    return {**nothing, "home_framework_id": str(case.framework_id)}


def _stream(case: BodiesCase) -> UUID:
    if isinstance(case, ConventionCase):
        return counsel_stream(case.standing.territory_id)
    assert isinstance(case, FrameworkCase)
    return counsel_stream(case.framework_id)


def _decided(case: BodiesCase) -> Choices:
    """What the bodies there decided, the latest first."""
    ask = case.ask
    found = decisions(case.place, case.citing, ages_after(case.profile), ask.today)
    ask.open(found)
    return named(
        (
            one.reference.word,
            ask.texts.t("page.form.decision", on=one.decided_on, text=short(ask.said(one.text), ask.texts)),
        )
        for one in found
    )


def _of_plan(choices: Callable[[ConventionCase], Choices]) -> Callable[[BodiesCase], Choices | None]:
    """What a convention offers; nothing where a whole framework is steered."""
    return lambda case: choices(case) if isinstance(case, ConventionCase) else None


def _findings(case: ConventionCase) -> Choices:
    """The findings that were shared, then the others that the territory knows."""
    shared = case.findings()
    known = {one.value for one in shared}
    found = [one for one in diagnoses(case.dossier).findings if one.finding_id not in known]
    case.ask.open(tuple(found))
    return (*shared, *named((one.finding_id, case.said(one.statement)) for one in found))


def _diagnoses(case: ConventionCase) -> Choices:
    found = diagnoses(case.dossier).diagnoses
    case.ask.open(found)
    return named((one.diagnosis_id, case.said(one.title)) for one in found)


def _reviews(case: ConventionCase) -> Choices:
    texts = case.ask.texts
    return named(
        (str(one.review_id), f"{texts.t(f'review-kind.{one.kind}')}, {texts.long_date(one.held_on)}")
        for one in reviews(case.dossier, case.ask.today)
    )


def _in_state(states: Iterable[Code]) -> Callable[[ConventionCase], Choices]:
    """The recommendations that stand so, what waits first."""
    wanted = frozenset(states)

    def found(case: ConventionCase) -> Choices:
        told = tuple(one for one in recommendations(case.dossier, case.ask.today) if one.state in wanted)
        case.ask.open(told)
        return named((one.recommendation_id, case.said(one.text)) for one in told)

    return found


_RECOMMENDING: Final[dict[str, Any]] = {
    "place": CONVENTION,
    "sections": RECOMMENDED,
    "stream_in": _stream,
}

ISSUE_RECOMMENDATION: Form[ConventionCase] = Form(
    command=IssueRecommendation,
    **_RECOMMENDING,
    creates=("recommendation_id",),
    first=("text", "kind", "partner_id", "findings", "to_body_id"),
    later=("by_body_id", "to_partner_id", "review_id", "diagnosis_id"),
    fixed={"kind": words("recommendation-kind", KINDS)},
    choices={
        "partner_id": ConventionCase.all_partners,
        "by_body_id": ConventionCase.bodies,
        "to_body_id": ConventionCase.bodies,
        "to_partner_id": ConventionCase.all_partners,
        "findings": _findings,
        "review_id": _reviews,
        "diagnosis_id": _diagnoses,
    },
    hidden=lambda case: {name: value for name, value in _home(case).items() if name != "home_framework_id"},
    example={"kind": "TOOLS", "text": "Tenir un seul fichier des demandes de places"},
    example_fills=("to_body_id", "findings"),
)

DECIDE_RECOMMENDATION: Form[ConventionCase] = Form(
    command=DecideRecommendation,
    **_RECOMMENDING,
    rank=1,
    own_motive=True,
    first=("recommendation_id", "answer", "motive"),
    fixed={"answer": words("recommendation-answer", OUTCOMES)},
    choices={"recommendation_id": _in_state(WAITING), "decided_in": _decided},
    needs={"recommendation_id": ISSUE_RECOMMENDATION},
    example={"answer": "ACCEPTED", "motive": "Le comité en a besoin dès la rentrée"},
    example_fills=("decided_in",),
)

FOLLOW_RECOMMENDATION: Form[ConventionCase] = Form(
    command=FollowRecommendation,
    **_RECOMMENDING,
    rank=2,
    first=("recommendation_id", "ended", "shown_by"),
    fixed={"ended": words("recommendation-end", ENDINGS)},
    choices={"recommendation_id": _in_state(FOLLOWED)},
    needs={"recommendation_id": DECIDE_RECOMMENDATION},
    example={"ended": "DONE", "shown_by": "Le fichier est ouvert depuis le 3 mars"},
    example_fills=("shown_by",),
)

WRITE_TRANSLATION_NOTE: Form[BodiesCase] = Form(
    command=WriteTranslationNote,
    place=BODIES,
    sections=EXPLAINED,
    stream_in=_stream,
    creates=("note_id",),
    own_motive=True,
    first=("source", "source_title", "asks", "became_here", "motive", "partner_id", "priority_id", "decision"),
    later=("sheet_id", "pledge_id", "about_method", "adapted", "source_reference", "source_on", "source_link"),
    short=("source_title", "source_reference", "source_link"),
    fixed={"source": words("note-source", SOURCES)},
    choices={
        "partner_id": BodiesCase.all_partners,
        "priority_id": _of_plan(ConventionCase.priorities),
        "sheet_id": _of_plan(ConventionCase.sheets),
        "pledge_id": _of_plan(pledges_of),
        "decision": _decided,
        "about_method": lambda case: YES_NO,
    },
    hidden=_home,
    example={
        "source": "NATIONAL_CIRCULAR",
        "source_title": "Circulaire sur les conventions territoriales globales",
        "about_method": True,
    },
    example_fills=("about_method", "home_territory_id"),
)

FORMS = (ISSUE_RECOMMENDATION, DECIDE_RECOMMENDATION, FOLLOW_RECOMMENDATION, WRITE_TRANSLATION_NOTE)
