"""Which communes and themes are already under a convention, by département: the stream that reserves (R01)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.kernel import Aggregate, BrokenRule, Case, CreatedEvent, Event, Level, aggregate, event
from domain.values import Code, ValidityPeriod, department_of, deterministic_id


def register_stream(department: str) -> UUID:
    """The stream of one département's register."""
    return deterministic_id("perimeter-register", department)


@dataclass(frozen=True)
class OverlappingConvention(BrokenRule):
    """R01: one open convention per perimeter, unless successor or explicit sub-perimeter."""

    RULE = "R01"
    LEVEL = Level.HARD
    FIELD = "communes"
    convention_id: UUID
    communes: tuple[Code, ...]
    period: ValidityPeriod


@dataclass(frozen=True)
class Reservation:
    """What one convention covers: communes x themes (none named means all) over a period."""

    convention_id: UUID
    communes: frozenset[Code]
    themes: frozenset[Code]
    period: ValidityPeriod

    def clashes_with(self, other: Reservation) -> frozenset[Code]:
        """The communes that both cover, when themes and periods meet too."""
        themes_meet = not self.themes or not other.themes or bool(self.themes & other.themes)
        return self.communes & other.communes if themes_meet and self.period.overlaps(other.period) else frozenset()


@aggregate("perimeter-register", "perimeter-registers")
class PerimeterRegister(Aggregate):
    """The reservations of one département."""

    reservations: dict[UUID, Reservation]

    def __init__(self) -> None:
        self.reservations = {}


@event("perimeter-register.perimeter-register-opened")
class PerimeterRegisterOpened(CreatedEvent):
    """The register of a département starts with its first convention."""

    department: Code

    def apply(self, register: PerimeterRegister) -> None:
        """Nothing is reserved yet."""


@event("perimeter-register.perimeter-reserved")
class PerimeterReserved(Event):
    """A convention covers these communes and themes over a period."""

    convention_id: UUID
    communes: tuple[Code, ...]
    themes: tuple[Code, ...]
    period: ValidityPeriod

    def apply(self, register: PerimeterRegister) -> None:
        """Keep the reservation."""
        register.reservations[self.convention_id] = Reservation(
            self.convention_id, frozenset(self.communes), frozenset(self.themes), self.period
        )


@event("perimeter-register.perimeter-released")
class PerimeterReleased(Event):
    """What was reserved for a convention is free again: it was closed, or never meant to be opened."""

    convention_id: UUID

    def apply(self, register: PerimeterRegister) -> None:
        """Forget the reservation."""
        register.reservations.pop(self.convention_id, None)


def registers_of(case: Case, communes: Iterable[Code]) -> dict[Code, PerimeterRegister | None]:
    """The registers that a perimeter touches, None where the département has none yet."""
    departments = sorted({department_of(insee) for insee in communes})
    return {code: case.streams.find(PerimeterRegister, register_stream(code)) for code in departments}


def check_free(
    case: Case, registers: dict[Code, PerimeterRegister | None], wanted: Reservation, allowed: frozenset[UUID]
) -> None:
    """R01 over every register touched; `allowed` are the conventions that may overlap."""
    clashes: dict[UUID, tuple[set[Code], ValidityPeriod]] = {}
    for register in registers.values():
        for other in register.reservations.values() if register else ():
            if other.convention_id not in allowed and (shared := wanted.clashes_with(other)):
                clashes.setdefault(other.convention_id, (set(), other.period))[0].update(shared)
    for convention_id, (shared_communes, period) in clashes.items():
        case.broken(OverlappingConvention(convention_id, tuple(sorted(shared_communes)), period))


def reserve(case: Case, registers: dict[Code, PerimeterRegister | None], wanted: Reservation) -> None:
    """Write the reservation in every register touched, in the same transaction as the convention."""
    for department, found in registers.items():
        register: PerimeterRegister = found or PerimeterRegister.start(
            register_stream(department), PerimeterRegisterOpened, case, department=department
        )
        register.record(
            PerimeterReserved,
            case,
            convention_id=wanted.convention_id,
            communes=tuple(sorted(insee for insee in wanted.communes if department_of(insee) == department)),
            themes=tuple(sorted(wanted.themes)),
            period=wanted.period,
        )
        case.streams.change(register)


def release(case: Case, convention_id: UUID, communes: Iterable[Code]) -> None:
    """Free what is reserved for a convention, in the same transaction as what frees it."""
    for register in registers_of(case, communes).values():
        if register is not None and convention_id in register.reservations:
            register.record(PerimeterReleased, case, convention_id=convention_id)
            case.streams.change(register)
