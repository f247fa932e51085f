"""The page of results: which targets are reached, what goes away from its target, what users say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from api.pages.acts.indicators import DEFINE_INDICATOR, RECORD_MEASURE, RECORD_SATISFACTION
from api.pages.contexts import JumpLink, Phrase, Spelled
from api.pages.contexts.results import ResultsPage, SatisfactionLine, SeriesLine, ShareShown
from api.pages.of_before import of_before
from api.pages.result_words import card_of, seen_of, status_of, word_of
from api.pages.view import View
from domain.convention.earlier import MEASURES
from projections.how_far_a_target_is import ALERT, AWAY, LATE, REACHED, RETIRED, UNMEASURED, baseline_of
from projections.what_users_say import SatisfactionTold, satisfaction
from projections.which_actions_are_not_measured import unknown, without_indicator
from projections.which_targets_are_reached import IndicatorTold, indicators

MOST_CARDS: Final = 9
"""Pictures seen at once, what is to be looked at first; the others are told in the table."""
MOST_NAMED: Final = 2
HERE: Final = (DEFINE_INDICATOR.name, RECORD_MEASURE.name)
"""What is done from here; the rest, from the page of the indicator that it is about."""
MOST_SURVEYS: Final = 1
"""Questions to users that are seen at once, the latest; those before it are folded."""


def results_page(view: View) -> ResultsPage:
    """Everything the page shows."""
    every = view.dossier.once(indicators, view.ask.today)
    said = view.dossier.once(satisfaction)
    view.ask.open(every, said)
    running = [one for one in every if one.state != RETIRED]
    return ResultsPage(
        territory=view.territory,
        answer=(*_answer(view, running), *of_before(view.told.known, MEASURES)),
        cards=tuple(card_of(view, one) for one in running[:MOST_CARDS]),
        more=len(every) - len(running[:MOST_CARDS]),
        series=tuple(_series(view, one) for one in every),
        seen_on=next((one.seen.held_on for one in running if one.seen and one.seen.value is not None), None),
        satisfaction=tuple(_survey(view, one) for one in said[:MOST_SURVEYS]),
        satisfaction_before=tuple(_survey(view, one) for one in said[MOST_SURVEYS:]),
        satisfaction_acts=view.told.acts(RECORD_SATISFACTION.name),
        acts=tuple(one for one in view.acts("results") if one.href.rpartition("/")[2] in HERE),
        first=view.first,
    )


def _answer(view: View, running: Sequence[IndicatorTold]) -> Iterator[Phrase]:
    """How many targets are reached, which are missed or go away, what was never measured, what nobody measures."""
    if not running:
        yield Phrase("page.results.answer-none")
        yield from _unmeasured(view)
        return
    aimed = [one for one in running if one.terms.targets]
    if aimed:
        reached = sum(one.state == REACHED for one in aimed)
        yield Phrase("page.results.answer", {"total": Spelled(len(aimed))}, reached)
    else:
        yield Phrase("page.results.answer-no-target", {}, len(running))
    for state in (LATE, AWAY, ALERT, UNMEASURED):
        found = [one for one in running if one.state == state]
        if found:
            names = [view.ask.said(one.terms.title) for one in found]
            named = len(found) <= MOST_NAMED and all(names)
            key = f"page.results.answer-{state}"
            yield Phrase(f"{key}-named", {"names": tuple(names)}, len(found)) if named else Phrase(key, {}, len(found))
    due = sum(one.days_overdue > 0 and one.state != UNMEASURED for one in running)
    if due:
        yield Phrase("page.results.answer-due", {}, due)
    yield from _unmeasured(view)


def _unmeasured(view: View) -> Iterator[Phrase]:
    """The actions that no indicator speaks of, and those of which nobody knows whether one did."""
    if lacking := without_indicator(view.dossier):
        yield Phrase("page.results.answer-unmeasured-actions", {}, len(lacking))
    if untold := unknown(view.dossier):
        yield Phrase("page.results.answer-unknown-actions", {}, len(untold))


def _series(view: View, one: IndicatorTold) -> SeriesLine:
    start = baseline_of(one.terms)
    return SeriesLine(
        view.ask.said(one.terms.title),
        view.home.indicator(one.indicator_id),
        status_of(one),
        word_of(one, view.ask.today),
        Phrase("page.results.at", {"value": start.value, "year": str(start.on.year)}) if start is not None else None,
        tuple(
            Phrase("page.results.at", {"value": each.value, "year": str(each.about.year)}) for each in one.values[-4:]
        ),
        seen_of(view, one),
        tuple(
            Phrase("page.results.at", {"value": each.value, "year": str(each.year)})
            for each in sorted(one.terms.targets, key=lambda each: each.year)
        ),
    )


def _survey(view: View, one: SatisfactionTold) -> SatisfactionLine:
    shares, x = [], 0
    for each in one.shares:
        words = Phrase(
            "page.results.share", {"opinion": Phrase(f"satisfaction-level.{each.level}"), "percent": each.percent}
        )
        shares.append(ShareShown(each.level, x, each.percent, words))
        x += each.percent
    why = None
    if not shares:
        why = Phrase("page.results.few-answers") if one.few else Phrase("page.results.no-spread")
    satisfied = None
    if one.satisfied_percent is not None:
        satisfied = Phrase("page.results.satisfied", {"percent": one.satisfied_percent})
    return SatisfactionLine(
        view.ask.said(one.question),
        view.ask.said(one.audience),
        one.channel,
        one.measured_on,
        Phrase("page.results.answers-of", {"asked": one.asked}, one.answers)
        if one.asked is not None
        else Phrase("page.results.answers", {}, one.answers),
        tuple(shares),
        why,
        view.ask.said(one.note),
        view.told.trail(one.event_id),
        satisfied,
        view.ask.documents(one.evidence),
        tuple(
            JumpLink(view.ask.said(each.title) or view.ask.texts.t("page.erased"), view.home.sheet(str(each.sheet_id)))
            for each in view.basis.sheets
            if each.sheet_id in one.sheet_ids
        ),
    )
