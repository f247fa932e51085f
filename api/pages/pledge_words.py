"""A pledge as pages tell it, to a convention or to a framework: whose, whether it binds, how far it is kept, and all
that was said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from api.pages.addresses import anchor_of
from api.pages.asking import Asking
from api.pages.contexts import Act, JumpLink, Phrase, Spelled, Status
from api.pages.contexts.pledges import PledgeFact, PledgeLine
from domain.framework_pledges.pledge import FrameworkTerms
from domain.pledges.pledge import Means
from projections.what_was_pledged import AWAITED, DEFAULTED, IN_PART, KEPT, LATE, PledgeTold, Told
from projections.what_was_pledged_to_a_framework import FrameworkPledgeTold

STATUS_OF: Final[Mapping[str, Status]] = {
    KEPT: "done",
    DEFAULTED: "late",
    LATE: "late",
    IN_PART: "on-time",
    AWAITED: "not-started",
}


@dataclass(frozen=True)
class PledgeWords:
    """Pledges put into words. `trail`: a fact in the journal, None where the reader has none; `partner`: the page of a
    partner; `serves`: what a pledge is for."""

    ask: Asking
    trail: Callable[[UUID], str | None]
    partner: Callable[[UUID], str]
    serves: Callable[[Any], Phrase]

    def line(self, one: PledgeTold | FrameworkPledgeTold, acts: tuple[Act, ...] = ()) -> PledgeLine:
        """One of them."""
        ask, terms = self.ask, one.terms
        return PledgeLine(
            anchor=anchor_of("pledge", one.pledge_id),
            kind=one.kind,
            certainty=terms.certainty,
            what=ask.said(terms.what),
            partners=tuple(JumpLink(ask.name(each), self.partner(each)) for each in one.partners),
            since=Phrase("page.pledges.since", {"on": one.pledged_on}),
            terms=tuple(self._terms(terms)),
            binding=self._binding(one),
            is_binding=one.is_binding,
            state=one.state,
            status=STATUS_OF[one.state],
            days_late=one.days_late,
            money=_money(one),
            years=tuple(self._years(one)),
            facts=tuple(sorted(self._facts(one), key=lambda fact: fact.on)),
            evidence=ask.documents(one.evidence),
            href=self.trail(one.event_id),
            acts=acts,
        )

    def _terms(self, terms: Means) -> Iterator[Phrase]:
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
        yield self.serves(terms)
        if terms.due_on:
            yield Phrase("page.pledges.due", {"on": terms.due_on})

    def _binding(self, one: PledgeTold | FrameworkPledgeTold) -> Phrase:
        bound = [each for each in one.parties if each.bound_on is not None]
        days = [each.bound_on for each in bound if each.bound_on is not None]
        if not bound:
            return Phrase("page.pledges.not-bound")
        if len(bound) < len(one.parties):
            return Phrase("page.pledges.half-bound", {"partners": [self.ask.name(each.partner_id) for each in bound]})
        return _since(max(days), self.ask.today)

    def _years(self, one: PledgeTold | FrameworkPledgeTold) -> Iterator[Phrase]:
        for each in one.terms.amounts:
            said: dict[str, object] = {"year": each.year, "cents": each.total_cents}
            if each.co_amount_cents and len(one.parties) > 1:
                shared = {"share": each.co_amount_cents, "partner": self.ask.name(one.parties[1].partner_id)}
                yield Phrase("page.pledges.year-shared", {**said, **shared})
            else:
                yield Phrase("page.pledges.year-amount", said)

    def _facts(self, one: PledgeTold | FrameworkPledgeTold) -> Iterator[PledgeFact]:
        ask, trail = self.ask, self.trail
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
            was = [Phrase(f"pledge-certainty.{again.before.certainty}"), *self._terms(again.before)]
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


def _since(day: date, today: date) -> Phrase:
    return Phrase("page.pledges.bound" if day.year == today.year else "page.pledges.bound-year", {"on": day})


def _money(one: PledgeTold | FrameworkPledgeTold) -> Phrase | None:
    if one.delivered_cents:
        return Phrase("page.pledges.amount-paid", {"paid": one.delivered_cents, "cents": one.pledged_cents})
    return Phrase("page.pledges.amount", {"cents": one.pledged_cents}) if one.pledged_cents else None


def for_territories(ask: Asking, terms: FrameworkTerms) -> Phrase:
    """Which territories a pledge to a framework serves; those that the reader may not open are counted, not named."""
    readable = ask.visitor.territories
    names = [ask.name(one) for one in terms.territories if readable is None or one in readable]
    if not terms.territories:
        return Phrase("page.pledges.for-every-territory")
    if len(names) < len(terms.territories):
        return Phrase("page.pledges.for-territories", {}, len(terms.territories))
    return Phrase("page.pledges.for-named-territories", {"territories": ask.texts.join(names)})


def kept_in_time(pledged: Sequence[Told]) -> tuple[Phrase, ...]:
    """How many pledges there are, and how many are not kept in time."""
    if not pledged:
        return ()
    missed = sum(one.state in (LATE, DEFAULTED) for one in pledged)
    return (Phrase("page.partners.answer-pledges", {"total": Spelled(len(pledged))}, missed),)
