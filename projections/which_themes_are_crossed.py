"""Which themes are crossed, and what does each still lack?

A theme is crossed when its forums that count brought together every expertise and both sides (R07); a forum counts when
a diagnosis was shared on or before it, or the committee waived that (R04).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Integer, Row, Text, Uuid, select

from domain.convention.crossing import ForumsHeld, cells_of, in_order
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.forums import ForumHeld
from domain.convention.opening import ConventionOpened
from domain.convention.state import TerritorialConvention
from domain.convention.waived import Waiver, WaiversGranted
from domain.convention.waivers import WaiverGranted
from domain.method import MethodProfile
from domain.profiles import MethodProfilePublished
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, LocalId
from projections.engine import Batch, Codes, Method, Projection, empty_convention

crossed = Projection("crossed", 1)

_POSITION = BigInteger().with_variant(Integer, "sqlite")

profiles = crossed.table(
    "profiles",
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("profile", Method, nullable=False),
)
conventions = crossed.table(
    "conventions",
    Column("convention_id", Uuid, primary_key=True),
    Column("profile_name", Text, nullable=False),
    Column("profile_version", Integer, nullable=False),
    Column("themes", Codes, nullable=False),
)
diagnoses = crossed.table(
    "diagnoses",
    Column("convention_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("shared_on", Date, nullable=False),
    Column("themes", Codes, nullable=False),
    Column("withheld", Boolean, nullable=False),
)
forums = crossed.table(
    "forums",
    Column("convention_id", Uuid, primary_key=True),
    Column("forum_id", Text, primary_key=True),
    Column("held_on", Date, nullable=False),
    Column("themes", Codes, nullable=False),
    Column("technical", Integer, nullable=False),
    Column("political", Integer, nullable=False),
    Column("usage", Integer, nullable=False),
    Column("cells", Codes, nullable=False),  # [expertise, side]
    Column("withheld", Boolean, nullable=False),
)
waivers = crossed.table(
    "waivers",
    Column("convention_id", Uuid, primary_key=True),
    Column("position", _POSITION, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("subject", Text),
    Column("granted_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
)


@crossed.when(MethodProfilePublished)
def _method(batch: Batch, event: MethodProfilePublished) -> None:
    batch.put(profiles, name=event.profile.name, version=event.profile.version, profile=event.profile)


@crossed.when(ConventionOpened)
def _opened(batch: Batch, event: ConventionOpened) -> None:
    batch.put(
        conventions,
        convention_id=event.originator_id,
        profile_name=event.profile_name,
        profile_version=event.profile_version,
        themes=event.themes,
    )


@crossed.when(DiagnosisShared)
def _diagnosis(batch: Batch, event: DiagnosisShared) -> None:
    batch.put(
        diagnoses,
        convention_id=event.originator_id,
        version=event.diagnosis_version,
        shared_on=event.occurred_on,
        themes=event.themes,
        withheld=event.withheld,
    )


@crossed.when(ForumHeld)
def _forum(batch: Batch, event: ForumHeld) -> None:
    batch.put(
        forums,
        convention_id=event.originator_id,
        forum_id=event.forum_id,
        held_on=event.occurred_on,
        themes=event.themes,
        technical=event.attendance_by_expertise.technical,
        political=event.attendance_by_expertise.political,
        usage=event.attendance_by_expertise.usage,
        cells=[[cell.expertise.value, cell.side.value] for cell in event.cells_covered],
        withheld=event.withheld,
    )


@crossed.when(WaiverGranted)
def _waiver(batch: Batch, event: WaiverGranted) -> None:
    if event.rule in ("R04", "R06"):
        batch.put(
            waivers,
            convention_id=event.originator_id,
            position=batch.position,
            rule=event.rule,
            subject=event.subject,
            granted_on=event.occurred_on,
            expires_on=event.expires_on,
        )


@dataclass(frozen=True)
class ThemeCrossing:
    """How far one theme is: what its counting forums brought, what is missing, since when it is crossed.

    `cells`: the cells of the grid that they covered. `not_counting`: its forums that do not count (R04).
    `waived_until`: the last day on which a waiver of R06 lets a priority be chosen all the same; `waived`: whether it
    does on the day that was asked.
    """

    theme: Code
    crossed: bool
    crossed_on: date | None
    missing_expertises: tuple[Expertise, ...]
    missing_sides: tuple[AnalysisSide, ...]
    attendance: Attendance
    cells: tuple[Cell, ...]
    counting: tuple[LocalId, ...]
    not_counting: tuple[LocalId, ...]
    waived_until: date | None
    waived: bool


def crossing(connection: Connection, convention_id: UUID, today: date) -> tuple[ThemeCrossing, ...]:
    """The themes of one convention, in the method's order; empty when there is no such convention."""
    return crossings(connection, [convention_id], today).get(convention_id, ())


