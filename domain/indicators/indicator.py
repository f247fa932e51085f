"""The stream of an indicator and its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from domain.indicators.terms import Terms
from domain.kernel import Aggregate, Places, aggregate
from domain.values import Code, LocalId, Prose, PublicName

STANDS: Final = Code("STANDS")
PROPOSED: Final = Code("PROPOSED")
REVISED: Final = Code("REVISED")
REFUSED: Final = Code("REFUSED")
"""What has become of a measure: it is the value, it waits for the owner of the data, another one was said in its place,
the owner refused it."""
FATES: Final = (STANDS, PROPOSED, REVISED, REFUSED)


@dataclass(slots=True)
class Measured:
    """A measure as rules look at it: the day that it is about, what has become of it, and what it would replace."""

    about: date
    fate: Code
    revises: LocalId | None = None


@dataclass
class Measures:
    """The measures of an indicator by id."""

    known: dict[LocalId, Measured] = field(default_factory=dict)

    def standing_on(self, day: date) -> LocalId | None:
        """The one that is the value of a day."""
        return next((one for one, told in self.known.items() if told.about == day and told.fate == STANDS), None)

    def put(self, measure_id: LocalId, measured: Measured) -> None:
        """Keep it; what it replaces is the value no more."""
        if measured.fate == STANDS:
            self._replaced(measured)
        self.known[measure_id] = measured

    def answered(self, measure_id: LocalId, *, accepted: bool) -> None:
        """A proposal became the value, or was refused."""
        told = self.known.get(measure_id)
        if told is None:
            return
        if accepted:
            self._replaced(told)
        told.fate = STANDS if accepted else REFUSED

    def _replaced(self, by: Measured) -> None:
        for one, told in self.known.items():
            if told.fate == STANDS and (one == by.revises or told.about == by.about):
                told.fate = REVISED


@aggregate("indicator", "indicators")
class Indicator(Aggregate):
    """One indicator of a convention, a stream of its own."""

    convention_id: UUID
    home_territory_id: UUID
    terms: Terms
    definition_version: int
    measures: Measures
    retired_on: date | None

    def __init__(self) -> None:
        self.definition_version = 1
        self.measures = Measures()
        self.retired_on = None

    @property
    def territory_id(self) -> UUID:
        """The territory of its convention."""
        return self.home_territory_id

    @property
    def called(self) -> tuple[PublicName | Prose, ...]:
        """Its title."""
        return (self.terms.title,)

    def places(self) -> Places:
        """Its convention and the territory of that."""
        return Places(self.convention_id, self.home_territory_id)
