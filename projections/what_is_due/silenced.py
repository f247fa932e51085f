"""What silences a deadline today: a decision of the committee, or that it was met elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.agenda import MET_ELSEWHERE, Occurrence, Silence
from projections.engine import Dossier


@dataclass(frozen=True)
class Silenced:
    """`muted`: the decision in force today, the one that lasts longest; `over_on`: the last day of those that are over;
    `met_elsewhere`: the first time that it was."""

    muted: Silence | None = None
    over_on: date | None = None
    met_elsewhere: Silence | None = None


NOTHING = Silenced()


def silenced_by(dossier: Dossier, occurrence: Occurrence, today: date) -> Silenced:
    """What silences one deadline."""
    said = dossier.agenda.silences.get(occurrence.word, ()) if dossier.agenda is not None else ()
    if not said:
        return NOTHING
    muting = [one for one in said if one.mutes(today)]
    over = [one.until for one in said if one.until is not None and one.until < today]
    elsewhere = [one for one in said if one.kind == MET_ELSEWHERE]
    return Silenced(
        max(muting, key=lambda one: one.until or date.max, default=None),
        max(over, default=None),
        min(elsewhere, key=lambda one: one.on, default=None),
    )
