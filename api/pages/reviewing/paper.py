"""One review on one page: what the committee saw then, decided and adjusted; to be printed and handed over."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from api.pages.addresses import Home
from api.pages.asking import Asking
from api.pages.contexts import ActionsSeen, MeasureShown, Phrase, ReviewPaper
from api.pages.contexts.pieces import RuleText
from api.pages.reviewing.pieces import adjusted, counts, money, published, what_of
from domain.action_sheets.state import ACTION_STATUSES, ActionSheet
from projections.engine import Dossier
from projections.what_became_of_adjustments import by_review
from projections.what_reviews_saw import Review
from projections.what_the_committee_decided import bodies, meetings
from projections.what_the_committee_saw import MeasureSeen, seen_at_reviews
from projections.where_the_plan_stands import sheets


def review_paper(
    ask: Asking, dossier: Dossier, one: Review, home: Home | None, why: tuple[RuleText, ...] = ()
) -> ReviewPaper:
    """Everything the page shows; without a `home`, what everybody may read: no sentence of anybody's."""
    seen = next(each for each in dossier.once(seen_at_reviews) if each.event_id == one.event_id)
    led_to = dossier.once(by_review, ask.today).get(one.event_id, ())
    titles = {each.id: each.title for each in dossier.states(ActionSheet)}
    ask.open(list(titles.values()), seen, led_to, one)
    hrefs: Mapping[UUID, str] | None = {} if home is not None else None
    return ReviewPaper(
        territory=ask.name(dossier.territory_id),
        what=what_of(one.kind, one.period),
        held_on=one.held_on,
        body=next((each.name for each in bodies(dossier) if each.body_id == one.body_id), ""),
        counts=counts(each.status for each in one.action_statuses),
        actions=_actions(ask, dossier, one),
        measures=tuple(_measure(ask, each) for each in seen.figures.measures if each.value is not None),
        money=money(seen.figures),
        seen=adjusted(ask, seen.adjustments, titles, one.held_on, hrefs),
        adjusted=adjusted(ask, led_to, titles, ask.today, hrefs),
        published=tuple(published(each) for each in one.published),
        heard=Phrase("page.reviews.heard", {}, one.users_heard) if one.users_heard is not None else None,
        summary=ask.said(one.summary) if home is not None else None,
        decisions=_decisions(ask, dossier, one) if home is not None else (),
        why=why,
        back=home.reviews if home is not None else "",
        open=home is None,
    )


def _actions(ask: Asking, dossier: Dossier, review: Review) -> tuple[ActionsSeen, ...]:
    """The actions by how they stood, each with its number."""
    known = {one.sheet_id: one for one in dossier.once(sheets, ask.today)}
    ask.open([one.title for one in known.values()])
    order = {sheet_id: place for place, sheet_id in enumerate(known)}
    told = sorted(review.action_statuses, key=lambda one: order.get(one.sheet_id, len(order)))
    found = []
    for status in ACTION_STATUSES:
        titles = []
        for one in (each for each in told if each.status == status):
            sheet = known.get(one.sheet_id)
            title = ask.said(sheet.title) if sheet is not None else None
            titles.append(f"{sheet.number} {title}" if sheet is not None and sheet.number and title else title)
        if titles:
            found.append(ActionsSeen(str(status), tuple(titles)))
    return tuple(found)


def _measure(ask: Asking, one: MeasureSeen) -> MeasureShown:
    return MeasureShown(
        ask.said(one.title),
        ask.texts.number(one.value) if one.value is not None else "",
        one.about.year if one.about is not None else None,
        ask.texts.number(one.target) if one.target is not None else "",
    )


def _decisions(ask: Asking, dossier: Dossier, one: Review) -> tuple[str | None, ...]:
    """What the review cites, in the words of its meeting."""
    taken = {
        each.reference.decision_id: each.text
        for met in meetings(dossier, ())
        if (met.body.body_id, met.meeting_id) == (one.body_id, one.meeting_id)
        for each in met.decisions
    }
    ask.open(list(taken.values()))
    return tuple(ask.said(taken.get(decision)) for decision in one.decisions)
