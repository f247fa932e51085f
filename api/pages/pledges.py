"""Pledges as pages show them: whose, whether they bind, how far they are kept, and all that was said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from api.pages.acts.pledges import PLEDGE_RESOURCE, RECORD_DELIVERY, RECORD_PLEDGE_DEFAULT, REVISE_PLEDGE
from api.pages.addresses import anchor_of
from api.pages.contexts import Act, JumpLink, Phrase, Status
from api.pages.contexts.pledges import PledgeFact, PledgeLine, PledgesShown
from api.pages.view import View
from domain.pledges.pledge import Terms
from projections import what_was_pledged
from projections.how_a_convention_does import is_possible
from projections.what_was_pledged import AWAITED, DEFAULTED, IN_PART, KEPT, LATE, PledgeTold

STATUS_OF: Final[Mapping[str, Status]] = {
    KEPT: "done",
    DEFAULTED: "late",
    LATE: "late",
    IN_PART: "on-time",
    AWAITED: "not-started",
}


def pledges_of(view: View) -> tuple[PledgeTold, ...]:
    """Every pledge of the convention, its texts opened."""
    known = view.dossier.once(what_was_pledged.pledges, view.ask.today)
    view.ask.open(known)
    return known


def pledges_shown(view: View, known: tuple[PledgeTold, ...], acts: tuple[Act, ...] = ()) -> PledgesShown:
    """Some pledges, each with the acts that the visitor may do on it."""
    return PledgesShown(tuple(_line(view, one) for one in known), acts)


def _line(view: View, one: PledgeTold) -> PledgeLine:
    ask, trail = view.ask, view.told.trail
    terms = one.terms
    return PledgeLine(
        anchor=anchor_of("pledge", one.pledge_id),
        kind=one.kind,
        certainty=terms.certainty,
        what=ask.said(terms.what),
        partners=tuple(JumpLink(ask.name(each), view.home.partner(each)) for each in one.partners),
        since=Phrase("page.pledges.since", {"on": one.pledged_on}),
        terms=tuple(_terms(view, terms)),
        binding=_binding(view, one),
        is_binding=one.is_binding,
        state=one.state,
        status=STATUS_OF[one.state],
        days_late=one.days_late,
        money=_money(one),
        years=tuple(_years(view, one)),
        facts=tuple(sorted(_facts(view, one), key=lambda fact: fact.on)),
        evidence=ask.documents(one.evidence),
        href=trail(one.event_id),
        acts=tuple(_acts(view, one)),
    )


def _terms(view: View, terms: Terms) -> Iterator[Phrase]:
    """How much, when, for what."""
    if terms.quantity_hundredths and terms.unit:
        yield Phrase("page.pledges.quantity", {"quantity": terms.quantity_hundredths, "unit": terms.unit})
    starts, ends = terms.starts_on, terms.ends_on
    if starts and ends:
        yield Phrase("page.pledges.between", {"starts": starts, "ends": ends})
    elif starts:
        yield Phrase("page.pledges.from", {"on": starts})
    elif ends:
        yield Phrase("page.pledges.until", {"on": ends})
    if terms.sheets:
        yield Phrase("page.pledges.for-sheets", {}, len(terms.sheets))
    elif terms.priority_id is not None:
        titles = {each.priority_id: view.ask.said(each.title) for each in view.basis.priorities}
        title = titles.get(terms.priority_id) or view.ask.texts.t("page.erased")
        yield Phrase("page.pledges.for-priority", {"title": title})
    else:
        yield Phrase("page.pledges.for-plan")
    if terms.due_on:
        yield Phrase("page.pledges.due", {"on": terms.due_on})


def _binding(view: View, one: PledgeTold) -> Phrase:
    bound = [each for each in one.parties if each.bound_on is not None]
    days = [each.bound_on for each in bound if each.bound_on is not None]
    if not bound:
        return Phrase("page.pledges.not-bound")
    if len(bound) < len(one.parties):
        return Phrase("page.pledges.half-bound", {"partners": [view.ask.name(each.partner_id) for each in bound]})
    return _since(max(days), view.ask.today)


def _since(day: date, today: date) -> Phrase:
    return Phrase("page.pledges.bound" if day.year == today.year else "page.pledges.bound-year", {"on": day})


def _money(one: PledgeTold) -> Phrase | None:
    if one.delivered_cents:
        return Phrase("page.pledges.amount-paid", {"paid": one.delivered_cents, "cents": one.pledged_cents})
    return Phrase("page.pledges.amount", {"cents": one.pledged_cents}) if one.pledged_cents else None


def _years(view: View, one: PledgeTold) -> Iterator[Phrase]:
    for each in one.terms.amounts:
        said: dict[str, object] = {"year": each.year, "cents": each.total_cents}
        if each.co_amount_cents and len(one.parties) > 1:
            shared = {"share": each.co_amount_cents, "partner": view.ask.name(one.parties[1].partner_id)}
            yield Phrase("page.pledges.year-shared", {**said, **shared})
        else:
            yield Phrase("page.pledges.year-amount", said)


def _facts(view: View, one: PledgeTold) -> Iterator[PledgeFact]:
    ask, trail = view.ask, view.told.trail
    for done in one.deliveries:
        what = Phrase(
            "page.pledges.delivered-whole" if done.whole else "page.pledges.delivered",
            {"partner": ask.name(done.partner_id)},
        )
        before = []
        if done.quantity_hundredths and one.terms.unit:
            quantity = {"quantity": done.quantity_hundredths, "unit": one.terms.unit}
            before.append(Phrase("page.pledges.quantity", quantity))
        if done.amount_cents and done.year:
            before.append(Phrase("page.pledges.year-amount", {"year": done.year, "cents": done.amount_cents}))
        yield PledgeFact(
            done.delivered_on,
            "done",
            what,
            trail(done.event_id),
            ask.said(done.what),
            tuple(before),
            evidence=ask.documents(done.evidence),
        )
    for again in one.revisions:
        was = [Phrase(f"pledge-certainty.{again.before.certainty}"), *_terms(view, again.before)]
        was += [
            Phrase("page.pledges.year-amount", {"year": each.year, "cents": each.total_cents})
            for each in again.before.amounts
        ]
        what = Phrase("page.pledges.revised", {"partner": ask.name(again.partner_id)})
        told = ask.said(again.motive)
        yield PledgeFact(again.revised_on, "watch", what, trail(again.event_id), told, tuple(was), struck=True)
    for no in one.defaults:
        key = "page.pledges.defaulted" if no.counts else "page.pledges.defaulted-unbound"
        yield PledgeFact(
            no.on,
            "late" if no.counts else "irregular",
            Phrase(key, {"partner": ask.name(no.partner_id)}),
            trail(no.event_id),
            ask.said(no.motive),
            rules=ask.marks(no.irregularities),
            evidence=ask.documents(no.evidence),
        )


def _acts(view: View, one: PledgeTold) -> Iterator[Act]:
    """What may be said of it now, by whoever may say it for one of its partners."""
    for partner_id in one.partners:
        may = partial(view.told.act, partner_id=partner_id, stream_id=str(one.pledge_id))
        acts = [] if one.state == KEPT else [may(RECORD_DELIVERY.name)]
        acts.append(may(REVISE_PLEDGE.name))
        acts += [] if one.state in (KEPT, DEFAULTED) else [may(RECORD_PLEDGE_DEFAULT.name)]
        if any(acts):
            yield from (act for act in acts if act is not None)
            return


def pledging(view: View, partner_id: UUID | None) -> tuple[Act, ...]:
    """The act that makes one, of a partner for whoever speaks for it."""
    act = view.told.act(PLEDGE_RESOURCE.name, partner_id)
    possible = is_possible(view.told.known, PLEDGE_RESOURCE.name)
    return (act,) if act is not None and possible else ()
