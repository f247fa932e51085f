"""The indicators that speak of an action now, as rules about its plan ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.action_sheets.indicators import Indicators
from domain.action_sheets.state import ActionSheet
from domain.indicators.indicator import Indicator
from domain.kernel import Streams


def speaking_of(sheet: ActionSheet, streams: Streams) -> Iterator[Indicator]:
    """Those that speak of it: neither retired, nor annulled, nor defined for other actions since."""
    for one in Indicators.of(sheet).attached:
        found = streams.find(Indicator, one)
        if found is not None and found.retired_on is None and sheet.id in found.terms.sheet_ids:
            yield found


def has_a_start(indicator: Indicator) -> bool:
    """R11: whether it says from where it starts, or by when that will be known."""
    terms = indicator.terms
    return terms.baseline_value is not None or terms.baseline_promised_by is not None
