"""Trainings, form-actions and the yearly colloquium of a framework: planned, moved, cancelled, delivered (S1, S2).

They live in the framework's own stream: there are a few a year. Who came is counted, and nobody is named (R32).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Final, NamedTuple
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    EndsBeforeStart,
    Event,
    Level,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
    required_text,
    unique,
)
from domain.partners import Partner
from domain.roles import FRAMEWORK_ROLES, TERRITORY_ROLES
from domain.values import Attendance, Code, InvalidValue, LocalId, Prose

TRAINING: Final = Code("TRAINING")
FORM_ACTION: Final = Code("FORM_ACTION")
COLLOQUIUM: Final = Code("COLLOQUIUM")
TRAINING_KINDS: Final = (TRAINING, FORM_ACTION, COLLOQUIUM)
"""A training teaches, a form-action is learned by doing together, the colloquium gathers everybody once a year."""

AUDIENCE: Final = tuple(dict.fromkeys((*FRAMEWORK_ROLES, *TERRITORY_ROLES)))
"""The roles that one may be for."""

NOBODY: Final = Attendance(0, 0, 0)


@dataclass(frozen=True)
class TrainingCancelledAlready(BrokenRule):
    """It was cancelled: it is neither held, nor moved, nor cancelled again."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "training_id"
    cancelled_on: date


@dataclass(frozen=True)
class TrainingDeliveredAlready(BrokenRule):
    """It took place: it is neither held again, nor moved, nor cancelled."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "training_id"
    delivered_on: date


@dataclass(frozen=True)
class TrainingNotThereYet(BrokenRule):
    """It is delivered on its day, not before: one that was held earlier was moved first."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    MENDED_BY = "move-training"
    starts_on: date
    occurred_on: date


class Training(NamedTuple):
    """What rules look at."""

    kind: Code
    starts_on: date
    ends_on: date | None
    starts_at: time | None
    territories: tuple[UUID, ...]
    cancelled_on: date | None = None
    delivered_on: date | None = None


@part(FrameworkConvention, "trainings")
@dataclass
class Trainings(Part):
    """The trainings by id; of one whose plan was annulled nothing more is taken."""

    known: dict[LocalId, Training] = field(default_factory=dict)


@event("framework.training-planned")
class TrainingPlanned(Event):
    """A training, a form-action or a colloquium is to be: when, where, by which partner, for whom. `roles`, `partners`,
    `territories`: for whom; none: for all. `places`: how many may come, None where nothing limits it."""

    training_id: LocalId
    kind: Code
    title: Prose
    starts_on: date
    ends_on: date | None
    starts_at: time | None
    place: Prose | None
    partner_id: UUID | None
    roles: tuple[Code, ...]
    partners: tuple[UUID, ...]
    territories: tuple[UUID, ...]
    places: int | None

    def apply(self, framework: FrameworkConvention) -> None:
        """It is to come."""
        Trainings.of(framework).known[self.training_id] = Training(
            self.kind, self.starts_on, self.ends_on, self.starts_at, self.territories
        )


@event("framework.training-moved")
class TrainingMoved(Event):
    """It is on other days, said again whole, because (`motive`)."""

    training_id: LocalId
    starts_on: date
    ends_on: date | None
    starts_at: time | None
    place: Prose | None
    motive: Prose

    def apply(self, framework: FrameworkConvention) -> None:
        """Take its day."""
        known = Trainings.of(framework).known
        if (one := known.get(self.training_id)) is not None:
            known[self.training_id] = one._replace(
                starts_on=self.starts_on, ends_on=self.ends_on, starts_at=self.starts_at
            )


@event("framework.training-cancelled")
class TrainingCancelled(Event):
    """It will not be, because (`motive`)."""

    training_id: LocalId
    motive: Prose

    def apply(self, framework: FrameworkConvention) -> None:
        """It is off."""
        known = Trainings.of(framework).known
        if (one := known.get(self.training_id)) is not None:
            known[self.training_id] = one._replace(cancelled_on=self.occurred_on)


@event("framework.training-delivered")
class TrainingDelivered(Event):
    """It took place on `occurred_on`: how many professionals, elected people and residents came, what is kept of it."""

    training_id: LocalId
    technical: int
    political: int
    usage: int
    kept: Prose

    def apply(self, framework: FrameworkConvention) -> None:
        """It took place."""
        known = Trainings.of(framework).known
        if (one := known.get(self.training_id)) is not None:
            known[self.training_id] = one._replace(delivered_on=self.occurred_on)


