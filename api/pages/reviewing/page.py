"""What do the reviews say, what did they lead to, and what does the next one begin from and lack?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from api.pages.addresses import COMMITTEE, anchor_of
from api.pages.contexts import (
    Act,
    ActionSeen,
    AdjustmentShown,
    Phrase,
    PublishedShown,
    ReviewComing,
    ReviewSeen,
    ReviewsPage,
)
from api.pages.reviewing.addresses import paper_of, public_paper_of
from api.pages.reviewing.pieces import adjusted, counts, figures, published, what_of, years
from api.pages.view import View
from domain.action_sheets.state import ActionSheet
from domain.adjusting import DecideAdjustment
from domain.convention.publishing import PublishReview
from domain.convention.reviewed import FINAL, INCOMPLETE, MID_TERM, PARTNERS, PUBLIC
from domain.convention.reviews import RecordReview
from domain.values import Prose
from projections.what_a_review_would_say import ReviewToCome, to_come
from projections.what_became_of_adjustments import KEPT, Adjustment, by_review
from projections.what_reviews_saw import Review, reviews
from projections.what_the_committee_saw import Figures, seen_at_reviews
from projections.which_facts_do_not_count import reason_of


def reviews_page(view: View) -> ReviewsPage:
    """Everything the page shows."""
    dossier, today = view.dossier, view.ask.today
    done = tuple(reversed(reviews(dossier, today)))
    coming = dossier.once(to_come, today)
    seen = {one.event_id: one.figures for one in dossier.once(seen_at_reviews)}
    led_to = dossier.once(by_review, today)
    titles = {one.id: one.title for one in dossier.states(ActionSheet)}
    view.ask.open(list(titles.values()), done, list(led_to.values()), coming)
    last = next((one.event_id for one in done if one.cause is None), None)
    return ReviewsPage(
        territory=view.territory,
        answer=_answer(done, coming),
        committee_href=view.home.page(COMMITTEE),
        coming=_coming(view, coming, titles) if coming is not None else None,
        done=tuple(
            _seen(view, one, titles, seen[one.event_id], led_to.get(one.event_id, ()), is_last=one.event_id == last)
            for one in done
        ),
        others=tuple(_others(view)),
        taken_over_on=view.dossier.convention.taken_over_on,
    )


def _others(view: View) -> Iterable[Act]:
    """The reviews of another kind than the yearly one that may be held now, each with its form filled for it."""
    for kind in (MID_TERM, FINAL):
        coming = view.dossier.once(to_come, view.ask.today, kind)
        if coming is None or coming.done_on is not None or coming.counts_from > view.ask.today:
            continue
        if (act := view.told.act(RecordReview.NAME, kind=str(kind))) is not None:
            yield Act(Phrase("page.reviews.record-kind", {"kind": kind}), act.href)


def _answer(done: tuple[Review, ...], coming: ReviewToCome | None) -> tuple[Phrase, ...]:
    counting = next((one for one in done if one.cause is None), None)
    said = []
    if counting is not None:
        what = {"kind": counting.kind, **years(counting.period), "on": counting.held_on}
        said.append(Phrase("page.reviews.answer-last", what))
    if coming is not None and (waiting := sum(one.state != KEPT for one in coming.adjustments)):
        said.append(Phrase("page.reviews.answer-waiting", {}, waiting))
    if coming is not None and coming.done_on is None:
        what = {"kind": coming.kind, **years(coming.period)}
        if coming.lacking:
            total = len(coming.actions)
            said.append(Phrase("page.reviews.answer-lacks", {**what, "total": total}, len(coming.lacking)))
        else:
            said.append(Phrase("page.reviews.answer-ready" if coming.actions else "page.reviews.answer-awaited", what))
    return tuple(said) or (Phrase("page.reviews.answer-none"),)


def _coming(view: View, one: ReviewToCome, titles: Mapping[UUID, Prose]) -> ReviewComing:
    said = tuple(
        ActionSeen(view.ask.said(titles[each.sheet_id]), each.status, each.progress_percent, each.said_on)
        for each in one.actions
    )
    return ReviewComing(
        what_of(one.kind, one.period),
        one.counts_from if one.counts_from > view.ask.today else None,
        counts(each.status for each in said),
        tuple(each for each in said if each.status is not None),
        tuple(view.ask.said(titles[sheet_id]) for sheet_id in one.lacking),
        len(one.decisions),
        view.told.act(RecordReview.NAME),
        figures(one.figures),
        _adjusted(view, one.adjustments, titles),
    )


def _seen(
    view: View,
    one: Review,
    titles: Mapping[UUID, Prose],
    saw: Figures,
    led_to: tuple[Adjustment, ...],
    *,
    is_last: bool,
) -> ReviewSeen:
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
    home = view.home
    return ReviewSeen(
        what_of(one.kind, one.period),
        one.held_on,
        "done" if one.cause is None else "irregular",
        anchor_of("review", one.review_id),
        view.told.trail(one.event_id),
        counts(each.status for each in said),
        said,
        tuple(view.ask.said(taken.get((one.meeting_id, decision))) for decision in one.decisions),
        Phrase("page.reviews.heard", {}, one.users_heard) if one.users_heard is not None else None,
        view.ask.said(one.summary),
        tuple(
            PublishedShown(published(each), view.told.trail(each.event_id), view.ask.documents(each.evidence))
            for each in one.published
        ),
        () if one.cause is None or one.replaced_by is not None else (view.told.rule(reason_of(one, one.cause)),),
        tuple(view.ask.said(titles[sheet_id]) for sheet_id in one.lacking.sheets),
        one.replaced_by is not None,
        view.ask.documents(one.evidence),
        view.told.act(RecordReview.NAME) if one.cause == INCOMPLETE and one.replaced_by is None else None,
        figures(saw),
        _adjusted(view, led_to, titles),
        paper_of(home, one.review_id),
        public_paper_of(view.convention_id, one.review_id) if one.is_public else "",
        tuple(_acts(view, one, is_last=is_last)),
    )


def _acts(view: View, one: Review, *, is_last: bool) -> Iterable[Act]:
    """What follows from a review that counts: it is published, as long as not everybody may read it, and the latest
    adjusts what comes."""
    if one.cause is not None:
        return
    if is_last:
        body_id, meeting_id = str(one.body_id), str(one.meeting_id)
        if (adjust := view.told.act(DecideAdjustment.NAME, stream_id=body_id, meeting_id=meeting_id)) is not None:
            yield adjust
    if not one.is_public:
        to = str(PUBLIC if one.published else PARTNERS)
        if (publish := view.told.act(PublishReview.NAME, review_id=str(one.review_id), audience=to)) is not None:
            yield publish


def _adjusted(view: View, several: Iterable[Adjustment], titles: Mapping[UUID, Prose]) -> tuple[AdjustmentShown, ...]:
    found = tuple(several)
    hrefs = {each.event_id: view.told.trail(each.event_id) for one in found for each in (*one.carried_out, *one.since)}
    return adjusted(view.ask, found, titles, view.ask.today, hrefs)
