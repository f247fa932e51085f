"""Who is asking, and whether the policy table lets them: the one place where the doors check it, denying by default.

Every route declares with `policy` an action of the table, or that it is for everybody (`PUBLIC`) or for whoever is
signed in (`SIGNED_IN`); a contract test fails for a route that does none of it. What a command may do is checked once
more by `execute`, against the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from fastapi import Request
from sqlalchemy import Connection

from api.services import Services
from domain.entitlement import entitled_role, may_see, visible_territories
from domain.kernel import COMMANDS, Actor, NotEntitled, NotForKeys, RoleHeld
from domain.policy import lines_of
from workflows.application import UnknownStream
from workflows.database import DatabaseUnavailable
from workflows.security import Act, Why, known_by, tell
from workflows.sessions import Session
from workflows.statements import glancing
from workflows.texts import LANGUAGES, Texts

COOKIE = "ctg_session"
LANGUAGE_COOKIE = "ctg_language"
BEARER = "bearer "
PUBLIC = "public"
SIGNED_IN = "signed-in"
"""What whoever is signed in may do with what is their own, whatever their roles."""

Route = TypeVar("Route", bound=Callable[..., Any])


class NotSignedIn(Exception):
    """401 for a tool; a page sends to the sign-in form and comes back."""


class Forbidden(Exception):
    """403: the actor has no role that allows the action, or it is not for other software (R33)."""

    def __init__(self, action: str, rule: type[NotEntitled] = NotEntitled) -> None:
        super().__init__(action)
        self.action = action
        self.rule = rule


@dataclass(frozen=True)
class Visitor:
    """Whoever sent the request: their ids and roles, the session of a person, the language they read."""

    actor: Actor
    texts: Texts
    session: Session | None = None
    partner_id: UUID | None = None

    def may(
        self,
        action: str,
        territory_id: UUID | None = None,
        partner_id: UUID | None = None,
        *,
        framework_id: UUID | None = None,
        own: bool = False,
    ) -> bool:
        """Whether some role held allows the action there."""
        held = self._held_for(territory_id)
        return entitled_role(action, held, territory_id, partner_id, framework_id=framework_id, own=own) is not None

    def _held_for(self, territory_id: UUID | None) -> tuple[RoleHeld, ...]:
        """The roles held that may reach a territory, in their order: an adviser holds one on each of many."""
        return self.actor.roles if territory_id is None else self._on_territories.get(territory_id, self._wider)

    @cached_property
    def _wider(self) -> tuple[RoleHeld, ...]:
        return tuple(one for one in self.actor.roles if one.territory_id is None)

    @cached_property
    def _on_territories(self) -> Mapping[UUID, tuple[RoleHeld, ...]]:
        held = self.actor.roles
        wider = [place for place, one in enumerate(held) if one.territory_id is None]
        found: dict[UUID, list[int]] = {}
        for place, one in enumerate(held):
            if one.territory_id is not None:
                found.setdefault(one.territory_id, list(wider)).append(place)
        return {there: tuple(held[place] for place in sorted(places)) for there, places in found.items()}

    def may_here(self, action: str, territory_id: UUID | None, framework_id: UUID | None = None) -> bool:
        """Whether some role held allows the action there, be it only for the partner it speaks for, or for oneself."""
        return any(
            self.may(action, territory_id, one.partner_id, framework_id=framework_id, own=True)
            for one in self.actor.roles
        )

    def may_somewhere(self, action: str) -> bool:
        """Whether some role held allows the action where it is held: mostly the first one does, by itself."""
        held = self.actor.roles
        return any(_is_enough(one, action) for one in held) or any(
            self.may_here(action, one.territory_id, one.framework_id) for one in held
        )

    @property
    def territories(self) -> frozenset[UUID] | None:
        """The territories that may be read, None when all may."""
        return visible_territories(self.actor.roles)

    def look_at(self, territory_id: UUID | None, framework_id: UUID | None = None) -> None:
        """Raise `UnknownStream` (404) for a territory or a framework that does not exist for this visitor."""
        if not may_see(self.actor.roles, territory_id, framework_id):
            place = territory_id or framework_id
            tell(Act.ACCESS, Why.UNSEEN, actor=self.actor.actor_id, territory=place)
            raise UnknownStream(str(place))


def _is_enough(one: RoleHeld, action: str) -> bool:
    """Whether a role allows the action where it is held, whatever others are held beside it."""
    found = entitled_role(action, (one,), one.territory_id, one.partner_id, framework_id=one.framework_id, own=True)
    return found is not None


def policy(action: str) -> Callable[[Route], Route]:
    """Declare the action that a route needs, `PUBLIC` or `SIGNED_IN`."""
    if action not in (PUBLIC, SIGNED_IN) and not lines_of(action):
        raise ValueError(f"{action} is not in the policy table")

    def declare(route: Route) -> Route:
        route.policy = action  # type: ignore[attr-defined]
        return route

    return declare


def services_of(request: Request) -> Services:
    """The rooms of the house."""
    services: Services = request.app.state.services
    return services


def cookie_name(https: bool) -> str:
    """`__Host-` binds the cookie to this host over HTTPS; a demonstration on plain loopback has none."""
    return f"__Host-{COOKIE}" if https else COOKIE


def texts_for(request: Request, services: Services) -> Texts:
    """French unless asked: by the choice kept in a cookie, or by what the browser or tool prefers."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return Texts(chosen, typeset=True)
    for wanted in _preferred(request.headers.get("accept-language", "")):
        if wanted in LANGUAGES:
            return Texts(wanted, typeset=True)
    return Texts(services.language, typeset=True)


