"""What became of each finding that was shared: answered by a priority, carried by a sheet, discussed in a forum, or
nothing yet; what has led to nothing for longer than the method says is silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.describing import Description
from domain.action_sheets.following import Progress
from domain.action_sheets.state import ABANDONED
from domain.calendar import add_period
from domain.convention.deciding import is_of_before
from domain.values import Code, LocalId
from projections import what_the_plan_rests_on
from projections.engine import Dossier
from projections.how_the_chain_holds import ASSET
from projections.what_became_of_contributions import silent_after
from projections.what_the_plan_rests_on import FindingMade

SILENT: Final = Code("SILENT")
WAITING: Final = Code("WAITING")
DISCUSSED: Final = Code("DISCUSSED")
CARRIED: Final = Code("CARRIED")
ANSWERED: Final = Code("ANSWERED")
KEPT: Final = Code("KEPT")
"""Nothing is asked of it: it is an asset, or nobody knows what came of it before the take-over (R34)."""
SILENCE: Final = "LATEST_NEWS_OF_FINDING"
"""What starts the deadline of a method that says after how long a finding that led to nothing is a silence (S10)."""
FATES: Final = (SILENT, WAITING, DISCUSSED, CARRIED, ANSWERED, KEPT)
"""In the order in which they are told: what waits first."""


@dataclass(frozen=True)
class FindingFate:
    """A finding as the latest diagnosis words it, numbered within its version, and what became of it; `waits_since`:
    the day from which it waits for an answer, None where it has one or asks for none."""

    finding: FindingMade
    version: int
    number: int
    shared_on: date
    fate: Code
    priorities: tuple[LocalId, ...]
    sheets: tuple[UUID, ...]
    forums: tuple[LocalId, ...]
    waits_since: date | None


def findings(dossier: Dossier, today: date) -> tuple[FindingFate, ...]:
    """Every finding shared, what waits longest first."""
    basis = dossier.once(what_the_plan_rests_on.basis)
    latest = {
        finding.finding_id: (finding, one, number)
        for one in basis.diagnoses
        for number, finding in enumerate(one.findings, 1)
    }
    first: dict[LocalId, date] = {}
    for one in basis.diagnoses:
        for finding in one.findings:
            first.setdefault(finding.finding_id, one.shared_on)
    live = [one for one in basis.priorities if one.withdrawn_on is None]
    carrying = [one for one in dossier.sheets if Progress.of(one).status != ABANDONED]
    held = [one for one in basis.forums if one.held_on is not None]
    silence = silent_after(dossier.method, SILENCE)
    told = []
    for finding_id, (finding, shared, number) in latest.items():
        since = first[finding_id]
        priorities = tuple(one.priority_id for one in live if finding_id in one.findings)
        sheets = tuple(one.id for one in carrying if finding_id in Description.of(one).findings)
        forums = tuple(
            one.forum_id for one in held if finding.theme in one.themes and (one.held_on or date.min) >= since
        )
        fate = ANSWERED if priorities else CARRIED if sheets else DISCUSSED if forums else WAITING
        if not priorities and not sheets:
            if finding.kind == ASSET or is_of_before(dossier.convention, since):
                fate = KEPT
            elif silence is not None and add_period(since, silence, frozenset()) <= today:
                fate = SILENT
        waits = since if fate in (SILENT, WAITING, DISCUSSED) else None
        told.append(FindingFate(finding, shared.version, number, since, fate, priorities, sheets, forums, waits))
    return tuple(sorted(told, key=lambda one: (FATES.index(one.fate), one.shared_on, one.version, one.number)))


def led_nowhere(held: Collection[LocalId], told: Iterable[FindingFate]) -> bool:
    """Whether a diagnosis that holds these findings led to nothing for longer than the method says: one of them is
    silent, and none was answered by a priority or carried by a sheet."""
    fates = {one.fate for one in told if one.finding.finding_id in held}
    return SILENT in fates and not fates & {ANSWERED, CARRIED}
