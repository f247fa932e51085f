"""An action of a plan: what it was written down as; each family keeps its own state beside it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel import Composed, Places, aggregate
from domain.values import LocalId, Prose, ValidityPeriod


@aggregate("action-sheet", "action-sheets")
class ActionSheet(Composed):
    """One action of a plan, a stream of its own; each family of what is said of it keeps its own state beside it."""

    convention_id: UUID
    home_territory_id: UUID
    priority_id: LocalId
    title: Prose
    owner_id: UUID
    calendar: ValidityPeriod
    drafted_on: date

    def __init__(self) -> None:
        super().__init__()
        self.drafted_on = date.min

    @property
    def territory_id(self) -> UUID:
        """The territory of its convention."""
        return self.home_territory_id

    def places(self) -> Places:
        """Its convention and the territory of that."""
        return Places(self.convention_id, self.home_territory_id)

    @property
    def content(self) -> str:
        """All that a plan adopts of it, in one line, its title as it is sealed in the log: what `plan_hash` is made of.

        The seal stands for the words, so that the hash still verifies when the title was erased.
        """
        return ":".join(
            (
                str(self.id),
                str(self.version),
                self.priority_id,
                str(self.owner_id),
                self.calendar.effective_from.isoformat(),
                self.calendar.effective_to.isoformat(),
                self.title.token or "",
            )
        )
