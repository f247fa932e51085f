"""A territory's convention: what was agreed at its opening; each family of milestones keeps its own state beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel import Case, Composed, Event, Places, aggregate
from domain.values import Code, ValidityPeriod

CONVENTION = Code("CONVENTION")
PLAN = Code("PLAN")
COVERS = (CONVENTION, PLAN)
"""What is to be signed for a convention to run."""
EXTENSIONS = (Code("EXTENSION"), Code("SECOND_EXTENSION"), Code("THIRD_EXTENSION"))
"""What is to be signed for it to run longer, each time anew (R26)."""
ALL_COVERS = (*COVERS, *EXTENSIONS)
"""What a mandate and a signature may cover."""


@dataclass(frozen=True)
class Signatory:
    """A partner expected to sign; without a required one the plan is never signed (R15)."""

    partner_id: UUID
    kind: Code
    required: bool


@aggregate("convention", "conventions")
class TerritorialConvention(Composed):
    """The milestone chain of one territory's convention: one stream, one consistency boundary.

    `opened_on`: the day on which the work began, from which facts count. `taken_over_on`: the day as of which it was
    taken over while it ran (R34), None for one that began here. `successor_of` and `sub_perimeter_of`: the conventions
    that it may overlap (R01).
    """

    FOLLOWS: ClassVar[list[Callable[[TerritorialConvention, Case, Event], None]]] = []
    """What records the consequences of its facts, by family."""

    home_territory_id: UUID
    framework_id: UUID | None
    profile_key: tuple[str, int]
    period: ValidityPeriod
    opened_on: date
    taken_over_on: date | None
    holders: frozenset[UUID]
    communes: frozenset[Code]
    themes: frozenset[Code]
    signatories: dict[UUID, Signatory]
    successor_of: UUID | None
    sub_perimeter_of: UUID | None

    def __init__(self) -> None:
        super().__init__()
        self.taken_over_on = None
        self.holders = frozenset()
        self.communes = frozenset()
        self.themes = frozenset()
        self.signatories = {}
        self.successor_of = None
        self.sub_perimeter_of = None

    @property
    def territory_id(self) -> UUID:
        """The territory whose roles decide who may act."""
        return self.home_territory_id

    def places(self) -> Places:
        """Itself, its territory, the framework it follows."""
        return Places(self.id, self.home_territory_id, self.framework_id)

    def withholds(self, fact: Event) -> bool:
        """Whether a fact has no effect: it was dated before the work began, as far as known then and now (R03)."""
        return fact.withheld and fact.occurred_on < self.opened_on

    def follow_up(self, case: Case, cause: Event) -> None:
        """The consequences that its families record."""
        for record in self.FOLLOWS:
            record(self, case, cause)
