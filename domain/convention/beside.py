"""What begins beside a convention, as a stream of its own: an action sheet, a pledge, an indicator, what users said."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from domain.convention.closed import check_open
from domain.convention.deciding import ease_before
from domain.convention.state import TerritorialConvention
from domain.kernel import Aggregate, AlreadyExists, Case, UnknownReference


class Begins(Protocol):
    """A command that begins such a stream. `home_territory_id` is checked against the convention's."""

    @property
    def stream_id(self) -> UUID:
        """The stream that begins."""

    @property
    def convention_id(self) -> UUID:
        """The convention beside which it begins."""

    @property
    def home_territory_id(self) -> UUID:
        """The territory of that convention."""

    @classmethod
    def records_a_fact(cls) -> bool:
        """Whether it tells a fact, which a closed convention takes too."""


def convention_of_new(command: Begins, state: Aggregate | None, case: Case) -> TerritorialConvention | None:
    """The convention beside which it begins, None where there is none; what is wrong with it is told to the case."""
    case.breaks_if(state is not None, AlreadyExists(str(command.stream_id)))
    convention = case.find(TerritorialConvention, command.convention_id, "convention_id")
    if convention is not None:
        ease_before(convention, case)
        elsewhere = convention.home_territory_id != command.home_territory_id
        case.breaks_if(elsewhere, UnknownReference("home_territory_id", str(command.home_territory_id)))
        check_open(convention, case, is_fact=command.records_a_fact())
    return convention
