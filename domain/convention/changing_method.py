"""A convention moves to another method, or to another version of its own, on purpose and with a reason.

The method is history: what was judged, missed and said under the former one stays; the new one holds from the day on
which the change is recorded, never before. To go back is another change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import ConventionCommand
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.methods_followed import KeptTheme, MethodLeft, MethodsFollowed
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import TerritorialConvention
from domain.convention.themes import OwnThemes, is_transverse
from domain.convention.waived import WaiversGranted
from domain.kernel import RULES, BrokenRule, Case, Event, Level, command, event, record_from, required_text
from domain.method import MethodProfile
from domain.profiles import PublishedProfile, profile_stream
from domain.values import Code, Prose


@dataclass(frozen=True)
class MethodChangesToday(BrokenRule):
    """A method holds from the day on which the change is recorded: until then, others were told and judged by the
    former one."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "occurred_on"
    occurred_on: date
    today: date


@dataclass(frozen=True)
class OtherMethodFollowed(BrokenRule):
    """The convention does not follow the method that it is said to leave: somebody changed it meanwhile."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "former_name"
    profile_name: Code
    profile_version: int


@dataclass(frozen=True)
class MethodFollowedAlready(BrokenRule):
    """The convention follows that method already."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "profile_name"
    profile_name: Code
    profile_version: int


@dataclass(frozen=True)
class PartnersUnknownToMethod(BrokenRule):
    """R13: the method does not say by what act these kinds of signatories authorise their signature."""

    RULE = "R13"
    LEVEL = Level.HARD
    FIELD = "profile_name"
    partner_kinds: tuple[Code, ...]


@dataclass(frozen=True)
class ThemesKept(BrokenRule):
    """The new method does not name these themes, which the convention uses: they stay its own and may be cited."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "profile_name"
    themes: tuple[Code, ...]


@dataclass(frozen=True)
class WaiversWithoutEffect(BrokenRule):
    """R30: the new method makes these rules hard; what the committee waived of them is kept, and sets nothing aside."""

    RULE = "R30"
    LEVEL = Level.NOTICE
    FIELD = "profile_name"
    waived_rules: tuple[Code, ...]


@event("convention.method-changed")
class MethodChanged(Event):
    """The convention left a method for another on `occurred_on`, and why; `kept_themes`: those it uses that the new one
    does not name."""

    former_name: Code
    former_version: int
    profile_name: Code
    profile_version: int
    motive: Prose
    kept_themes: tuple[KeptTheme, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Pin the convention to the new method; the former one stays known."""
        followed = MethodsFollowed.of(convention)
        followed.left.append(MethodLeft(convention.profile_key, self.occurred_on))
        followed.kept_themes |= {one.code: one for one in self.kept_themes}
        convention.profile_key = (self.profile_name, self.profile_version)


@command(TerritorialConvention, records=MethodChanged, derived=("kept_themes",))
@dataclass(frozen=True, kw_only=True)
class ChangeMethod(ConventionCommand):
    """Move a convention to another published method. `former_name` and `former_version`: the one that it is meant to
    leave, so that nobody changes a method they did not see."""

    former_name: Code
    former_version: int
    profile_name: Code
    profile_version: int
    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        today = case.context.today
        case.breaks_if(case.occurred_on < today, MethodChangesToday(case.occurred_on, today))
        name, version = state.profile_key
        if (self.profile_name, self.profile_version) == state.profile_key:
            case.broken(MethodFollowedAlready(Code(name), version))
        elif (self.former_name, self.former_version) != state.profile_key:
            case.broken(OtherMethodFollowed(Code(name), version))
        published = case.find(PublishedProfile, profile_stream(self.profile_name, self.profile_version), "profile_name")
        kept: tuple[KeptTheme, ...] = ()
        if published is not None:
            new = published.profile
            kept = themes_kept(state, profile, new)
            unknown = partners_unknown(state, new)
            hard = waivers_without_effect(state, new, case.occurred_on)
            case.breaks_if(unknown, PartnersUnknownToMethod(unknown))
            case.breaks_if(kept, ThemesKept(tuple(one.code for one in kept)))
            case.breaks_if(hard, WaiversWithoutEffect(hard))
        self.settle(state, case)
        record_from(self, state, case, kept_themes=kept)


def themes_kept(state: TerritorialConvention, former: MethodProfile, new: MethodProfile) -> tuple[KeptTheme, ...]:
    """The themes that a convention uses and that a method does not name."""
    used = {*state.themes, *ForumsHeld.of(state).themes, *DiagnosesShared.of(state).themes}
    used |= set(PrioritiesChosen.of(state).themes)
    strange = used - set(new.themes) - set(OwnThemes.of(state).themes)
    return tuple(KeptTheme(one, is_transverse(state, one, former)) for one in sorted(strange))


def partners_unknown(state: TerritorialConvention, new: MethodProfile) -> tuple[Code, ...]:
    """The kinds of partners that are to sign and that a method has no mandate for (R13)."""
    known = {one.partner_kind for one in new.mandate_rules}
    return tuple(sorted({one.kind for one in state.signatories.values()} - known))


def waivers_without_effect(state: TerritorialConvention, new: MethodProfile, day: date) -> tuple[Code, ...]:
    """The rules waived on a day that a method does not let anybody waive."""
    waived = {one.rule for one in WaiversGranted.of(state).waivers if one.granted_on <= day <= one.expires_on}
    return tuple(sorted(one for one in waived if not _waived_under(one, new)))


def _waived_under(rule: Code, method: MethodProfile) -> bool:
    levels = dict(method.rule_levels)
    ways = (one for one in RULES.values() if rule == one.RULE and one.LEVEL is not Level.HARD)
    return any(levels.get(Code(one.TEXT_KEY), one.LEVEL.value) in ("W", "I") for one in ways)
