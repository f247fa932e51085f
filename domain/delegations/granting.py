"""A partner delegates something to the network, to a body or to another partner, and takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.delegations.delegation import (
    BINDING,
    BODY,
    MATTERS,
    PARTNER,
    RECEIVERS,
    Delegation,
    DelegationOver,
)
from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Actor,
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    DoesNotFit,
    EndsBeforeStart,
    Event,
    Level,
    Places,
    Right,
    Streams,
    command,
    event,
    record_from,
    required_text,
    start_from,
    unique,
)
from domain.money import check_amount
from domain.partners import Partner
from domain.steering import SteeringBody
from domain.territories import Territory
from domain.values import Code, InvalidValue, Prose

NOT_OF_HERE: Final = Code("NOT_OF_HERE")
"""Why a body cannot receive it: it steers another place."""
ITSELF: Final = Code("ITSELF")
"""Why a partner cannot receive it: it is the one that gives it."""


@dataclass(frozen=True)
class DelegationWouldBind(BrokenRule):
    """R08: what binds an authority needs its own mandate; nobody decides it in its place."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "matters"
    matters: tuple[Code, ...]


@event("delegation.delegation-granted")
class DelegationGranted(CreatedEvent):
    """A partner delegates `matters` from `occurred_on` to `ends_on`, within limits said in words and in cents."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None
    delegator_id: UUID
    given_to: Code
    to_body_id: UUID | None
    to_partner_id: UUID | None
    matters: tuple[Code, ...]
    limits: Prose | None
    limit_cents: int | None
    ends_on: date | None

    def apply(self, delegation: Delegation) -> None:
        """Take its terms."""
        delegation.home_territory_id = self.home_territory_id
        delegation.home_framework_id = self.home_framework_id
        delegation.delegator_id = self.delegator_id
        delegation.given_to = self.given_to
        delegation.to_body_id = self.to_body_id
        delegation.to_partner_id = self.to_partner_id
        delegation.matters = self.matters
        delegation.limits = self.limits
        delegation.limit_cents = self.limit_cents
        delegation.starts_on = self.occurred_on
        delegation.ends_on = self.ends_on


@event("delegation.delegation-revoked")
class DelegationRevoked(Event):
    """The delegation covers nothing from `occurred_on` on, and why; what was decided under it stands."""

    motive: Prose

    def apply(self, delegation: Delegation) -> None:
        """It is over."""
        delegation.revoked_on = self.occurred_on


@command(Delegation, starts=True, records=DelegationGranted)
@dataclass(frozen=True, kw_only=True)
class GrantDelegation(Command):
    """Delegate to the network (`given_to` NETWORK), to one of its bodies (BODY) or to a partner (PARTNER), on a
    territory else on a whole framework; without `ends_on` until it is revoked."""

    home_territory_id: UUID | None = None
    home_framework_id: UUID | None = None
    delegator_id: UUID
    given_to: Code
    to_body_id: UUID | None = None
    to_partner_id: UUID | None = None
    matters: tuple[Code, ...]
    limits: Prose | None = None
    limit_cents: int | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if (self.home_territory_id is None) == (self.home_framework_id is None):
            raise InvalidValue("territory-or-framework", field="home_territory_id")
        if self.given_to not in RECEIVERS:
            raise InvalidValue("unknown-code", field="given_to", value=self.given_to, allowed=RECEIVERS)
        if (self.given_to == BODY) != (self.to_body_id is not None):
            raise InvalidValue("receiver", field="to_body_id")
        if (self.given_to == PARTNER) != (self.to_partner_id is not None):
            raise InvalidValue("receiver", field="to_partner_id")
        if not self.matters:
            raise InvalidValue("at-least-one", field="matters")
        unique(self.matters, "matters")
        for one in self.matters:
            if one not in MATTERS:
                raise InvalidValue("unknown-code", field="matters", value=one, allowed=MATTERS)
        if self.limit_cents is not None:
            check_amount(self.limit_cents, "limit_cents")

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory on which it is given."""
        return self.home_territory_id

    def whole_framework(self, state: Aggregate | None) -> UUID | None:
        """The framework on which it is given."""
        return self.home_framework_id

    @property
    def acting_partner(self) -> UUID:
        """A partner delegates what is its own (R33)."""
        return self.delegator_id

    def decide(self, state: Delegation | None, case: Case) -> Delegation:
        case.breaks_if(state is not None, AlreadyExists(str(self.stream_id)))
        if self.home_territory_id is not None:
            case.find(Territory, self.home_territory_id, "home_territory_id")
        if self.home_framework_id is not None:
            case.find(FrameworkConvention, self.home_framework_id, "home_framework_id")
        case.find(Partner, self.delegator_id, "delegator_id")
        self._check_receiver(case)
        binding = tuple(one for one in self.matters if one in BINDING)
        case.breaks_if(binding, DelegationWouldBind(binding))
        if self.ends_on is not None and self.ends_on < case.occurred_on:
            case.broken(EndsBeforeStart("ends_on", case.occurred_on, self.ends_on))
        case.settle()
        started: Delegation = start_from(self, case)
        return started

    def _check_receiver(self, case: Case) -> None:
        if self.to_body_id is not None:
            body = case.find(SteeringBody, self.to_body_id, "to_body_id")
            home = Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)
            if body is not None and body.places() != home:
                case.broken(DoesNotFit("to_body_id", str(self.to_body_id), NOT_OF_HERE))
        if self.to_partner_id is not None:
            case.find(Partner, self.to_partner_id, "to_partner_id")
            itself = DoesNotFit("to_partner_id", str(self.to_partner_id), ITSELF)
            case.breaks_if(self.to_partner_id == self.delegator_id, itself)


@command(Delegation, records=DelegationRevoked)
@dataclass(frozen=True, kw_only=True)
class RevokeDelegation(Command):
    """Take a delegation back, at once, and say why. Only the partner that gave it does, or whoever records for it."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def right(self, streams: Streams, actor: Actor) -> Right:
        """Whoever gave it takes it back."""
        known = streams.standing(self.stream_id)
        return Right(self.NAME, known.delegator_id if isinstance(known, Delegation) else None)

    def decide(self, state: Delegation, case: Case) -> None:
        if case.occurred_on < state.starts_on:
            case.broken(EndsBeforeStart("occurred_on", state.starts_on, case.occurred_on))
        elif not state.holds_on(case.occurred_on):
            case.broken(*state.out_of_force(case.occurred_on))
        elif state.revoked_on is not None:  # on a later day than this one
            case.broken(DelegationOver(state.revoked_on))
        case.settle()
        record_from(self, state, case)
