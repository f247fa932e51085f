"""Which money is written down, line by line? Of sheets and of pledges, each partner's in each year (no euro twice).

The money of sheets is on the sheets, the rest with the pledges. Of a line that is partly paid, the paid part is paid
and the rest as sure as it was said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.action_sheets.following import Progress
from domain.action_sheets.funding import Funding
from domain.action_sheets.state import ABANDONED, ActionSheet
from domain.convention.priorities import PrioritiesChosen
from domain.money import ASKED, FIRM, PAID, PROMISED
from domain.pledges.binding import signed_on
from domain.pledges.pledge import Pledge
from domain.values import Code, LocalId, Prose
from projections.engine import Dossier
from projections.what_was_pledged import DEFAULTED, pledges


@dataclass(frozen=True)
class Line:
    """One partner's money in one year, of a sheet or of a pledge. `amount_cents` is all of it: `paid_cents`, and the
    rest with its `certainty`. `is_bound`: whether the partner's signature counts."""

    sheet_id: UUID | None
    line_id: LocalId | None
    pledge_id: UUID | None
    priority_id: LocalId | None
    partner_id: UUID
    year: int
    certainty: Code
    amount_cents: int
    paid_cents: int
    label: Prose | None
    is_bound: bool = False

    @property
    def open_cents(self) -> int:
        """What is still to come."""
        return self.amount_cents - self.paid_cents


@dataclass(frozen=True)
class Sums:
    """Money by how sure it is, each euro once: what is only asked for is no means yet."""

    asked_cents: int = 0
    promised_cents: int = 0
    firm_cents: int = 0
    paid_cents: int = 0

    @property
    def means_cents(self) -> int:
        """What somebody promised, at least."""
        return self.promised_cents + self.firm_cents + self.paid_cents


def lines(dossier: Dossier, today: date) -> tuple[Line, ...]:
    """Every line of money: of the sheets in the order in which they were drafted, then of the pledges."""
    bound: dict[UUID, bool] = {}

    def is_bound(partner_id: UUID) -> bool:
        if partner_id not in bound:
            since = signed_on(dossier.convention, partner_id)
            bound[partner_id] = since is not None and since <= today
        return bound[partner_id]

    found = [one for sheet in dossier.sheets for one in _of_sheet(sheet, is_live=live(dossier, sheet))]
    broken = {one.pledge_id for one in dossier.once(pledges, today) if one.state == DEFAULTED}
    found += [one for pledge in dossier.pledges for one in _of_pledge(pledge, kept=pledge.id not in broken)]
    return tuple(replace(one, is_bound=is_bound(one.partner_id)) for one in found)


def live(dossier: Dossier, sheet: ActionSheet) -> bool:
    """Whether a sheet is of the plan: of one that was abandoned, or whose priority was withdrawn, only what was paid is
    money."""
    chosen = sheet.priority_id in PrioritiesChosen.of(dossier.convention).ranks
    return chosen and Progress.of(sheet).status != ABANDONED


def _of_sheet(sheet: ActionSheet, *, is_live: bool) -> Iterator[Line]:
    for line_id, one in Funding.of(sheet).lines.items():
        paid = one.settled_cents
        amount = paid + (one.open_cents if is_live else 0)
        if amount:
            yield Line(
                sheet.id,
                line_id,
                None,
                sheet.priority_id,
                one.partner_id,
                one.year,
                one.certainty,
                amount,
                paid,
                one.label,
            )


def _of_pledge(pledge: Pledge, *, kept: bool) -> Iterator[Line]:
    """The money of a pledge, each partner's share of each year; of one that was not kept, what was paid."""
    terms, whole = pledge.terms, any(one.whole for one in pledge.deliveries)
    paid: dict[tuple[UUID, int], int] = {}
    for one in pledge.deliveries:
        if one.amount_cents and one.year is not None:
            place = (one.partner_id, one.year)
            paid[place] = paid.get(place, 0) + one.amount_cents
    shares: dict[tuple[UUID, int], int] = dict.fromkeys(paid, 0)
    for each in terms.amounts:
        for partner_id, cents in zip(pledge.parties, (each.amount_cents, each.co_amount_cents or 0), strict=False):
            shares[partner_id, each.year] = shares.get((partner_id, each.year), 0) + cents
    for (partner_id, year), cents in shares.items():
        come = max(paid.get((partner_id, year), 0), cents if whole else 0)
        amount = max(come, cents) if kept else come
        if amount:
            yield Line(
                None,
                None,
                pledge.id,
                terms.priority_id,
                partner_id,
                year,
                terms.money_certainty,
                amount,
                come,
                terms.what,
            )


def sums_of(some: Iterable[Line]) -> Sums:
    """Lines summed, each euro once."""
    cents: dict[Code, int] = dict.fromkeys((ASKED, PROMISED, FIRM, PAID), 0)
    for one in some:
        cents[one.certainty] += one.open_cents
        cents[PAID] += one.paid_cents
    return Sums(cents[ASKED], cents[PROMISED], cents[FIRM], cents[PAID])
