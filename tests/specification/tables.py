"""A table of a scenario: read as any door reads it, with what was answered so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.kernel import Command
from workflows.tables.comparing import Judged, Verdict
from workflows.tables.known import KnownPlan, Named
from workflows.tables.looking import Checked, Said, look_at
from workflows.tables.opening import open_workbook
from workflows.tables.remembering import Remembered
from workflows.tables.wording import reasons_of
from workflows.texts import Texts


@dataclass
class TableOfScenario:
    """The table as it stands, and what was answered."""

    data: bytes
    plan: KnownPlan
    answers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, rows: list[list[str]], place: tuple[UUID, UUID], priority: tuple[str, str], partner: tuple[str, str]
    ) -> TableOfScenario:
        """A table handed in for a convention of a territory, whose priority and partner are known."""
        starts, ends = date(2025, 1, 1), date(2029, 12, 31)
        plan = KnownPlan(*place, starts, ends, (Named(*priority),), (Named(*partner),), ())
        return cls("\n".join(";".join(row) for row in rows).encode(), plan)

    def _read(self) -> Checked:
        workbook = open_workbook("plan.csv", self.data)
        return look_at(workbook, self.plan, Said(answers=self.answers), Remembered(self.plan.territory_id))

    def _row(self, number: str) -> Judged:
        return next(one for one in self._read().judged if one.row + 1 == int(number))

    def is_read(self, number: str) -> bool:
        """Whether a row is ready."""
        return self._row(number).verdict is Verdict.NEW

    def doubts(self, number: str) -> list[str]:
        """Why a row is asked about."""
        questions = self._read().taken.questions
        return [
            Texts("fr").t(f"table-doubt.{questions[key].doubt}", **questions[key].parameters)
            for key in self._row(number).asked
        ]

    def refused(self, number: str) -> str:
        """Why a row is refused; empty where it is not."""
        one = self._row(number)
        return " ".join(reasons_of(Texts("fr"), one, str)) if one.verdict is Verdict.REFUSED else ""

    def acts(self) -> list[Command]:
        """What records the rows that are ready."""
        return [act for one in self._read().judged if one.verdict is Verdict.NEW for act in one.acts]
