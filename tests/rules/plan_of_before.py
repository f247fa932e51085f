"""What is told of the plan of a convention after it was taken over, by the ordinary acts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.following import CompleteAction
from domain.action_sheets.funding import EstimateBudget, PledgeFunding
from domain.action_sheets.paying import RecordPayment
from domain.convention.priorities import ChoosePriority
from domain.indicators.defining import DefineIndicator
from domain.indicators.terms import Target
from domain.money import FIRM, YearAmount
from domain.pledges.pledging import PledgeResource
from domain.values import Code, LocalId, Prose
from tests.projections.story import PARENTING, Story
from tests.rules.test_conventions_taken_over import AS_OF

BEFORE = date(2024, 3, 1)
TITLES = ("Navette des parents", "Lieu d'accueil", "Atelier numérique")


class Plan:
    """What is told of the plan of before, after its convention was taken over."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.sheets = [uuid4() for _ in TITLES]
        self.indicator, self.pledge = uuid4(), uuid4()

    def choose(self, day: date | None = BEFORE, priority: str = "p1", **more: Any) -> Any:
        return self.story.tell(
            ChoosePriority(
                stream_id=self.story.convention,
                priority_id=LocalId(priority),
                title=Prose("Soutenir les parents"),
                themes=(PARENTING,),
                occurred_on=day,
                **more,
            )
        )

    def draft(self, sheet_id: UUID, title: str, day: date = AS_OF, **more: Any) -> Any:
        return self.story.tell(
            DraftActionSheet(
                stream_id=sheet_id,
                convention_id=self.story.convention,
                home_territory_id=self.story.territory,
                priority_id=LocalId("p1"),
                title=Prose(title),
                occurred_on=day,
                **more,
            )
        )

    def tell(self) -> None:
        """A first action, owned, that runs since 2024; a second one done since; a third of which nobody knows more."""
        self.choose()
        dates: dict[str, Any] = {
            "starts_on": date(2024, 2, 1),
            "ends_on": date(2027, 6, 30),
            "owner_id": self.story.epci,
        }
        self.draft(self.sheets[0], TITLES[0], BEFORE, **dates)
        self.draft(self.sheets[1], TITLES[1], **{**dates, "ends_on": date(2025, 6, 30)})
        self.story.tell(CompleteAction(stream_id=self.sheets[1], occurred_on=date(2025, 7, 1)))
        self.draft(self.sheets[2], TITLES[2])

    def fund(self) -> None:
        """Firm money of 2024 of which a part was paid; a pledge that was due before."""
        first, tell = self.sheets[0], self.story.tell
        budget = tuple(YearAmount(year, 10_000_00) for year in (2024, 2026))
        tell(EstimateBudget(stream_id=first, budget=budget, occurred_on=BEFORE))
        tell(
            PledgeFunding(
                stream_id=first,
                line_id=LocalId("l1"),
                partner_id=self.story.caf,
                year=2024,
                amount_cents=8_000_00,
                certainty=FIRM,
                occurred_on=BEFORE,
            )
        )
        tell(RecordPayment(stream_id=first, line_id=LocalId("l1"), amount_cents=5_000_00, occurred_on=BEFORE))
        tell(
            PledgeResource(
                stream_id=self.pledge,
                convention_id=self.story.convention,
                home_territory_id=self.story.territory,
                partner_id=self.story.caf,
                kind=Code("DATA"),
                what=Prose("Un portrait du territoire"),
                certainty=FIRM,
                due_on=date(2025, 1, 31),
                occurred_on=BEFORE,
            )
        )

    def measure(self) -> None:
        """An indicator without a start, with a target of 2024 that its only measure does not meet."""
        self.story.tell(
            DefineIndicator(
                stream_id=self.indicator,
                convention_id=self.story.convention,
                home_territory_id=self.story.territory,
                title=Prose("Places"),
                unit=Code("NUMBER"),
                counts_persons=False,
                kind=Code("RESULT"),
                direction=Code("UP"),
                owner_id=self.story.caf,
                frequency=Code("QUARTERLY"),
                targets=(Target(2024, Decimal(40)), Target(2027, Decimal(60))),
                sheet_ids=(self.sheets[0],),
                occurred_on=BEFORE,
            )
        )
