"""What silences a deadline today: a decision of the committee, or that it was met elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.agenda import MET_ELSEWHERE, Agenda, Occurrence, Silence
from projections.what_is_due.starting import NEWS


@dataclass(frozen=True)
class Silenced:
    """`muted`: the decision in force today, the one that lasts longest; `over_on`: the last day of those that are over;
    `met_elsewhere`: the first time that it was; of what moves with each news nothing is met for good."""

    muted: Silence | None = None
    over_on: date | None = None
    met_elsewhere: Silence | None = None


NOTHING = Silenced()


def silenced_by(agenda: Agenda | None, occurrence: Occurrence, today: date) -> Silenced:
    """What silences one deadline."""
    said = _said(agenda, occurrence)
    if not said:
        return NOTHING
    muting = [one for one in said if one.mutes(today)]
    over = [one.until for one in said if one.until is not None and one.until < today]
    elsewhere = [one for one in said if one.kind == MET_ELSEWHERE and occurrence.key != NEWS]
    return Silenced(
        max(muting, key=lambda one: one.until or date.max, default=None),
        max(over, default=None),
        min(elsewhere, key=lambda one: one.on, default=None),
    )


def told_elsewhere_on(agenda: Agenda | None, occurrence: Occurrence) -> date:
    """The last day on which news of it was given elsewhere; long ago where none was."""
    return max((one.on for one in _said(agenda, occurrence) if one.kind == MET_ELSEWHERE), default=date.min)


def _said(agenda: Agenda | None, occurrence: Occurrence) -> tuple[Silence, ...]:
    return agenda.silences.get(occurrence.word, ()) if agenda is not None else ()
