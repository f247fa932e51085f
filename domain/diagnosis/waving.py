"""The themed waves of a diagnosis: some themes looked at together for some time, promised, moved, closed.

Which findings and data belong to a wave is an answer: those of its themes, brought or asked while it ran.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.convention.state import TerritorialConvention
from domain.convention.themes import named
from domain.diagnosis.content import DiagnosisContent, check_convention
from domain.diagnosis.finding import FindingsRecorded
from domain.diagnosis.publishing import DiagnosesStarted
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
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
from domain.values import Code, InvalidValue, LocalId, Prose, Theme


@dataclass(frozen=True)
class ThemeOfAnotherWave(BrokenRule):
    """Another wave of the same diagnosis looks at the theme during these days: it is promised once at a time."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "themes"
    theme: Theme

    @property
    def subject(self) -> str:
        return self.theme.code


@dataclass(frozen=True)
class WaveClosedAlready(BrokenRule):
    """The wave is closed: it is neither moved nor closed again."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "wave_id"
    closed_on: date


@dataclass(frozen=True)
class WaveNotMoved(BrokenRule):
    """The wave already runs between these days: nothing would move."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "ends_on"


@dataclass(frozen=True)
class ThemeWithoutFinding(BrokenRule):
    """The wave closes, and brought no finding about one of the themes that it promised: told, and seen from then on."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "wave_id"
    theme: Theme

    @property
    def subject(self) -> str:
        return self.theme.code


class Wave(NamedTuple):
    """A wave as rules look at it."""

    convention_id: UUID
    diagnosis_id: LocalId
    themes: tuple[Code, ...]
    starts_on: date
    ends_on: date
    closed_on: date | None = None

    @property
    def runs_until(self) -> date:
        """Its last day, as it was planned or as it closed before."""
        return min(self.ends_on, self.closed_on) if self.closed_on is not None else self.ends_on

    def shares(self, themes: tuple[Code, ...], starts_on: date, ends_on: date) -> tuple[Code, ...]:
        """The themes that it looks at during some of these days."""
        meets = self.starts_on <= ends_on and starts_on <= self.runs_until
        return tuple(one for one in self.themes if meets and one in themes)


@part(DiagnosisContent, "waves")
@dataclass
class Waves(Part):
    """The waves of the diagnoses of a territory, by id."""

    known: dict[LocalId, Wave] = field(default_factory=dict)

    def say(self, wave_id: LocalId, **said: Any) -> None:
        """Keep what is said of one; of one whose planning was a mistake nothing is kept."""
        if wave_id in self.known:
            self.known[wave_id] = self.known[wave_id]._replace(**said)

    def open_one(self, wave_id: LocalId, case: Case) -> Wave | None:
        """A wave that is not closed; what is wrong is told to the case."""
        known = self.known.get(wave_id)
        if known is None:
            case.broken(UnknownReference("wave_id", wave_id))
        elif known.closed_on is not None:
            case.broken(WaveClosedAlready(known.closed_on))
        return known

    def check_free(self, wave: Wave, case: Case, but: LocalId | None = None) -> None:
        """No other wave of its diagnosis looks at its themes during its days."""
        convention = case.find(TerritorialConvention, wave.convention_id, "convention_id")
        others = [one for key, one in self.known.items() if key != but and one.diagnosis_id == wave.diagnosis_id]
        shared = {each for one in others for each in one.shares(wave.themes, wave.starts_on, wave.ends_on)}
        for theme in wave.themes:
            if theme in shared and convention is not None:
                case.broken(ThemeOfAnotherWave(named(convention, theme)))


def check_days(starts_on: date, ends_on: date) -> None:
    """The days of a wave are in their order. Raises `InvalidValue`."""
    if ends_on < starts_on:
        raise InvalidValue("period-reversed", field="ends_on")


@event("diagnosis.diagnosis-wave-planned")
class DiagnosisWavePlanned(Event):
    """A wave of a diagnosis will look at some themes between two days, both included."""

    convention_id: UUID
    diagnosis_id: LocalId
    wave_id: LocalId
    themes: tuple[Code, ...]
    starts_on: date
    ends_on: date

    def apply(self, content: DiagnosisContent) -> None:
        """Its themes are promised."""
        Waves.of(content).known[self.wave_id] = Wave(
            self.convention_id, self.diagnosis_id, self.themes, self.starts_on, self.ends_on
        )


@command(DiagnosisContent, records=DiagnosisWavePlanned)
@dataclass(frozen=True, kw_only=True)
class PlanDiagnosisWave(Command):
    """Plan a wave of a diagnosis: which themes, from when until when."""

    convention_id: UUID
    diagnosis_id: LocalId
    wave_id: LocalId
    themes: tuple[Code, ...]
    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if not self.themes:
            raise InvalidValue("at-least-one", field="themes")
        unique(self.themes, "themes")
        check_days(self.starts_on, self.ends_on)

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        waves = Waves.of(state)
        for theme in self.themes:
            check_convention(case, self.convention_id, state.home_territory_id, theme, is_fact=False)
        strange = self.diagnosis_id not in DiagnosesStarted.of(state).last
        case.breaks_if(strange, UnknownReference("diagnosis_id", self.diagnosis_id))
        case.breaks_if(self.wave_id in waves.known, AlreadyExists(self.wave_id))
        waves.check_free(Wave(self.convention_id, self.diagnosis_id, self.themes, self.starts_on, self.ends_on), case)
        case.settle()
        record_from(self, state, case)


@event("diagnosis.diagnosis-wave-moved")
class DiagnosisWaveMoved(Event):
    """A wave runs between other days, because (`motive`)."""

    wave_id: LocalId
    starts_on: date
    ends_on: date
    motive: Prose

    def apply(self, content: DiagnosisContent) -> None:
        """Take the new days."""
        Waves.of(content).say(self.wave_id, starts_on=self.starts_on, ends_on=self.ends_on)


@command(DiagnosisContent, records=DiagnosisWaveMoved)
@dataclass(frozen=True, kw_only=True)
class MoveDiagnosisWave(Command):
    """Move a wave to other days, and say why."""

    wave_id: LocalId
    starts_on: date
    ends_on: date
    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")
        check_days(self.starts_on, self.ends_on)

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        waves = Waves.of(state)
        known = waves.open_one(self.wave_id, case)
        if known is not None:
            same = (known.starts_on, known.ends_on) == (self.starts_on, self.ends_on)
            case.breaks_if(same, WaveNotMoved())
            moved = known._replace(starts_on=self.starts_on, ends_on=self.ends_on)
            waves.check_free(moved, case, but=self.wave_id)
        case.settle()
        record_from(self, state, case)


@event("diagnosis.diagnosis-wave-closed")
class DiagnosisWaveClosed(Event):
    """A wave is over; `learned`: what is to be kept of it for the next one."""

    wave_id: LocalId
    learned: Prose | None

    def apply(self, content: DiagnosisContent) -> None:
        """It is over."""
        Waves.of(content).say(self.wave_id, closed_on=self.occurred_on)


@command(DiagnosisContent, records=DiagnosisWaveClosed)
@dataclass(frozen=True, kw_only=True)
class CloseDiagnosisWave(Command):
    """Close a wave; a theme that it promised and that has no finding is told."""

    wave_id: LocalId
    learned: Prose | None = None

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        known = Waves.of(state).open_one(self.wave_id, case)
        if known is not None:
            until = min(known.ends_on, case.occurred_on)
            found = {
                one.theme
                for one in FindingsRecorded.of(state).known.values()
                if known.starts_on <= one.recorded_on <= until
            }
            convention = case.find(TerritorialConvention, known.convention_id, "wave_id")
            for theme in known.themes:
                if theme not in found and convention is not None:
                    case.broken(ThemeWithoutFinding(named(convention, theme)))
        case.settle()
        record_from(self, state, case)
