"""Reviews of a period of the convention."""

from __future__ import annotations

from api.pages.acts.steering import CONSTITUTE_STEERING_BODY, RECORD_MEETING
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form, Narrowed
from domain.action_sheets.state import ACTION_STATUSES
from domain.convention.reviewed import ANNUAL, FINAL, MID_TERM
from domain.convention.reviews import RecordReview
from projections import what_reviews_saw, what_the_committee_decided, which_periods_are_reviewed


def _kinds(case: ConventionCase) -> Choices:
    """Which of them the method asks for is for its rules to say."""
    return words("review-kind", (ANNUAL, MID_TERM, FINAL))


def _meetings(case: ConventionCase, body_id: str) -> Choices:
    """The meetings of one body of the territory, the latest first."""
    held = what_the_committee_decided.meetings(case.dossier, (case.dossier,))
    meetings = (one for one in held if str(one.body.body_id) == body_id)
    latest = sorted(meetings, key=lambda one: one.held_on, reverse=True)
    return named((one.meeting_id, case.ask.texts.long_date(one.held_on)) for one in latest)


def _proposed(case: ConventionCase) -> dict[str, str]:
    """The period awaited, the first body, one line for each action sheet."""
    first = {"body_id": bodies[0].value} if (bodies := case.bodies()) else {}
    first |= _awaited_period(case)
    for number, sheet in enumerate(case.sheets()):
        first[f"action_statuses.{number}.sheet_id"] = sheet.value
    return first


def _awaited_period(case: ConventionCase) -> dict[str, str]:
    """The oldest annual period without a review that counts, over or not."""
    first = {"kind": str(ANNUAL)}
    period = case.standing.standing.period
    if period is None:
        return first
    reviews = what_reviews_saw.reviews(case.dossier)
    settled = {one.period.effective_from for one in reviews if one.kind == ANNUAL and one.why_not is None}
    periods = which_periods_are_reviewed.periods(case.dossier)
    awaited = next((one for one in periods if one.first not in settled), None)
    if awaited is None:
        return first
    return first | {"period_starts_on": awaited.first.isoformat(), "period_ends_on": awaited.last.isoformat()}


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
)

FORMS = (RECORD_REVIEW,)
