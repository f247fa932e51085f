"""A large aggregate's state, composed of the small states of its families."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Self, TypeVar, cast

from domain.kernel.aggregates import Aggregate


class Composed(Aggregate):
    """An aggregate whose families each keep a small state of their own, declared beside their events (`part`)."""

    PARTS: ClassVar[dict[str, type[Part]]] = {}

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {name: kind() for name, kind in self.PARTS.items()}


class Part:
    """A family's own state. Only the family's events change it; anybody's rules may read it."""

    NAME: ClassVar[str]

    @classmethod
    def of(cls, aggregate: Composed) -> Self:
        """This family's state within an aggregate."""
        return cast(Self, aggregate.parts[cls.NAME])


PartT = TypeVar("PartT", bound=type[Part])


def part(kind: type[Composed], name: str) -> Callable[[PartT], PartT]:
    """Make a dataclass the state of one family of an aggregate, kept under this name; all its fields have defaults."""

    def register(cls: PartT) -> PartT:
        cls.NAME = name
        kind.PARTS = {**kind.__dict__.get("PARTS", {}), name: cls}
        return cls

    return register
