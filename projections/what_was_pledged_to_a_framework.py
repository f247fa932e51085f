"""What did partners pledge to a framework, for which territories, whom does it bind, what became of it? (R17)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.framework_pledges.keeping import FrameworkPledgeDefaulted, FrameworkPledgeDelivered
from domain.framework_pledges.pledge import FrameworkPledge, FrameworkPledges, FrameworkTerms, bound_on, is_bound
from domain.framework_pledges.pledging import FrameworkPledgeMade, FrameworkPledgeRevised
from domain.frameworks import FrameworkConvention
from domain.pledges.saying import terms_of
from domain.values import LocalId, Prose
from projections.engine import Register
from projections.what_was_pledged import Heard, Party, Told, worst_first


@dataclass(frozen=True)
class FrameworkRevision:
    """When the terms became others, why, and what they were `before`."""

    event_id: UUID
    partner_id: UUID
    revised_on: date
    motive: Prose
    before: FrameworkTerms


@dataclass(frozen=True, kw_only=True)
class FrameworkPledgeTold(Told):
    """A pledge to a framework: its terms as they stand, and as they were."""

    framework_id: UUID
    pledge_id: LocalId
    terms: FrameworkTerms
    revisions: tuple[FrameworkRevision, ...]

    def serves(self, territory_id: UUID) -> bool:
        """Whether it is for a territory, among others or for all."""
        return not self.terms.territories or territory_id in self.terms.territories


def framework_pledges(register: Register, framework_id: UUID, today: date) -> tuple[FrameworkPledgeTold, ...]:
    """Every pledge to a framework: the late ones first, then as they were made."""
    framework = register.frameworks[framework_id]
    made = FrameworkPledges.of(framework).made
    return worst_first(_told(register, framework, *one, today) for one in made.items())


def pledged_for(register: Register, territory_id: UUID, today: date) -> tuple[FrameworkPledgeTold, ...]:
    """What is pledged, among others or for all, for a territory by the frameworks that follow it."""
    followed_by = register.followed_by.get(territory_id, ())
    known = (one for each in followed_by for one in framework_pledges(register, each, today))
    return worst_first(one for one in known if one.serves(territory_id))


def _told(
    register: Register, framework: FrameworkConvention, pledge_id: LocalId, pledge: FrameworkPledge, today: date
) -> FrameworkPledgeTold:
    heard = Heard()
    revisions: list[FrameworkRevision] = []
    terms = pledge.terms
    for entry in register.streams[framework.id].entries:
        event = entry.event
        if getattr(event, "pledge_id", None) != pledge_id:
            continue
        if isinstance(event, FrameworkPledgeMade):
            heard.opening, terms = event, terms_of(FrameworkTerms, event, event.what)
        elif isinstance(event, FrameworkPledgeRevised):
            event_id = event.envelope.event_id
            revisions.append(FrameworkRevision(event_id, event.partner_id, event.occurred_on, event.motive, terms))
            terms = terms_of(FrameworkTerms, event, event.what or terms.what)
        elif isinstance(event, FrameworkPledgeDelivered):
            heard.delivered(event)
        elif isinstance(event, FrameworkPledgeDefaulted):
            heard.defaulted(event, counts=is_bound(framework, pledge, event.partner_id, event.occurred_on))
    parties = tuple(Party(one, bound_on(framework, pledge, one)) for one in pledge.parties)
    return FrameworkPledgeTold(
        framework_id=framework.id,
        pledge_id=pledge_id,
        terms=pledge.terms,
        revisions=tuple(revisions),
        **heard.told(pledge, parties, today),
    )
