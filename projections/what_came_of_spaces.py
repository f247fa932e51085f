"""What came of the permanent spaces of a territory: when each met, who came, what became of what was said there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_months
from domain.convention.themes import named
from domain.participation.gathering import RecordSpaceMeeting, SpaceClosed, SpaceMet, SpaceOpened
from domain.participation.participation import TerritoryParticipation
from domain.values import Attendance, Code, LocalId, Prose, Theme
from projections.engine import Dossier
from projections.what_became_of_contributions import ContributionTold, contributions

QUIET: Final = Code("QUIET")
OPEN: Final = Code("OPEN")
CLOSED: Final = Code("CLOSED")
STATES: Final = (QUIET, OPEN, CLOSED)
"""Those whose rhythm has passed without a meeting come first, those that are closed last."""


@dataclass(frozen=True)
class SpaceMeeting:
    """A meeting of a space, of which convention, at which stage: how many of each college came, and about what."""

    meeting_id: LocalId
    event_id: UUID
    convention_id: UUID
    held_on: date
    stage: Code
    came: Attendance
    about: Prose | None


@dataclass(frozen=True)
class SpaceTold:
    """A space as it stands on a day.

    `themes` empty: all of them. `meets_by`: by when its rhythm wants it to meet, None where it has none or is closed.
    `meetings`: the last one first. `contributions`: what was said there for the convention, worst first; `with_outcome`
    of them have one. `next_act`: the act that brings it on, None once it is closed.
    """

    space_id: LocalId
    event_id: UUID
    kind: Code
    name: Prose
    stages: tuple[Code, ...]
    themes: tuple[Theme, ...]
    host_id: UUID | None
    body_id: UUID | None
    rhythm_months: int | None
    opened_on: date
    closed_on: date | None
    motive: Prose | None
    state: Code
    meets_by: date | None
    meetings: tuple[SpaceMeeting, ...]
    contributions: tuple[ContributionTold, ...]
    with_outcome: int
    next_act: Code | None

    @property
    def came(self) -> Attendance:
        """How many of each college came to its meetings, in all."""
        told = [one.came for one in self.meetings]
        return Attendance(sum(o.technical for o in told), sum(o.political for o in told), sum(o.usage for o in told))


def spaces(dossier: Dossier, today: date) -> tuple[SpaceTold, ...]:
    """The spaces of the territory of a convention; what was said there is told of that convention alone."""
    met: dict[LocalId, list[SpaceMeeting]] = defaultdict(list)
    for _, one in dossier.of(TerritoryParticipation, SpaceMet):
        met[one.space_id].append(
            SpaceMeeting(
                one.meeting_id,
                one.envelope.event_id,
                one.convention_id,
                one.occurred_on,
                one.stage,
                Attendance(one.technical, one.political, one.usage),
                one.about,
            )
        )
    said: dict[LocalId, list[ContributionTold]] = defaultdict(list)
    for each in dossier.once(contributions, today).contributions:
        if each.space_id is not None:
            said[each.space_id].append(each)
    closed = {one.space_id: one for _, one in dossier.of(TerritoryParticipation, SpaceClosed)}
    found = [
        _told(dossier, one, closed.get(one.space_id), met[one.space_id], tuple(said[one.space_id]), today)
        for _, one in dossier.of(TerritoryParticipation, SpaceOpened)
    ]
    return tuple(sorted(found, key=lambda one: (STATES.index(one.state), one.opened_on)))


def _told(
    dossier: Dossier,
    one: SpaceOpened,
    closed: SpaceClosed | None,
    met: list[SpaceMeeting],
    said: tuple[ContributionTold, ...],
    today: date,
) -> SpaceTold:
    meetings = tuple(sorted(met, key=lambda each: each.held_on, reverse=True))
    last = meetings[0].held_on if meetings else one.occurred_on
    meets_by = add_months(last, one.rhythm_months) if one.rhythm_months is not None and closed is None else None
    quiet = meets_by is not None and meets_by < today
    return SpaceTold(
        space_id=one.space_id,
        event_id=one.envelope.event_id,
        kind=one.kind,
        name=one.name,
        stages=one.stages,
        themes=tuple(named(dossier.convention, each) for each in one.themes),
        host_id=one.host_id,
        body_id=one.body_id,
        rhythm_months=one.rhythm_months,
        opened_on=one.occurred_on,
        closed_on=closed.occurred_on if closed is not None else None,
        motive=closed.motive if closed is not None else None,
        state=CLOSED if closed is not None else QUIET if quiet else OPEN,
        meets_by=meets_by,
        meetings=meetings,
        contributions=said,
        with_outcome=sum(each.outcome is not None for each in said),
        next_act=Code(RecordSpaceMeeting.NAME) if closed is None else None,
    )
