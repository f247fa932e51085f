"""Where frameworks have their pages: by their département and their years (`/cadre/32-2024-2028`), or by their id where
two have the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from api.pages.addresses import FRAMEWORK
from projections import which_partners_and_places_are_known
from projections.engine import Register
from projections.which_partners_and_places_are_known import FrameworkKnown

DECISIONS: Final = "/decisions"
MEETINGS: Final = "/reunions"
SHOWN_BESIDE: Final[Mapping[str, str]] = {
    "sittings": MEETINGS,
    "meetings": MEETINGS,
    "trainings": MEETINGS,
    "decisions": DECISIONS,
}
"""The pages beside its own that show some sections, and on which their acts are offered."""


def framework_address(register: Register, framework_id: UUID) -> str:
    """Where a framework has its page."""
    return f"{FRAMEWORK}/{framework_names(register)[framework_id]}"


def framework_names(register: Register) -> Mapping[UUID, str]:
    """How the addresses of frameworks name them."""
    known = which_partners_and_places_are_known.frameworks(register)
    years = {one.framework_id: f"{one.department}-{years_of(one)}" for one in known}
    often = Counter(years.values())
    return {one: said if often[said] == 1 else str(one) for one, said in years.items()}


def framework_years(register: Register, framework_id: UUID) -> str:
    """The first and the last year of a framework, by its id."""
    known = which_partners_and_places_are_known.frameworks(register)
    return next(years_of(one) for one in known if one.framework_id == framework_id)


def years_of(known: FrameworkKnown) -> str:
    """The first and the last year of a framework."""
    return f"{known.period.effective_from.year}-{known.period.effective_to.year}"
