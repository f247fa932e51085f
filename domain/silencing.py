"""Deadlines silenced: muted by a decision of the committee, or met elsewhere on proof (domain.md 4.4).

The method says which ways each deadline allows. What is silenced by mistake is annulled like any other fact, and the
deadline is awaited again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.agenda import MET_ELSEWHERE, MUTED, Agenda, Occurrence, Silence, agenda_stream, opened
from domain.cited_decisions import check_decision
from domain.convention.closed import check_open
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    DoesNotFit,
    EndsBeforeStart,
    Event,
    Level,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    record_from,
)
from domain.steering import REMINDERS_SUSPENDED, DecisionReference
from domain.values import Code, InvalidValue, Prose

NOT_ITS_AGENDA: Final = Code("NOT_ITS_AGENDA")
"""Why a deadline is not silenced there: the sweep reads the agenda of its own convention."""

SILENCES: Final = (MUTED, MET_ELSEWHERE)


@dataclass(frozen=True)
class SilenceNotAllowed(BrokenRule):
    """The method does not let this deadline be silenced in this way."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "silence"
    deadline: Code
    silence: Code
    allowed: tuple[Code, ...]


@dataclass(frozen=True)
class ProofAwaited(BrokenRule):
    """What was met elsewhere is proved by a document."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "evidence"
    deadline: Code


@dataclass(frozen=True)
class SilenceWithoutDecision(BrokenRule):
    """R08: only the committee mutes a deadline, by a decision that is cited."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "decided_in"
    MENDED_BY = "record-meeting"
    deadline: Code


@event("agenda.reminder-silenced")
class ReminderSilenced(Event):
    """A deadline is muted from `occurred_on` on, or was met elsewhere on that day."""

    convention_id: UUID
    home_territory_id: UUID
    occurrence: Occurrence
    silence: Code
    decided_in: DecisionReference | None
    until: date | None
    motive: Prose | None

    def apply(self, agenda: Agenda) -> None:
        """Keep it beside what was silenced before."""
        said = Silence(self.envelope.event_id, self.silence, self.occurred_on, self.until)
        agenda.silences[self.occurrence.word] = (*agenda.silences.get(self.occurrence.word, ()), said)


@command(Agenda, starts=True, records=ReminderSilenced)
@dataclass(frozen=True, kw_only=True)
class SilenceDeadline(Command):
    """Silence one deadline of a convention, in its agenda; `stream_id` is `agenda_stream(convention_id)`.
    `home_territory_id` is checked against the convention's.

    `MUTED`: the committee decided so (`decided_in`), until a day or for good. `MET_ELSEWHERE`: it was done on
    `occurred_on`, as the documents show.
    """

    convention_id: UUID
    home_territory_id: UUID
    occurrence: Occurrence
    silence: Code
    decided_in: DecisionReference | None = None
    until: date | None = None
    motive: Prose | None = None

    def __post_init__(self) -> None:
        if self.silence not in SILENCES:
            raise InvalidValue("unknown-code", field="silence", value=self.silence, allowed=SILENCES)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory of its convention."""
        return self.home_territory_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """Of a closed convention nothing is expected."""
        check_open(state, case, is_fact=False)
        return case.weighed()

    def decide(self, state: Agenda | None, case: Case) -> Agenda:
        convention = case.find(TerritorialConvention, self.convention_id, "convention_id")
        if convention is not None:
            case.breaks_if(
                self.stream_id != agenda_stream(self.convention_id),
                DoesNotFit("stream_id", str(self.stream_id), NOT_ITS_AGENDA),
            )
            case.breaks_if(
                convention.home_territory_id != self.home_territory_id,
                UnknownReference("home_territory_id", str(self.home_territory_id)),
            )
            self._check(convention, case)
        case.settle()
        if state is None:
            assert convention is not None
            state = opened(convention, case)
        record_from(self, state, case)
        return state

    def _check(self, convention: TerritorialConvention, case: Case) -> None:
        check_open(convention, case, is_fact=False)
        profile = pinned_profile(case, *convention.profile_key)
        deadline = self.occurrence.deadline
        rule = next((one for one in profile.active_deadlines if one.id == deadline), None)
        if rule is None:
            case.broken(UnknownReference("occurrence", deadline))
            return
        case.breaks_if(self.silence not in rule.silence, SilenceNotAllowed(deadline, self.silence, rule.silence))
        if self.silence == MET_ELSEWHERE:
            case.breaks_if(not case.context.evidence, ProofAwaited(deadline))
            return
        if self.decided_in is None:
            case.broken(SilenceWithoutDecision(deadline))
        else:
            check_decision(
                case,
                self.decided_in,
                REMINDERS_SUSPENDED,
                convention.home_territory_id,
                profile.deciding_bodies,
                by_mandated_body=False,
            )
        if self.until is not None and self.until < case.occurred_on:
            case.broken(EndsBeforeStart("until", case.occurred_on, self.until))