def _preferred(header: str) -> Iterable[str]:
    """The languages of an Accept-Language header, most wanted first; what is malformed is passed over."""
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, parameter = part.strip().partition(";")
        try:
            weight = float(parameter.partition("=")[2]) if parameter.strip().startswith("q=") else 1.0
        except ValueError:
            continue
        if 0 < weight <= 1:
            weighed.append((-weight, place, tag.partition("-")[0].lower()))
    return [tag for _, _, tag in sorted(weighed)]


def tool_of(request: Request) -> Visitor:
    """The partner's tool that sent an API request. Raises `NotSignedIn`."""
    services = services_of(request)
    header = request.headers.get("authorization", "")
    key = None
    if header.lower().startswith(BEARER):
        key = services.api_keys.authenticate(header[len(BEARER) :].strip(), services.clock.now())
    if key is None:
        raise NotSignedIn
    known_by(key=key.prefix)
    return Visitor(services.actor_of_key(key), texts_for(request, services), partner_id=services.partner_of_key(key))


def person_of(request: Request) -> Visitor:
    """The person whose session sent a page request. Raises `NotSignedIn`."""
    with _found(request) as (visitor, _):
        return visitor


@contextmanager
def reader_of(request: Request) -> Iterator[tuple[Visitor, Connection]]:
    """The same, of whoever may somewhere do what the route declares, with the connection for short statements on which
    they and the register were looked at. Raises `NotSignedIn` or `Forbidden`."""
    with _found(request) as (visitor, connection):
        yield _allowed(visitor, request), connection


@contextmanager
def _found(request: Request) -> Iterator[tuple[Visitor, Connection]]:
    services = services_of(request)
    if not _token_of(request):
        raise NotSignedIn
    with glancing(services.engine) as connection:
        session = session_of(request, connection)
        if session is None:
            raise NotSignedIn
        actor = services.actor_of_person(
            session.person_id, is_administrator=session.is_administrator, connection=connection
        )
        yield Visitor(actor, texts_for(request, services), session), connection


def has_session(request: Request) -> bool:
    """Whether the request comes from someone whose session is known to be open; no when the database cannot say."""
    try:
        return session_of(request) is not None
    except DatabaseUnavailable:
        return False


def has_had_a_session(request: Request) -> bool:
    """Whether the request comes from someone whose session is known, be it over: what they typed is given back after
    they signed in again. No when the database cannot say."""
    token = _token_of(request)
    try:
        return bool(token) and services_of(request).sessions.knows(token or "")
    except DatabaseUnavailable:
        return False


def session_of(request: Request, connection: Connection | None = None) -> Session | None:
    """The open session that the cookie of a request names."""
    services = services_of(request)
    token = _token_of(request)
    session = services.sessions.find(token, services.clock.now(), connection) if token else None
    if session is not None:
        known_by(account_id=session.account_id)
    return session


def _token_of(request: Request) -> str | None:
    return request.cookies.get(cookie_name(services_of(request).https))


def believe_the_clock(request: Request) -> None:
    """Refuse what writes on a clock that is not believed: a session, a lock or a password of a wrong day would outlive
    it. Raises `ClockInDoubt`."""
    services = services_of(request)
    services.watch.require(services.clock.now())


def tool_allowed(request: Request) -> Visitor:
    """A tool that may somewhere do what the route declares. Raises `NotSignedIn` or `Forbidden`."""
    return _allowed(tool_of(request), request)


def person_allowed(request: Request) -> Visitor:
    """A person who may somewhere do what the route declares. Raises `NotSignedIn` or `Forbidden`."""
    return _allowed(person_of(request), request)


def _allowed(visitor: Visitor, request: Request) -> Visitor:
    action = getattr(request.scope["endpoint"], "policy", None)
    if action == SIGNED_IN:
        return visitor
    if action is None or action == PUBLIC or not visitor.may_somewhere(action):
        raise Forbidden(str(action))
    if visitor.actor.is_tool and action in COMMANDS and COMMANDS[action].OF_PEOPLE:
        raise Forbidden(action, NotForKeys)
    return visitor
