"""The quilt: the sheets of a plan on its years, the worst first; those that press in words, the others as threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from uuid import UUID

from api.pages.addresses import PLAN, anchor_of
from api.pages.contexts import Act, Delay, Phrase
from api.pages.contexts.plan import QuiltGroup, QuiltHead, QuiltLine, Standing, StandingCount
from api.pages.plan.asked import BY_END, BY_OWNER, BY_STATE, SLUGS, Asked
from api.pages.plan.names import codes_of
from api.pages.plan.timeline import Timeline
from api.pages.view import View
from domain.action_sheets.following import CompleteAction, ReportActionStatus
from domain.action_sheets.scheduling import AssignActionOwner, ScheduleAction
from domain.action_sheets.state import POSTPONED, RUNNING
from domain.values import Code
from projections.where_the_plan_stands import NO_DATES, NO_OWNER, NO_STATUS, NOT_DONE, STEP_NOT_DONE, sheets
from projections.where_the_plan_stands import NOT_STARTED as NOT_BEGUN
from projections.whether_sheets_move import (
    BEHIND,
    DONE,
    LAID_ASIDE,
    LATE,
    NOT_STARTED,
    ON_TIME,
    SILENT,
    STANDINGS,
    UNKNOWN,
    WATCH,
    SheetMoving,
    moving,
    time_passed,
)

WORDED: Final = 8
"""Sheets told in words on a page: so many, with those that are threads, are seen in its screens."""
FEW_GROUPS: Final = 2
"""Each group more takes the room of a sheet in words."""
FEWEST_WORDED: Final = 3
SEEN_AT_ONCE: Final = 8
"""Sheets of a whole plan up to which all are told in words."""
PRESSING: Final = (LATE, WATCH)
STANDING: Final[dict[Code, Standing]] = {
    LATE: "late",
    WATCH: "watch",
    ON_TIME: "on-time",
    NOT_STARTED: "not-started",
    UNKNOWN: "unknown",
    DONE: "done",
    LAID_ASIDE: "aside",
}
ENDED_BY: Final = {
    NOT_DONE: CompleteAction.NAME,
    STEP_NOT_DONE: ScheduleAction.NAME,
    NOT_BEGUN: ReportActionStatus.NAME,
    NO_OWNER: AssignActionOwner.NAME,
    NO_DATES: ScheduleAction.NAME,
    SILENT: ReportActionStatus.NAME,
    BEHIND: ReportActionStatus.NAME,
    NO_STATUS: ReportActionStatus.NAME,
}
"""The act that ends what presses."""
KINDS: Final = {DONE: "done", NOT_STARTED: "waits", UNKNOWN: "waits", LAID_ASIDE: "aside"}


@dataclass
class Quilt:
    """The sheets of a convention, as an address asks for them."""

    view: View
    asked: Asked

    @cached_property
    def sheets(self) -> tuple[SheetMoving, ...]:
        """All of them, the worst first."""
        found = self.view.dossier.once(sheets, self.view.ask.today)
        self.view.ask.open(found)
        return moving(found, self.view.dossier.method, self.view.ask.today)

    @cached_property
    def live(self) -> tuple[SheetMoving, ...]:
        """Those of which something is expected, or that are done."""
        return tuple(one for one in self.sheets if one.standing != LAID_ASIDE)

    def head(self) -> QuiltHead:
        """The years."""
        return self.timeline.head(self.view.ask.today)

    def counts(self) -> tuple[StandingCount, ...]:
        """How many stand in each way; each leads to them, and from them back to all."""
        return tuple(self._counted(self.sheets, whole=True))

    def groups(self) -> tuple[QuiltGroup, ...]:
        """The worst group first; as many in words as two screens hold."""
        wanted = [one for one in self.sheets if self.asked.only in (None, one.standing)]
        groups = sorted(self._gathered(wanted), key=lambda group: _badness(group[2]))
        all_in_words = len(wanted) <= SEEN_AT_ONCE
        left, found = max(WORDED - max(len(groups) - FEW_GROUPS, 0), FEWEST_WORDED), []
        for anchor, title, several in groups:
            pressing = [one for one in several if one.standing in PRESSING][:left] if not all_in_words else several
            left -= len(pressing)
            others = [one for one in several if one not in pressing]
            found.append(
                QuiltGroup(
                    anchor,
                    title,
                    len(several),
                    tuple(one for one in self._counted(several) if one.standing in ("late", "watch")),
                    tuple(map(self.line, pressing)),
                    tuple(map(self.line, others)),
                    tuple(self._counted(others)),
                    unfolded=self.asked.only is not None,
                )
            )
        return tuple(found)

    # --- groups -------------------------------------------------------------------------------------------------------

    def _gathered(
        self, several: Iterable[SheetMoving]
    ) -> Iterable[tuple[str, Phrase | str | None, Sequence[SheetMoving]]]:
        """The sheets under what the address asks for, each group under its name and as it is read."""
        found: dict[str, list[SheetMoving]] = {}
        titles: dict[str, Phrase | str | None] = {}
        for one in several:
            name, title = self._head_of(one)
            found.setdefault(name, []).append(one)
            titles[name] = title
        return [(f"sheets-{name}", titles[name], several) for name, several in found.items()]

    def _head_of(self, one: SheetMoving) -> tuple[str, Phrase | str | None]:
        if self.asked.order == BY_OWNER:
            return str(one.sheet.owner_id), one.sheet.owner_name or ""
        if self.asked.order == BY_STATE:
            return SLUGS[one.standing], Phrase(f"page.plan.state-{STANDING[one.standing]}")
        if self.asked.order == BY_END:
            calendar = one.sheet.calendar
            if calendar is None:
                return "undated", Phrase("page.plan.undated")
            year = calendar.effective_to.year
            return str(year), Phrase("page.plan.ends-in", {"year": str(year)})
        return self._priorities[one.sheet.priority_id]

    @cached_property
    def _priorities(self) -> dict[str, tuple[str, str | None]]:
        """The number of each priority on the page, and its title."""
        return {
            one.priority_id: (str(number), self.view.ask.said(one.title))
            for number, one in enumerate(self.view.basis.priorities, 1)
        }

    def _counted(self, several: Sequence[SheetMoving], *, whole: bool = False) -> Iterable[StandingCount]:
        """How many stand in each way; of the `whole`, as shares of it and with the addresses that show them."""
        page, done = self.view.home.page(PLAN), 0.0
        counts = Counter(one.standing for one in several)
        for code in STANDINGS:
            count = counts[code]
            if not count:
                continue
            words, slug = Phrase(f"page.plan.are-{STANDING[code]}", {}, count), SLUGS[code]
            if not whole:
                yield StandingCount(STANDING[code], count, words)
                continue
            current = self.asked.only == code
            share = round(100 * count / len(several), 2)
            href = self.asked.address(page, state="" if current else slug)
            yield StandingCount(STANDING[code], count, words, href, current, round(done, 2), share)
            done += share

    # --- lines --------------------------------------------------------------------------------------------------------

    @cached_property
    def timeline(self) -> Timeline:
        """From the first year in which anything happens to the last."""
        period = self.view.standing.standing.period
        days = [self.view.ask.today]
        if period is not None:
            days += [period.effective_from, period.effective_to]
        for calendar in (one.sheet.calendar for one in self.sheets):
            days += [calendar.effective_from, calendar.effective_to] if calendar is not None else []
        return Timeline.around(days)

    @cached_property
    def codes(self) -> Mapping[UUID, str]:
        """How addresses name each sheet."""
        return codes_of({one.sheet.sheet_id: one.sheet.number for one in self.sheets})

    def line(self, one: SheetMoving) -> QuiltLine:
        """A sheet, in words and as a bar."""
        sheet, calendar, years = one.sheet, one.sheet.calendar, self.timeline
        first = calendar.effective_from if calendar is not None else None
        last = calendar.effective_to if calendar is not None else None
        kind = KINDS.get(one.standing, "runs" if sheet.status == RUNNING else "waits")
        share = sheet.progress_percent / 100 if sheet.progress_percent is not None and one.standing != ON_TIME else None
        return QuiltLine(
            STANDING[one.standing],
            sheet.number,
            self.view.ask.said(sheet.title),
            self.view.home.sheet(self.codes[sheet.sheet_id]),
            sheet.owner_name or "",
            first,
            last,
            Phrase(f"page.plan.is-{STANDING[one.standing]}"),
            beside(one),
            # Of an action without dates one only knows that it is of these years.
            years.bar(
                first or years.first,
                last or years.end,
                kind,
                self.view.ask.today,
                share=share,
                late_from=one.since if one.standing == LATE else None,
            ),
            self.view.home.partner(sheet.owner_id) if sheet.owner_id is not None else "",
            self._why(one),
            self._act(one),
            anchor=anchor_of("sheet", sheet.sheet_id),
        )

    def _why(self, one: SheetMoving) -> Phrase | None:
        if one.standing == LATE and one.since is not None:
            return Phrase(f"page.plan.why-{one.cause}", {"day": self.view.ask.texts.brief_date(one.since)})
        if one.cause == SILENT:
            return Phrase("page.plan.why-SILENT", {"delay": Delay(one.days)})
        if one.cause == BEHIND:
            passed = round(100 * time_passed(one.sheet, self.view.ask.today))
            return Phrase("page.plan.why-BEHIND", {"done": one.sheet.progress_percent, "passed": passed})
        return None

    def _act(self, one: SheetMoving) -> Act | None:
        """The one act that comes next; None where nothing presses, or for whoever may not do it."""
        name = ENDED_BY.get(one.cause) if one.cause is not None else None
        act = self.view.told.act_on(name, one.sheet.sheet_id, one.sheet.owner_id) if name is not None else None
        return replace(act, label=Phrase(f"page.plan.act-{one.cause}")) if act is not None else None


def _badness(several: Sequence[SheetMoving]) -> tuple[int, int, int]:
    """The group with most late sheets first, then with most to watch; else in the order of the committee."""
    counts = Counter(one.standing for one in several)
    return -counts[LATE], -counts[WATCH], int(counts[LAID_ASIDE] == len(several))


def beside(one: SheetMoving) -> Phrase:
    """What the picture shows, in words."""
    calendar = one.sheet.calendar
    if one.standing == LATE:
        return Phrase("page.plan.late-since", {"delay": Delay(one.days)})
    if one.standing == UNKNOWN:
        return Phrase(f"page.plan.unknown-{one.cause}")
    if one.cause is not None:
        return Phrase(f"page.plan.watch-{one.cause}", {"delay": Delay(one.days), "points": one.points_behind})
    if one.standing == LAID_ASIDE:
        return Phrase("page.plan.abandoned" if one.sheet.is_live else "page.sheet.withdrawn")
    if one.standing == DONE and one.sheet.status_on is not None:
        return Phrase("page.plan.done-on", {"on": one.sheet.status_on})
    if calendar is None:
        return Phrase("page.plan.undated")
    if one.standing == NOT_STARTED:
        postponed = one.sheet.status == POSTPONED
        return Phrase("page.plan.postponed" if postponed else "page.plan.starts", {"on": calendar.effective_from})
    return Phrase("page.plan.until", {"on": calendar.effective_to})
