"""Which forums count (R04) and what each theme still lacks to be crossed (R07): the state of the forums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple, TypeVar

from domain.convention.state import TerritorialConvention
from domain.kernel import Part, part
from domain.method import MethodProfile
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, LocalId

_EXPERTISES: Final = tuple(Expertise)
_SIDES: Final = tuple(AnalysisSide)
_SIDES_OF_CELLS: Final = tuple(bool(cells & 0b010101) + 2 * bool(cells & 0b101010) for cells in range(64))
"""For each set of cells, the sides it covers: cell bits go by expertise then side."""

Lacking = tuple[frozenset[Expertise], frozenset[AnalysisSide]]
"""The expertises and the sides that a theme lacks; both empty: it is crossed."""

NOTHING_MISSING: Final[Lacking] = (frozenset(), frozenset())
"""What a theme that is crossed lacks."""


class HeldForum(NamedTuple):
    """A forum that was held: its themes and cells as bits, who came. `withheld`: before the opening (R03)."""

    held_on: date
    themes: int
    attendance: tuple[int, int, int]
    cells: int
    withheld: bool


@part(TerritorialConvention, "forums")
@dataclass
class ForumsHeld(Part):
    """The forums announced, cancelled and held. Forums are many: each is a few numbers, and each theme's total is kept.

    `announced`: when each was; `themes`: those met so far, a bit each in this order. `since`: the first day a diagnosis
    was shared, from which forums count; `excused`: forums (None: all) that a waiver of R04 lets count, until a day.
    `brought`: for each theme, the people of each expertise and the sides (bits) that its counting forums brought;
    `waiting`: the forums that do not count yet.
    """

    themes: list[Code] = field(default_factory=list)
    announced: dict[LocalId, date] = field(default_factory=dict)
    cancelled: set[LocalId] = field(default_factory=set)
    held: dict[LocalId, HeldForum] = field(default_factory=dict)
    since: date | None = None
    excused: list[tuple[LocalId | None, date]] = field(default_factory=list)
    brought: dict[Code, tuple[int, int, int, int]] = field(default_factory=dict)
    waiting: list[LocalId] = field(default_factory=list)
    last_held_on: date | None = None

    # --- what happened ------------------------------------------------------------------------------------------------

    def announce(self, forum_id: LocalId, day: date) -> None:
        """A forum is expected, as was said that day."""
        self.announced[forum_id] = day

    def cancel(self, forum_id: LocalId) -> None:
        """An announced forum will not be held; its id is not taken again."""
        self.announced.pop(forum_id, None)
        if forum_id not in self.held:
            self.cancelled.add(forum_id)

    def hold(
        self,
        forum_id: LocalId,
        held_on: date,
        themes: Iterable[Code],
        attendance: Attendance,
        cells: Iterable[Cell],
        *,
        withheld: bool = False,
    ) -> None:
        """A forum was held, announced before or not; that it had been cancelled is belied by the fact."""
        self.announced.pop(forum_id, None)
        self.cancelled.discard(forum_id)
        came = (attendance.technical, attendance.political, attendance.usage)
        forum = HeldForum(held_on, self._bits(themes), came, _bits_of(cells), withheld)
        self.held[forum_id] = forum
        if self.last_held_on is None or held_on > self.last_held_on:
            self.last_held_on = held_on
        if self.counts(forum_id):
            self._bring(forum)
        elif not withheld:
            self.waiting.append(forum_id)

    def share_diagnosis(self, day: date) -> None:
        """A diagnosis was shared: forums count from then on, and those that waited for it."""
        if self.since is None or day < self.since:
            self.since = day
            self._weigh_again()

    def excuse(self, forum_id: LocalId | None, until: date) -> None:
        """R04 is waived for a forum, or for all, held until a day."""
        self.excused.append((forum_id, until))
        self._weigh_again()

    # --- what follows -------------------------------------------------------------------------------------------------

    def knows(self, forum_id: str) -> bool:
        """Whether a forum was announced, cancelled or held under this id."""
        return forum_id in self.held or forum_id in self.announced or forum_id in self.cancelled

    def themes_of(self, forum_id: LocalId) -> frozenset[Code]:
        """The themes of a forum that was held."""
        bits = self.held[forum_id].themes
        return frozenset(theme for place, theme in enumerate(self.themes) if bits >> place & 1)

    def of_theme(self, theme: Code) -> tuple[LocalId, ...]:
        """The forums held on a theme, by day."""
        if theme not in self.themes:
            return ()
        bit = 1 << self.themes.index(theme)
        own = [(forum.held_on, forum_id) for forum_id, forum in self.held.items() if forum.themes & bit]
        return tuple([forum_id for _, forum_id in sorted(own)])

    def counts(self, forum_id: LocalId) -> bool:
        """R04: held, and some diagnosis was shared on or before that day, or the rule is waived for it."""
        forum = self.held.get(forum_id)
        if forum is None or forum.withheld:
            return False
        if self.since is not None and self.since <= forum.held_on:
            return True
        return any(excused in (None, forum_id) and forum.held_on <= until for excused, until in self.excused)

    @property
    def counting(self) -> frozenset[LocalId]:
        """The forums that count."""
        return frozenset(one for one in self.held if self.counts(one))

    def attendance(self, theme: Code) -> Attendance:
        """The people whom the forums of a theme which count brought together."""
        technical, political, usage, _ = self.brought.get(theme, (0, 0, 0, 0))
        return Attendance(technical, political, usage)

    def missing(self, theme: Code, profile: MethodProfile) -> Lacking:
        """R07: the expertises and sides that the forums of a theme which count have not brought yet."""
        return _lacking(self.brought.get(theme, (0, 0, 0, 0)), profile)

    def missing_among(self, theme: Code, profile: MethodProfile, forum_ids: Iterable[LocalId]) -> Lacking:
        """The same for some of its forums only."""
        total = (0, 0, 0, 0)
        bit = 1 << self.themes.index(theme) if theme in self.themes else 0
        for forum_id in forum_ids:
            if self.held[forum_id].themes & bit and self.counts(forum_id):
                total = _sum(total, self.held[forum_id])
        return _lacking(total, profile)

    def missing_by(self, theme: Code, profile: MethodProfile, day: date) -> Lacking:
        """The same for the forums held until a day."""
        if self.last_held_on is None or self.last_held_on <= day:
            return self.missing(theme, profile)
        return self.missing_among(
            theme, profile, (one for one in self.of_theme(theme) if self.held[one].held_on <= day)
        )

    def completing(self, theme: Code, profile: MethodProfile) -> HeldForum | None:
        """The forum by which the theme became crossed, of those that count, by day; None while it is not."""
        if self.missing(theme, profile) != NOTHING_MISSING:
            return None
        total = (0, 0, 0, 0)
        counting = (self.held[one] for one in self.of_theme(theme) if self.counts(one))
        for forum in counting:
            total = _sum(total, forum)
            if _lacking(total, profile) == NOTHING_MISSING:
                return forum
        return None

    def crossed_on(self, theme: Code, profile: MethodProfile) -> date | None:
        """The day on which a theme became crossed; None while it is not."""
        forum = self.completing(theme, profile)
        return forum.held_on if forum is not None else None

    def _weigh_again(self) -> None:
        still = []
        for forum_id in self.waiting:
            if self.counts(forum_id):
                self._bring(self.held[forum_id])
            else:
                still.append(forum_id)
        self.waiting = still

    def _bring(self, forum: HeldForum) -> None:
        for place, theme in enumerate(self.themes):
            if forum.themes >> place & 1:
                self.brought[theme] = _sum(self.brought.get(theme, (0, 0, 0, 0)), forum)

    def _bits(self, themes: Iterable[Code]) -> int:
        bits = 0
        for theme in themes:
            if theme not in self.themes:
                self.themes.append(theme)
            bits |= 1 << self.themes.index(theme)
        return bits


_CELLS: Final = tuple(Cell(expertise, side) for expertise in _EXPERTISES for side in _SIDES)


_BY_SIDE: Final = tuple(Cell(expertise, side) for side in _SIDES for expertise in _EXPERTISES)
_BITS: Final = {
    expertise: {cell.side: 1 << place for place, cell in enumerate(_CELLS) if cell.expertise is expertise}
    for expertise in _EXPERTISES
}


def cells_by_side(bits: int) -> tuple[Cell, ...]:
    """The cells of the grid that these bits stand for, side after side."""
    return tuple([cell for cell in _BY_SIDE if bits & _BITS[cell.expertise][cell.side]])


def _bits_of(cells: Iterable[Cell]) -> int:
    bits = 0
    for cell in cells:
        bits |= _BITS[cell.expertise][cell.side]
    return bits


def _sum(total: tuple[int, int, int, int], forum: HeldForum) -> tuple[int, int, int, int]:
    technical, political, usage = forum.attendance
    return (
        total[0] + technical,
        total[1] + political,
        total[2] + usage,
        total[3] | _SIDES_OF_CELLS[forum.cells],
    )


def _lacking(brought: tuple[int, int, int, int], profile: MethodProfile) -> Lacking:
    rule = profile.forum
    least, sides = rule.minimum_per_expertise, brought[3]
    short = [one for one, count in zip(_EXPERTISES, brought, strict=False) if count < least]
    return (
        frozenset([one for one in short if one in rule.expertises]),
        frozenset([side for place, side in enumerate(_SIDES) if not sides >> place & 1 and side in rule.sides]),
    )


Member = TypeVar("Member", Expertise, AnalysisSide)
_ORDER: Final = {one: place for place, one in enumerate((*Expertise, *AnalysisSide))}


def in_order(some: frozenset[Member]) -> tuple[Member, ...]:
    """The members in the order of their enumeration, so that messages are stable."""
    return tuple(sorted(some, key=_ORDER.__getitem__))
