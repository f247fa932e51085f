"""R06: what a priority rests on in forums. Its themes are crossed by those that count, before it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.convention.crossing import ForumsHeld, in_order
from domain.convention.state import TerritorialConvention
from domain.convention.themes import every_theme, named, to_cross
from domain.convention.waived import WaiversGranted
from domain.kernel import BrokenRule, Case, Level
from domain.method import MethodProfile
from domain.values import AnalysisSide, Code, Expertise, LocalId, Theme


@dataclass(frozen=True)
class PriorityWithoutForum(BrokenRule):
    """R06: the theme is crossed by the union of its forums that count."""

    RULE = "R06"
    LEVEL = Level.WAIVABLE
    FIELD = "themes"
    MENDED_BY = "record-forum"
    theme: Theme
    missing_expertises: tuple[Expertise, ...]
    missing_sides: tuple[AnalysisSide, ...]

    @property
    def subject(self) -> str:
        return self.theme.code


@dataclass(frozen=True)
class NoThemeCrossed(BrokenRule):
    """R06: forums come before priorities; one on transverse themes alone waits for a first theme to be crossed."""

    RULE = "R06"
    CODE = PriorityWithoutForum.CODE
    LEVEL = Level.WAIVABLE
    FIELD = "themes"
    MENDED_BY = "record-forum"


@dataclass(frozen=True)
class ThemeCrossedLater(BrokenRule):
    """R06: the theme was crossed, by forums held after the priority is said to have been chosen."""

    RULE = "R06"
    CODE = PriorityWithoutForum.CODE
    LEVEL = Level.WAIVABLE
    FIELD = "occurred_on"
    theme: Theme
    chosen_on: date
    crossed_on: date

    @property
    def subject(self) -> str:
        return self.theme.code


def without_forums(
    state: TerritorialConvention, profile: MethodProfile, case: Case
) -> list[PriorityWithoutForum | ThemeCrossedLater | None]:
    """R06 for each theme that forums cross."""
    themes = to_cross(state, every_theme(state, profile), profile)
    return [without_forum(state, theme, profile, case.occurred_on) for theme in themes]


def may_begin(state: TerritorialConvention, profile: MethodProfile, case: Case) -> bool:
    """Whether some theme may lead to a priority: crossed, or R06 is waived for it."""
    granted = WaiversGranted.of(state)
    found = without_forums(state, profile, case)
    return any(rule is None or granted.set_aside(rule, case.occurred_on) for rule in found)


def without_forum(
    state: TerritorialConvention, theme: Code, profile: MethodProfile, day: date, cited: tuple[LocalId, ...] = ()
) -> PriorityWithoutForum | ThemeCrossedLater | None:
    """R06, over the forums held by a day; all those of the theme, or the cited ones. None when the theme is crossed."""
    forums = ForumsHeld.of(state)
    if cited:
        held = [one for one in dict.fromkeys(cited) if one in forums.held and forums.held[one].held_on <= day]
        expertises, sides = forums.missing_among(theme, profile, held)
    else:
        expertises, sides = forums.missing_by(theme, profile, day)
    if not expertises and not sides:
        return None
    crossed_on = forums.crossed_on(theme, profile) if not cited else None
    if crossed_on is not None and crossed_on > day:
        return ThemeCrossedLater(named(state, theme), day, crossed_on)
    return PriorityWithoutForum(named(state, theme), in_order(expertises), in_order(sides))
