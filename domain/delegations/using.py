"""What is decided under a delegation: within its matters, its days and its limits, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.delegations.delegation import MATTERS, Delegation, Used
from domain.kernel import (
    Actor,
    AlreadyExists,
    Case,
    Command,
    Event,
    Right,
    Streams,
    command,
    event,
    record_from,
    required_text,
)
from domain.money import check_amount
from domain.values import Code, InvalidValue, LocalId, Prose


@event("delegation.delegation-used")
class DelegationUsed(Event):
    """Something was decided under the delegation: about which matter, in words, for how much (in cents)."""

    use_id: LocalId
    matter: Code
    what: Prose
    amount_cents: int | None

    def apply(self, delegation: Delegation) -> None:
        """Keep it."""
        delegation.uses[self.use_id] = Used(self.occurred_on, self.matter, self.amount_cents)


@command(Delegation, records=DelegationUsed)
@dataclass(frozen=True, kw_only=True)
class UseDelegation(Command):
    """Decide something under a delegation, in place of the partner that gave it."""

    use_id: LocalId
    matter: Code
    what: Prose
    amount_cents: int | None = None

    def __post_init__(self) -> None:
        required_text(self.what, "what")
        if self.matter not in MATTERS:
            raise InvalidValue("unknown-code", field="matter", value=self.matter, allowed=MATTERS)
        if self.amount_cents is not None:
            check_amount(self.amount_cents, "amount_cents")

    def right(self, streams: Streams, actor: Actor) -> Right:
        """Whoever steers, and the partner to which it was given."""
        return Right(self.NAME, receiving_partner(streams.standing(self.stream_id)))

    def decide(self, state: Delegation, case: Case) -> None:
        case.breaks_if(self.use_id in state.uses, AlreadyExists(self.use_id))
        case.broken(*state.why_not(self.matter, self.amount_cents, case.occurred_on))
        case.settle()
        record_from(self, state, case)


def receiving_partner(known: object) -> UUID | None:
    """The partner that may decide by a delegation, None where it was given to several."""
    return known.to_partner_id if isinstance(known, Delegation) else None
