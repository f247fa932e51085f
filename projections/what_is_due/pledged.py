"""What a partner pledged for a day (D19): asked of it once for all that is due that day, met when all of it is there;
any news of what it pledged at all (S09).

A partner whose signature does not bind it yet, or that only said that it was possible, is reminded and never late
(R17).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from domain.convention.state import COVERS
from domain.method import DeadlineRule
from domain.pledges.binding import bound_from, first_counted
from domain.pledges.keeping import PledgeDefaulted, ResourceDelivered
from domain.pledges.pledge import POSSIBLE, Pledge
from domain.values import Code
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, last_heard, silent


@named(trigger="RESOURCE_DUE", conditions=("RESOURCE_DELIVERED",))
def pledged(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D19: each day for which a partner pledged something."""
    due: dict[tuple[UUID, date], list[Pledge]] = defaultdict(list)
    for one in dossier.states(Pledge):
        if one.terms.due_on is not None:
            due[one.partner_id, one.terms.due_on].append(one)
    return [_due(dossier, partner_id, day, pledges) for (partner_id, day), pledges in due.items()]


def _due(dossier: Dossier, partner_id: UUID, day: date, pledges: list[Pledge]) -> Start:
    lacking = [one for one in pledges if not one.is_delivered]
    wanted = {one.id for one in pledges}
    delivered = [one for _, one in dossier.of(Pledge, ResourceDelivered) if one.originator_id in wanted]
    last = None if lacking else max(delivered, key=lambda one: one.occurred_on, default=None)
    owed = any(_is_owed(dossier, one, partner_id, day) for one in lacking or pledges)
    return Start(
        partner_id,
        Code(day.isoformat()),
        day,
        last.occurred_on if last is not None else None,
        last.envelope.event_id if last is not None else None,
        obliged=owed,
        owner_id=partner_id,
        things=tuple(one.id for one in lacking),
    )


@named(trigger="LATEST_NEWS_OF_PLEDGE", conditions=("NEWS_OF_PLEDGE",))
def silent_pledges(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """S09: of what is not delivered, nor said not to be kept, nothing was heard since it was to begin or be there."""
    by_partner: dict[UUID, list[tuple[date, Pledge]]] = defaultdict(list)
    for one in dossier.pledges:
        stream = dossier.streams[one.id]
        if one.is_delivered or not stream.entries or isinstance(stream.entries[-1].event, PledgeDefaulted):
            continue
        begins = (one.terms.starts_on, one.terms.due_on)
        since = max(stream.once(last_heard), *(day for day in begins if day is not None), date.min)
        by_partner[one.partner_id].append((since, one))
    return [
        silent(
            partner_id,
            [(since, one.id) for since, one in heard],
            obliged=any(_is_owed(dossier, one, partner_id, since) for since, one in heard),
        )
        for partner_id, heard in by_partner.items()
    ]


def _is_owed(dossier: Dossier, pledge: Pledge, partner_id: UUID, day: date) -> bool:
    """Whether a pledge bound a partner on a day, and was more than possible."""
    if pledge.terms.certainty == POSSIBLE:
        return False
    since = bound_from(pledge, dossier.once(_signed_on, partner_id))
    return since is not None and since <= day


def _signed_on(dossier: Dossier, partner_id: UUID) -> date | None:
    return first_counted(map(dossier.counted, COVERS), partner_id)
