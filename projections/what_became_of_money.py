"""What became of a sheet's money? All that was said of each line, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.funding import BudgetEstimated, FundingPledged
from domain.action_sheets.paying import FundingRevised, FundingSpent
from domain.kernel import Irregularity
from domain.money import YearAmount
from domain.values import Code, Evidence, LocalId, Prose
from projections.engine import Dossier

WRITTEN, REVISED, PAYMENT = Code("WRITTEN"), Code("REVISED"), Code("PAYMENT")


@dataclass(frozen=True)
class SaidOfLine:
    """A line was written (WRITTEN), said otherwise (REVISED, `words`: why) or paid (PAYMENT): how much, on what proof.

    `year` and `certainty` are None for a payment.
    """

    event_id: UUID
    what: Code
    on: date
    year: int | None
    certainty: Code | None
    amount_cents: int
    words: Prose | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]


@dataclass(frozen=True)
class Estimate:
    """What the sheet was said to need from a day on."""

    event_id: UUID
    on: date
    budget: tuple[YearAmount, ...]
    evidence: tuple[Evidence, ...]


def of_lines(dossier: Dossier, sheet_id: UUID) -> dict[LocalId, list[SaidOfLine]]:
    """What was said of each line of a sheet, in order."""
    found: dict[LocalId, list[SaidOfLine]] = {}
    for _, event in dossier.streams[sheet_id].entries:
        if isinstance(event, FundingPledged | FundingRevised | FundingSpent):
            found.setdefault(event.line_id, []).append(_said(event))
    return found


def estimates(dossier: Dossier, sheet_id: UUID) -> tuple[Estimate, ...]:
    """What the sheet was said to need, the last time last."""
    return tuple(
        Estimate(event.envelope.event_id, event.occurred_on, event.budget, event.envelope.evidence)
        for _, event in dossier.streams[sheet_id].entries
        if isinstance(event, BudgetEstimated)
    )


def _said(event: FundingPledged | FundingRevised | FundingSpent) -> SaidOfLine:
    of_terms = not isinstance(event, FundingSpent)
    return SaidOfLine(
        event.envelope.event_id,
        WRITTEN if isinstance(event, FundingPledged) else REVISED if of_terms else PAYMENT,
        event.occurred_on,
        None if isinstance(event, FundingSpent) else event.year,
        None if isinstance(event, FundingSpent) else event.certainty,
        event.amount_cents,
        event.motive if isinstance(event, FundingRevised) else event.label,
        event.envelope.evidence,
        event.envelope.irregularities,
    )
