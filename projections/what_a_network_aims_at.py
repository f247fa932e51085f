"""What does a network aim at: for each theme, in how many territories it is a priority, with which actions and targets?

The strategy of a convention of objectives and means is read out of what its territories chose: nobody writes it twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.priorities import PrioritiesChosen
from domain.values import Code
from projections.engine import Dossier
from projections.how_far_a_target_is import NO_TARGET, REACHED, RETIRED
from projections.where_the_plan_stands import sheets
from projections.which_targets_are_reached import indicators

OWN: Final = Code("OWN")
"""The themes that a territory added for itself, together."""


@dataclass(frozen=True)
class ThemeAimedAt:
    """A theme that is a priority somewhere: in which territories, by how many priorities, actions of their plans, and
    targets of these, of which some are reached."""

    theme: Code
    territories: tuple[UUID, ...]
    priorities: int
    actions: int
    targets: int
    reached: int


@dataclass
class _Sum:
    territories: dict[UUID, None] = field(default_factory=dict)
    priorities: int = 0
    actions: int = 0
    targets: int = 0
    reached: int = 0


def aims(dossiers: Iterable[Dossier], common: Iterable[Code], today: date) -> tuple[ThemeAimedAt, ...]:
    """The themes that some conventions serve, those of most territories first; `common`: the themes of the method."""
    known, found = frozenset(common), dict[Code, _Sum]()
    for dossier in dossiers:
        chosen = PrioritiesChosen.of(dossier.convention)
        themes_of = {
            one: tuple(dict.fromkeys(theme if theme in known else OWN for theme in chosen.themes_of.get(one, ())))
            for one in chosen.ranks
        }
        for themes in themes_of.values():
            for theme in themes:
                told = found.setdefault(theme, _Sum())
                told.territories[dossier.territory_id] = None
                told.priorities += 1
        of_sheet = {one.sheet_id: themes_of.get(one.priority_id, ()) for one in sheets(dossier, today) if one.is_live}
        for themes in of_sheet.values():
            for theme in themes:
                found[theme].actions += 1
        for indicator in indicators(dossier, today):
            if indicator.state in (RETIRED, NO_TARGET):
                continue
            for theme in dict.fromkeys(one for sheet in indicator.terms.sheet_ids for one in of_sheet.get(sheet, ())):
                found[theme].targets += 1
                found[theme].reached += indicator.state == REACHED
    told_of = (
        ThemeAimedAt(theme, tuple(one.territories), one.priorities, one.actions, one.targets, one.reached)
        for theme, one in found.items()
    )
    return tuple(sorted(told_of, key=lambda one: (one.theme == OWN, -len(one.territories), -one.priorities, one.theme)))
