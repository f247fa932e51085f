"""The entry into force (R15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.counting import (
    Signing,
    missing_signatories,
)
from domain.convention.deciding import ConventionCommand
from domain.convention.state import CONVENTION, TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Event,
    Level,
    command,
    event,
    record_from,
)
from domain.method import MethodProfile


@dataclass(frozen=True)
class RequiredSignatureMissing(BrokenRule):
    """R15: a required signatory's signature does not count yet."""

    RULE = "R15"
    LEVEL = Level.HARD
    MENDED_BY = "record-signature"
    partners: tuple[UUID, ...]


@dataclass(frozen=True)
class SignaturesCountLater(BrokenRule):
    """R15: every required signatory has signed, and the last of these signatures counts from a later day."""

    RULE = "R15"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    counts_on: date

    @property
    def opens_on(self) -> date:
        return self.counts_on


@dataclass(frozen=True)
class NotInEffectYet(BrokenRule):
    """R15: a convention is in force from its effective date at the earliest."""

    RULE = "R15"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    effective_from: date

    @property
    def opens_on(self) -> date:
        return self.effective_from


@event("convention.convention-activated")
class ConventionActivated(Event):
    """The convention is in force."""

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the day."""
        Signing.of(convention).activated_on = self.occurred_on


@command(TerritorialConvention, records=ConventionActivated)
@dataclass(frozen=True, kw_only=True)
class ActivateConvention(ConventionCommand):
    """Put the convention in force: every required signature counts and its effective date has come, that day (R15)."""

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R15, of which nothing depends on the form but the day."""
        signing = Signing.of(state)
        case.breaks_if(signing.activated_on is not None, AlreadyExists(str(state.id)))
        signed_on = signing.signed_on.get(CONVENTION)
        if signed_on is None:
            case.broken(RequiredSignatureMissing(missing_signatories(state, CONVENTION)))
        elif case.occurred_on < signed_on:
            case.broken(SignaturesCountLater(signed_on))
        effective_from = state.period.effective_from
        case.breaks_if(case.occurred_on < effective_from, NotInEffectYet(effective_from))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.settle(state, case)
        record_from(self, state, case)
