"""The figure beside "Mon travail": how much the reader has to do, late or within a week. Read from what lists keep."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from api.access import Visitor
from api.pages.ranking import current_line
from api.services import Services
from domain.framework_pledges.keeping import RecordFrameworkDelivery
from domain.values import Code
from projections.what_a_framework_awaits import awaited_of_framework, when_on_framework
from projections.who_does_what_next import pressing
from workflows.summaries import Line

MOST_COUNTED: Final = 60
"""Of more territories the figure would cost more than the page around it: only the page of work counts them."""

MOST_KEPT: Final = 1_000


@dataclass(frozen=True)
class Figure:
    """How much; `is_sure`: of the last facts."""

    count: int
    is_sure: bool = True


class KeptFigures:
    """The figures that were sure lately, by all that they rest on; the least used is left out first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Figure] = OrderedDict()

    def get(self, key: bytes) -> Figure | None:
        """What is kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: bytes, figure: Figure) -> None:
        """Keep it, unless it may be otherwise soon although nothing is recorded."""
        if not figure.is_sure:
            return
        with self._lock:
            self._kept[key] = figure
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def figure_of(services: Services, visitor: Visitor) -> Figure | None:
    """The figure for a reader; None for whoever reads everything, or more than can be counted on each page."""
    places = visitor.territories
    if places is None or not 0 < len(places) <= MOST_COUNTED:
        return None
    by_place: dict[UUID, list[Line]] = {}
    for line in services.summaries.on_territories(places):
        by_place.setdefault(line.territory_id, []).append(line)
    own = frozenset(one.partner_id for one in visitor.actor.roles if one.partner_id is not None)
    lines = [current_line(several) for several in by_place.values()]
    return Figure(
        sum(_count(services, visitor, one, own) for one in lines) + _on_frameworks(services, visitor),
        all(one.said is not None and not one.to_check for one in lines),
    )


def _on_frameworks(services: Services, visitor: Visitor) -> int:
    """How much is late or due within a week on the frameworks that the reader steers."""
    today, count = services.clock.today(), 0
    for framework_id in dict.fromkeys(one.framework_id for one in visitor.actor.roles if one.territory_id is None):
        if framework_id is None or not visitor.may(RecordFrameworkDelivery.NAME, framework_id=framework_id):
            continue
        place = services.reader.of_framework(framework_id)
        found = awaited_of_framework(place, today, services.holidays.of(place.framework.department))
        count += sum(when_on_framework(one, today) in ("late", "week") for one in found)
    return count


def _count(services: Services, visitor: Visitor, line: Line, own: Iterable[UUID]) -> int:
    if line.said is None:
        return 0

    def may(act: Code, partner_id: UUID | None) -> bool:
        return visitor.may(act, line.territory_id, partner_id)

    return pressing(line.said.to_do, services.clock.today(), may, frozenset(own))
