"""Whatever is said of a plan, its money and measures, in any order: sums are those of a naive count, the drift is what
a hand counts, and what a committee saw at a review never changes."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.following import AbandonAction
from domain.action_sheets.funding import EstimateBudget, PledgeFunding
from domain.action_sheets.paying import RecordPayment, ReviseFunding
from domain.convention.plan import ValidateActionPlan
from domain.convention.reviews import RecordReview
from domain.indicators.defining import DefineIndicator, RedefineIndicator
from domain.indicators.measuring import RecordMeasure
from domain.indicators.terms import Target
from domain.kernel import RECORDED_BY
from domain.money import CERTAINTIES, YearAmount
from domain.steering import PLAN_VALIDATED
from domain.values import Code, LocalId, Prose, deterministic_id, local_id
from projections.engine import Dossier
from projections.how_the_plan_drifts import NOTHING_ADOPTED, drift
from projections.what_the_committee_saw import SeenAtReview, seen_at_reviews
from tests.plans import completed
from tests.properties.test_any_corrections import mend_with_what_falls
from tests.properties.test_any_money import dossier_of, it_adds_up, line_ids, partners
from tests.properties.test_any_sequence_of_commands import (
    BODY,
    CONVENTION_ID,
    DECIDED,
    EPCI,
    READY,
    SHEETS,
    TERRITORY,
    TEXTS,
    TODAY,
    Streams,
    opened,
)

INDICATOR = deterministic_id("indicator")
WHY = Prose("Le comité l'a voulu.")
LAST_FEW = 40
MANY = (pytest.mark.slow, pytest.mark.timeout(1_200))
sheets = st.sampled_from(SHEETS)
years = st.integers(2025, 2027)
amounts = st.integers(0, 90_000)
values = st.integers(0, 500).map(Decimal)


@dataclass
class Said:
    """What a hand would have noted of a sheet: its words and its money."""

    title: str
    budget: tuple[YearAmount, ...] = ()
    lines: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def need(self) -> int:
        return sum(one.amount_cents for one in self.budget)

    @property
    def brought(self) -> int:
        return sum(line[2] for line in self.lines.values())


class AnyPlan(RuleBasedStateMachine):
    """Three sheets, an indicator, a committee. What is refused is not noted by the hand either."""

    def __init__(self) -> None:
        super().__init__()
        self.streams: Streams = opened()
        self.said: dict[UUID, Said] = {}
        self.targets: tuple[Target, ...] = ()
        self.adopted: tuple[dict[UUID, Said], tuple[Target, ...] | None] | None = None
        self.seen: dict[UUID, SeenAtReview] = {}
        self.mended = False
        self.measures = 0
        self.reviews = 0

    @property
    def dossier(self) -> Dossier:
        """All that was recorded; no partner turned out to be another one."""
        found = dossier_of(self.streams)
        found.register = cast(Any, SimpleNamespace(twins={}, name_of=str))
        return found

    @initialize()
    def a_priority_is_chosen(self) -> None:
        for command in READY[:3]:
            assert self.streams.send(command)

    # --- the plan -----------------------------------------------------------------------------------------------------

    @rule(sheet=sheets)
    def draft(self, sheet: UUID) -> None:
        if sheet not in self.streams.live and self.streams.send(
            DraftActionSheet(
                stream_id=sheet,
                convention_id=CONVENTION_ID,
                home_territory_id=TERRITORY,
                priority_id=local_id("ready"),
                title=Prose("Fiche"),
                owner_id=EPCI,
                starts_on=date(2025, 1, 1),
                ends_on=date(2026, 1, 1),
            )
        ):
            self.said[sheet] = Said("Fiche")

    @rule(sheet=sheets, title=st.sampled_from(("Fiche", "Une autre fiche")))
    def describe(self, sheet: UUID, title: str) -> None:
        if sheet in self.said and self.streams.send(DescribeActionSheet(stream_id=sheet, title=Prose(title))):
            self.said[sheet].title = title

    @rule(sheet=sheets)
    def abandon(self, sheet: UUID) -> None:
        if sheet in self.said and self.streams.send(AbandonAction(stream_id=sheet, motive=WHY)):
            del self.said[sheet]

    @precondition(lambda self: self.said)
    @rule()
    def validate(self) -> None:
        plan = ValidateActionPlan(
            stream_id=CONVENTION_ID,
            sheets=tuple(self.said),
            text_sha256=TEXTS[0],
            decided_in=DECIDED[PLAN_VALIDATED],
            occurred_on=TODAY,
            **completed(TODAY),
        )
        if self.streams.send(plan):
            self.adopted = deepcopy(self.said), self.targets if INDICATOR in self.streams.live else None

    # --- money --------------------------------------------------------------------------------------------------------

    @rule(sheet=sheets, budget=st.dictionaries(years, amounts, min_size=1, max_size=2))
    def estimate(self, sheet: UUID, budget: dict[int, int]) -> None:
        told = tuple(YearAmount(year, cents) for year, cents in budget.items())
        if sheet in self.said and self.streams.send(EstimateBudget(stream_id=sheet, budget=told)):
            self.said[sheet].budget = told

    @rule(
        sheet=sheets, line=line_ids, partner=partners, year=years, cents=amounts, certainty=st.sampled_from(CERTAINTIES)
    )
    def fund(self, sheet: UUID, line: LocalId, partner: UUID, year: int, cents: int, certainty: Code) -> None:
        if sheet not in self.said:
            return
        same: dict[str, Any] = {
            "stream_id": sheet,
            "line_id": line,
            "year": year,
            "amount_cents": cents,
            "certainty": certainty,
        }
        known = self.said[sheet].lines
        if line in known:
            if self.streams.send(ReviseFunding(**same, motive=WHY)):
                known[line] = (known[line][0], year, cents, certainty)
        elif self.streams.send(PledgeFunding(**same, partner_id=partner)):
            known[line] = (partner, year, cents, certainty)

    @rule(sheet=sheets, line=line_ids, cents=st.integers(1, 50_000))
    def pay(self, sheet: UUID, line: LocalId, cents: int) -> None:
        if sheet in self.said:
            self.streams.send(RecordPayment(stream_id=sheet, line_id=line, amount_cents=cents))

    # --- results ------------------------------------------------------------------------------------------------------

    @rule(value=values)
    def aim(self, value: Decimal) -> None:
        told: dict[str, Any] = {
            "stream_id": INDICATOR,
            "title": Prose("Familles accueillies"),
            "unit": Code("NUMBER"),
            "counts_persons": False,
            "kind": Code("RESULT"),
            "direction": Code("UP"),
            "owner_id": EPCI,
            "frequency": Code("YEARLY"),
            "targets": (Target(2026, value),),
        }
        command: Any = (
            RedefineIndicator(**told, motive=WHY)
            if INDICATOR in self.streams.live
            else DefineIndicator(**told, convention_id=CONVENTION_ID, home_territory_id=TERRITORY)
        )
        if self.streams.send(command):
            self.targets = told["targets"]

    @rule(value=values, before=st.integers(0, 200))
    def measure(self, value: Decimal, before: int) -> None:
        if INDICATOR in self.streams.live:
            self.measures += 1
            on = TODAY - timedelta(days=before)
            self.streams.send(
                RecordMeasure(
                    stream_id=INDICATOR, measure_id=local_id("measure", self.measures), value=value, occurred_on=on
                )
            )

    # --- what the committee saw ---------------------------------------------------------------------------------------

    @precondition(lambda self: self.reviews < 4)
    @rule()
    def review(self) -> None:
        self.reviews += 1
        said = RecordReview(
            stream_id=CONVENTION_ID,
            kind=Code("ANNUAL"),
            period_starts_on=date(2023 + self.reviews, 1, 1),
            period_ends_on=date(2023 + self.reviews, 12, 31),
            body_id=BODY,
            meeting_id=LocalId("m1"),
            occurred_on=TODAY,
        )
        if self.streams.send(said):
            self.seen |= {one.event_id: one for one in seen_at_reviews(self.dossier) if one.event_id not in self.seen}

    @precondition(lambda self: self.seen)
    @rule(which=st.integers(0, LAST_FEW))
    def annul(self, which: int) -> None:
        about = {*self.said, INDICATOR}
        told = [
            one
            for one in self.streams.recorded
            if type(one) in RECORDED_BY and one.originator_id in about and one.originator_version > 1
        ]
        if told:
            mend_with_what_falls(self.streams, told[which % len(told)], None)
            self.mended = True  # what the hand noted is no more what counts

    # --- always -------------------------------------------------------------------------------------------------------

    @invariant()
    def each_euro_counts_once(self) -> None:
        it_adds_up(self.streams)

    @invariant()
    def what_was_seen_stays(self) -> None:
        if self.seen:
            now = {one.event_id: one for one in seen_at_reviews(self.dossier)}
            assert now == self.seen

    @invariant()
    def the_drift_is_what_a_hand_counts(self) -> None:
        known = drift(self.dossier, lambda texts: lambda text: text.text)
        if self.mended:
            return
        if self.adopted is None:
            assert known == NOTHING_ADOPTED
            return
        then, targets = self.adopted
        now = self.said
        added, abandoned = now.keys() - then.keys(), then.keys() - now.keys()
        changed = {one for one in now.keys() & then.keys() if now[one] != then[one]}
        assert (set(known.added), set(known.abandoned), set(known.changed)) == (added, abandoned, changed)
        moved = added | abandoned | changed
        assert known.sheets == len(moved)
        none = Said("")
        assert known.budget_cents == sum(now.get(one, none).need - then.get(one, none).need for one in moved)
        assert known.funding_cents == sum(now.get(one, none).brought - then.get(one, none).brought for one in moved)
        assert known.targets == (targets is not None and targets != self.targets)


@pytest.mark.parametrize(("examples", "steps"), [(12, 20), pytest.param(50, 30, marks=MANY)], ids=["some", "many"])
def test_any_plan_money_and_measures(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        AnyPlan,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


def test_the_machine_reaches_a_plan_a_review_and_a_drift() -> None:
    """Else the property above would speak of nothing."""
    walk = AnyPlan()
    walk.a_priority_is_chosen()
    first, second, third = SHEETS
    for sheet in (first, second):
        walk.draft(sheet)
        walk.estimate(sheet, {2026: 40_000})
    line, certainty = local_id("line", 0), CERTAINTIES[1]
    walk.fund(first, line, EPCI, 2026, 30_000, certainty)
    walk.aim(Decimal(40))
    walk.measure(Decimal(30), 100)
    walk.validate()
    assert walk.adopted is not None
    walk.review()
    (seen,) = walk.seen.values()
    assert seen.figures.need_cents == 80_000
    assert [one.value for one in seen.figures.measures] == [Decimal(30)]
    walk.describe(first, "Une autre fiche")
    walk.fund(first, line, EPCI, 2027, 50_000, certainty)
    walk.pay(first, line, 10_000)
    walk.abandon(second)
    walk.draft(third)
    walk.aim(Decimal(60))
    walk.measure(Decimal(35), 0)
    known = drift(walk.dossier, lambda texts: lambda text: text.text)
    assert (known.sheets, known.budget_cents, known.funding_cents, known.targets) == (3, -40_000, 20_000, 1)
    walk.the_drift_is_what_a_hand_counts()
    walk.annul(0)
    assert walk.mended
    walk.what_was_seen_stays()
    walk.each_euro_counts_once()
