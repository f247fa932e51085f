"""The sweep records what time brought, in the agenda of a convention or of a framework: exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.agenda import (
    ABOUT_FRAMEWORK,
    REMINDER,
    Agenda,
    AgendaOpened,
    DeadlineMissed,
    Occurrence,
    PendingStep,
    ReminderEscalated,
    ReminderSent,
    agenda_stream,
    missed_on,
    opened,
    unsaid,
)
from domain.convention.methods_followed import MethodsFollowed
from domain.convention.state import TerritorialConvention
from domain.frameworks import FrameworkConvention
from domain.kernel import Case, Command, command
from domain.values import deterministic_id


def _opened_for(framework: FrameworkConvention, case: Case) -> Agenda:
    agenda: Agenda = Agenda.start(
        agenda_stream(framework.id),
        AgendaOpened,
        case,
        subject_kind=ABOUT_FRAMEWORK,
        subject_id=framework.id,
        home_territory_id=None,
    )
    return agenda


def _method_since(convention_id: UUID, case: Case) -> date | None:
    convention = case.streams.find(TerritorialConvention, convention_id)
    return MethodsFollowed.of(convention).since if convention is not None else None


@command(Agenda, starts=True, internal=True)
@dataclass(frozen=True, kw_only=True)
class SweepAgenda(Command):
    """Record what has become due, in one save. Sent by the sweep with what the sheet says today.

    Exactly once whatever the number of workers: what is already recorded is skipped, ids are deterministic, and of
    several pending steps of one occurrence only the most severe is sent (`unsaid`). What was silenced since the sheet
    was asked (`known_silences`: by what it knew) waits for the next sweep. Returns without events when nothing is new.
    About a convention, else about a framework.
    """

    convention_id: UUID | None = None
    framework_id: UUID | None = None
    missed: tuple[tuple[Occurrence, date], ...]
    pending: tuple[PendingStep, ...]
    known_silences: frozenset[UUID] = frozenset()

    def decide(self, state: Agenda | None, case: Case) -> Agenda | None:
        case.settle()
        missed, steps = unsaid(state, self.missed, self.pending)
        if state is not None:  # silenced while the sweep was on its way
            known = self.known_silences
            missed = tuple((one, day) for one, day in missed if not state.is_silenced_since(one, known))
            steps = tuple(one for one in steps if not state.is_silenced_since(one.occurrence, known))
        if not missed and not steps:
            return state
        if state is None:
            state = self._opened(case)
        since = _method_since(self.convention_id, case) if missed and self.convention_id is not None else None
        for occurrence, due_on in missed:
            passed_on = missed_on(due_on, since)
            state.record(DeadlineMissed, case, occurred_on=passed_on, occurrence=occurrence, due_on=due_on)
        for step in steps:
            state.record(
                ReminderSent if step.kind == REMINDER else ReminderEscalated,
                case,
                message_id=deterministic_id(
                    step.kind, self.stream_id, *vars(step.occurrence).values(), step.due_on, step.offset_days
                ),
                occurrence=step.occurrence,
                due_on=step.due_on,
                offset_days=step.offset_days,
                recipients=step.recipients,
                roles=step.roles,
            )
        return state

    def _opened(self, case: Case) -> Agenda:
        if self.framework_id is not None:
            framework = case.streams.find(FrameworkConvention, self.framework_id)
            assert framework is not None, f"agenda of an unknown framework {self.framework_id}"
            return _opened_for(framework, case)
        assert self.convention_id is not None, "an agenda is about a convention or a framework"
        convention = case.streams.find(TerritorialConvention, self.convention_id)
        assert convention is not None, f"agenda of an unknown convention {self.convention_id}"
        return opened(convention, case)
