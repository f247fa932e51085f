"""Who acts by a command, and on which convention of a territory."""

from __future__ import annotations

from ctg_engine.bootstrap import House
from ctg_engine.faults import BadInput
from domain.kernel import Actor, Context
from domain.territories import territory_stream
from projections import where_conventions_stand
from projections.engine import Dossier


def acting_as(house: House, login: str) -> Context:
    """Whoever does it, with the roles that they hold."""
    account = house.accounts.find(login)
    if account is None:
        raise BadInput("error.unknown-login", login=login)
    actor = Actor(account.person_id, house.roles_of(account.person_id, house.clock.today()))
    return Context(actor=actor, today=house.clock.today(), now=house.clock.now())


def current_convention(house: House, siren: str) -> Dossier:
    """The current convention of a territory."""
    found = {
        one: dossier
        for one in house.reader.conventions((territory_stream(siren),))
        if (dossier := house.reader.dossier(one)) is not None
    }
    if not found:
        raise BadInput("import.table.no-convention", siren=siren)
    standings = [where_conventions_stand.standing(one, house.clock.today()) for one in found.values()]
    current = where_conventions_stand.current(standings).convention_id
    return next(dossier for one, dossier in found.items() if one == current)
