"""Roles as they are typed at the command line, checked against what is recorded."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from ctg_engine.bootstrap import House
from ctg_engine.faults import BadInput
from ctg_engine.speaking import known_id
from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.endings import EndFrameworkRole, EndTerritoryRole, HandOverFrameworkRole, HandOverTerritoryRole
from domain.frameworks import FrameworkConvention
from domain.kernel import Command
from domain.roles import FRAMEWORK_ROLES, TERRITORY_ROLES
from domain.territories import Territory, territory_stream
from domain.values import Code, parse_siren
from projections.which_partners_and_places_are_known import frameworks
from projections.who_holds_which_role import Holder, roles_held_by
from workflows.logins import Account


def known_account(house: House, login: str) -> Account:
    """The account of a login. Raises `BadInput`."""
    account = house.accounts.find(login)
    if account is None:
        raise BadInput("error.unknown-login", login=login)
    return account


def known_framework(house: House, typed: str) -> UUID:
    """A framework convention by its id. Raises `BadInput`, which lists those there are: nobody knows an id by heart."""
    with suppress(ValueError):
        if isinstance(house.steering.load(UUID(typed)), FrameworkConvention):
            return UUID(typed)
    known = [f"{one.framework_id} ({one.name})" for one in frameworks(house.reader.register())]
    if known:
        raise BadInput("error.unknown-framework", value=typed, known=", ".join(known))
    raise BadInput("error.no-framework", value=typed)


class TypedRole:
    """A role as it was typed, checked against what is recorded. Raises `BadInput`."""

    def __init__(self, house: House, role: str, siren: str | None, framework: str | None, partner: str | None) -> None:
        if (siren is None) == (framework is None):
            raise BadInput("error.role-where")
        self._house = house
        self._on_framework = framework is not None
        allowed = FRAMEWORK_ROLES if self._on_framework else TERRITORY_ROLES
        if role not in allowed:
            raise BadInput("error.not-a-choice", option="--role", value=role, allowed=", ".join(allowed))
        self._role = Code(role)
        self._partner = known_id(partner, "--partner") if partner is not None else None
        if framework is not None:
            self._place = known_framework(house, framework)
        else:
            self._place = territory_stream(parse_siren(siren or ""))
            if not isinstance(house.steering.load(self._place), Territory):
                raise BadInput("error.unknown-territory", siren=siren)

    def is_held_by(self, person_id: UUID) -> bool:
        """Whether somebody holds it today, without an end."""
        return any(one.ends_on is None and one.partner_id == self._partner for one in self._held(person_id))

    def command(self, person_id: UUID) -> Command:
        """What gives it."""
        assign = AssignFrameworkRole if self._on_framework else AssignTerritoryRole
        return assign(stream_id=self._place, role=self._role, person_id=person_id, partner_id=self._partner)

    def ending(self, login: str, person_id: UUID) -> Command:
        """What ends it for somebody. Raises `BadInput` when they do not hold it."""
        end = EndFrameworkRole if self._on_framework else EndTerritoryRole
        return end(stream_id=self._place, assignment_id=self._assignment(login, person_id))

    def handing_over(self, login: str, person_id: UUID, successor_id: UUID) -> Command:
        """What passes it from somebody to somebody else. Raises `BadInput` when the former does not hold it."""
        hand_over = HandOverFrameworkRole if self._on_framework else HandOverTerritoryRole
        assignment_id = self._assignment(login, person_id)
        return hand_over(stream_id=self._place, assignment_id=assignment_id, successor_id=successor_id)

    def _assignment(self, login: str, person_id: UUID) -> UUID:
        held = [one for one in self._held(person_id) if self._partner in (None, one.partner_id)]
        if not held:
            raise BadInput("error.role-not-held", login=login, role_code=self._role)
        if len(held) > 1:  # for several partners, and none was named
            raise BadInput("error.role-needs-partner", role_code=self._role)
        return held[0].assignment_id

    def _held(self, person_id: UUID) -> list[Holder]:
        return [
            one
            for one in roles_held_by(self._house.reader.register(), person_id, self._house.clock.today())
            if (one.role, one.territory_id or one.framework_id) == (self._role, self._place)
        ]
