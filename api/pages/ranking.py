"""The territories that a visitor may read, the most pressing first: what the list, the bar and the jump list share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from api.pages.addresses import Home
from api.pages.asking import Asking
from api.pages.contexts import Status
from domain.collation import alphabetical
from projections import where_conventions_stand, which_partners_and_places_are_known
from projections.what_lists_say import Summary
from projections.where_conventions_stand import UNKNOWN
from projections.where_coverage_is_missing import Gap
from projections.which_partners_and_places_are_known import TerritoryKnown
from workflows.summaries import Line

ORDER: Final[tuple[Status, ...]] = ("late", "irregular", "watch", "not-started", "on-time", "done")


@dataclass(frozen=True)
class Ranked:
    """A territory with what lists say of its convention, where it has one."""

    place: TerritoryKnown
    line: Line | None
    gap: Gap | None = None
    """The days within which today is, on which nothing covers it although something did."""

    @property
    def home(self) -> Home:
        """Where its pages are."""
        return Home(self.place.siren)

    @property
    def said(self) -> Summary | None:
        """What is said of its convention; None where there is none, or nobody can tell now."""
        return self.line.said if self.line is not None else None

    @property
    def is_sure(self) -> bool:
        """Whether what is said is of the last facts."""
        return self.line is None or (self.line.said is not None and not self.line.to_check)

    @property
    def status(self) -> Status:
        """In one of the five words; what is not sure is to be watched."""
        if self.line is None:
            return "not-started"
        if self.line.said is None or self.line.to_check:
            return "watch"
        told = self.line.said.status
        return "watch" if self.gap is not None and told not in ("late", "irregular") else told

    @property
    def phase(self) -> str:
        """The phase of its convention."""
        if self.line is None:
            return where_conventions_stand.NOT_COVERED
        return self.line.said.standing.phase if self.line.said is not None else UNKNOWN

    @property
    def first_due(self) -> date:
        """What is due first decides the order within a status."""
        due = self.said.first_due if self.said is not None else None
        return due.due_on if due is not None else date.max


def ranked(ask: Asking, territory_ids: Collection[UUID] | None) -> list[Ranked]:
    """These territories (None: all), late first."""
    places = which_partners_and_places_are_known.territories(ask.register, territory_ids)
    lines: dict[UUID, list[Line]] = {}
    for line in ask.services.summaries.on_territories(territory_ids):
        lines.setdefault(line.territory_id, []).append(line)
    current = {one: current_line(several) for one, several in lines.items()}
    gaps = {one: _gap(several, ask.today) for one, several in lines.items()}
    built = [Ranked(one, current.get(one.territory_id), gaps.get(one.territory_id)) for one in places]
    return sorted(built, key=lambda one: (ORDER.index(one.status), one.first_due, alphabetical(one.place.name)))


def _gap(lines: Sequence[Line], today: date) -> Gap | None:
    return where_conventions_stand.gap_of([one.said.standing for one in lines if one.said is not None], today)


def current_line(lines: Sequence[Line]) -> Line:
    """The line of the convention that stands for the territory."""
    said = {one.said.standing: one for one in lines if one.said is not None}
    return said[where_conventions_stand.current(said)] if said else lines[-1]
