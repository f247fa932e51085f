"""Which methods are published, and how many conventions follow each?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.convention.methods_followed import MethodKey
from domain.method import MethodProfile
from domain.values import Code
from projections.what_lists_say import Summary


@dataclass(frozen=True)
class MethodKnown:
    """One version of a method; `conventions`: how many follow it and are neither closed nor a mistake."""

    name: Code
    version: int
    title_key: Code
    conventions: int


def methods(published: Iterable[MethodProfile], said: Iterable[Summary | None]) -> tuple[MethodKnown, ...]:
    """The published methods, in the order given, counted on these lines of lists."""
    followed = Counter[MethodKey](one.follows for one in said if one is not None and one.follows is not None)
    return tuple(
        MethodKnown(one.name, one.version, one.title_key, followed[one.name, one.version]) for one in published
    )
