"""What do users say? Each question that was asked of them, and how the answers are spread; of a few, only how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.indicators.satisfaction import LEVELS, Satisfaction, SatisfactionMeasured
from domain.values import Code, Evidence, Prose
from projections.engine import Dossier

WHOLE = 100


@dataclass(frozen=True)
class Share:
    """How many gave an answer, and in whole percents of all answers."""

    level: Code
    answers: int
    percent: int


@dataclass(frozen=True)
class SatisfactionTold:
    """One question asked once. `shares`: empty where so few answered that their spread is not told, or where nobody
    said it; `satisfied_percent`: of those who have an opinion."""

    satisfaction_id: UUID
    event_id: UUID
    measured_on: date
    question: Prose
    audience: Prose
    channel: Code
    answers: int
    asked: int | None
    shares: tuple[Share, ...]
    satisfied_percent: int | None
    few: bool
    sheet_ids: tuple[UUID, ...]
    note: Prose | None
    evidence: tuple[Evidence, ...]


def satisfaction(dossier: Dossier) -> tuple[SatisfactionTold, ...]:
    """What users said, the latest first."""
    minimum = dossier.method.thresholds.small_cell_persons
    found = [told_of(one, minimum) for _, one in dossier.of(Satisfaction, SatisfactionMeasured)]
    return tuple(sorted(found, key=lambda one: (one.measured_on, one.satisfaction_id), reverse=True))


def told_of(one: SatisfactionMeasured, minimum: int) -> SatisfactionTold:
    """What one question found, where `minimum` answers are not a few."""
    counts = {level: getattr(one, level) for level in LEVELS}
    few = one.answers < minimum
    spread = not few and any(count is not None for count in counts.values())
    shares = (
        tuple(
            Share(Code(level.upper()), count or 0, round((count or 0) * WHOLE / one.answers))
            for level, count in counts.items()
        )
        if spread
        else ()
    )
    said = sum(counts[level] or 0 for level in LEVELS[:4])
    good = sum(counts[level] or 0 for level in LEVELS[:2])
    return SatisfactionTold(
        satisfaction_id=one.originator_id,
        event_id=one.envelope.event_id,
        measured_on=one.occurred_on,
        question=one.question,
        audience=one.audience,
        channel=one.channel,
        answers=one.answers,
        asked=one.asked,
        shares=shares,
        satisfied_percent=round(good * WHOLE / said) if spread and said >= minimum else None,
        few=few,
        sheet_ids=one.sheet_ids,
        note=one.note,
        evidence=one.envelope.evidence,
    )
