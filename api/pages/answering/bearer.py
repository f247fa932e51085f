"""Whoever presents a one-time link: the person it was sent to, in their role or for their seat, within what it asks."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request

from api.access import Visitor, services_of, texts_for
from api.nearness import address_of
from api.pages.acts import answering
from api.pages.answering.throttle import Throttle
from domain.kernel import Actor, RoleHeld
from domain.roles import BEARER
from domain.values import Code
from workflows.act_links import ActLink, Ended, Question
from workflows.answering import Answering

_THROTTLE = Throttle()


class Waits(Exception):
    """Too many links that open nothing came from there."""


def link_of(request: Request, token: str) -> ActLink | Ended:
    """The link that a request presents, open or used; or why it opens nothing. Raises `Waits`."""
    services = services_of(request)
    now, machine = services.clock.now(), address_of(request.scope)
    if machine is not None and _THROTTLE.is_shut(machine, now):
        raise Waits
    found = services.act_links.presented(token, now)
    if found is Ended.UNKNOWN and machine is not None:
        _THROTTLE.count(machine, now)
    return found


def bearer_of(request: Request, link: ActLink) -> Visitor | Ended:
    """Who answers; or why nothing is to be answered any more: they hold the role no more, or it is done."""
    services, asked = services_of(request), link.asked
    today = services.clock.today()
    acts = frozenset(Code(form.name) for form in answering(asked.question))
    roles = tuple(
        replace(one, by_link=acts)
        for one in services.roles_of(asked.person_id, today)
        if one.role == asked.role
        and one.reaches(asked.territory_id, None)
        and (asked.partner_id is None or one.partner_id == asked.partner_id)
    )
    if asked.role == BEARER and asked.question is Question.INVITATION:
        # No role there: the seat itself lets answer, and whether it is still theirs is asked below, and when recording.
        roles = (RoleHeld(BEARER, territory_id=asked.territory_id, by_link=acts),)
    if not roles or services.steering.people.out_of_reach((asked.person_id,)):
        return Ended.REVOKED
    if not Answering(services.steering, services.reader, services.holidays).awaits(asked, today):
        return Ended.SETTLED
    return Visitor(Actor(asked.person_id, roles), texts_for(request, services), partner_id=asked.partner_id)
