"""Under which methods a convention ran, and since when: the one it is pinned to, and those it left on purpose."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from domain.convention.state import TerritorialConvention
from domain.kernel import Part, part
from domain.values import Code

MethodKey: TypeAlias = tuple[str, int]
"""The name of a method and its version."""


@dataclass(frozen=True)
class KeptTheme:
    """A theme that the convention was using and that its new method does not name; it may still be cited."""

    code: Code
    transverse: bool


@dataclass(frozen=True)
class MethodLeft:
    """A method that the convention left: it holds until the eve of that day."""

    method: MethodKey
    left_on: date


@part(TerritorialConvention, "methods_followed")
@dataclass
class MethodsFollowed(Part):
    """The methods that were left, the oldest first, and the themes that were kept of them."""

    left: list[MethodLeft] = field(default_factory=list)
    kept_themes: dict[Code, KeptTheme] = field(default_factory=dict)

    @property
    def since(self) -> date | None:
        """The day from which the present method holds; None where there never was another."""
        return self.left[-1].left_on if self.left else None


def methods_ever(convention: TerritorialConvention) -> Iterator[MethodKey]:
    """Every method that a convention was ever pinned to, the present one first."""
    yield convention.profile_key
    yield from {one.method for one in MethodsFollowed.of(convention).left} - {convention.profile_key}


def method_on(convention: TerritorialConvention, day: date) -> MethodKey:
    """The method under which a convention ran on a day."""
    left = MethodsFollowed.of(convention).left
    return next((one.method for one in left if day < one.left_on), convention.profile_key)


def as_followed(
    convention: TerritorialConvention, method: MethodKey, since: date | None, kept: Iterable[KeptTheme] = ()
) -> TerritorialConvention:
    """The same convention as if it followed a method, since a day on which it left its own (None: from the first day).

    A copy that is asked and never recorded.
    """
    followed = MethodsFollowed.of(convention)
    supposed = copy.copy(convention)
    left = [*followed.left, MethodLeft(convention.profile_key, since)] if since is not None else []
    themes = followed.kept_themes | {one.code: one for one in kept} if since is not None else {}
    supposed.parts = {**convention.parts, MethodsFollowed.NAME: MethodsFollowed(left, themes)}
    supposed.profile_key = method
    return supposed
