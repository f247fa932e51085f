"""What would change for conventions that move to another method today: who becomes late, which dates move, what becomes
missing, which rules change their level?

Pure: the sheet of deadlines under the one method and under the other, compared; nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.agenda import Occurrence
from domain.convention.changing_method import partners_unknown, themes_kept, waivers_without_effect
from domain.convention.closed import Closing
from domain.kernel import RULES
from domain.method import MethodProfile
from domain.values import Code
from projections.engine import Dossier
from projections.engine.supposed import moved
from projections.what_is_due import MISSED, Deadline, sheet, still_expected


@dataclass(frozen=True)
class LevelChanged:
    """A rule that another method weighs otherwise: by the key of its text, from which level to which."""

    rule: Code
    former: Code
    new: Code


@dataclass(frozen=True)
class DateMoved:
    """A deadline that would fall due another day."""

    deadline: Code
    occurrence: Occurrence
    former: date
    new: date


@dataclass(frozen=True)
class LateOrNot:
    """A deadline that would be late, would not be late any more, or would be expected: with its day."""

    deadline: Code
    occurrence: Occurrence
    due_on: date
    days_late: int


@dataclass(frozen=True)
class ConventionUnderAnother:
    """What moving to another method would change for one convention.

    `expected`: what would be awaited and is not today; `given_up`: what is awaited and would not be any more.
    `unknown_partners`: the kinds of signatories for which the method has no mandate: it refuses them. `kept_themes`,
    `waivers`: the themes that it does not name and that stay, the rules whose waivers would set nothing aside.
    """

    convention_id: UUID
    territory_id: UUID
    becomes_late: tuple[LateOrNot, ...]
    late_no_more: tuple[LateOrNot, ...]
    expected: tuple[LateOrNot, ...]
    given_up: tuple[LateOrNot, ...]
    moved: tuple[DateMoved, ...]
    unknown_partners: tuple[Code, ...]
    kept_themes: tuple[Code, ...]
    waivers: tuple[Code, ...]

    @property
    def is_refused(self) -> bool:
        """Whether it cannot move."""
        return bool(self.unknown_partners)

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing that is awaited would change."""
        return not (self.becomes_late or self.late_no_more or self.expected or self.given_up or self.moved)


@dataclass(frozen=True)
class MethodsCompared:
    """What moving some conventions to another method would change, those that suffer most first."""

    levels: tuple[LevelChanged, ...]
    conventions: tuple[ConventionUnderAnother, ...]

    @property
    def becoming_late(self) -> int:
        """How many conventions would be late with something that they are not late with today."""
        return sum(bool(one.becomes_late) for one in self.conventions)


def is_live(dossier: Dossier) -> bool:
    """Whether a convention could move: it is open, and no mistake."""
    return not dossier.convention.is_annulled and Closing.of(dossier.convention).closed_on is None


def compared(
    dossiers: Iterable[Dossier],
    former: MethodProfile,
    new: MethodProfile,
    today: date,
    holidays_of: Callable[[Dossier], Container[date]],
) -> MethodsCompared:
    """The live conventions among these that follow a method, and what another one would change for each."""
    key = (former.name, former.version)
    found = [
        convention(one, new, today, holidays_of(one))
        for one in dossiers
        if one.convention.profile_key == key and is_live(one)
    ]
    return MethodsCompared(levels(former, new), tuple(sorted(found, key=_weight, reverse=True)))


def levels(former: MethodProfile, new: MethodProfile) -> tuple[LevelChanged, ...]:
    """The rules that two methods weigh otherwise."""
    before, after = dict(former.rule_levels), dict(new.rule_levels)
    changed = []
    for rule in sorted(before.keys() | after.keys()):
        own = RULES[rule].LEVEL.value if rule in RULES else ""
        one, other = before.get(rule, Code(own)), after.get(rule, Code(own))
        if one != other:
            changed.append(LevelChanged(rule, one, other))
    return tuple(changed)


def convention(dossier: Dossier, new: MethodProfile, today: date, holidays: Container[date]) -> ConventionUnderAnother:
    """What moving to another method today would change for one convention."""
    before = _lines(dossier, today, holidays)
    after = _lines(moved(dossier, new, today), today, holidays)
    state = dossier.convention
    return ConventionUnderAnother(
        dossier.convention_id,
        dossier.territory_id,
        becomes_late=_those(after, lambda one: _is_late(one) and not _is_late(before.get(one.occurrence))),
        late_no_more=_those(before, lambda one: _is_late(one) and not _is_late(after.get(one.occurrence))),
        expected=_those(after, lambda one: one.is_open and not _is_open(before.get(one.occurrence))),
        given_up=_those(before, lambda one: one.is_open and not _is_open(after.get(one.occurrence))),
        moved=tuple(
            DateMoved(one.id, one.occurrence, was.due_on, one.due_on)
            for one in after.values()
            if one.is_open and (was := before.get(one.occurrence)) is not None and was.due_on != one.due_on
        ),
        unknown_partners=partners_unknown(state, new),
        kept_themes=tuple(one.code for one in themes_kept(state, dossier.method, new)),
        waivers=waivers_without_effect(state, new, today),
    )


def _lines(dossier: Dossier, today: date, holidays: Container[date]) -> dict[Occurrence, Deadline]:
    found = still_expected(dossier, sheet(dossier, today, holidays), today)
    return {one.occurrence: one for one in found}


def _those(lines: dict[Occurrence, Deadline], wanted: Callable[[Deadline], bool]) -> tuple[LateOrNot, ...]:
    return tuple(LateOrNot(one.id, one.occurrence, one.due_on, one.days_late) for one in lines.values() if wanted(one))


def _is_late(line: Deadline | None) -> bool:
    return line is not None and line.state == MISSED


def _is_open(line: Deadline | None) -> bool:
    return line is not None and line.is_open


def _weight(one: ConventionUnderAnother) -> tuple[int, int, int, int, int]:
    late = max((each.days_late for each in one.becomes_late), default=0)
    return int(one.is_refused), len(one.becomes_late), late, len(one.expected), len(one.moved)
