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
from projections import what_the_committee_decided
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


def _proposed(case: ConventionCase) -> dict[str, str]:
    """The review awaited first: its period, the first body, a line for each action of the plan, with what was said of
    it last; of one that nobody said anything of, nothing is proposed."""
    first = {"kind": str(ANNUAL)} | ({"body_id": bodies[0].value} if (bodies := case.bodies()) else {})
    coming = to_come(case.dossier, case.ask.today) if case.standing.standing.period is not None else None
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