def crossings(
    connection: Connection, convention_ids: Sequence[UUID], today: date
) -> Mapping[UUID, tuple[ThemeCrossing, ...]]:
    """The themes of several conventions: those each names, else those that its diagnosis or its forums discuss."""
    methods: dict[tuple[str, int], MethodProfile] = {
        (row.name, row.version): row.profile for row in connection.execute(select(profiles))
    }
    states: dict[UUID, TerritorialConvention] = {}
    themes: dict[UUID, set[Code]] = {}
    rows = connection.execute(select(conventions).where(conventions.c.convention_id.in_(convention_ids))).all()
    for row in rows:
        states[row.convention_id] = empty_convention()
        themes[row.convention_id] = set(row.themes)
    named = {row.convention_id for row in rows if row.themes}
    for table in (diagnoses, forums, waivers):
        for row in connection.execute(select(table).where(table.c.convention_id.in_(states))):
            if table is diagnoses and row.withheld:
                continue
            if table is diagnoses:
                ForumsHeld.of(states[row.convention_id]).share_diagnosis(row.shared_on)
            elif table is forums:
                _hold(ForumsHeld.of(states[row.convention_id]), row)
            else:
                waiver = Waiver(row.rule, row.subject, row.granted_on, row.expires_on)
                WaiversGranted.of(states[row.convention_id]).waivers.append(waiver)
                if row.rule == "R04":
                    ForumsHeld.of(states[row.convention_id]).excuse(row.subject, row.expires_on)
            if table is not waivers and row.convention_id not in named:
                themes[row.convention_id].update(row.themes)
    return {
        row.convention_id: tuple(
            _crossing(states[row.convention_id], theme, profile, today)
            for theme in profile.themes
            if theme in themes[row.convention_id]
        )
        for row in rows
        for profile in [methods[row.profile_name, row.profile_version]]
    }


def _hold(forums: ForumsHeld, row: Row[Any]) -> None:
    forums.hold(
        row.forum_id,
        row.held_on,
        row.themes,
        Attendance(row.technical, row.political, row.usage),
        [Cell(Expertise(expertise), AnalysisSide(side)) for expertise, side in row.cells],
        withheld=row.withheld,
    )


def _crossing(state: TerritorialConvention, theme: Code, profile: MethodProfile, today: date) -> ThemeCrossing:
    waivers = [one for one in WaiversGranted.of(state).waivers if one.covers("R06", theme)]
    forums = ForumsHeld.of(state)
    own = forums.of_theme(theme)
    counting = [forum_id for forum_id in own if forums.counts(forum_id)]
    expertises, sides = forums.missing(theme, profile)
    came = [Attendance(*forums.held[forum_id].attendance) for forum_id in counting]
    covered = {cell for forum_id in counting for cell in cells_of(forums.held[forum_id])}
    return ThemeCrossing(
        theme=theme,
        crossed=not expertises and not sides,
        crossed_on=_crossed_on(state, theme, profile, counting),
        missing_expertises=in_order(expertises),
        missing_sides=in_order(sides),
        attendance=Attendance(
            sum(one.technical for one in came), sum(one.political for one in came), sum(one.usage for one in came)
        ),
        cells=tuple(cell for side in AnalysisSide for one in Expertise if (cell := Cell(one, side)) in covered),
        counting=tuple(counting),
        not_counting=tuple(forum_id for forum_id in own if forum_id not in counting),
        waived_until=max((one.expires_on for one in waivers), default=None),
        waived=any(one.granted_on <= today <= one.expires_on for one in waivers),
    )


def _crossed_on(
    state: TerritorialConvention, theme: Code, profile: MethodProfile, counting: Sequence[LocalId]
) -> date | None:
    """The day of the forum that completed the crossing."""
    for number in range(1, len(counting) + 1):
        if ForumsHeld.of(state).missing_among(theme, profile, counting[:number]) == (frozenset(), frozenset()):
            return ForumsHeld.of(state).held[counting[number - 1]].held_on
    return None
