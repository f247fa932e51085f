"""Reviews of a period of the convention."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.acts.sheets import DRAFT_ACTION_SHEET
from api.pages.acts.steering import CONSTITUTE_STEERING_BODY, RECORD_MEETING
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.publishing import what_becomes_public
from api.pages.forms.record import Form, Narrowed
from domain.action_sheets.state import ACTION_STATUSES
from domain.adjusting import ADJUSTMENT_KINDS, DecideAdjustment
from domain.convention.publishing import AUDIENCES, PublishReview
from domain.convention.reviewed import ANNUAL, FINAL, MID_TERM
from domain.convention.reviews import RecordReview
from domain.values import Code
from projections import what_reviews_saw, what_the_committee_decided
from projections.what_a_review_would_say import to_come


def _kinds(case: ConventionCase) -> Choices:
    """Which of them the method asks for is for its rules to say."""
    return words("review-kind", (ANNUAL, MID_TERM, FINAL))


def _meetings(case: ConventionCase, body_id: str) -> Choices:
    """The meetings of one body of the territory, the latest first."""
    held = what_the_committee_decided.meetings(case.dossier, (case.dossier,))
    meetings = (one for one in held if str(one.body.body_id) == body_id)
    latest = sorted(meetings, key=lambda one: one.held_on, reverse=True)
    return named((one.meeting_id, case.ask.texts.long_date(one.held_on)) for one in latest)


def _proposed(case: ConventionCase, kind: Code = ANNUAL) -> dict[str, str]:
    """The review of a kind that is awaited first: its period, the first body, a line for each action of the plan, with
    what was said of it last; of one that nobody said anything of, nothing is proposed."""
    first = {"kind": str(kind)} | ({"body_id": bodies[0].value} if (bodies := case.bodies()) else {})
    coming = to_come(case.dossier, case.ask.today, kind) if case.standing.standing.period is not None else None
    if coming is None:
        return first
    first |= {
        "period_starts_on": coming.period.effective_from.isoformat(),
        "period_ends_on": coming.period.effective_to.isoformat(),
    }
    for number, one in enumerate(coming.actions):
        first[f"action_statuses.{number}.sheet_id"] = str(one.sheet_id)
        if one.status is not None:
            first[f"action_statuses.{number}.status"] = str(one.status)
    return first


def _of_its_kind(case: ConventionCase, given: Mapping[str, str]) -> dict[str, str]:
    """The same for a mid-term or a final review, where the link asks for one."""
    kind = given.get("kind", "")
    return _proposed(case, Code(kind)) if kind in (MID_TERM, FINAL) else {}


RECORD_REVIEW = Form(
    command=RecordReview,
    place=CONVENTION,
    sections=("milestones",),
    date_first=True,
    later=("decisions", "users_heard", "summary", "published_on"),
    never_optional=("kind",),
    fixed={"action_statuses.status": words("action-status", ACTION_STATUSES)},
    choices={
        "kind": _kinds,
        "body_id": ConventionCase.bodies,
        "action_statuses": ConventionCase.sheets,
        "action_statuses.sheet_id": ConventionCase.sheets,
    },
    narrowed={"meeting_id": Narrowed("body_id", _meetings)},
    needs={"body_id": CONSTITUTE_STEERING_BODY, "meeting_id": RECORD_MEETING},
    proposes=_proposed,
    refills=_of_its_kind,
)


def _counting(case: ConventionCase) -> tuple[what_reviews_saw.Review, ...]:
    """The reviews that count, the latest first: the others are not published."""
    return tuple(one for one in reversed(what_reviews_saw.reviews(case.dossier, case.ask.today)) if one.cause is None)


def _to_publish(case: ConventionCase) -> Choices:
    """The reviews that count, by their kind and the day they were held."""
    texts = case.ask.texts
    return named(
        (str(one.review_id), f"{texts.t(f'review-kind.{one.kind}')}, {texts.long_date(one.held_on)}")
        for one in _counting(case)
        if not one.is_public
    )


def _first_to_publish(case: ConventionCase) -> dict[str, str]:
    """The latest, to the partners first."""
    found = next((one for one in _counting(case) if not one.is_public), None)
    if found is None:
        return {}
    return {"review_id": str(found.review_id), "audience": str(AUDIENCES[1 if found.published else 0])}


def _last_meeting(case: ConventionCase) -> dict[str, str]:
    """The meeting of the latest review, and the day of it; else the latest of all."""
    done = what_reviews_saw.reviews(case.dossier, case.ask.today)
    if done:
        return {"stream_id": str(done[-1].body_id), "meeting_id": str(done[-1].meeting_id)}
    held = what_the_committee_decided.meetings(case.dossier, ())
    return {"stream_id": str(held[0].body.body_id), "meeting_id": str(held[0].meeting_id)} if held else {}


PUBLISH_REVIEW = Form(
    command=PublishReview,
    place=CONVENTION,
    sections=("meetings",),
    rank=3,
    fixed={"audience": words("audience", AUDIENCES)},
    choices={"review_id": _to_publish},
    needs={"review_id": RECORD_REVIEW},
    never_optional=("audience",),
    proposes=_first_to_publish,
    confirms=what_becomes_public,
)

DECIDE_ADJUSTMENT = Form(
    command=DecideAdjustment,
    place=CONVENTION,
    sections=("plan", "meetings"),
    rank=4,
    creates=("decision_id",),
    never_optional=("sheets",),
    short=("text",),
    dated=False,
    fixed={"kind": words("decision-kind", ADJUSTMENT_KINDS)},
    choices={
        "stream_id": ConventionCase.bodies,
        "sheets": ConventionCase.live_sheets,
        "owner_id": ConventionCase.near_partners,
    },
    folded={"owner_id": ConventionCase.far_partners},
    narrowed={"meeting_id": Narrowed("stream_id", _meetings)},
    needs={"stream_id": CONSTITUTE_STEERING_BODY, "meeting_id": RECORD_MEETING, "sheets": DRAFT_ACTION_SHEET},
    proposes=_last_meeting,
    example={"kind": "ACTION_ADAPTED", "text": "Ouvrir la navette le samedi"},
    example_fills=("sheets", "owner_id", "due_on"),
)

FORMS = (RECORD_REVIEW, PUBLISH_REVIEW, DECIDE_ADJUSTMENT)
