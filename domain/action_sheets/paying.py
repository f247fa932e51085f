"""A line of a sheet's money is said otherwise, with the reason; payments of it are recorded, each with its day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.action_sheets.acting import NothingChanged, SheetCommand
from domain.action_sheets.funding import Funding, PledgeFunding, check_line
from domain.action_sheets.state import ActionSheet
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Actor,
    BrokenRule,
    Case,
    Event,
    Level,
    NothingToCite,
    Right,
    Streams,
    Surroundings,
    Weighed,
    command,
    event,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.money import check_amount
from domain.values import Code, InvalidValue, LocalId, Prose


@dataclass(frozen=True)
class LessThanPaid(BrokenRule):
    """A line is not revised below what was paid of it."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "amount_cents"
    amount_cents: int
    paid_cents: int


@dataclass(frozen=True)
class MoreThanFunded(BrokenRule):
    """More was paid than the line holds: a typing error, or a line to be revised."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "amount_cents"
    paid_cents: int
    amount_cents: int


@event("action-sheet.funding-revised")
class FundingRevised(Event):
    """A line says something else from `occurred_on` on, and why."""

    line_id: LocalId
    year: int
    amount_cents: int
    certainty: Code
    motive: Prose

    def apply(self, sheet: ActionSheet) -> None:
        """Take what it says now."""
        lines = Funding.of(sheet).lines
        if self.line_id in lines:
            lines[self.line_id] = replace(
                lines[self.line_id], year=self.year, amount_cents=self.amount_cents, certainty=self.certainty
            )


@event("action-sheet.funding-spent")
class FundingSpent(Event):
    """A payment of a line, on `occurred_on`."""

    line_id: LocalId
    amount_cents: int
    label: Prose | None

    def apply(self, sheet: ActionSheet) -> None:
        """Add it to what was paid."""
        lines = Funding.of(sheet).lines
        if self.line_id in lines:
            line = lines[self.line_id]
            lines[self.line_id] = replace(line, paid_cents=line.paid_cents + self.amount_cents)


@dataclass(frozen=True, kw_only=True)
class _OfLine(SheetCommand):
    """What is said of a line, by the partner whose money it is or whoever steers (R33)."""

    line_id: LocalId

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """There has to be a line, too."""
        sheets = [one for one in around.states(ActionSheet) if one.convention_id == state.id]
        without = bool(sheets) and not any(Funding.of(one).lines for one in sheets)
        case.breaks_if(without, NothingToCite("line_id", PledgeFunding.NAME))
        return super().gate(state, case, around)

    def right(self, streams: Streams, actor: Actor) -> Right:
        """That of the partner whose line it is."""
        sheet = streams.find(ActionSheet, self.stream_id)
        line = Funding.of(sheet).lines.get(self.line_id) if sheet is not None else None
        return Right(self.NAME, line.partner_id if line is not None else None)


@command(ActionSheet, records=FundingRevised)
@dataclass(frozen=True, kw_only=True)
class ReviseFunding(_OfLine):
    """Say a line of money otherwise, whole, and why; 0 for money that will not come."""

    year: int
    amount_cents: int
    certainty: Code
    motive: Prose

    def __post_init__(self) -> None:
        check_line(self.year, self.amount_cents, self.certainty)
        required_text(self.motive, "motive")

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        line = Funding.of(state).line(self.line_id, case)
        if line is not None:
            less = self.amount_cents < line.paid_cents
            case.breaks_if(less, LessThanPaid(self.amount_cents, line.paid_cents))
            now = (self.year, self.amount_cents, self.certainty)
            case.breaks_if(now == (line.year, line.amount_cents, line.certainty), NothingChanged())
        case.settle()
        record_from(self, state, case)


@command(ActionSheet, records=FundingSpent)
@dataclass(frozen=True, kw_only=True)
class RecordPayment(_OfLine):
    """Record a payment of a line; `occurred_on` is its day."""

    amount_cents: int
    label: Prose | None = None

    def __post_init__(self) -> None:
        check_amount(self.amount_cents, "amount_cents")
        if not self.amount_cents:
            raise InvalidValue("no-amount", field="amount_cents")

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        line = Funding.of(state).line(self.line_id, case)
        if line is not None:
            paid = line.paid_cents + self.amount_cents
            case.breaks_if(paid > line.amount_cents, MoreThanFunded(paid, line.amount_cents))
        case.settle()
        record_from(self, state, case)
