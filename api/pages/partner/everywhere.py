"""A partner on all the territories that the reader may read: where it is expected, and what it waits for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import PartnerGroup, PartnerPage, PartnerRow, Phrase, Tile
from api.pages.framework_pledges import to_framework
from api.pages.framework_view import frameworks_read
from api.pages.next_steps import place_of
from api.pages.partner.words import (
    SIGNATURE,
    answer_of,
    lines_of,
    mandate_cell,
    own_lines,
    signature_cell,
    sorted_lines,
    spoken,
)
from api.pages.ranking import ranked
from api.pages.shell import WORK, acts
from api.pages.telling import Telling, tellings
from projections import what_the_committee_decided, what_the_plan_rests_on, which_partners_and_places_are_known
from projections.how_a_convention_does import brief
from projections.what_comes_next import Awaited, awaited
from projections.what_was_pledged import of_partner
from projections.what_was_pledged_to_a_framework import FrameworkPledgeTold, framework_pledges
from projections.where_a_partner_stands import GROUPS, PartnerStanding, standing_of
from workflows.application import UnknownStream

MOST_PLACES: Final = 60
"""Of more territories, the most pressing are read."""


def partner_everywhere(ask: Asking, partner_id: UUID) -> PartnerPage:
    """Everything the page shows. Raises `UnknownStream` for a partner with which the reader has nothing to do."""
    near = ranked(ask, ask.visitor.territories)
    read = near[:MOST_PLACES]
    names = {one.line.convention_id: one.place.name for one in read if one.line is not None and one.said is not None}
    told = tellings(ask, names)
    found = [(names[one.known.convention_id], one, standing) for one, standing in _standings(ask, told, partner_id)]
    speaks = any(ask.register.kept(one.partner_id) == partner_id for one in ask.visitor.actor.roles)
    pledged = _to_frameworks(ask, partner_id)
    if not found and not pledged and not speaks and not _is_local(ask, partner_id):
        raise UnknownStream(str(partner_id))
    name = spoken(ask, partner_id)
    expected = sorted_lines(line for place, one, each in found for line in own_lines(one, place, each.expected))
    waits_for = sorted_lines(
        line
        for place, one, each in found
        if each.signatory is not None and not each.refused
        for line in lines_of(one, place, each.waits_for)
        if line.next.days_late > 0
    )
    return PartnerPage(
        name=name,
        kind=ask.register.partners[partner_id].kind,
        answer=answer_of(name, expected, waits_for, here=False),
        expected=expected,
        waits_for=waits_for,
        tiles=_tiles([each for _, _, each in found]),
        groups=_groups(found, partner_id),
        to_framework=to_framework(ask, pledged) if pledged else None,
        left_out=len(near) - len(read),
        work_href=WORK if speaks and acts(ask.visitor) else None,
    )


def _to_frameworks(ask: Asking, partner_id: UUID) -> tuple[FrameworkPledgeTold, ...]:
    """What it pledged to the frameworks that the reader may read."""
    seen = [one.framework_id for one in frameworks_read(ask)]
    known = (of_partner(framework_pledges(ask.register, one, ask.today), partner_id) for one in seen)
    return tuple(one for several in known for one in several)


def _is_local(ask: Asking, partner_id: UUID) -> bool:
    """Whether it is of a territory that the reader may read."""
    (known,) = which_partners_and_places_are_known.partners(ask.register, (partner_id,))
    own = ask.visitor.territories
    return known.territory_id is not None and (own is None or known.territory_id in own)


def _standings(ask: Asking, told: dict[UUID, Telling], partner_id: UUID) -> Iterator[tuple[Telling, PartnerStanding]]:
    for convention_id, one in told.items():
        dossier = ask.dossier(convention_id)
        basis = what_the_plan_rests_on.basis(dossier)
        meetings = what_the_committee_decided.meetings(dossier, (dossier,))
        standing = standing_of(dossier, one.known, basis, meetings, partner_id)
        if standing.takes_part:
            yield one, standing


def _groups(found: Sequence[tuple[str, Telling, PartnerStanding]], partner_id: UUID) -> tuple[PartnerGroup, ...]:
    by_group: dict[str, list[PartnerRow]] = {}
    for place, told, one in found:
        by_group.setdefault(one.group, []).append(_row(place, told, one, partner_id))
    return tuple(PartnerGroup(group, tuple(by_group[group])) for group in GROUPS if group in by_group)


def _row(place: str, told: Telling, one: PartnerStanding, partner_id: UUID) -> PartnerRow:
    own = next(iter(one.expected), None) if not one.refused else None
    shown = own or next(iter(awaited(told.known)), None)
    signatory = one.signatory
    return PartnerRow(
        place,
        told.home.partner(partner_id),
        mandate_cell(one),
        signature_cell(one, signatory.convention if signatory else None),
        signature_cell(one, signatory.plan if signatory else None),
        len(one.sheets),
        _what(told, shown, own) if shown is not None else None,
        shown.status if shown is not None else None,
        shown.due_on if shown is not None else None,
        shown.days_late if shown is not None else 0,
        place_of(told.home, shown) if shown is not None else "",
        own is not None,
    )


def _what(told: Telling, shown: Awaited, own: Awaited | None) -> Phrase:
    return SIGNATURE if shown is own and shown.what.word == "signature" else told.say(brief(told.known, shown.what))


def _tiles(found: list[PartnerStanding]) -> tuple[Tile, ...]:
    """Signed out of those that count, sheets it carries, committees it came to."""
    counted = [one for one in found if one.signatory is not None and not one.refused]
    sheets, held = sum(len(one.sheets) for one in found), sum(one.held for one in found)
    meetings = sum(one.meetings for one in found)
    tiles = []
    if counted:
        signed, asked = sum(one.has_signed for one in counted), sum(bool(one.expected) for one in counted)
        line = Phrase("page.partner.tile.signed-line", {}, asked)
        figure = Phrase("page.fraction", {"done": signed, "total": len(counted)})
        tiles.append(Tile(Phrase("page.partner.tile.signed"), figure, line, "#territories"))
    line = Phrase("page.partner.tile.sheets-line", {}, sheets)
    tiles.append(
        Tile(Phrase("page.partner.tile.sheets"), Phrase("page.count", {"count": sheets}), line, "#territories")
    )
    if held:
        line = Phrase("page.partner.tile.meetings-line", {}, meetings)
        figure = Phrase("page.fraction", {"done": meetings, "total": held})
        tiles.append(Tile(Phrase("page.partner.tile.meetings"), figure, line, "#territories"))
    return tuple(tiles)
