"""What the chapters of the story refer to: partners, streams, findings, decisions, documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ctg_engine.demo.cast import demo_id
from ctg_engine.demo.diary import DEMO_TODAY
from domain.calendar import next_working_day
from domain.steering import DecisionReference
from domain.values import Code
from workflows.calendar import PublicHolidays

_HOLIDAYS = PublicHolidays()

METHOD = (Code("cnaf-2020"), 1)
FRAMEWORK_ID = demo_id("framework", "ctggs")
CAF, DEPARTMENT, MSA, CPAM, UDCCAS, MOBILITY_ASSOCIATION = "caf", "departement", "msa", "cpam", "udccas", "mobilites"
HOLDER = "epci"
"""In a list of partners: the intercommunality of the chapter."""


@dataclass(frozen=True)
class Found:
    """A finding as the diagnosis words it."""

    theme: str
    kind: str
    statement: str


@dataclass(frozen=True)
class Decided:
    """Something decided in a committee, and when."""

    reference: DecisionReference
    on: str


def asset(theme: str, statement: str) -> Found:
    """What the territory can count on."""
    return Found(theme, "ASSET", statement)


def constraint(theme: str, statement: str) -> Found:
    """What holds the territory back."""
    return Found(theme, "CONSTRAINT", statement)


def convention_of(key: str) -> UUID:
    """The stream of a territory's convention, by the key of the territory in the story."""
    return demo_id("convention", key)


def former_of(key: str) -> UUID:
    """The stream of the convention that it succeeds, where one did."""
    return demo_id("convention", key, "former")


def body_of(key: str) -> UUID:
    """The stream of its steering committee."""
    return demo_id("committee", key)


def partner_of(key: str) -> UUID:
    """The stream of a partner, by its key or the INSEE code of a commune."""
    return demo_id("partner", key)


def day(iso: str) -> date:
    """A day written as in ISO 8601."""
    return date.fromisoformat(iso)


def codes(names: str) -> tuple[Code, ...]:
    """Codes separated by spaces."""
    return tuple(Code(name) for name in names.split())


def recording_day(fact: date) -> date:
    """One to three days later, on a working day, and never after the story ends."""
    return min(working_day(fact + timedelta(days=1 + fact.toordinal() % 3)), DEMO_TODAY)


def working_day(on: date) -> date:
    """That day, or the next one on which people work."""
    return next_working_day(on, _HOLIDAYS)
