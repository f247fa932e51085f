"""Conventions in force whose plan has its real size: sheets with money, indicators with measures, pledges, reports."""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import uuid4

from benchmarks.ours.conventions import Telling
from benchmarks.ours.country import TODAY, Country
from benchmarks.ours.peopling import cookie, tell
from benchmarks.peers.asked import Ask
from ctg_engine.bootstrap import House, opened
from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.funding import EstimateBudget, PledgeFunding
from domain.indicators.defining import DefineIndicator
from domain.indicators.measuring import RecordMeasure
from domain.indicators.terms import Target
from domain.kernel import Command
from domain.money import YearAmount
from domain.pledges.pledging import PledgeResource
from domain.values import Code, LocalId, Prose, Sha256

EVERY: Final = timedelta(days=25)
"""Between two reports of a sheet: as many as people write in five years, within the time that has passed."""


def asks(country: Country) -> dict[str, Ask]:
    """What is asked about plans."""
    plans = _Plans(country)
    return {"plan": plans.plan, "act": plans.act, "refresh": plans.refresh, "validate": plans.validate}


class _Plans:
    def __init__(self, country: Country) -> None:
        self.country = country
        self.house = country.house
        self.told: list[Telling] = []
        self._acts = 0

    def plan(
        self, conventions: int, sheets: int, indicators: int, pledges: int, reports: int, stage: str
    ) -> dict[str, Any]:
        """Tell so many conventions up to a stage, each with such a plan; where the pages of the last one are."""
        for _ in range(conventions):
            telling = tell(self.country, self.country.place(), stage, sheets)
            more = [*self._money(telling), *self._results(telling, indicators), *self._means(telling, pledges)]
            more += self._reports(telling, reports)
            if more:
                self.house.steering.execute_all(more, self.country.context(telling.place.pilot))
            self.told.append(telling)
        shown = self.told[-1]
        return {
            "convention": str(shown.convention_id),
            "sheet": str(shown.sheet_ids[0]),
            "cookies": {"pilot": cookie(self.house, shown.place.pilot.actor_id)},
        }

    def act(self) -> dict[str, Any]:
        """A forum and a report for each convention, one command at a time."""
        commands = [(one, command) for one in self.told for command in self._everyday(one)]
        contexts = [self.country.context(one.place.pilot, key=str(uuid4())) for one, _ in commands]
        processor, began = time.process_time(), time.perf_counter()
        for (_, command), context in zip(commands, contexts, strict=True):
            self.house.steering.execute(command, context)
        return _each(began, processor, len(commands))

    def refresh(self) -> dict[str, Any]:
        """The summaries of what was just marked."""
        made, processor, began = 0, time.process_time(), time.perf_counter()
        while some := self.house.summaries.refresh():
            made += some
        return _each(began, processor, max(made, 1))

    def validate(self) -> dict[str, Any]:
        """Validate the plan of the last convention again: by a process that knows it, and by one that never saw it."""
        telling = self.told[-1]
        self._validate(self.house, telling)
        warm = self._validate(self.house, telling)
        with opened(self.house.settings) as house:
            cold = self._validate(house, telling)
        return {"warm": warm, "cold": cold}

    def _validate(self, house: House, telling: Telling) -> float:
        self._acts += 1
        command = telling.validation(Sha256(f"{self._acts:064x}"))
        context = self.country.context(telling.place.pilot, key=str(uuid4()))
        began = time.process_time()
        house.steering.execute(command, context)
        return time.process_time() - began

    def _everyday(self, telling: Telling) -> list[Command]:
        self._acts += 1
        done = self._acts % 100
        sheet_id = telling.sheet_ids[self._acts % len(telling.sheet_ids)]
        report = ReportActionStatus(
            stream_id=sheet_id, status=Code("RUNNING"), progress_percent=done, occurred_on=TODAY.date()
        )
        return [telling.forum(2_000 + self._acts), report]

    def _money(self, telling: Telling) -> list[Command]:
        found: list[Command] = []
        for sheet_id in telling.sheet_ids if len(telling.sheet_ids) > 1 else ():
            found.append(EstimateBudget(stream_id=sheet_id, budget=(YearAmount(2026, 2_400_000),)))
            found += [
                PledgeFunding(
                    stream_id=sheet_id,
                    line_id=LocalId(f"l{number}"),
                    partner_id=partner_id,
                    year=2026,
                    amount_cents=400_000 + number,
                    certainty=Code("FIRM"),
                )
                for number, partner_id in enumerate((telling.caf, telling.epci))
            ]
        return found

    def _results(self, telling: Telling, indicators: int) -> list[Command]:
        found: list[Command] = []
        for number in range(indicators):
            indicator_id = uuid4()
            found.append(
                DefineIndicator(
                    stream_id=indicator_id,
                    convention_id=telling.convention_id,
                    home_territory_id=telling.place.territory_id,
                    title=Prose("Familles accueillies"),
                    unit=Code("NUMBER"),
                    counts_persons=False,
                    kind=Code("RESULT"),
                    direction=Code("UP"),
                    owner_id=telling.epci,
                    frequency=Code("YEARLY"),
                    baseline_value=Decimal(20),
                    baseline_on=date(2024, 12, 31),
                    targets=(Target(2026, Decimal(40)),),
                    sheet_ids=(telling.sheet_ids[number % len(telling.sheet_ids)],),
                )
            )
            found.append(
                RecordMeasure(
                    stream_id=indicator_id,
                    measure_id=LocalId("m1"),
                    value=Decimal(30),
                    occurred_on=date(2025, 12, 31),
                )
            )
        return found

    def _means(self, telling: Telling, pledges: int) -> list[Command]:
        return [
            PledgeResource(
                stream_id=uuid4(),
                convention_id=telling.convention_id,
                home_territory_id=telling.place.territory_id,
                partner_id=(telling.caf, telling.epci)[number % 2],
                kind=Code("EXPERTISE"),
                certainty=Code("FIRM"),
                what=Prose("Des heures de conseil"),
                sheets=(telling.sheet_ids[number % len(telling.sheet_ids)],),
            )
            for number in range(pledges)
        ]

    def _reports(self, telling: Telling, reports: int) -> list[Command]:
        return [
            ReportActionStatus(
                stream_id=sheet_id,
                status=Code("RUNNING"),
                progress_percent=(number + 1) * 100 // (reports + 1),
                occurred_on=date(2025, 1, 10) + number * EVERY,
            )
            for number in range(reports)
            for sheet_id in telling.sheet_ids
        ]


def _each(began: float, processor: float, number: int) -> dict[str, float]:
    """Seconds of each, and of processor."""
    processor, seconds = time.process_time() - processor, time.perf_counter() - began
    return {"seconds": seconds / number, "processor": processor / number}
