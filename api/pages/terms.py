"""The term of a convention that is being opened, as far as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from api.pages.forms.cases import TerritoryCase
from domain.calendar import default_end
from domain.values import ValidityPeriod


def day_of(text: str | None) -> date | None:
    """A day as it was typed, None for what is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def term_of(case: TerritoryCase, given: Mapping[str, str]) -> ValidityPeriod | None:
    """From when to when the convention runs, the end as the method proposes it where none is typed; None while its
    first day is not known."""
    starts, method = day_of(given.get("effective_from")), case.chosen(given)
    if starts is None or method is None:
        return None
    ends = day_of(given.get("effective_to")) or default_end(method.duration, starts)
    return ValidityPeriod(starts, ends) if starts < ends else None
