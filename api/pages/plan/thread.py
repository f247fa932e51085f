"""Why a sheet is there: the thread from what was heard to what comes of it, cut where a link is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.pages.addresses import DIAGNOSIS, anchor_of
from api.pages.contexts import Phrase, ThreadStep
from api.pages.prototypes import tried
from api.pages.result_words import word_of
from api.pages.view import View
from domain.values import Code
from projections.how_the_chain_holds import (
    NO_FINDING,
    NO_FORUM,
    NO_INDICATOR,
    NO_MEASURE,
    NO_MONEY,
    PriorityInChain,
)
from projections.what_users_say import satisfaction
from projections.where_the_plan_stands import SheetStanding
from projections.which_targets_are_reached import IndicatorTold


def thread_of(
    view: View, sheet: SheetStanding, part: PriorityInChain, told: Sequence[IndicatorTold]
) -> tuple[ThreadStep, ...]:
    """Its links; `told`: the indicators that speak of it."""
    own = next((each.unknown for each in part.sheets if each.sheet_id == sheet.sheet_id), ())
    return (
        _finding(view, part),
        _forum(view, part),
        _priority(view, part),
        _action(view, sheet),
        *tried(view, sheet.sheet_id),
        *_money(view, part, sheet),
        _result(view, told, own),
        *_users(view, sheet),
    )


def _finding(view: View, part: PriorityInChain) -> ThreadStep:
    label = Phrase("page.thread.finding")
    if not part.findings:
        return _lacking(label, NO_FINDING, part.unknown)
    first, others = part.findings[0].finding, len(part.findings) - 1
    numbers = {
        finding.finding_id: f"{one.version}.{number}"
        for one in view.basis.diagnoses
        for number, finding in enumerate(one.findings, 1)
    }
    return ThreadStep(
        label,
        view.ask.said(first.statement),
        f"{view.home.page(DIAGNOSIS)}#finding-{numbers[first.finding_id]}",
        Phrase("page.thread.others", {}, others) if others else None,
    )


def _forum(view: View, part: PriorityInChain) -> ThreadStep:
    label = Phrase("page.thread.forum")
    if not part.forums:
        return _lacking(label, NO_FORUM, part.unknown)
    one = part.forums[-1]
    there = one.attendance
    present = there.technical + there.political + there.usage if there is not None else 0
    return ThreadStep(
        label,
        Phrase("page.thread.forum-on", {"themes": one.themes}),
        f"{view.home.page(DIAGNOSIS)}#{anchor_of('forum', one.forum_id)}",
        Phrase("page.thread.present", {"on": one.held_on}, present),
    )


def _priority(view: View, part: PriorityInChain) -> ThreadStep:
    one = part.priority
    href = view.home.found("priority", one.priority_id)
    chosen = Phrase("page.thread.chosen", {"on": one.chosen_on})
    return ThreadStep(Phrase("page.thread.priority"), view.ask.said(one.title), href, chosen)


def _action(view: View, sheet: SheetStanding) -> ThreadStep:
    return ThreadStep(Phrase("page.thread.action"), view.ask.said(sheet.title), here=True)


def _money(view: View, part: PriorityInChain, sheet: SheetStanding) -> Iterator[ThreadStep]:
    """What it has; nothing of one that nobody funds any more, since it is over."""
    one = next((each for each in part.sheets if each.sheet_id == sheet.sheet_id), None)
    label = Phrase("page.thread.money")
    if one is not None and one.means_cents:
        said = Phrase("page.money.amount", {"cents": one.means_cents})
        firm = Phrase("page.river.firm", {"percent": int(100 * one.firm_cents / one.means_cents)})
        yield ThreadStep(label, said, "#money", firm)
    elif one is not None and one.lacks_money:
        yield _lacking(label, NO_MONEY, one.unknown)


def _result(view: View, told: Sequence[IndicatorTold], unknown: Sequence[Code]) -> ThreadStep:
    label = Phrase("page.thread.result")
    if not told:
        return _lacking(label, NO_INDICATOR, unknown)
    measured = [one for one in told if one.values]
    if not measured:
        return _lacking(label, NO_MEASURE, unknown)
    first, others = measured[0], len(told) - 1
    return ThreadStep(
        label,
        view.ask.said(first.terms.title),
        view.home.indicator(first.indicator_id),
        Phrase("page.thread.other-indicators", {}, others) if others else word_of(first, view.ask.today),
    )


def _lacking(label: Phrase, link: Code, unknown: Sequence[Code]) -> ThreadStep:
    """The thread is cut; of before a take-over nobody knows whether it is (R34)."""
    if link in unknown:
        return ThreadStep(label, Phrase(f"page.unknown.{link}"), unknown=True)
    return ThreadStep(label, Phrase(f"page.broken.{link}"), missing=True)


def _users(view: View, sheet: SheetStanding) -> Iterator[ThreadStep]:
    """What users said of it, where they were asked."""
    asked = [one for one in view.dossier.once(satisfaction) if sheet.sheet_id in one.sheet_ids]
    if asked:
        one = asked[0]
        view.ask.open(one)
        percent = one.satisfied_percent
        said = Phrase("page.thread.satisfied", {"percent": percent}) if percent is not None else None
        label = Phrase("page.thread.users")
        yield ThreadStep(label, view.ask.said(one.question), view.told.trail(one.event_id), said)
