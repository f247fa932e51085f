"""A partner on one convention: what is expected of it, what it decided, signed and carries, who speaks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from api.pages.addresses import COMMITTEE, PARTNER, PLAN
from api.pages.contexts import CarriedSheet, JumpLink, PartnerFact, PartnerPage, Phrase, Tile
from api.pages.framework_pledges import AT_ONCE
from api.pages.lead_roles import led_by
from api.pages.partner.asking import asking_by_link
from api.pages.partner.words import answer_of, lines_of, own_lines, refused, sorted_lines, spoken
from api.pages.pledges import framework_pledges_shown, pledges_of, pledges_shown, pledging
from api.pages.roles import role_lines
from api.pages.view import View, votes_of
from domain.convention.state import ALL_COVERS
from domain.values import Code
from projections.what_was_pledged import of_partner
from projections.where_a_partner_stands import PartnerStanding, standing_of
from projections.where_signatories_stand import SignatoryStanding
from projections.which_facts_do_not_count import why_not
from projections.which_signatures_are_missing import MandateGiven, SaidNo, SignatureGiven
from workflows.application import UnknownStream


def partner_here(view: View, partner_id: UUID) -> PartnerPage:
    """Everything the page shows. Raises `UnknownStream` where nothing there is the partner's."""
    ask, told = view.ask, view.told
    one = standing_of(view.dossier, told.known, view.basis, view.meetings, partner_id)
    pledged = of_partner(pledges_of(view), partner_id)
    shared = framework_pledges_shown(view, partner_id)
    if not one.takes_part and not pledged and shared is None:
        raise UnknownStream(str(partner_id))
    name = spoken(ask, partner_id)
    expected = sorted_lines(own_lines(told, view.territory, one.expected))
    waits_for = sorted_lines(lines_of(told, view.territory, one.waits_for))
    own = ask.visitor.territories
    return PartnerPage(
        name=name,
        kind=ask.register.partners[partner_id].kind,
        answer=refused(one, name) or answer_of(name, expected, waits_for, here=True),
        territory=view.territory,
        signs=_signs(one.signatory),
        expected=expected,
        waits_for=waits_for,
        tiles=_tiles(view, one),
        facts=tuple(sorted(_facts(view, one.signatory), key=lambda fact: fact.on)) if one.signatory else (),
        acts=view.instead(one.signatory) if one.signatory else (),
        sheets=_sheets(view, one),
        pledges=replace(pledges_shown(view, pledged, pledging(view, partner_id)), at_once=AT_ONCE),
        to_framework=shared,
        leads=led_by(view, partner_id),
        by_link=asking_by_link(view, one.signatory),
        roles=tuple(replace(line, partner=None, acts=()) for line in role_lines(ask, one.holders)),
        others=tuple(
            JumpLink(row.signatory.partner_name, view.home.partner(row.partner_id))
            for row in view.signatories
            if row.partner_id != partner_id
        ),
        everywhere_href=f"{PARTNER}/{partner_id}" if own is None or len(own) > 1 else None,
    )


def _signs(one: SignatoryStanding | None) -> Phrase:
    if one is None:
        return Phrase("page.partner.no-signatory")
    if one.signatory.required:
        return Phrase("page.required")
    return Phrase("page.will-not-sign" if one.signatory.will_not_sign else "page.optional")


def _tiles(view: View, one: PartnerStanding) -> tuple[Tile, ...]:
    """What it did beside signing, as far as it is counted."""
    live = sum(sheet.is_live for sheet in view.basis.sheets)
    tiles = []
    if live:
        figure = Phrase("page.fraction", {"done": len(one.sheets), "total": live})
        line = Phrase("page.partner.tile.sheets-line", {}, len(one.sheets))
        tiles.append(Tile(Phrase("page.partner.tile.sheets"), figure, line, f"{view.home.page(PLAN)}#plan"))
    if one.held:
        figure = Phrase("page.fraction", {"done": one.meetings, "total": one.held})
        line = Phrase("page.partner.tile.meetings-line", {}, one.meetings)
        tiles.append(Tile(Phrase("page.partner.tile.meetings"), figure, line, f"{view.home.page(COMMITTEE)}#meetings"))
    if one.forums:
        line = Phrase("page.partner.tile.forums-line")
        figure = Phrase("page.count", {"count": one.forums})
        tiles.append(Tile(Phrase("page.partner.tile.forums"), figure, line, view.home.section("forums")))
    return tuple(tiles)


def _sheets(view: View, one: PartnerStanding) -> tuple[CarriedSheet, ...]:
    titles = {each.priority_id: view.ask.said(each.title) for each in view.basis.priorities}
    return tuple(
        CarriedSheet(
            view.ask.said(sheet.title),
            titles.get(sheet.priority_id),
            sheet.calendar.effective_from if sheet.calendar is not None else None,
            sheet.calendar.effective_to if sheet.calendar is not None else None,
        )
        for sheet in one.sheets
    )


# --- what it decided and signed ---------------------------------------------------------------------------------------


def _facts(view: View, one: SignatoryStanding) -> Iterator[PartnerFact]:
    for mandate in one.signatory.mandates:
        yield _mandate(view, one, mandate)
    for no in one.signatory.said_no:
        yield _no(view, no)
    for signature in one.signatory.signatures:
        yield _signature(view, one, signature)


def _mandate(view: View, one: SignatoryStanding, given: MandateGiven) -> PartnerFact:
    details = [Phrase(f"mandate-kind.{given.kind}"), *_covers(given.covers)]
    if given.executory_on is not None and one.signatory.acts_must_be_transmitted:
        details.append(Phrase("page.mandate.executory", {"on": given.executory_on}))
    return PartnerFact(
        given.adopted_on,
        "irregular" if given.irregularities and not given.fits else "done",
        Phrase("page.partner.fact.mandate"),
        (*details, *votes_of(given.votes)),
        view.ask.marks(given.irregularities),
        view.ask.documents(given.evidence),
        href=view.told.trail(given.event_id),
    )


def _no(view: View, no: SaidNo) -> PartnerFact:
    return PartnerFact(
        no.on,
        "watch",
        Phrase(f"page.partner.fact.{no.outcome}"),
        (*_covers(no.covers), *votes_of(no.votes)),
        view.ask.marks(no.irregularities),
        view.ask.documents(no.evidence),
        view.ask.said(no.motive),
        view.told.trail(no.event_id),
    )


def _signature(view: View, one: SignatoryStanding, given: SignatureGiven) -> PartnerFact:
    counts_on = max(given.counts_on.values(), default=None)
    later = (
        (Phrase("page.signature.counts-on", {"on": counts_on}),) if counts_on and counts_on > given.signed_on else ()
    )
    return PartnerFact(
        given.signed_on,
        "done" if given.counts_on else "irregular",
        Phrase("page.partner.fact.signature"),
        (*_covers(given.covers), *later),
        view.told.rules(why_not(one.signatory, given)),
        view.ask.documents(given.evidence),
        href=view.told.trail(given.event_id),
    )


def _covers(covers: tuple[Code, ...]) -> tuple[Phrase, ...]:
    """What it is about: the convention, the plan, both."""
    return (Phrase("page.partner.covers", {"covers": tuple(one for one in ALL_COVERS if one in covers)}),)
