"""What becomes of a convention at its term, told on its first page: what extends it, what follows, what is not
covered."""

from __future__ import annotations

from datetime import date

from api.pages.acts.opening import OPEN_CONVENTION
from api.pages.acts.succeeding import succeeded
from api.pages.contexts import Act, Phrase, Status, TermLine
from api.pages.conventions import home_of
from api.pages.view import View
from projections import where_the_term_stands
from projections.where_coverage_is_missing import Gap
from projections.where_the_term_stands import Successor, TermStanding


def term_of(view: View) -> TermStanding:
    """The term of a convention, beside the others of its territory."""
    near = [one.convention for one in view.ask.on_territory(view.dossier.territory_id).values()]
    return where_the_term_stands.term(view.dossier, near, view.ask.today)


def uncovered(view: View, term: TermStanding) -> tuple[Phrase, ...]:
    """What the page says first: that nothing covers the territory today."""
    today = view.ask.today
    since = [one.first_day for one in term.gaps if one.first_day <= today <= (one.last_day or today)]
    return tuple(Phrase("answer.not-covered", {"on": one}) for one in since[:1])


def term_lines(view: View, term: TermStanding) -> tuple[TermLine, ...]:
    """One line for each thing, in the order of time; nothing while nothing moves the term and nothing follows."""
    lines = [
        TermLine("done", Phrase("page.term.extended", {"on": one.signed_on, "end": one.effective_to}))
        for one in term.extensions
    ]
    if term.waiting is not None:
        said = {"end": term.waiting.effective_to, "until": term.waiting.until}
        lapsed = term.waiting.until < view.ask.today
        lines.append(TermLine("watch", Phrase("page.term.lapsed" if lapsed else "page.term.waiting", said)))
    if term.renewal_started_on is not None:
        lines.append(_renewing(term, term.renewal_started_on))
    lines += [_successor(view, one) for one in term.successors]
    lines += [_gap(view, one) for one in term.gaps]
    lines += [
        TermLine("done", Phrase("page.term.afterwards", {"start": one.first_day, "on": one.signed_on}))
        for one in term.afterwards
    ]
    return (*lines, *_former(view, term))


def preparing(view: View) -> Act | None:
    """The way to open the convention that follows, once what becomes of this one is a question; None for whoever may
    not, and where another one follows it or would be followed."""
    ask, territory_id = view.ask, view.dossier.territory_id
    if not view.told.known.term_is_near or not ask.visitor.may(OPEN_CONVENTION.name, territory_id):
        return None
    found = succeeded(ask, territory_id)
    if found is None or found.former_id != view.convention_id:
        return None
    return Act(Phrase("page.term.prepare"), OPEN_CONVENTION.address(territory_id=territory_id))


def _renewing(term: TermStanding, started_on: date) -> TermLine:
    """That the renewal was begun; and where nothing follows, be it that the one that did was annulled, so much."""
    if term.successors:
        return TermLine("done", Phrase("page.term.renewing", {"on": started_on}))
    return TermLine("watch", Phrase("page.term.renewing-alone", {"on": started_on}))


def _successor(view: View, one: Successor) -> TermLine:
    said = {"start": one.period.effective_from, "end": one.period.effective_to}
    href = home_of(view.ask, one.convention_id).today
    if one.signed_on is None:
        return TermLine("on-time", Phrase("page.term.successor", said), href)
    return TermLine("done", Phrase("page.term.successor-signed", {**said, "on": one.signed_on}), href)


def _gap(view: View, one: Gap) -> TermLine:
    """Days without coverage: of how many communes, where it is not all of them."""
    status: Status = "late" if one.first_day <= view.ask.today else "watch"
    said: dict[str, date | int] = {"start": one.first_day, "days": one.days}
    if one.last_day is not None:
        said["end"] = one.last_day
    still = "-open" if one.last_day is None else ""
    if len(one.communes) == len(view.dossier.convention.communes):
        return TermLine(status, Phrase(f"page.term.gap{still}", said))
    return TermLine(status, Phrase(f"page.term.gap-part{still}", said, len(one.communes)))


def _former(view: View, term: TermStanding) -> tuple[TermLine, ...]:
    """The convention that this one succeeds."""
    former_id = view.dossier.convention.successor_of
    near = view.ask.on_territory(view.dossier.territory_id)
    if former_id is None or former_id not in near:
        return ()
    period = near[former_id].convention.period
    said = {"start": period.effective_from, "end": period.effective_to}
    return (TermLine("done", Phrase("page.term.succeeds", said), home_of(view.ask, former_id).today),)
