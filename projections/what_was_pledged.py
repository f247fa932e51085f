"""What did partners pledge, whom does it bind, and what became of it? With all that was said of each (R17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from domain.framework_pledges.keeping import FrameworkPledgeDefaulted, FrameworkPledgeDelivered
from domain.framework_pledges.pledging import FrameworkPledgeMade
from domain.kernel import Irregularity
from domain.pledges.binding import bound_on, is_bound
from domain.pledges.keeping import PledgeDefaulted, ResourceDelivered
from domain.pledges.pledge import OfPartners, Pledge, Terms
from domain.pledges.pledging import PledgeRevised, ResourcePledged
from domain.pledges.saying import terms_of
from domain.values import Code, Evidence, Prose
from projections.engine import Dossier

KEPT: Final = Code("KEPT")
DEFAULTED: Final = Code("DEFAULTED")
LATE: Final = Code("LATE")
IN_PART: Final = Code("IN_PART")
AWAITED: Final = Code("AWAITED")
STATES: Final = (LATE, DEFAULTED, IN_PART, AWAITED, KEPT)
"""What may be said of a pledge, the worst first; who is not bound is late in nothing."""


@dataclass(frozen=True)
class Party:
    """A partner of a pledge, and since when it binds it; None while its signature does not count."""

    partner_id: UUID
    bound_on: date | None


@dataclass(frozen=True)
class DeliveryTold:
    """What a partner delivered, on what proof."""

    event_id: UUID
    partner_id: UUID
    delivered_on: date
    what: Prose | None
    quantity_hundredths: int | None
    year: int | None
    amount_cents: int | None
    whole: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Revision:
    """When the terms became others, why, and what they were `before`."""

    event_id: UUID
    partner_id: UUID
    revised_on: date
    motive: Prose
    before: Terms


@dataclass(frozen=True)
class DefaultTold:
    """A partner did not keep it; `counts`: whether it was bound that day, as far as is known today."""

    event_id: UUID
    partner_id: UUID
    on: date
    motive: Prose
    counts: bool
    irregularities: tuple[Irregularity, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of any pledge: whose it is, how far it is kept, all that was said of it, oldest first."""

    event_id: UUID
    kind: Code
    pledged_on: date
    parties: tuple[Party, ...]
    state: Code
    days_late: int
    pledged_cents: int
    delivered_cents: int
    delivered_hundredths: int
    deliveries: tuple[DeliveryTold, ...]
    defaults: tuple[DefaultTold, ...]
    evidence: tuple[Evidence, ...]

    @property
    def partners(self) -> tuple[UUID, ...]:
        """Whose it is."""
        return tuple(one.partner_id for one in self.parties)

    @property
    def is_binding(self) -> bool:
        """Whether it binds each of its partners."""
        return all(one.bound_on is not None for one in self.parties)


@dataclass(frozen=True, kw_only=True)
class PledgeTold(Told):
    """A pledge to a convention: its terms as they stand, and as they were."""

    pledge_id: UUID
    terms: Terms
    revisions: tuple[Revision, ...]


ToldT = TypeVar("ToldT", bound=Told)


def pledges(dossier: Dossier, today: date) -> tuple[PledgeTold, ...]:
    """Every pledge to a convention: the late ones first, then as they were made."""
    found = [_told(dossier, one, today) for one in dossier.pledges]
    return worst_first(found)


def worst_first(found: Iterable[ToldT]) -> tuple[ToldT, ...]:
    """The late ones first, then as they were made."""
    return tuple(sorted(found, key=lambda one: (STATES.index(one.state), -one.days_late, one.pledged_on)))


def of_partner(known: tuple[ToldT, ...], partner_id: UUID) -> tuple[ToldT, ...]:
    """Those of one partner, alone or with another."""
    return tuple(one for one in known if partner_id in one.partners)


def _told(dossier: Dossier, pledge: Pledge, today: date) -> PledgeTold:
    convention = dossier.convention
    heard = Heard()
    revisions: list[Revision] = []
    terms = pledge.terms
    for _, event in dossier.streams[pledge.id].entries:
        if isinstance(event, ResourcePledged):
            heard.opening, terms = event, terms_of(Terms, event, event.what)
        elif isinstance(event, PledgeRevised):
            event_id = event.envelope.event_id
            revisions.append(Revision(event_id, event.partner_id, event.occurred_on, event.motive, terms))
            terms = terms_of(Terms, event, event.what or terms.what)
        elif isinstance(event, ResourceDelivered):
            heard.delivered(event)
        elif isinstance(event, PledgeDefaulted):
            heard.defaulted(event, counts=is_bound(convention, pledge, event.partner_id, event.occurred_on))
    parties = tuple(Party(one, bound_on(convention, pledge, one)) for one in pledge.parties)
    shared = heard.told(pledge, parties, today, convention.taken_over_on or date.min)
    return PledgeTold(pledge_id=pledge.id, terms=pledge.terms, revisions=tuple(revisions), **shared)


class Heard:
    """What the events of one pledge say, whatever it was pledged to."""

    def __init__(self) -> None:
        self.opening: ResourcePledged | FrameworkPledgeMade | None = None
        self._deliveries: list[DeliveryTold] = []
        self._defaults: list[DefaultTold] = []

    def delivered(self, event: ResourceDelivered | FrameworkPledgeDelivered) -> None:
        """A part of it came."""
        self._deliveries.append(
            DeliveryTold(
                event.envelope.event_id,
                event.partner_id,
                event.occurred_on,
                event.what,
                event.quantity_hundredths,
                event.year,
                event.amount_cents,
                event.whole,
                event.envelope.evidence,
            )
        )

    def defaulted(self, event: PledgeDefaulted | FrameworkPledgeDefaulted, *, counts: bool) -> None:
        """It was not kept."""
        self._defaults.append(
            DefaultTold(
                event.envelope.event_id,
                event.partner_id,
                event.occurred_on,
                event.motive,
                counts,
                event.envelope.irregularities,
                event.envelope.evidence,
            )
        )

    def told(
        self, pledge: OfPartners, parties: tuple[Party, ...], today: date, followed_from: date = date.min
    ) -> dict[str, Any]:
        """The fields of `Told`."""
        assert self.opening is not None, "what opens a pledge always stands"
        bound = any(one.bound_on is not None and one.bound_on <= today for one in parties)
        state = _state(pledge, bound, any(one.counts for one in self._defaults), followed_from, today)
        due_on = pledge.terms.due_on
        return {
            "event_id": self.opening.envelope.event_id,
            "kind": pledge.kind,
            "pledged_on": pledge.pledged_on,
            "parties": parties,
            "state": state,
            "days_late": (today - due_on).days if state == LATE and due_on is not None else 0,
            "pledged_cents": sum(one.total_cents for one in pledge.terms.amounts),
            "delivered_cents": sum(one.amount_cents or 0 for one in pledge.deliveries),
            "delivered_hundredths": sum(one.quantity_hundredths or 0 for one in pledge.deliveries),
            "deliveries": tuple(self._deliveries),
            "defaults": tuple(self._defaults),
            "evidence": self.opening.envelope.evidence,
        }


def _state(pledge: OfPartners, bound: bool, defaulted: bool, followed_from: date, today: date) -> Code:
    """`followed_from`: what was due before a take-over is not late (R34)."""
    due_on = pledge.terms.due_on
    if pledge.is_delivered:
        return KEPT
    if defaulted:
        return DEFAULTED
    if bound and due_on is not None and followed_from <= due_on < today:
        return LATE
    return IN_PART if pledge.deliveries else AWAITED
