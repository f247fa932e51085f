"""Action sheets: drafted, completed bit by bit, scheduled, followed."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.acts.diagnosis import RECORD_SHARED_DIAGNOSIS
from api.pages.acts.priorities import CHOOSE_PRIORITY
from api.pages.contexts import Choice, Phrase
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import Options, named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from api.pages.forms.refilled import typed_of
from api.pages.forms.roles import RolesHere
from domain.action_sheets.describing import LIFE_STAGES, SAID, DescribeActionSheet, Description
from domain.action_sheets.drafting import DraftActionSheet, days_of
from domain.action_sheets.following import AbandonAction, CompleteAction, PostponeAction, ReportActionStatus
from domain.action_sheets.scheduling import AssignActionOwner, PlannedSteps, ScheduleAction
from domain.action_sheets.state import ACTION_STATUSES, ActionSheet
from workflows.act_links import Question

DRAFT_ACTION_SHEET = Form(
    command=DraftActionSheet,
    place=CONVENTION,
    sections=("plan",),
    short=("title",),
    choices={"priority_id": ConventionCase.priorities, "owner_id": ConventionCase.all_partners},
    needs={"priority_id": CHOOSE_PRIORITY},
    hidden=lambda case: {
        "convention_id": str(case.standing.convention_id),
        "home_territory_id": str(case.standing.territory_id),
    },
    example_fills=("owner_id", "starts_on", "ends_on"),
)


def _own(act: str, case: ConventionCase) -> Choices:
    """The sheets of live priorities of which the visitor may tell: all of them, or those that its partner owns."""
    may, territory_id = case.ask.visitor.may, case.standing.territory_id
    own = {str(one.sheet_id) for one in case.basis.sheets if may(act, territory_id, one.owner_id)}
    return tuple(choice for choice in case.live_sheets() if choice.value in own)


def _sheet(case: ConventionCase, given: Mapping[str, str]) -> ActionSheet | None:
    return next((one for one in case.dossier.sheets if str(one.id) == given.get("stream_id")), None)


def _filled(case: ConventionCase, said: object) -> dict[str, str]:
    """What a part of a sheet says, as it would be typed; boxes ticked are separated by spaces."""
    return {name: " ".join(values) for name, values in typed_of(said, (), Options(), case.ask.said).values.items()}


def _described(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """All that the sheet says of its action."""
    sheet = _sheet(case, given)
    if sheet is None:
        return {}
    description = Description.of(sheet)
    case.ask.open(sheet.adopted_texts)
    named = {"title": case.ask.said(sheet.title) or "", "priority_id": str(sheet.priority_id)}
    return {**named, **_filled(case, description)}


def _owned(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """Who answers for the action now."""
    sheet = _sheet(case, given)
    known = {"owner_id": sheet.owner_id, "owner_person_id": sheet.owner_person_id} if sheet is not None else {}
    return {name: str(one) for name, one in known.items() if one is not None}


def _planned(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """Its dates and its steps."""
    sheet = _sheet(case, given)
    if sheet is None:
        return {}
    days = {name: day.isoformat() for name, day in days_of(sheet.calendar).items() if day is not None}
    return {**days, **_filled(case, PlannedSteps.of(sheet))}


def _communes(case: ConventionCase) -> Choices:
    return named((insee, case.ask.name(insee)) for insee in sorted(case.dossier.convention.communes))


DESCRIBE_ACTION_SHEET = Form(
    command=DescribeActionSheet,
    place=CONVENTION,
    sections=("plan",),
    rank=1,
    again=True,
    refills=_described,
    untouched=("title", "priority_id", *SAID),
    later=(
        "other_priorities",
        "strategic_objective",
        "life_stages",
        "communes",
        "human_means",
        "material_means",
        "links",
        "risks",
        "cleared",
    ),
    short=("title",),
    fixed={
        "life_stages": words("life-stage", LIFE_STAGES),
        "cleared": tuple(Choice(name, Phrase(f"field.{name}")) for name in SAID),
    },
    choices={
        "stream_id": ConventionCase.live_sheets,
        "priority_id": ConventionCase.priorities,
        "other_priorities": ConventionCase.priorities,
        "themes": ConventionCase.themes,
        "findings": ConventionCase.findings,
        "communes": _communes,
        "contributor_ids": ConventionCase.near_partners,
    },
    folded={"contributor_ids": ConventionCase.far_partners},
    needs={"stream_id": DRAFT_ACTION_SHEET, "findings": RECORD_SHARED_DIAGNOSIS},
    example={"number": "1.3"},
    example_fills=("number", "themes", "operational_objective", "description"),
)

ASSIGN_ACTION_OWNER = Form(
    command=AssignActionOwner,
    place=CONVENTION,
    sections=("plan",),
    rank=1,
    again=True,
    refills=_owned,
    choices={
        "stream_id": ConventionCase.live_sheets,
        "owner_id": ConventionCase.all_partners,
        "owner_person_id": lambda case: RolesHere(case.ask, case.standing.territory_id).people(),
    },
    needs={"stream_id": DRAFT_ACTION_SHEET},
)

SCHEDULE_ACTION = Form(
    command=ScheduleAction,
    place=CONVENTION,
    sections=("plan",),
    rank=1,
    again=True,
    refills=_planned,
    untouched=("steps",),
    short=("title",),
    choices={"stream_id": ConventionCase.live_sheets},
    needs={"stream_id": DRAFT_ACTION_SHEET},
    example_fills=("steps",),
)

REPORT_ACTION_STATUS = Form(
    command=ReportActionStatus,
    place=CONVENTION,
    sections=("plan",),
    rank=2,
    by_lines=True,
    own_motive=True,
    by_link=Question.STATUS,
    fixed={"status": words("action-status", ACTION_STATUSES)},
    choices={"stream_id": lambda case: _own(ReportActionStatus.NAME, case)},
    needs={"stream_id": DRAFT_ACTION_SHEET},
    example={"status": "RUNNING", "progress_percent": 40},
    example_fills=("progress_percent",),
)

POSTPONE_ACTION = Form(
    command=PostponeAction,
    place=CONVENTION,
    sections=("plan",),
    rank=2,
    again=True,
    refills=_planned,
    own_motive=True,
    choices={"stream_id": ConventionCase.live_sheets},
    needs={"stream_id": DRAFT_ACTION_SHEET},
)

ABANDON_ACTION = Form(
    command=AbandonAction,
    place=CONVENTION,
    sections=("plan",),
    rank=2,
    own_motive=True,
    choices={"stream_id": ConventionCase.live_sheets},
    needs={"stream_id": DRAFT_ACTION_SHEET},
)

COMPLETE_ACTION = Form(
    command=CompleteAction,
    place=CONVENTION,
    sections=("plan",),
    rank=2,
    choices={"stream_id": lambda case: _own(CompleteAction.NAME, case)},
    needs={"stream_id": DRAFT_ACTION_SHEET},
    example_fills=("outcome",),
)

FORMS = (
    DRAFT_ACTION_SHEET,
    DESCRIBE_ACTION_SHEET,
    ASSIGN_ACTION_OWNER,
    SCHEDULE_ACTION,
    REPORT_ACTION_STATUS,
    POSTPONE_ACTION,
    ABANDON_ACTION,
    COMPLETE_ACTION,
)
