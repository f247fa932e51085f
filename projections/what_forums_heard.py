"""Who was heard on each theme, on which side? Of one convention by expertise, of several one beside the other.

The worst first: what presses, then what is not crossed, then what is. Transverse themes are not crossed: they are not
asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.values import AnalysisSide, Code, Expertise, LocalId, Theme
from projections.how_a_convention_does import Known, lacking, theme_status
from projections.saying import Status
from projections.which_themes_are_crossed import ThemeCrossing

IN_ORDER: Final = (Expertise.USAGE, Expertise.TECHNICAL, Expertise.POLITICAL)
"""Those who are most often missing come first."""
WORST_FIRST: Final[tuple[Status, ...]] = ("late", "irregular", "watch", "not-started", "unknown", "on-time", "done")


@dataclass(frozen=True)
class Voice:
    """One expertise on a theme: how many of its people came to the forums that count, and the sides they looked at."""

    expertise: Expertise
    present: int
    sides: tuple[AnalysisSide, ...]


@dataclass(frozen=True)
class ThemeHeard:
    """A theme with its three voices, and what it lacks. `last_forum`: the last one that counts, else the last held."""

    theme: Theme
    status: Status
    voices: tuple[Voice, ...]
    lacks: tuple[Code, ...]
    forums: int
    last_forum: LocalId | None
    waived_until: date | None

    @property
    def present(self) -> int:
        """How many people came in all."""
        return sum(one.present for one in self.voices)

    @property
    def sides(self) -> tuple[AnalysisSide, ...]:
        """The sides that somebody looked at."""
        return tuple(side for side in AnalysisSide if any(side in one.sides for one in self.voices))


def heard(known: Known) -> tuple[ThemeHeard, ...]:
    """The themes of a convention that forums cross, worst first."""
    found = [_heard(known, one) for one in known.themes]
    return tuple(sorted(found, key=lambda one: WORST_FIRST.index(one.status)))


def _heard(known: Known, one: ThemeCrossing) -> ThemeHeard:
    forums = one.counting or one.not_counting
    return ThemeHeard(
        one.theme,
        theme_status(known, one),
        tuple(_voice(one, expertise) for expertise in IN_ORDER),
        lacking(one) if not one.crossed else (),
        len(one.counting),
        forums[-1] if forums else None,
        one.waived_until if one.waived and not one.crossed else None,
    )


def _voice(one: ThemeCrossing, expertise: Expertise) -> Voice:
    looked_at = {cell.side for cell in one.cells if cell.expertise is expertise}
    return Voice(expertise, one.attendance.of(expertise), tuple(side for side in AnalysisSide if side in looked_at))


@dataclass(frozen=True)
class ThemeAcross:
    """A theme in several conventions, in their order; None where one does not have it."""

    theme: Theme
    heard: tuple[ThemeHeard | None, ...]

    @property
    def had(self) -> int:
        """How many conventions have it."""
        return sum(one is not None for one in self.heard)

    @property
    def crossed(self) -> int:
        """In how many of them it is crossed."""
        return sum(one is not None and one.status == "done" for one in self.heard)


def across(several: Sequence[Sequence[ThemeHeard]]) -> tuple[ThemeAcross, ...]:
    """The themes of several conventions, those that most of them still have to cross first."""
    themes = dict.fromkeys(one.theme for each in several for one in each)
    by_theme = [{one.theme: one for one in each} for each in several]
    rows = [ThemeAcross(theme, tuple(each.get(theme) for each in by_theme)) for theme in themes]
    return tuple(sorted(rows, key=lambda row: (row.crossed - row.had, -row.had)))
