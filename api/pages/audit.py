"""The journal of a convention: who recorded what, when, on what; plain sentences, both dates, why, which documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Final
from uuid import UUID

from api.pages.addresses import JOURNAL
from api.pages.asking import Asking
from api.pages.audit_asked import (
    MARK_NAMES,
    REFUSED,
    Asked,
    Understood,
    fact_asked,
    understood,
)
from api.pages.audit_filters import filters
from api.pages.audit_lines import Teller, refusals
from api.pages.beside import beside
from api.pages.contested import Contested
from api.pages.contexts import (
    AsOf,
    AuditGroup,
    AuditLine,
    AuditPage,
    KnownThen,
    MarkLine,
    NavItem,
    Phrase,
    RefusalLine,
    Status,
)
from api.pages.method_followed import method_followed
from api.pages.mistakes import Mistakes
from api.pages.view import View
from domain.values import Code
from projections import what_happened
from projections.engine import Dossier
from projections.how_the_journal_reads import HAPPENED, REMINDERS, Line, lines
from projections.which_facts_bear_a_mark import (
    CONTESTED,
    IRREGULAR,
    MARKS,
    RECORDED_LATE,
    TO_CONFIRM,
    counted,
    marks,
)
from projections.which_mistakes_are_mended import ANNULLED, CORRECTED
from workflows.instants import PARIS

PAGE: Final = 20
"""Lines of a page."""

MOST_REFUSALS: Final = 200
COMMITTEES_NAMED: Final = 3

STATUS_OF: Final[Mapping[Code, Status]] = {
    CONTESTED: "watch",
    TO_CONFIRM: "watch",
    IRREGULAR: "irregular",
    CORRECTED: "done",
    ANNULLED: "not-started",
    RECORDED_LATE: "watch",
}
NAME_OF: Final = {code: name for name, code in MARK_NAMES.items()}

Row = Line | RefusalLine


def audit_page(view: View, asked: Asked) -> AuditPage:
    """A page of the journal, the latest first. What means nothing in a filter is said and filters nothing."""
    return Journal(view, asked).page()


@dataclass
class Journal:
    """One convention's journal as it is asked for."""

    view: View
    asked: Asked

    @cached_property
    def read(self) -> Understood:
        """What is asked for."""
        return understood(self.asked, self.view.dossier, self.view.ask.today)

    @cached_property
    def ask(self) -> Asking:
        """Asked as of the day that was asked about."""
        day = self.read.as_of
        return self.view.ask if day is None else replace(self.view.ask, today=day)

    @cached_property
    def dossier(self) -> Dossier | None:
        """What had been recorded by then, None while the convention had not been opened."""
        return self.view.dossier if self.read.as_of is None else self.view.dossier.as_of(self.read.moment)

    @cached_property
    def marks(self) -> Mapping[UUID, frozenset[Code]]:
        """The facts that bear marks."""
        return marks(self.dossier, self.ask.today) if self.dossier is not None else {}

    @cached_property
    def here(self) -> str:
        """Its address, without anything asked."""
        return self.view.home.page(JOURNAL)

    # --- which lines --------------------------------------------------------------------------------------------------

    @cached_property
    def only(self) -> what_happened.Filter:
        """The facts asked for."""
        wanted = self.read.marks
        if not wanted:
            return self.read.only
        return replace(self.read.only, among=frozenset(one for one, borne in self.marks.items() if borne & wanted))

    @cached_property
    def facts(self) -> Sequence[Line]:
        """The facts asked for; reminders that are asked for by themselves are not folded."""
        if self.dossier is None:
            return ()
        topics = {one.TOPIC for one in REMINDERS}
        return lines(self.dossier, self.only, self.read.order, folds=not topics.intersection(self.only.topics))

    @cached_property
    def rows(self) -> Sequence[Row]:
        """All that is asked for, the latest first."""
        found: list[Row] = [*self.facts]
        if REFUSED not in self.read.marks or self.only.topics:
            return found
        by_then = self.read.moment.recorded_by
        upto = self.only if by_then is None else replace(self.only, recorded_to=by_then)
        found += refusals(self.ask, self.view.convention_id, MOST_REFUSALS, upto)
        return sorted(found, key=self._placed, reverse=True)

    def _placed(self, row: Row) -> tuple[date, float]:
        """By which a row is placed among the others: its day, then its instant."""
        if isinstance(row, RefusalLine):
            return row.refused_at.astimezone(PARIS).date(), row.refused_at.timestamp()
        return self._day(row), row.first.event.recorded_at.timestamp()

    def _day(self, row: Row) -> date:
        if isinstance(row, RefusalLine):
            return row.refused_at.astimezone(PARIS).date()
        event = row.first.event
        return event.occurred_on if self.read.order == HAPPENED else event.recorded_at.astimezone(PARIS).date()

    # --- the page -----------------------------------------------------------------------------------------------------

    def page(self) -> AuditPage:
        """All of it."""
        errors = dict(self.read.errors)
        number = self._number(errors)
        start = (number - 1) * PAGE
        shown = self.rows[start : start + PAGE]
        last = start + len(shown)
        address = self.asked.address
        is_now = self.read.as_of is None
        return AuditPage(
            territory=self.view.territory,
            answer=self._answer(),
            method=method_followed(self.view, with_acts=is_now),
            filters=filters(self.ask, self.view.dossier, self.asked, self.read, self.here, errors),
            groups=tuple(self._groups(shown, continues=start > 0)),
            first=start + 1 if shown else 0,
            last=last,
            total=len(self.rows),
            as_of=self._as_of(),
            export_href=address(f"{self.here}.csv"),
            marks=tuple(self._mark_lines()),
            newer_href=address(self.here, page=str(number - 1)) if number > 1 else None,
            older_href=address(self.here, page=str(number + 1)) if last < len(self.rows) else None,
            beside=beside(self.view) if is_now else None,
        )

    def _number(self, errors: dict[str, Phrase]) -> int:
        """Which page: the one asked for, or the one that holds the fact to be shown."""
        number = self.read.page
        if self.asked.fact:
            fact = fact_asked(self.asked)
            at = next(
                (place for place, row in enumerate(self.rows) if isinstance(row, Line) and fact and row.holds(fact)),
                None,
            )
            if at is None:
                errors["page"] = Phrase("page.audit.no-such-fact")
            else:
                number = at // PAGE + 1
        if number > 1 and (number - 1) * PAGE >= len(self.rows):
            errors["page"] = Phrase("page.audit.bad-cursor")
            return 1
        return number

    def _answer(self) -> tuple[Phrase, ...]:
        """What does not count, what is contested or mended, what was recorded since the last committee."""
        if self.dossier is None:
            return (Phrase("page.audit.nothing-then", {"on": self.read.as_of}),)
        if self.read.as_of is not None:
            known = Phrase("page.audit.answer-then", {"on": self.read.as_of}, what_happened.count(self.dossier))
            return (known,)
        said = []
        withheld = self.view.told.situation.withheld
        if len(withheld) == 1:
            (one,) = beside(self.view).irregular
            said.append(Phrase("page.audit.answer-uncounted.one", {"what": one.what, "on": one.occurred_on}))
        elif withheld:
            said.append(Phrase("page.audit.answer-uncounted", {}, len(withheld)))
        mended, waiting = Mistakes(self.ask, self.dossier).counted()
        if waiting:
            said.append(Phrase("mistake.answer-waiting", {}, waiting))
        if contested := Contested(Mistakes(self.ask, self.dossier)).count_open():
            said.append(Phrase("contested.answer", {}, contested))
        said.append(self._since())
        if mended:
            said.append(Phrase("mistake.answer", {}, mended))
        return tuple(said)

    def _since(self) -> Phrase:
        """How many facts were recorded since the last committee, or in all."""
        if not self._committees:
            return Phrase("page.audit.answer", {}, what_happened.count(self.view.dossier))
        met = self._committees[0]
        since = sum(
            one.event.recorded_at.astimezone(PARIS).date() > met for one in what_happened.trail_of(self.view.dossier)
        )
        return Phrase("page.audit.answer-since", {"on": met}, since)

    @cached_property
    def _committees(self) -> list[date]:
        """The days on which committees met, the latest first."""
        return sorted({one.held_on for one in self.view.meetings if one.held_on <= self.ask.today}, reverse=True)

    # --- what is told -------------------------------------------------------------------------------------------------

    def _groups(self, shown: Sequence[Row], *, continues: bool) -> Iterator[AuditGroup]:
        """The rows by month, each as a line."""
        if self.dossier is None:
            return
        now = self.read.as_of is None
        teller = Teller(self.ask, self.dossier, Mistakes(self.ask, self.dossier), may_mend=now)
        teller.open(row for row in shown if isinstance(row, Line))
        to = fact_asked(self.asked)
        for month, rows in groupby(shown, key=lambda row: self._day(row).replace(day=1)):
            told: list[AuditLine] = []
            for row in rows:
                if self._knew is not None and self._day(row) <= self._knew and not (row is shown[0] and continues):
                    told += self._known_line(row is shown[0])
                told.append(AuditLine(refusal=row) if isinstance(row, RefusalLine) else teller.line(row, to))
            key = "page.audit.month-happened" if self.read.order == HAPPENED else "page.audit.month-recorded"
            yield AuditGroup(Phrase(key, {"month": month}), tuple(told))

    @cached_property
    def _knew(self) -> date | None:
        """The day of the last committee, where a line says what it knew: all facts are shown, as they were recorded."""
        whole = self.read.order != HAPPENED and self.read.as_of is None and not self.asked.filtering
        return self._committees[0] if whole and self._committees else None

    def _known_line(self, is_first: bool) -> list[AuditLine]:
        """The line, once; nothing was recorded after it where it would come first."""
        day, self._knew = self._knew, None
        if day is None or is_first:
            return []
        return [AuditLine(known=KnownThen(day, self.asked.address(self.here, registre=day.isoformat())))]

    def _mark_lines(self) -> Iterator[MarkLine]:
        """How many facts bear each mark; what was refused is counted beside."""
        found = counted(self.marks)
        for mark in MARKS:
            if found[mark]:
                name = NAME_OF[mark]
                href = self.asked.address(self.here, without=("marque",), marque=name)
                chosen = self.read.marks == {mark}
                label = Phrase(f"page.audit.mark.{mark}")
                yield MarkLine(label, found[mark], href, STATUS_OF.get(mark, ""), chosen)

    def _as_of(self) -> AsOf:
        day = self.read.as_of
        days = self._committees[:COMMITTEES_NAMED] if day is None else ()
        return AsOf(
            day,
            tuple(pair for pair in self.asked.kept if pair[0] != "registre"),
            tuple(
                NavItem(
                    Phrase("page.audit.committee-of", {"on": one}),
                    self.asked.address(self.here, registre=one.isoformat()),
                )
                for one in days
            ),
            self.asked.address(self.here, without=("registre",)),
        )
