"""Pledges as pages show them: whose, whether they bind, how far they are kept, and all that was said of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final
from uuid import UUID

from api.pages.acts.pledges import PLEDGE_RESOURCE, RECORD_DELIVERY, RECORD_PLEDGE_DEFAULT, REVISE_PLEDGE
from api.pages.contexts import Act, Phrase
from api.pages.contexts.pledges import PledgesShown
from api.pages.framework_pledges import AT_ONCE
from api.pages.pledge_words import PledgeWords, for_territories
from api.pages.view import View
from domain.pledges.pledge import Terms
from projections import what_was_pledged
from projections.how_a_convention_does import is_possible
from projections.what_was_pledged import DEFAULTED, KEPT, PledgeTold, of_partner
from projections.what_was_pledged_to_a_framework import pledged_for

MOST_NAMED: Final = 3
"""Sheets served that are named; more are counted."""


def pledges_of(view: View) -> tuple[PledgeTold, ...]:
    """Every pledge of the convention, its texts opened."""
    known = view.dossier.once(what_was_pledged.pledges, view.ask.today)
    view.ask.open(known)
    return known


def pledges_shown(view: View, known: tuple[PledgeTold, ...], acts: tuple[Act, ...] = ()) -> PledgesShown:
    """Some pledges, each with the acts that the visitor may do on it."""
    words = _words(view)
    return PledgesShown(tuple(words.line(one, tuple(_acts(view, one))) for one in known), acts)


def framework_pledges_shown(view: View, partner_id: UUID) -> PledgesShown | None:
    """What a partner pledged to a framework for this territory, among others or for all; None where that is nothing."""
    ask = view.ask
    known = of_partner(pledged_for(ask.register, view.dossier.territory_id, ask.today), partner_id)
    if not known:
        return None
    ask.open(known)
    words = PledgeWords(ask, view.told.trail, view.home.partner, partial(for_territories, ask))
    return PledgesShown(tuple(map(words.line, known)), at_once=AT_ONCE)


def _words(view: View) -> PledgeWords:
    return PledgeWords(view.ask, view.told.trail, view.home.partner, partial(_serves, view))


def _serves(view: View, terms: Terms) -> Phrase:
    if 0 < len(terms.sheets) <= MOST_NAMED:
        known = {each.sheet_id: view.ask.said(each.title) for each in view.basis.sheets}
        erased = view.ask.texts.t("page.erased")
        names = [f"« {known.get(each) or erased} »" for each in terms.sheets]
        return Phrase("page.pledges.for-named-sheets", {"sheets": view.ask.texts.join(names)})
    if terms.sheets:
        return Phrase("page.pledges.for-sheets", {}, len(terms.sheets))
    if terms.priority_id is None:
        return Phrase("page.pledges.for-plan")
    titles = {each.priority_id: view.ask.said(each.title) for each in view.basis.priorities}
    title = titles.get(terms.priority_id) or view.ask.texts.t("page.erased")
    return Phrase("page.pledges.for-priority", {"title": title})


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
