"""What do the reviews say, and what does the next one lack?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from api.pages.addresses import COMMITTEE, anchor_of
from api.pages.contexts import ActionSeen, Phrase, ReviewComing, ReviewSeen, ReviewsPage, StatusCount
from api.pages.view import View
from domain.action_sheets.state import ACTION_STATUSES, ActionSheet
from domain.convention.reviewed import INCOMPLETE
from domain.convention.reviews import RecordReview
from domain.values import Prose, ValidityPeriod
from projections.what_a_review_would_say import ReviewToCome, to_come
from projections.what_reviews_saw import Review, reviews
from projections.what_the_committee_saw import Figures, seen_at_reviews
from projections.which_facts_do_not_count import reason_of


def reviews_page(view: View) -> ReviewsPage:
    """Everything the page shows."""
    dossier = view.dossier
    done = tuple(reversed(reviews(dossier)))
    coming = to_come(dossier, view.ask.today)
    seen = {one.event_id: one.figures for one in seen_at_reviews(dossier)}
    titles = {one.id: one.title for one in dossier.states(ActionSheet)}
    view.ask.open(list(titles.values()), done)
    return ReviewsPage(
        territory=view.territory,
        answer=_answer(done, coming),
        committee_href=view.home.page(COMMITTEE),
        coming=_coming(view, coming, titles) if coming is not None else None,
        done=tuple(_seen(view, one, titles, seen[one.event_id]) for one in done),
    )


def _answer(done: tuple[Review, ...], coming: ReviewToCome | None) -> tuple[Phrase, ...]:
    counting = next((one for one in done if one.cause is None), None)
    said = []
    if counting is not None:
        what = {"kind": counting.kind, **_years(counting.period), "on": counting.held_on}
        said.append(Phrase("page.reviews.answer-last", what))
    if coming is not None and coming.done_on is None:
        what = {"kind": coming.kind, **_years(coming.period)}
        if coming.lacking:
            total = len(coming.actions)
            said.append(Phrase("page.reviews.answer-lacks", {**what, "total": total}, len(coming.lacking)))
        else:
            said.append(Phrase("page.reviews.answer-ready" if coming.actions else "page.reviews.answer-awaited", what))
    return tuple(said) or (Phrase("page.reviews.answer-none"),)


def _years(period: ValidityPeriod) -> dict[str, object]:
    first, last = period.effective_from.year, period.effective_to.year
    return {"of": str(first) if first == last else f"{first}-{last}"}


def _coming(view: View, one: ReviewToCome, titles: Mapping[UUID, Prose]) -> ReviewComing:
    said = tuple(
        ActionSeen(view.ask.said(titles[each.sheet_id]), each.status, each.progress_percent, each.said_on)
        for each in one.actions
    )
    return ReviewComing(
        Phrase("page.reviews.what", {"kind": one.kind, **_years(one.period)}),
        one.counts_from if one.counts_from > view.ask.today else None,
        _counts(said),
        tuple(each for each in said if each.status is not None),
        tuple(view.ask.said(titles[sheet_id]) for sheet_id in one.lacking),
        len(one.decisions),
        view.told.act(RecordReview.NAME),
        _figures(one.figures),
    )


def _seen(view: View, one: Review, titles: Mapping[UUID, Prose], figures: Figures) -> ReviewSeen:
    said = tuple(
        ActionSeen(
            view.ask.said(titles[each.sheet_id]) if each.sheet_id in titles else None,
            each.status,
            each.progress_percent,
        )
        for each in one.action_statuses
    )
    taken = {
        (meeting.meeting_id, decision.reference.decision_id): decision.text
        for meeting in view.meetings
        for decision in meeting.decisions
    }
    counts = one.cause is None
    return ReviewSeen(
        Phrase("page.reviews.what", {"kind": one.kind, **_years(one.period)}),
        one.held_on,
        "done" if counts else "irregular",
        anchor_of("review", one.review_id),
        view.told.trail(one.event_id),
        _counts(said),
        said,
        tuple(view.ask.said(taken.get((one.meeting_id, decision))) for decision in one.decisions),
        Phrase("page.reviews.heard", {}, one.users_heard) if one.users_heard is not None else None,
        view.ask.said(one.summary),
        Phrase("page.reviews.published", {"on": one.published_on}) if one.published_on is not None else None,
        () if one.cause is None or one.replaced_by is not None else (view.told.rule(reason_of(one, one.cause)),),
        tuple(view.ask.said(titles[sheet_id]) for sheet_id in one.lacking.sheets),
        one.replaced_by is not None,
        view.ask.documents(one.evidence),
        view.told.act(RecordReview.NAME) if one.cause == INCOMPLETE and one.replaced_by is None else None,
        _figures(figures),
    )


def _figures(seen: Figures) -> tuple[Phrase, ...]:
    """What was measured, and the money by how sure it was; nothing of what the plan has none of."""
    said, money = [], seen.money
    if seen.measures:
        measured = sum(one.value is not None for one in seen.measures)
        said.append(Phrase("page.reviews.measured", {"total": len(seen.measures)}, measured))
    if money.means_cents or money.asked_cents:
        sums = {"promised": money.promised_cents, "firm": money.firm_cents, "paid": money.paid_cents}
        said.append(Phrase("page.reviews.money", sums))
    return tuple(said)


def _counts(said: Iterable[ActionSeen]) -> tuple[StatusCount, ...]:
    """How many actions stand in each way, those of which nobody said last."""
    found = Counter(one.status for one in said)
    return tuple(StatusCount(one, found[one]) for one in (*ACTION_STATUSES, None) if found[one])
