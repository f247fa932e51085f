"""What changed since the last committee? The facts of a convention and of its sheets that happened after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.action_sheets.state import ActionSheet
from domain.claims.calendar import Claims
from domain.convention.state import TerritorialConvention
from domain.indicators.indicator import Indicator
from domain.indicators.satisfaction import Satisfaction
from domain.kernel import Event
from domain.pledges.pledge import Pledge
from domain.territories import Territory
from projections.engine import Dossier

_TELLING: Final = tuple(
    f"{one.TOPIC}." for one in (TerritorialConvention, ActionSheet, Pledge, Claims, Indicator, Satisfaction, Territory)
)
"""The streams whose facts a committee hears of: reminders are no news, and what it decided it knows."""


def changed_since(dossier: Dossier, day: date) -> Sequence[Event]:
    """What happened after a day, the latest first."""
    found = [
        entry.event
        for entry in dossier.entries
        if entry.event.occurred_on > day and entry.event.TOPIC.startswith(_TELLING)
    ]
    return sorted(found, key=lambda one: (one.occurred_on, one.recorded_at), reverse=True)
