"""Which indicators speak of an action: attached when they are defined, or redefined, for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.kernel import Case, Event, Part, event, part
from domain.values import Prose


@part(ActionSheet, "indicators")
@dataclass
class Indicators(Part):
    """The indicators that ever spoke of it, by id; which do now, their own definitions say (`indicators/of_sheets`)."""

    attached: set[UUID] = field(default_factory=set)


@event("action-sheet.indicator-attached")
class IndicatorAttached(Event):
    """An indicator speaks of the action. `title`: as it was called then."""

    indicator_id: UUID
    title: Prose

    def apply(self, sheet: ActionSheet) -> None:
        """Keep it."""
        Indicators.of(sheet).attached.add(self.indicator_id)


def attach(case: Case, indicator_id: UUID, title: Prose, sheet_ids: tuple[UUID, ...], cause: Event) -> None:
    """Tell these sheets that an indicator speaks of them, in the transaction of the act that says so."""
    for sheet_id in sheet_ids:
        sheet = case.streams.find(ActionSheet, sheet_id)
        if sheet is not None and indicator_id not in Indicators.of(sheet).attached:
            sheet.record(IndicatorAttached, case, caused_by=cause, indicator_id=indicator_id, title=title)
            case.streams.change(sheet)
