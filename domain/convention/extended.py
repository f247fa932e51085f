"""How far a convention was extended, or will be once its signatories have signed it: what signatures look at (R26)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.convention.state import COVERS, EXTENSIONS, TerritorialConvention
from domain.kernel import BrokenRule, Level, Part, part
from domain.perimeters import Reservation
from domain.values import Code, ValidityPeriod


@dataclass(frozen=True)
class ExtensionTooLate(BrokenRule):
    """R26: a convention is extended while it runs: what has ended is not extended any more."""

    RULE = "R26"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "occurred_on"
    effective_to: date
    occurred_on: date


@dataclass(frozen=True)
class ExtensionSignedTooLate(BrokenRule):
    """R26: the signature of an extension is given once the convention has ended: kept, and extends nothing."""

    RULE = "R26"
    CODE = ExtensionTooLate.CODE
    LEVEL = Level.IRREGULAR
    FIELD = "occurred_on"
    effective_to: date
    occurred_on: date


@dataclass(frozen=True)
class ExtensionAwaited:
    """An extension that the committee decided, and that is not signed by all yet."""

    cover: Code
    effective_to: date
    decided_on: date


@part(TerritorialConvention, "extended")
@dataclass
class Extended(Part):
    """`first_end`: the end that was signed first; `awaited`: what waits for signatures; `ended_on`: by each extension
    that counts, the end that it moved."""

    first_end: date | None = None
    awaited: ExtensionAwaited | None = None
    ended_on: dict[Code, date] = field(default_factory=dict)

    def next_cover(self) -> Code | None:
        """What the next extension is signed as; None when there may be no other."""
        return next((one for one in EXTENSIONS if one not in self.ended_on), None)


@part(TerritorialConvention, "expiry")
@dataclass
class Expiry(Part):
    """The end that is recorded as passed; an extension or a correction since gives another one."""

    ended_on: date | None = None

    @classmethod
    def is_recorded(cls, convention: TerritorialConvention) -> bool:
        """Whether the end that it has now is recorded as passed."""
        return cls.of(convention).ended_on == convention.period.effective_to


def lapses_on(convention: TerritorialConvention, cover: Code) -> date | None:
    """The last day on which the signatures of an extension that waits may count; None for all else."""
    awaited = Extended.of(convention).awaited
    return convention.period.effective_to if awaited is not None and awaited.cover == cover else None


def lapsed_cover(convention: TerritorialConvention) -> Code | None:
    """The extension that all had not signed when the term passed: nobody is asked to any more. Signed in time and
    recorded later, it counts all the same."""
    awaited = Extended.of(convention).awaited
    return awaited.cover if awaited is not None and Expiry.is_recorded(convention) else None


def covers_of(convention: TerritorialConvention) -> tuple[Code, ...]:
    """What there is to sign, or was: the convention, its plan, each extension that was decided."""
    extended = Extended.of(convention)
    awaited = (extended.awaited.cover,) if extended.awaited is not None else ()
    return (*COVERS, *extended.ended_on, *awaited)


def _reserved_period(convention: TerritorialConvention) -> ValidityPeriod:
    """For how long its perimeter is its own (R01): until the end that it has once a decided extension is signed, as
    long as that may be."""
    period, awaited = convention.period, Extended.of(convention).awaited
    last = period.effective_to
    if awaited is not None and lapsed_cover(convention) is None:
        last = max(last, awaited.effective_to)
    return ValidityPeriod(period.effective_from, last)


def perimeter_of(convention: TerritorialConvention) -> Reservation:
    """What a convention reserves (R01)."""
    return Reservation(convention.id, convention.communes, convention.themes, _reserved_period(convention))
