"""Which themes are crossed, and what does each still lack?

A theme is crossed when its forums that count brought together every expertise and both sides (R07); a forum counts when
a diagnosis was shared on or before it, or the committee waived that (R04). Transverse themes are not crossed by forums:
none of this is asked of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.convention.crossing import ForumsHeld, cells_by_side, in_order
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.priorities import PrioritiesChosen, PriorityChosen
from domain.convention.themes import OwnThemes, every_theme, named, to_cross
from domain.convention.waived import WaiversGranted
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, LocalId, Theme
from projections.engine import Dossier


@dataclass(frozen=True)
class ThemeCrossing:
    """How far one theme is: what its counting forums brought, what is missing, since when it is crossed.

    `cells`: the cells of the grid that they covered. `not_counting`: its forums that do not count (R04). `priorities`:
    the live priorities that are of it. `waived_until`: the last day on which a waiver of R06 lets a priority be chosen
    all the same; `waived`: whether it does on the day that was asked.
    """

    theme: Theme
    crossed: bool
    crossed_on: date | None
    missing_expertises: tuple[Expertise, ...]
    missing_sides: tuple[AnalysisSide, ...]
    attendance: Attendance
    cells: tuple[Cell, ...]
    counting: tuple[LocalId, ...]
    not_counting: tuple[LocalId, ...]
    priorities: tuple[LocalId, ...]
    waived_until: date | None
    waived: bool


def crossing(dossier: Dossier, today: date) -> tuple[ThemeCrossing, ...]:
    """The themes of a convention that forums cross, its own first, then in the method's order: those it names, else
    those that its diagnosis or its forums discuss."""
    convention, method = dossier.convention, dossier.method
    themes = set(convention.themes)
    if not themes:
        themes |= {theme for shared in dossier.effective(DiagnosisShared) for theme in shared.themes}
        themes |= set(ForumsHeld.of(convention).themes)
    themes |= set(OwnThemes.of(convention).themes)
    meant = (theme for theme in every_theme(convention, method) if theme in themes)
    return tuple(_crossing(dossier, theme, today) for theme in to_cross(convention, meant, method))


def crossed_on(dossier: Dossier, theme: Code) -> date | None:
    """The day of the forum that completed the crossing of a theme, None while it is not crossed."""
    return dossier.once(_crossed_on, theme)


def _crossed_on(dossier: Dossier, theme: Code) -> date | None:
    completing = ForumsHeld.of(dossier.convention).completing(theme, dossier.method)
    return completing.held_on if completing is not None else None


def _of_theme(dossier: Dossier, theme: Code) -> tuple[LocalId, ...]:
    live = PrioritiesChosen.of(dossier.convention).ranks
    chosen = (one for _, one in dossier.facts(PriorityChosen) if theme in one.themes)
    return tuple(one.priority_id for one in chosen if one.priority_id in live)


def _crossing(dossier: Dossier, theme: Code, today: date) -> ThemeCrossing:
    forums = ForumsHeld.of(dossier.convention)
    waivers = [one for one in WaiversGranted.of(dossier.convention).waivers if one.covers("R06", theme)]
    own = forums.of_theme(theme)
    counting = [one for one in own if forums.counts(one)]
    expertises, sides = forums.missing(theme, dossier.method)
    covered = 0
    for one in counting:
        covered |= forums.held[one].cells
    return ThemeCrossing(
        theme=named(dossier.convention, theme),
        crossed=not expertises and not sides,
        crossed_on=crossed_on(dossier, theme),
        missing_expertises=in_order(expertises),
        missing_sides=in_order(sides),
        attendance=forums.attendance(theme),
        cells=cells_by_side(covered),
        counting=tuple(counting),
        not_counting=tuple(one for one in own if one not in counting),
        priorities=_of_theme(dossier, theme),
        waived_until=max((one.expires_on for one in waivers), default=None),
        waived=any(one.granted_on <= today <= one.expires_on for one in waivers),
    )
