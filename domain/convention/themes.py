"""The themes of a convention: those of its method, and its own, which the committee names (domain.md 2.5).

Some themes are transverse (every convention has « Gouvernance »): no forum crosses them, so that nothing lacks for them
(R07); a priority on them alone only waits until some other theme was crossed (R06).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from domain.cited_decisions import check_decision
from domain.collation import alphabetical
from domain.convention.deciding import ConventionCommand
from domain.convention.methods_followed import MethodsFollowed
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Event,
    Level,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
)
from domain.method import MethodProfile
from domain.steering import THEMES_CHANGED, DecisionReference
from domain.values import Code, InvalidValue, LocalId, PublicName, Theme

LONGEST_NAME: Final = 60
"""The name of a theme stands in tables and pictures: longer is a sentence, which may name somebody."""


@dataclass(frozen=True)
class ThemeOfThatName(BrokenRule):
    """The convention has a theme of this name already, be it written otherwise."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "name"
    theme: Theme


@dataclass(frozen=True)
class OwnTheme:
    """A theme that the committee named."""

    name: PublicName
    transverse: bool


@part(TerritorialConvention, "own_themes")
@dataclass
class OwnThemes(Part):
    """The themes that the convention added to those of its method, in the order in which it did."""

    themes: dict[Code, OwnTheme] = field(default_factory=dict)


@event("convention.theme-added")
class ThemeAdded(Event):
    """The convention has a theme of its own, under the name that the committee gave it; `transverse`: no forum crosses
    it. `decided_in`: the decision, where one was recorded."""

    theme_id: LocalId
    name: PublicName
    transverse: bool
    decided_in: DecisionReference | None

    def apply(self, convention: TerritorialConvention) -> None:
        """It may be cited from now on."""
        OwnThemes.of(convention).themes[Code(self.theme_id)] = OwnTheme(self.name, self.transverse)


@command(TerritorialConvention, records=ThemeAdded)
@dataclass(frozen=True, kw_only=True)
class AddTheme(ConventionCommand):
    """Give the convention a theme of its own; forums, findings and priorities cite it by `theme_id`."""

    theme_id: LocalId
    name: PublicName
    transverse: bool = False
    decided_in: DecisionReference | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", PublicName(self.name.strip()))
        if not self.name:
            raise InvalidValue("text-required", field="name")
        if len(self.name) > LONGEST_NAME:
            raise InvalidValue("name", field="name", limit=LONGEST_NAME)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        own, new = OwnThemes.of(state).themes, Code(self.theme_id)
        case.breaks_if(new in own, AlreadyExists(self.theme_id))
        for code, known in own.items():
            same = code != new and alphabetical(known.name) == alphabetical(self.name)
            case.breaks_if(same, ThemeOfThatName(Theme(code, known.name)))
        if self.decided_in is not None:
            deciding = profile.deciding_bodies
            check_decision(case, self.decided_in, THEMES_CHANGED, state.home_territory_id, deciding)
        self.settle(state, case)
        record_from(self, state, case)


def named(state: TerritorialConvention, code: Code) -> Theme:
    """A theme as it is told: an own one with its name."""
    own = OwnThemes.of(state).themes.get(code)
    return Theme(code, own.name if own is not None else None)


def every_theme(state: TerritorialConvention, profile: MethodProfile) -> tuple[Code, ...]:
    """The themes that the convention may cite: its own first, then its method's, then those it kept of a former one."""
    return (*OwnThemes.of(state).themes, *profile.themes, *kept_themes(state, profile))


def kept_themes(state: TerritorialConvention, profile: MethodProfile) -> tuple[Code, ...]:
    """The themes that the convention kept of a method it left, where its present one does not name them."""
    return tuple(one for one in MethodsFollowed.of(state).kept_themes if one not in profile.themes)


def is_transverse(state: TerritorialConvention, code: Code, profile: MethodProfile) -> bool:
    """Whether no forum crosses it."""
    own = OwnThemes.of(state).themes.get(code)
    if own is not None:
        return own.transverse
    kept = MethodsFollowed.of(state).kept_themes.get(code)
    return code in profile.transverse_themes if code in profile.themes or kept is None else kept.transverse


def to_cross(state: TerritorialConvention, themes: Iterable[Code], profile: MethodProfile) -> tuple[Code, ...]:
    """Those of these themes that forums cross (R07)."""
    return tuple(one for one in themes if not is_transverse(state, one, profile))


def check_known(
    themes: Iterable[Code], field_name: str, state: TerritorialConvention, profile: MethodProfile, case: Case
) -> tuple[Code, ...]:
    """Each is a theme of the method or of the convention. Returns those that are."""
    known = every_theme(state, profile)
    for theme in themes:
        case.breaks_if(theme not in known, UnknownReference(field_name, theme))
    return tuple(theme for theme in themes if theme in known)
