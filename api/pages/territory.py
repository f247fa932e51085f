"""The pages of a territory that has no convention yet: what is known of it, and what comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.addresses import TODAY
from api.pages.asking import Asking
from api.pages.contexts import Act, KnownFact, Phrase, TerritoryPage
from api.pages.conventions import home_of
from api.pages.framework_addresses import framework_address
from api.pages.framework_view import frameworks_read
from api.pages.roles import give_acts, role_lines
from domain.kernel import TOPIC_PREFIX
from domain.policy import READ_AUDIT_TRAIL
from projections import what_the_committee_decided, which_partners_and_places_are_known
from projections.which_convention_covers import covers
from projections.which_partners_and_places_are_known import TerritoryKnown
from projections.who_holds_which_role import role_holders
from workflows.application import UnknownStream

MOST_TOLD = 10
"""Facts that the journal of such a territory tells, the latest first."""


def territory_page(ask: Asking, territory_id: UUID, name: str = TODAY) -> TerritoryPage:
    """Everything the page of this name shows. Raises `UnknownStream` for a territory that may not be read, or is not
    known."""
    ask.visitor.look_at(territory_id)
    known = which_partners_and_places_are_known.territory(ask.register, territory_id)
    if known is None:
        raise UnknownStream(str(territory_id))
    return TerritoryPage(
        known.name,
        len(known.communes),
        known.population,
        acts=tuple(
            Act(Phrase(f"command.{form.name}"), form.address(territory_id=territory_id))
            for form in forms_in("territory")
            if ask.visitor.may(form.name, territory_id)
        ),
        roles=role_lines(ask, role_holders(ask.register, territory_id, None, ask.today)),
        role_acts=give_acts(ask, territory_id),
        asked=Phrase(f"page.territory.without.{name}") if name != TODAY else None,
        known=tuple(_known(ask, known)),
        facts=tuple(_facts(ask, territory_id)),
    )


def _known(ask: Asking, place: TerritoryKnown) -> Iterator[KnownFact]:
    """What covers it, what follows it, who steers it."""
    territory_id = place.territory_id
    readable = ask.visitor.territories
    covering = covers(ask.register, territory_id, ask.today)
    dossiers = ask.dossiers(one.convention_id for one in covering)
    for cover in covering:
        if (dossier := dossiers.get(cover.convention_id)) is None or dossier.territory_id == territory_id:
            continue
        may_read = readable is None or dossier.territory_id in readable
        total = len(place.communes)
        some = Phrase("page.territory.covered", {"communes": cover.communes, "total": total})
        yield KnownFact(
            Phrase("page.territory.covered-whole") if cover.communes == total else some,
            ask.name(dossier.territory_id) if may_read else None,
            home_of(ask, cover.convention_id).today if may_read else None,
        )
    for framework in frameworks_read(ask):
        if territory_id in framework.territories:
            address = framework_address(ask.register, framework.framework_id)
            yield KnownFact(Phrase("page.territory.followed"), framework.name, address)
    for body in what_the_committee_decided.bodies(ask.surroundings(territory_id)):
        yield KnownFact(Phrase("page.territory.body", {"on": body.constituted_on}), body.name)


def _facts(ask: Asking, territory_id: UUID) -> Iterator[tuple[Phrase, date]]:
    """What was recorded of it, for whoever reads journals."""
    if ask.visitor.may(READ_AUDIT_TRAIL, territory_id):
        for entry in ask.surroundings(territory_id).entries[: -MOST_TOLD - 1 : -1]:
            yield Phrase(f"fact.{entry.event.TOPIC.removeprefix(TOPIC_PREFIX)}"), entry.event.occurred_on
