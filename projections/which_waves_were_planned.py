"""Which themed waves were planned, what did each bring about each theme that it promised, and which brought nothing?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.themes import named
from domain.diagnosis.asking import DataContributionRequested
from domain.diagnosis.content import DiagnosisContent
from domain.diagnosis.finding import FindingRecorded
from domain.diagnosis.waving import CloseDiagnosisWave, DiagnosisWaveClosed, DiagnosisWaveMoved, DiagnosisWavePlanned
from domain.values import Code, LocalId, Prose, Theme
from projections.engine import Dossier

OVER: Final = Code("OVER")
RUNNING: Final = Code("RUNNING")
TO_COME: Final = Code("TO_COME")
CLOSED: Final = Code("CLOSED")
STATES: Final = (OVER, RUNNING, TO_COME, CLOSED)
"""What is past its last day and not closed first, what is closed last."""


@dataclass(frozen=True)
class ThemePromised:
    """A theme of a wave, with the findings and the data asked that belong to it: of its theme, told while it ran."""

    theme: Theme
    finding_ids: tuple[LocalId, ...]
    data_ids: tuple[LocalId, ...]


@dataclass(frozen=True)
class WaveDays:
    """The first and the last day of a wave."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class WaveTold:
    """A wave as it stands on a day. `earlier_days`: those that it was planned for before, `motive`: why it moved last.
    `without_finding`: once it is over, the themes that it promised and about which it brought nothing."""

    wave_id: LocalId
    event_id: UUID
    diagnosis_id: LocalId
    starts_on: date
    ends_on: date
    earlier_days: tuple[WaveDays, ...]
    motive: Prose | None
    closed_on: date | None
    learned: Prose | None
    state: Code
    promised: tuple[ThemePromised, ...]
    without_finding: tuple[Theme, ...]
    next_act: Code | None


def waves(dossier: Dossier, today: date) -> tuple[WaveTold, ...]:
    """The waves of the diagnoses of the territory of a convention."""
    moves = [one for _, one in dossier.of(DiagnosisContent, DiagnosisWaveMoved)]
    closings = {one.wave_id: one for _, one in dossier.of(DiagnosisContent, DiagnosisWaveClosed)}
    findings = [one for _, one in dossier.of(DiagnosisContent, FindingRecorded)]
    asked = [one for _, one in dossier.of(DiagnosisContent, DataContributionRequested)]
    found = []
    for _, one in dossier.of(DiagnosisContent, DiagnosisWavePlanned):
        own = [each for each in moves if each.wave_id == one.wave_id]
        days = [(one.starts_on, one.ends_on), *((each.starts_on, each.ends_on) for each in own)]
        starts_on, ends_on = days[-1]
        closed = closings.get(one.wave_id)
        until = min(ends_on, closed.occurred_on) if closed is not None else ends_on
        promised = tuple(
            ThemePromised(
                named(dossier.convention, theme),
                tuple(o.finding_id for o in findings if o.theme == theme and starts_on <= o.occurred_on <= until),
                tuple(o.data_id for o in asked if o.theme == theme and starts_on <= o.occurred_on <= until),
            )
            for theme in one.themes
        )
        state = _state(starts_on, ends_on, today) if closed is None else CLOSED
        found.append(
            WaveTold(
                wave_id=one.wave_id,
                event_id=one.envelope.event_id,
                diagnosis_id=one.diagnosis_id,
                starts_on=starts_on,
                ends_on=ends_on,
                earlier_days=tuple(WaveDays(*each) for each in days[:-1]),
                motive=own[-1].motive if own else None,
                closed_on=closed.occurred_on if closed is not None else None,
                learned=closed.learned if closed is not None else None,
                state=state,
                promised=promised,
                without_finding=tuple(each.theme for each in promised if not each.finding_ids)
                if state in (OVER, CLOSED)
                else (),
                next_act=Code(CloseDiagnosisWave.NAME) if state == OVER else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (STATES.index(one.state), one.starts_on)))


def _state(starts_on: date, ends_on: date, today: date) -> Code:
    return OVER if ends_on < today else TO_COME if today < starts_on else RUNNING
