"""What the doors need, built once by the composition root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection, Engine

from api.notices import Notices
from domain.kernel import Actor, RoleHeld
from domain.roles import ADMINISTRATOR
from domain.values import Clock, Code
from workflows.accounts import Accounts
from workflows.act_links import ActLinks
from workflows.api_keys import ApiKey, ApiKeys
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.calendar_feeds import CalendarFeeds
from workflows.clock_watch import ClockWatch
from workflows.delivery.digest_desk import DigestDesk
from workflows.files import Files
from workflows.founding import Founding
from workflows.inviting import Inviting
from workflows.links import OneTimeLinks
from workflows.people import Vault
from workflows.reading import Reader
from workflows.sessions import Sessions
from workflows.summaries import Summaries


@dataclass(frozen=True)
class TilePlace:
    """Where a territory sits on the département's tile map, and the name that fits there.

    `column` and `row` count from 0 at the north-west.
    """

    short_name: str
    column: int
    row: int


class RolesOf(Protocol):
    """The roles that somebody holds on a day; read on a connection, where the caller has one."""

    def __call__(self, person_id: UUID, day: date, connection: Connection | None = None) -> tuple[RoleHeld, ...]: ...


@dataclass(frozen=True, kw_only=True)
class Services:
    """The rooms of the house, as the doors see them."""

    engine: Engine
    steering: Steering
    reader: Reader
    summaries: Summaries
    vault: Vault
    accounts: Accounts
    sessions: Sessions
    links: OneTimeLinks
    calendar_feeds: CalendarFeeds
    """The secret addresses of calendars."""
    act_links: ActLinks
    """Those by which one act is done without coming in."""
    inviting: Inviting
    founding: Founding
    api_keys: ApiKeys
    digests: DigestDesk
    """How often people get digests."""
    files: Files
    """Those kept as evidence."""
    clock: Clock
    watch: ClockWatch
    """Whether the clock is believed."""
    holidays: PublicHolidays
    """Those of the whole country; `of` gives those of where a territory sits."""
    roles_of: RolesOf
    """The roles that a person holds on a day, from the recorded facts."""
    https: bool
    base_url: str
    """Where people reach the pages, without a slash at the end."""
    language: str
    tells_addresses: bool
    """Whether the security journal is told from which machine a request came."""
    sends_mail: bool
    """Whether letters leave by themselves; where they do not, a link is printed and handed over."""
    notices: Notices
    """Who answers for the instance, on its pages of help and law."""
    is_demonstration: bool
    demonstration_accounts: tuple[str, ...] = ()
    """Logins that the sign-in page of a demonstration offers; empty elsewhere."""
    demonstration_password: str | None = None
    tile_places: Mapping[str, TilePlace] = field(default_factory=dict)
    """By SIREN; a territory that is not here is laid out in alphabetical order."""

    def actor_of_person(
        self, person_id: UUID, *, is_administrator: bool, connection: Connection | None = None
    ) -> Actor:
        """Someone signed in, with the roles recorded for today."""
        roles = self.roles_of(person_id, self.clock.today(), connection)
        return Actor(person_id, (*roles, RoleHeld(ADMINISTRATOR)) if is_administrator else roles)

    def actor_of_key(self, key: ApiKey) -> Actor:
        """A partner's tool, with the one role its key was issued for, where it was issued for."""
        return Actor(key.key_id, self._roles_of_key(key), is_tool=True)

    def partner_of_key(self, key: ApiKey) -> UUID | None:
        """The partner that a key writes for: the one that answers for that of its making."""
        return None if key.partner_id is None else self.reader.register().kept(key.partner_id)

    def _roles_of_key(self, key: ApiKey) -> tuple[RoleHeld, ...]:
        role = RoleHeld(Code(key.role), key.territory_id, self.partner_of_key(key))
        if key.framework_id is not None:
            framework = self.reader.register().frameworks.get(key.framework_id)
            follows = frozenset(framework.territories) if framework is not None else frozenset()
            return (replace(role, framework_id=key.framework_id, follows=follows),)
        return (role,) if key.territory_id is not None or key.on_instance else ()
