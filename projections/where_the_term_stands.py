"""Where does the term of a convention stand? Until when it runs, what extends it, what follows, what is not covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.closed import Closing
from domain.convention.counting import Signing, missing_signatories
from domain.convention.extended import Extended
from domain.convention.extending import ConventionExtended, bounds
from domain.convention.renewing import Renewal
from domain.convention.state import CONVENTION, TerritorialConvention
from domain.values import Code, ValidityPeriod
from projections.engine import Dossier
from projections.where_coverage_is_missing import CoveredSince, Gap, coverage, covering


@dataclass(frozen=True)
class ExtensionMade:
    """An extension that counts: what was signed, until when the convention runs since, and since when that is so."""

    cover: Code
    effective_to: date
    signed_on: date


@dataclass(frozen=True)
class ExtensionWaiting:
    """An extension that was decided, and whose signatures are missing; after `until` they count no more."""

    cover: Code
    effective_to: date
    decided_on: date
    until: date
    partners: tuple[UUID, ...]


@dataclass(frozen=True)
class Successor:
    """A convention that was opened to follow: `signed_on`: since when all have signed it, None before."""

    convention_id: UUID
    period: ValidityPeriod
    signed_on: date | None


@dataclass(frozen=True)
class TermStanding:
    """`ends_on`: its last day; `first_end`: the end that was signed first; `latest_end`: as far as it may be extended.

    `renewal_started_on` says that its renewal was begun; what follows is in `successors`, which may be empty all the
    same: nothing is opened yet, or its opening was annulled. `renewed_on`: by a successor that still stands.
    `gaps`: the days on which its territory is not covered after it, or before it; `afterwards`: what was covered by a
    later signature.
    """

    ends_on: date
    first_end: date
    latest_end: date
    extensions: tuple[ExtensionMade, ...]
    waiting: ExtensionWaiting | None
    renewal_started_on: date | None
    renewed_on: date | None
    successors: tuple[Successor, ...]
    gaps: tuple[Gap, ...]
    afterwards: tuple[CoveredSince, ...]


def term(dossier: Dossier, near: Iterable[TerritorialConvention], today: date) -> TermStanding:
    """The term of one convention; `near`: all those of its territory, itself among them."""
    state = dossier.convention
    others = [one for one in near if not one.is_annulled]
    first_end, latest_end = bounds(state, dossier.method)
    renewal = Renewal.of(state)
    found = coverage((covering(one) for one in others), today)
    follow = successors_of(state.id, others)
    return TermStanding(
        ends_on=state.period.effective_to,
        first_end=first_end,
        latest_end=latest_end,
        extensions=tuple(
            ExtensionMade(one.cover, one.effective_to, one.occurred_on) for _, one in dossier.facts(ConventionExtended)
        ),
        waiting=waiting(state),
        renewal_started_on=renewal.started_on,
        renewed_on=renewal.renewed_on if renewal.successor_id in {one.id for one in follow} else None,
        successors=tuple(
            Successor(one.id, one.period, Signing.of(one).signed_on.get(CONVENTION))
            for one in sorted(follow, key=lambda one: one.period.effective_from)
        ),
        gaps=tuple(one for one in found.gaps if state.id in (one.former_id, one.successor_id)),
        afterwards=tuple(one for one in found.afterwards if one.convention_id in {state.id, *(s.id for s in follow)}),
    )


def successors_of(former_id: UUID, conventions: Iterable[TerritorialConvention]) -> tuple[TerritorialConvention, ...]:
    """Those opened to succeed a convention that still stand."""
    return tuple(one for one in conventions if one.successor_of == former_id and stands(one))


def stands(one: TerritorialConvention) -> bool:
    """Whether a convention was neither opened by mistake nor given up before it was signed."""
    given_up = Closing.of(one).closed_on is not None and CONVENTION not in Signing.of(one).signed_on
    return not one.is_annulled and not given_up


def waiting(state: TerritorialConvention) -> ExtensionWaiting | None:
    """The extension that waits for signatures, None where none does."""
    awaited = Extended.of(state).awaited
    if awaited is None:
        return None
    return ExtensionWaiting(
        awaited.cover,
        awaited.effective_to,
        awaited.decided_on,
        state.period.effective_to,
        missing_signatories(state, awaited.cover),
    )
