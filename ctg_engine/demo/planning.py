"""The vocabulary of a plan: its sheets, one by one or all of a table, and what was reported of them over the years."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ctg_engine.demo.beginnings import Beginnings
from ctg_engine.demo.cast import demo_id
from ctg_engine.demo.plan_tables import News, PlannedSheet, planned
from ctg_engine.demo.references import day
from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.following import AbandonAction, CompleteAction, PostponeAction, ReportActionStatus
from domain.action_sheets.scheduling import ActionStep, ScheduleAction
from domain.action_sheets.state import ABANDONED, DONE, TO_START
from domain.convention.reviews import ActionStatus
from domain.kernel import Command
from domain.values import Prose, PublicName, local_id


class Planning(Beginnings):
    """A plan as it is written, then as it goes."""

    def plans_action(self, on: str, priority: str, title: str, owner: str, starts: str, ends: str) -> UUID:
        """An action sheet is drafted."""
        sheet_id = demo_id("sheet", self.key, str(len(self.sheets) + 1))
        self.sheets.append(sheet_id)
        command = DraftActionSheet(
            stream_id=sheet_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            home_territory_id=self.territory_id,
            priority_id=local_id(priority),
            title=Prose(title),
            owner_id=self.partner(owner),
            starts_on=day(starts),
            ends_on=day(ends),
        )
        self.write(on, on, command)
        return sheet_id

    def plans_its_table(self) -> None:
        """Every sheet of the territory's table: written down, described, and what is reported of it later."""
        for line in planned(self.key):
            sheet_id = self.plans_action(
                line.written_on, line.priority, line.title, line.owner, line.starts_on, line.ends_on
            )
            self._describes(sheet_id, line)
            for news in line.news:
                self._tells(sheet_id, line.owner, news)

    def _describes(self, sheet_id: UUID, line: PlannedSheet) -> None:
        on = line.written_on
        described = DescribeActionSheet(
            stream_id=sheet_id,
            occurred_on=day(on),
            number=PublicName(line.number),
            themes=line.themes,
            operational_objective=Prose(line.objective),
            contributor_ids=tuple(self.partner(one) for one in line.contributors),
        )
        self.write(on, on, described)
        if line.steps:
            scheduled = ScheduleAction(
                stream_id=sheet_id,
                occurred_on=day(on),
                starts_on=day(line.starts_on),
                ends_on=day(line.ends_on),
                steps=tuple(ActionStep(Prose(title), day(due)) for due, title in line.steps),
            )
            self.write(on, on, scheduled)

    def _tells(self, sheet_id: UUID, owner: str, news: News) -> None:
        on, words = news.on, Prose(news.words) if news.words else None
        command: Command
        if news.calendar is not None:
            starts_on, ends_on = map(day, news.calendar)
            command = PostponeAction(
                stream_id=sheet_id, occurred_on=on, starts_on=starts_on, ends_on=ends_on, motive=Prose(news.words)
            )
        elif news.status == ABANDONED:
            command = AbandonAction(stream_id=sheet_id, occurred_on=on, motive=Prose(news.words))
        elif news.status == DONE:
            command = CompleteAction(stream_id=sheet_id, occurred_on=on, outcome=words)
        else:
            command = ReportActionStatus(
                stream_id=sheet_id, occurred_on=on, status=news.status, progress_percent=news.percent, motive=words
            )
        by = self.speaking_for(owner) if isinstance(command, ReportActionStatus | CompleteAction) else None
        self.write(on.isoformat(), None, command, by)

    def statuses_on(self, on: date) -> tuple[ActionStatus, ...]:
        """How each sheet of the table stood on a day, as a review sees it: one of which nobody told anything has not
        begun."""
        return tuple(
            ActionStatus(sheet, next((one.status for one in reversed(line.news) if one.on <= on), TO_START))
            for sheet, line in zip(self.sheets, planned(self.key), strict=True)
        )
