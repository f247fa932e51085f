"""Where is coverage missing? From when to when no signed convention covers what one has covered, and who follows.

A convention covers its communes from its first day to its last once all who must have signed it; a later signature
covers from the first day too, which is told. What follows and is not signed yet covers nothing, whatever its dates say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.calendar import add_days
from domain.convention.closed import Closing
from domain.convention.counting import Signing
from domain.convention.state import CONVENTION, TerritorialConvention
from domain.values import Code, ValidityPeriod

EVERYTHING = frozenset((Code("*"),))
"""The communes of a territory, where it does not matter which."""


@dataclass(frozen=True)
class Covering:
    """A convention as far as coverage is concerned; `signed_on`: since when all have signed it, None before."""

    convention_id: UUID
    period: ValidityPeriod
    signed_on: date | None
    communes: frozenset[Code]
    successor_of: UUID | None = None


@dataclass(frozen=True)
class Gap:
    """Days without coverage after `former_id`: to `last_day`, None as long as nobody knows; `days` until then, or until
    today.

    `communes`: those that are not covered. `successor_id`: what follows, where something was opened or signed;
    `is_signed`: whether it is.
    """

    former_id: UUID
    first_day: date
    last_day: date | None
    days: int
    communes: tuple[Code, ...]
    successor_id: UUID | None
    is_signed: bool


@dataclass(frozen=True)
class CoveredSince:
    """Days that a convention covers since it was signed, after they had passed: from `first_day`, signed later."""

    convention_id: UUID
    first_day: date
    signed_on: date


@dataclass(frozen=True)
class Coverage:
    """The gaps, in order; what closed one afterwards."""

    gaps: tuple[Gap, ...]
    afterwards: tuple[CoveredSince, ...]

    def gap_on(self, day: date) -> Gap | None:
        """The gap that a day is in."""
        within = (one for one in self.gaps if one.first_day <= day and (one.last_day is None or day <= one.last_day))
        return next(within, None)


def covering(convention: TerritorialConvention) -> Covering:
    """A convention that was not opened by mistake."""
    return Covering(
        convention.id,
        convention.period,
        Signing.of(convention).signed_on.get(CONVENTION),
        convention.communes,
        convention.successor_of if Closing.of(convention).closed_on is None else None,
    )


def coverage(conventions: Iterable[Covering], today: date) -> Coverage:
    """What the conventions of a territory leave uncovered, on a day."""
    known = sorted(conventions, key=lambda one: one.period.effective_from)
    signed = [one for one in known if one.signed_on is not None]
    gaps = [gap for one in signed for gap in _after(one, known, today)]
    afterwards = tuple(
        CoveredSince(one.convention_id, one.period.effective_from, one.signed_on)
        for one in signed
        if one.signed_on is not None and _closes_afterwards(one, signed)
    )
    return Coverage(tuple(sorted(gaps, key=lambda one: one.first_day)), afterwards)


def _after(former: Covering, known: list[Covering], today: date) -> Iterable[Gap]:
    """The gaps that follow one convention, its communes grouped by what covers them next."""
    first = add_days(former.period.effective_to, 1)
    groups: dict[tuple[date | None, UUID | None, bool], list[Code]] = {}
    for commune in sorted(former.communes):
        following = _next(former, commune, known)
        if following is None:
            groups.setdefault((None, None, False), []).append(commune)
        elif following.period.effective_from > first or following.signed_on is None:
            begins = following.period.effective_from if _will_cover(following, today) else None
            is_signed = following.signed_on is not None
            groups.setdefault((begins, following.convention_id, is_signed), []).append(commune)
    for (begins, successor_id, is_signed), communes in groups.items():
        last = add_days(begins, -1) if begins is not None else None
        until = last if last is not None else today
        if (last is None and first > today) or until < first:
            continue  # nothing is known of what follows yet, or it follows at once
        days = (until - first).days + 1
        yield Gap(former.convention_id, first, last, days, tuple(communes), successor_id, is_signed)


def _next(former: Covering, commune: Code, known: list[Covering]) -> Covering | None:
    """What covers a commune after a convention: the first that was signed, else what was opened to succeed it."""
    later = [one for one in known if one.period.effective_to > former.period.effective_to and commune in one.communes]
    signed = (one for one in later if one.signed_on is not None)
    return next(signed, next((one for one in later if one.successor_of == former.convention_id), None))


def _will_cover(one: Covering, today: date) -> bool:
    """Whether its first day says when coverage comes back: it is signed, or may still be before that day."""
    return one.signed_on is not None or today < one.period.effective_from


def _closes_afterwards(one: Covering, signed: list[Covering]) -> bool:
    """Whether it was signed after its first day, when what it follows had ended."""
    first = one.period.effective_from
    return one.signed_on is not None and any(
        each.period.effective_to < first <= one.signed_on and each.communes & one.communes
        for each in signed
        if each is not one
    )