@dataclass(frozen=True, kw_only=True)
class _SaysDays(Command):
    """When and where it is to be."""

    training_id: LocalId
    starts_on: date
    ends_on: date | None = None
    starts_at: time | None = None
    place: Prose | None = None

    def check_days(self, case: Case) -> None:
        """Its first day is to come on the day on which that is said, and its last day follows."""
        past = self.starts_on < case.occurred_on
        case.breaks_if(past, EndsBeforeStart("starts_on", case.occurred_on, self.starts_on))
        if self.ends_on is not None and self.ends_on < self.starts_on:
            case.broken(EndsBeforeStart("ends_on", self.starts_on, self.ends_on))


@dataclass(frozen=True, kw_only=True)
class _OfTraining(Command):
    """An act on a training that is to come."""

    training_id: LocalId

    def check_open(self, state: FrameworkConvention, case: Case) -> Training | None:
        """It was planned, and neither cancelled nor delivered."""
        known = Trainings.of(state).known.get(self.training_id)
        if known is None:
            case.broken(UnknownReference("training_id", self.training_id))
        elif known.cancelled_on is not None:
            case.broken(TrainingCancelledAlready(known.cancelled_on))
        elif known.delivered_on is not None:
            case.broken(TrainingDeliveredAlready(known.delivered_on))
        return known


@command(FrameworkConvention, records=TrainingPlanned)
@dataclass(frozen=True, kw_only=True)
class PlanTraining(_SaysDays):
    """Plan a training, a form-action or a colloquium for those whom the framework gathers."""

    kind: Code
    title: Prose
    partner_id: UUID | None = None
    roles: tuple[Code, ...] = ()
    partners: tuple[UUID, ...] = ()
    territories: tuple[UUID, ...] = ()
    places: int | None = None

    def __post_init__(self) -> None:
        required_text(self.title, "title")
        if self.kind not in TRAINING_KINDS:
            raise InvalidValue("unknown-code", field="kind", value=self.kind, allowed=TRAINING_KINDS)
        for one in self.roles:
            if one not in AUDIENCE:
                raise InvalidValue("unknown-code", field="roles", value=one, allowed=AUDIENCE)
        unique(self.roles, "roles")
        unique(map(str, self.partners), "partners")
        unique(map(str, self.territories), "territories")
        if self.places is not None and self.places < 1:
            raise InvalidValue("negative-count", field="places")

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        case.breaks_if(self.training_id in Trainings.of(state).known, AlreadyExists(self.training_id))
        self.check_days(case)
        if self.partner_id is not None:
            case.find(Partner, self.partner_id, "partner_id")
        for one in self.partners:
            case.find(Partner, one, "partners")
        for one in self.territories:
            case.breaks_if(not state.follows(one), UnknownReference("territories", str(one)))
        case.settle()
        record_from(self, state, case)


@command(FrameworkConvention, records=TrainingMoved)
@dataclass(frozen=True, kw_only=True)
class MoveTraining(_OfTraining, _SaysDays):
    """Move a training to other days, said again whole, and say why."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        self.check_open(state, case)
        self.check_days(case)
        case.settle()
        record_from(self, state, case)


@command(FrameworkConvention, records=TrainingCancelled)
@dataclass(frozen=True, kw_only=True)
class CancelTraining(_OfTraining):
    """Cancel a training, and say why."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        self.check_open(state, case)
        case.settle()
        record_from(self, state, case)


@command(FrameworkConvention, records=TrainingDelivered)
@dataclass(frozen=True, kw_only=True)
class RecordTraining(_OfTraining):
    """Record that a training took place: people are counted, nobody is named, and what is kept of it is said."""

    technical: int = 0
    political: int = 0
    usage: int = 0
    kept: Prose

    def __post_init__(self) -> None:
        required_text(self.kept, "kept")
        if Attendance(self.technical, self.political, self.usage) == NOBODY:
            raise InvalidValue("at-least-one", field="technical")

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        known = self.check_open(state, case)
        if known is not None and case.occurred_on < known.starts_on:
            case.broken(TrainingNotThereYet(known.starts_on, case.occurred_on))
        case.settle()
        record_from(self, state, case)
