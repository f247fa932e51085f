"""The dates by which an operator claims its funding from a partner, as the partner's calendar says them; dates move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.closed import check_open
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    DoesNotFit,
    Event,
    Level,
    Places,
    Surroundings,
    UnknownReference,
    Weighed,
    aggregate,
    command,
    event,
    record_from,
    unique,
)
from domain.money import check_year
from domain.partners import Partner
from domain.values import Code, InvalidValue, LocalId, deterministic_id, local_id

CLAIMS: Final = tuple(Code(one) for one in ("FORECAST", "UPDATED_FORECAST", "ADVANCE", "ACCOUNTS", "BALANCE", "REPORT"))
"""What is sent to a funder, in the order of a fiscal year."""

NOT_ITS_CLAIMS: Final = Code("NOT_ITS_CLAIMS")
"""Why dates are not stated there: each convention has one calendar of claims."""


def claims_stream(convention_id: UUID) -> UUID:
    """The one calendar of claims of a convention."""
    return deterministic_id("claims", convention_id)


def claim_id_of(funder_id: UUID, operator_id: UUID, year: int, claim: str) -> LocalId:
    """What a claim is named in it: the same whenever its date is stated."""
    return local_id(funder_id, operator_id, year, claim)


@dataclass(frozen=True)
class ClaimDate:
    """By when something is to be sent."""

    claim: Code
    due_on: date


@dataclass(frozen=True)
class Claim:
    """What an operator is to send to a funder for a fiscal year, by when, and when it was sent."""

    claim_id: LocalId
    funder_id: UUID
    operator_id: UUID
    year: int
    claim: Code
    due_on: date
    sent_on: date | None = None


@aggregate("claims", "claims")
class Claims(Aggregate):
    """Every claim of a convention, by its name."""

    convention_id: UUID
    home_territory_id: UUID
    known: dict[LocalId, Claim]

    def __init__(self) -> None:
        self.known = {}

    @property
    def territory_id(self) -> UUID:
        """The territory of its convention."""
        return self.home_territory_id

    def places(self) -> Places:
        """Its convention and the territory of that."""
        return Places(self.convention_id, self.home_territory_id)


@dataclass(frozen=True)
class DatesStatedAlready(BrokenRule):
    """The calendar says these dates already."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "dates"


@dataclass(frozen=True)
class ClaimSentAlready(BrokenRule):
    """What was sent is awaited no more: it is not sent twice, and its date does not move."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    claim: Code
    year: int
    sent_on: date


@event("claims.claims-opened")
class ClaimsOpened(CreatedEvent):
    """A convention has a calendar of claims, with the first dates stated."""

    convention_id: UUID
    home_territory_id: UUID

    def apply(self, claims: Claims) -> None:
        """Keep whose it is."""
        claims.convention_id = self.convention_id
        claims.home_territory_id = self.home_territory_id


@event("claims.claim-dates-stated")
class ClaimDatesStated(Event):
    """By when an operator sends what a funder asks of it for a fiscal year; a date stated before is moved."""

    convention_id: UUID
    home_territory_id: UUID
    funder_id: UUID
    operator_id: UUID
    year: int
    dates: tuple[ClaimDate, ...]

    def apply(self, claims: Claims) -> None:
        """Take the dates."""
        for one in self.dates:
            claim_id = claim_id_of(self.funder_id, self.operator_id, self.year, one.claim)
            known = claims.known.get(claim_id) or Claim(
                claim_id, self.funder_id, self.operator_id, self.year, one.claim, one.due_on
            )
            claims.known[claim_id] = replace(known, due_on=one.due_on)


@command(Claims, starts=True, records=ClaimDatesStated)
@dataclass(frozen=True, kw_only=True)
class StateClaimDates(Command):
    """State by when an operator sends what a funder asks of it for a fiscal year, or that these dates moved.

    `stream_id` is `claims_stream(convention_id)`. What is not named stays as it is.
    """

    convention_id: UUID
    home_territory_id: UUID
    funder_id: UUID
    operator_id: UUID
    year: int
    dates: tuple[ClaimDate, ...]

    def __post_init__(self) -> None:
        check_year(self.year, "year")
        if not self.dates:
            raise InvalidValue("at-least-one", field="dates")
        for one in self.dates:
            if one.claim not in CLAIMS:
                raise InvalidValue("unknown-code", field="dates", value=one.claim, allowed=CLAIMS)
        unique((one.claim for one in self.dates), "dates")
        if self.funder_id == self.operator_id:
            raise InvalidValue("same-partner", field="operator_id")

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory of its convention."""
        return self.home_territory_id

    @property
    def acting_partner(self) -> UUID:
        """A funder states its own calendar (R33); whoever steers states it for all of them."""
        return self.funder_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """Of a closed convention nothing more is claimed."""
        check_open(state, case, is_fact=False)
        return case.weighed()

    def decide(self, state: Claims | None, case: Case) -> Claims:
        convention = case.find(TerritorialConvention, self.convention_id, "convention_id")
        if convention is not None:
            strange = self.stream_id != claims_stream(self.convention_id)
            case.breaks_if(strange, DoesNotFit("stream_id", str(self.stream_id), NOT_ITS_CLAIMS))
            elsewhere = convention.home_territory_id != self.home_territory_id
            case.breaks_if(elsewhere, UnknownReference("home_territory_id", str(self.home_territory_id)))
            check_open(convention, case, is_fact=False)
        case.find(Partner, self.funder_id, "funder_id")
        case.find(Partner, self.operator_id, "operator_id")
        self._check_dates(state.known if state is not None else {}, case)
        case.settle()
        if state is None:
            state = Claims.start(
                self.stream_id,
                ClaimsOpened,
                case,
                convention_id=self.convention_id,
                home_territory_id=self.home_territory_id,
            )
        record_from(self, state, case)
        return state

    def _check_dates(self, known: dict[LocalId, Claim], case: Case) -> None:
        """Something is new, and nothing that was sent is awaited for another day."""
        said = [
            (known.get(claim_id_of(self.funder_id, self.operator_id, self.year, one.claim)), one) for one in self.dates
        ]
        case.breaks_if(
            all(before is not None and before.due_on == one.due_on for before, one in said), DatesStatedAlready()
        )
        for before, one in said:
            if before is not None and before.sent_on is not None and before.due_on != one.due_on:
                case.broken(ClaimSentAlready(before.claim, before.year, before.sent_on))
