"""The page that says why: what became of what was said, from findings to results, and where the chain breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from api.pages.addresses import DIAGNOSIS, anchor_of
from api.pages.contexts import BrokenLine, Delay, JumpLink, Phrase, RiverPart, Spelled, WhyPage
from api.pages.plan.names import codes_of, numbers_of
from api.pages.plan.views import views_of
from api.pages.rendering import PageWords
from api.pages.river_narrow import narrow
from api.pages.river_pieces import Current, ForumBox, Heard, RiverWords, Unanswered
from api.pages.river_wide import wide
from api.pages.view import View
from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.funding import PledgeFunding
from domain.convention.priorities import ChoosePriority
from domain.indicators.defining import DefineIndicator
from domain.indicators.measuring import RecordMeasure
from domain.values import Code
from projections.how_the_chain_holds import (
    LINKS,
    NO_ACTION,
    NO_FINDING,
    NO_FORUM,
    NO_INDICATOR,
    NO_MEASURE,
    NO_MONEY,
    NO_PRIORITY,
    BrokenLink,
    Chain,
    FindingInChain,
    PriorityInChain,
    SheetInChain,
    chain,
)
from projections.which_forums_there_are import ForumTold

NAMED: Final = 2
"""Findings of a priority that are told in words; the others are counted."""
LISTED: Final = 3
"""Places of one kind of broken link that are named."""
MENDED_BY: Final = {
    NO_PRIORITY: ChoosePriority.NAME,
    NO_ACTION: DraftActionSheet.NAME,
    NO_MONEY: PledgeFunding.NAME,
    NO_INDICATOR: DefineIndicator.NAME,
    NO_MEASURE: RecordMeasure.NAME,
}
COLUMNS: Final = ("finding", "forum", "priority", "action", "money", "result")
RESULT: Final = "result"


def why_page(view: View) -> WhyPage:
    """Everything the page shows."""
    found = view.dossier.once(chain, view.ask.today)
    return _Why(view, found).page()


class _Why:
    """One convention's chain, put into words."""

    def __init__(self, view: View, found: Chain) -> None:
        self.view, self.chain = view, found
        self.words = PageWords(view.ask.texts)
        self._numbers = {
            finding.finding_id: f"{one.version}.{number}"
            for one in view.basis.diagnoses
            for number, finding in enumerate(one.findings, 1)
        }
        self._forums = {one.forum_id: at for at, one in enumerate(found.forums)}
        self._codes = codes_of(numbers_of(view))

    def page(self) -> WhyPage:
        currents = [self._current(one) for one in self.chain.priorities]
        loose = [*self._loose(asks=True), *self._loose(asks=False)]
        heads = tuple(
            (self._say(f"page.river.{one}"), self._say(f"page.river.{one}-beside")) if shown else ("", "")
            for one, shown in zip(COLUMNS, (True, True, True, True, self._has_money, self._has_results), strict=True)
        )
        forums = [self._forum(one) for one in self.chain.forums]
        most = max((one.weight for one in currents), default=0)
        return WhyPage(
            territory=self.view.territory,
            answer=self._answer(),
            missing=self._missing(),
            views=views_of(self.view.home, "why"),
            river=wide(currents, loose, forums, RiverWords(heads)) if currents or loose else None,
            parts=tuple(
                RiverPart(self.view.ask.said(one.priority.title), current.href, narrow(current, most), self._steps(one))
                for one, current in zip(self.chain.priorities, currents, strict=True)
            ),
            broken=tuple(self._broken()),
            by_money=self._has_money,
            with_results=self._has_results,
            first=self.view.first,
        )

    @property
    def _has_money(self) -> bool:
        """Whether any is known: while none is, sheets are counted."""
        return self.chain.means_cents > 0

    @property
    def _has_results(self) -> bool:
        """Whether anybody looks at what comes of it."""
        return any(sheet.indicators for one in self.chain.priorities for sheet in one.sheets)

    # --- the answer ---------------------------------------------------------------------------------------------------

    def _answer(self) -> tuple[Phrase, ...]:
        findings = self.chain.findings
        if not findings and not self.chain.priorities:
            return (Phrase("page.river.nothing"),)
        answered = sum(bool(one.priorities) for one in findings)
        sheets = sum(len(one.sheets) for one in self.chain.priorities)
        said = []
        if findings:
            said.append(Phrase("page.diagnosis.answer-findings", {"total": Spelled(len(findings))}, answered))
        if sheets:
            cents = self.chain.means_cents
            said.append(
                Phrase("page.river.sheets-with", {"cents": cents}, sheets)
                if cents
                else Phrase("page.river.sheets", {}, sheets)
            )
        return tuple(said)

    def _missing(self) -> Phrase | None:
        counts = Counter(one.link for one in self.chain.broken)
        if not counts and self.chain.unknown:
            return Phrase("page.river.unknown", {}, len(self.chain.unknown))
        if not counts:
            return Phrase("page.river.all-hold") if self.chain.priorities else None
        said = tuple(Phrase(f"page.river.lacks-{link}", {}, counts[link]) for link in LINKS if counts[link])
        return Phrase("page.river.missing", {"what": said}, len(self.chain.broken))

    # --- the picture --------------------------------------------------------------------------------------------------

    def _current(self, one: PriorityInChain) -> Current:
        count = len(one.sheets)
        return Current(
            title=self._prose(self.view.ask.said(one.priority.title)),
            href=self.view.home.found("priority", one.priority.priority_id),
            heard=tuple(self._heard(one.findings)),
            weight=max(one.means_cents if self._has_money else count, 1),
            sheets=count,
            sheets_word=self._say("page.river.count", count),
            no_action=self._say(_word(NO_ACTION, one.unknown)),
            unknown=NO_ACTION in one.unknown,
            **(self._money(one) if self._has_money and count else {}),
            **(self._result(one) if self._has_results and count else {}),
        )

    def _money(self, one: PriorityInChain) -> dict[str, Any]:
        """How much, which share of it is firm, which sheets have none."""
        means = one.means_cents
        bare = sum(sheet.lacks_money and NO_MONEY not in sheet.unknown for sheet in one.sheets)
        firm = one.firm_cents / means if means else 0.0
        return {
            "bare": bare,
            "bare_word": self._say("page.river.bare", bare),
            "bare_short": self._say("page.river.bare-short", bare),
            "sheets_beside": "" if bare else self._say("page.river.all-funded"),
            "money_word": self.words.t("page.money.amount", cents=means) if means else "",
            "money_beside": self.words.t("page.river.firm", percent=int(100 * firm)) if means else "",
            "firm": firm,
        }

    def _result(self, one: PriorityInChain) -> dict[str, Any]:
        """Which share of its sheets somebody measured, and how many targets are reached."""
        unseen = [sheet for sheet in one.sheets if not sheet.is_measured]
        unseen_cents = sum(sheet.means_cents for sheet in unseen)
        share = unseen_cents / one.means_cents if one.means_cents else len(unseen) / len(one.sheets)
        word = (
            self.words.t("page.river.reached", reached=one.reached, targets=one.targets)
            if one.targets
            else self._say("page.river.no-target")
        )
        return {
            "measured": 1 - share,
            "result_word": word,
            "reached": one.reached,
            "targets": one.targets,
            "unmeasured_word": self._say(_unmeasured(unseen)),
            "unmeasured_beside": self.words.t("page.money.amount", cents=unseen_cents)
            if unseen_cents
            else self._say("page.river.count", len(unseen)),
        }

    def _heard(self, findings: Sequence[FindingInChain]) -> Sequence[Heard]:
        """Two by their words, the others as one stroke."""
        shown = [self._one(one) for one in findings[:NAMED]]
        others = findings[NAMED:]
        if len(others) == 1:
            shown.append(self._one(others[0]))
        elif others:
            shown.append(self._several(others))
        return shown

    def _one(self, one: FindingInChain) -> Heard:
        text = self._prose(self.view.ask.said(one.finding.statement))
        return Heard(text, self._finding(one), self._forums.get(one.forum) if one.forum is not None else None)

    def _several(self, others: Sequence[FindingInChain]) -> Heard:
        forums = Counter(one.forum for one in others if one.forum is not None)
        forum = self._forums.get(forums.most_common(1)[0][0]) if forums else None
        text = self._say("page.thread.others", len(others))
        return Heard(text, f"{self.view.home.page(DIAGNOSIS)}#findings", forum, len(others))

    def _loose(self, *, asks: bool) -> Sequence[Unanswered]:
        """Findings without priority: those that ask for one, or the assets."""
        found = sorted(
            (one for one in self.chain.findings if not one.priorities and one.asks is asks),
            key=lambda one: one.shared_on,
        )
        word = self._say(f"page.broken.{NO_PRIORITY}" if asks else "page.river.asset")
        return [
            Unanswered(one, asks, word, self._since(found, at) if asks else "")
            for at, one in enumerate(self._heard(found))
        ]

    def _since(self, found: Sequence[FindingInChain], at: int) -> str:
        days = (self.view.ask.today - found[min(at, len(found) - 1)].shared_on).days
        return self.words.t("page.river.since", delay=self.words.delay(max(days, 0)))

    def _forum(self, one: ForumTold) -> ForumBox:
        there = one.attendance
        present = there.technical + there.political + there.usage if there is not None else 0
        name = self.words.capital(self.words.t("page.thread.forum-on", themes=one.themes))
        href = f"{self.view.home.page(DIAGNOSIS)}#{anchor_of('forum', one.forum_id)}"
        return ForumBox(name, self._say("page.river.present", present), href)

    # --- in words -----------------------------------------------------------------------------------------------------

    def _steps(self, one: PriorityInChain) -> tuple[Phrase | str, ...]:
        """One priority of the river, link by link."""
        heard = Phrase("page.river.from-findings", {}, len(one.findings))
        forums = Phrase("page.river.from-forums", {}, len(one.forums))
        sheets = Phrase("page.river.count", {}, len(one.sheets))
        return (
            heard if one.findings else Phrase(_word(NO_FINDING, one.unknown)),
            forums if one.forums else Phrase(_word(NO_FORUM, one.unknown)),
            sheets if one.sheets else Phrase(_word(NO_ACTION, one.unknown)),
            *self._results(one),
        )

    def _results(self, one: PriorityInChain) -> Iterator[Phrase]:
        measured = sum(sheet.is_measured for sheet in one.sheets)
        if self._has_money and one.sheets:
            yield Phrase("page.money.amount", {"cents": one.means_cents})
        if one.sheets:
            yield Phrase("page.river.measured", {}, measured)
        if one.targets:
            yield Phrase("page.river.targets", {"targets": one.targets}, one.reached)
        if one.sheets:
            yield Phrase("page.river.users", {}, len(one.satisfaction))

    def _broken(self) -> Sequence[BrokenLine]:
        lines = []
        for link in LINKS:
            found = [one for one in self.chain.broken if one.link == link]
            if not found:
                continue
            days = max((self.view.ask.today - found[0].since).days, 0)
            lines.append(
                BrokenLine(
                    Phrase(f"page.broken.{link}"),
                    tuple(self._where(one) for one in found[:LISTED]),
                    len(found[LISTED:]),
                    Delay(days),
                    self.view.told.act(MENDED_BY.get(link)),
                )
            )
        return lines

    def _where(self, one: BrokenLink) -> JumpLink:
        if one.finding_id is not None:
            finding = next(each for each in self.chain.findings if each.finding.finding_id == one.finding_id)
            return JumpLink(self._prose(self.view.ask.said(finding.finding.statement)), self._finding(finding))
        if one.sheet_id is not None:
            sheet = next(each for each in self.view.basis.sheets if each.sheet_id == one.sheet_id)
            return JumpLink(
                self._prose(self.view.ask.said(sheet.title)), self.view.home.sheet(self._codes[sheet.sheet_id])
            )
        priority = next(each for each in self.view.basis.priorities if each.priority_id == one.priority_id)
        href = self.view.home.found("priority", priority.priority_id)
        return JumpLink(self._prose(self.view.ask.said(priority.title)), href)

    # --- small pieces -------------------------------------------------------------------------------------------------

    def _finding(self, one: FindingInChain) -> str:
        return f"{self.view.home.page(DIAGNOSIS)}#finding-{self._numbers[one.finding.finding_id]}"

    def _prose(self, text: str | None) -> str:
        return text if text is not None else self._say("page.erased")

    def _say(self, key: str, count: int | None = None) -> str:
        return self.words.say(Phrase(key, {}, count))


def _word(link: Code, unknown: Sequence[Code]) -> str:
    """The message that says a link is missing, or of before a take-over and unknown (R34)."""
    return f"page.unknown.{link}" if link in unknown else f"page.broken.{link}"


def _unmeasured(unseen: Sequence[SheetInChain]) -> str:
    """The same of the measures of several sheets: unknown where they are of each of them."""
    unknown = all({NO_INDICATOR, NO_MEASURE}.intersection(one.unknown) for one in unseen)
    return _word(NO_MEASURE, (NO_MEASURE,) if unknown and unseen else ())
