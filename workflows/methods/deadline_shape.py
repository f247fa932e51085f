"""The shape of one of `deadlines`: watched, or announced until what it is about exists here."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from domain.method import DeadlineRule, Period, Step
from domain.silencing import SILENCES
from domain.values import Code
from projections.what_is_due import CONDITIONS, TRIGGERS
from workflows.methods.vocabulary import (
    NAME,
    TOPIC,
    Distinct,
    EventOr,
    Named,
    OneOf,
    Pattern,
    Recipient,
    Shape,
    Some,
    codes,
)

FURTHEST_STEP_DAYS: Final = 3650
WATCHED: Final = "<watched>"
ANNOUNCED: Final = "<announced>"
"""The two forms of a deadline; no key of the file can be called so."""

Id = Annotated[str, OneOf(families=("deadline",))]
Days = Annotated[int, Field(ge=-FURTHEST_STEP_DAYS, le=FURTHEST_STEP_DAYS)]
Silenced = Annotated[str, OneOf(families=("silence",))]
EventOrName = Annotated[str, Pattern(f"(?:{TOPIC.pattern}|{NAME.pattern})", "ctg.action.action-scheduled")]


class StepShape(Shape):
    """One of `reminders` or `escalations`: days relative to the due date, and who is told."""

    at: Days
    to: Some[Recipient]

    def read(self) -> Step:
        """As the domain knows it."""
        return Step(self.at, codes(self.to))


class AnnouncedStepShape(StepShape):
    """A step whose recipients may be of a kind that does not exist here yet."""

    to: Some[Named]


class DeadlineShape(Shape):
    """A deadline that is watched."""

    id: Id
    active: Literal[True] = True
    subject: Annotated[str, OneOf(families=("deadline-subject",))]
    trigger: Annotated[str, EventOr("trigger", TRIGGERS)]
    occurrence: Annotated[str, OneOf(families=("occurrence",))]
    days: Annotated[str, OneOf(("calendar", "working"))] = "calendar"
    offset: Annotated[str, Field(examples=["P6M", "P15D"])]
    moves: bool = True
    met_by: Some[Annotated[str, EventOr("condition", CONDITIONS)]]
    reminders: list[StepShape] = []
    escalations: list[StepShape] = []
    silence: Distinct[Silenced] = [*SILENCES]
    bodies: Distinct[Annotated[str, OneOf(families=("body-kind",))]] = []

    @field_validator("offset")
    @classmethod
    def _is_a_period(cls, offset: str, info: ValidationInfo) -> str:
        try:
            Period.parse(offset, working=info.data.get("days") == "working")
        except ValueError as error:
            raise PydanticCustomError("malformed", "malformed", {"value": offset, "example": "P6M, P15D"}) from error
        return offset

    def read(self) -> DeadlineRule:
        """As the domain knows it."""
        return _read(self)


class AnnouncedDeadlineShape(DeadlineShape):
    """A deadline that is not watched yet: what it names need not exist, and must only be well written."""

    active: Literal[False]  # type: ignore[assignment]
    subject: Named
    trigger: EventOrName
    met_by: Some[EventOrName]
    reminders: list[AnnouncedStepShape] = []  # type: ignore[assignment]
    escalations: list[AnnouncedStepShape] = []  # type: ignore[assignment]


def _read(shape: DeadlineShape) -> DeadlineRule:
    return DeadlineRule(
        id=Code(shape.id),
        active=shape.active,
        subject=Code(shape.subject),
        trigger=Code(shape.trigger),
        occurrence=Code(shape.occurrence),
        offset=Period.parse(shape.offset, working=shape.days == "working"),
        moves=shape.moves,
        met_by=codes(shape.met_by),
        reminders=tuple(step.read() for step in shape.reminders),
        escalations=tuple(step.read() for step in shape.escalations),
        silence=codes(shape.silence),
        bodies=codes(shape.bodies),
    )


def _form(value: Any) -> str:
    """Which of the two a block says it is."""
    active = value.get("active", True) if isinstance(value, dict) else getattr(value, "active", True)
    return ANNOUNCED if active is False else WATCHED


AnyDeadline = Annotated[
    Annotated[DeadlineShape, Tag(WATCHED)] | Annotated[AnnouncedDeadlineShape, Tag(ANNOUNCED)], Discriminator(_form)
]
