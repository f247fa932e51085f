"""Trainings, form-actions and colloquiums of a framework: planned, moved, cancelled, delivered."""

from __future__ import annotations

from typing import Any, Final

from api.pages.acts.framework_pledges import followed_territories
from api.pages.forms.cases import Choices, FrameworkCase
from api.pages.forms.options import named, words
from api.pages.forms.places import FRAMEWORK
from api.pages.forms.record import Form
from domain.trainings import AUDIENCE, TRAINING_KINDS, CancelTraining, MoveTraining, PlanTraining, RecordTraining
from projections.which_trainings_there_are import PLANNED, TO_RECORD, TrainingTold, trainings


def _to_come(case: FrameworkCase) -> tuple[TrainingTold, ...]:
    """Those that are neither off nor over."""
    found = trainings(case.ask.register, case.framework_id, case.ask.today).trainings
    open_ones = tuple(one for one in found if one.state in (PLANNED, TO_RECORD))
    case.ask.open(open_ones)
    return open_ones


def _choices(case: FrameworkCase) -> Choices:
    day = case.ask.texts.long_date
    return named(
        (one.training_id, f"{case.ask.said(one.title) or '…'} ({day(one.starts_on)})") for one in _to_come(case)
    )


_OF_TRAININGS: Final[dict[str, Any]] = {"place": FRAMEWORK, "sections": ("trainings",)}

PLAN_TRAINING: Form[FrameworkCase] = Form(
    command=PlanTraining,
    **_OF_TRAININGS,
    first=("kind", "title", "starts_on", "place"),
    later=("ends_on", "starts_at", "partner_id", "roles", "partners", "territories", "places"),
    short=("title", "place"),
    creates=("training_id",),
    fixed={"kind": words("training-kind", TRAINING_KINDS), "roles": words("role", AUDIENCE)},
    choices={
        "partner_id": FrameworkCase.partners,
        "partners": FrameworkCase.partners,
        "territories": followed_territories,
    },
    example={"kind": "TRAINING", "title": "Piloter une CTG", "roles": ["COOPERATION_OFFICER"]},
)

RECORD_TRAINING: Form[FrameworkCase] = Form(
    command=RecordTraining,
    **_OF_TRAININGS,
    rank=1,
    date_first=True,
    first=("training_id", "technical", "political", "usage", "kept"),
    choices={"training_id": _choices},
    needs={"training_id": PLAN_TRAINING},
    example={"technical": 18, "political": 4, "usage": 0, "kept": "Chaque territoire repart avec son calendrier"},
)

MOVE_TRAINING: Form[FrameworkCase] = Form(
    command=MoveTraining,
    **_OF_TRAININGS,
    rank=2,
    own_motive=True,
    first=("training_id", "starts_on", "motive"),
    later=("ends_on", "starts_at", "place"),
    short=("place",),
    choices={"training_id": _choices},
    needs={"training_id": PLAN_TRAINING},
)

CANCEL_TRAINING: Form[FrameworkCase] = Form(
    command=CancelTraining,
    **_OF_TRAININGS,
    rank=3,
    own_motive=True,
    choices={"training_id": _choices},
    needs={"training_id": PLAN_TRAINING},
)

FORMS = (PLAN_TRAINING, RECORD_TRAINING, MOVE_TRAINING, CANCEL_TRAINING)
