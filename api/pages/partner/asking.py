"""Asking a partner by link: who was asked, what became of it, and asking on purpose, once more, or no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Forbidden, Visitor, believe_the_clock, person_allowed, policy, services_of
from api.pages import failures
from api.pages.addresses import PARTNERS, PATHS, TERRITORY
from api.pages.asking import Asking, asking
from api.pages.contexts import AskedLine, AskingByLink, Phrase
from api.pages.conventions import convention_at, territory_at
from api.pages.forms.options import named
from api.pages.partner.words import known_partner
from api.pages.people.tabs import INVITING
from api.pages.posting import posted
from api.pages.view import View, view_of
from domain.convention.authorising import RecordMandate
from domain.policy import ASK_BY_LINK, INVITE
from domain.roles import PARTNER_ROLES
from projections.where_signatories_stand import SignatoryStanding
from projections.who_holds_which_role import Holder, role_holders
from workflows.act_links import ActLink, Asked, Ended, Question
from workflows.application import UnknownStream
from workflows.delivery.about_acts import letter_asking
from workflows.delivery.outbox import enqueue

ASK, REVOKE = "ask", "revoke"

Asker = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """Where one asks, beside a partner's page on a convention."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        app.add_api_route(
            f"{base}{PATHS[PARTNERS]}/{{partner_id}}",
            send,
            methods=["POST"],
            include_in_schema=False,
            response_model=None,
            dependencies=[Depends(believe_the_clock)],
        )


def may_ask(view: View) -> bool:
    """Whether the visitor asks partners by link there."""
    return view.ask.visitor.may(ASK_BY_LINK, view.dossier.territory_id)


def asking_by_link(view: View, one: SignatoryStanding | None) -> AskingByLink | None:
    """The section of a partner's page; None for whoever may not ask, and where nothing is or was to be asked."""
    if one is None or not may_ask(view):
        return None
    ask, partner_id = view.ask, one.partner_id
    links = ask.services.act_links.on(view.convention_id, Question.MANDATE, partner_id)
    is_awaited = one.act == RecordMandate.NAME
    if not links and not is_awaited:
        return None
    voices = _voices(ask, view.dossier.territory_id, partner_id)
    ask.meet({*(link.asked.person_id for link in links), *(voice.person_id for voice in voices)})
    people = [(str(voice.person_id), ask.person(voice.person_id) or "") for voice in voices]
    return AskingByLink(
        action=view.home.partner(partner_id),
        lines=tuple(_line(ask, link) for link in links),
        people=named(people) if is_awaited else (),
        is_awaited=is_awaited,
        sends_mail=ask.services.sends_mail,
        invite_href=f"{INVITING}?place={view.dossier.territory_id}&partner_id={partner_id}"
        if not people and ask.visitor.may(INVITE, view.dossier.territory_id)
        else None,
    )


def _voices(ask: Asking, territory_id: UUID, partner_id: UUID) -> list[Holder]:
    """Who speaks for a partner there and may be written to, each once."""
    holders = [
        one
        for one in role_holders(ask.register, territory_id, PARTNER_ROLES, ask.today)
        if one.partner_id == partner_id
    ]
    out = ask.services.steering.people.out_of_reach(one.person_id for one in holders)
    return list({one.person_id: one for one in reversed(holders) if one.person_id not in out}.values())


def _line(ask: Asking, link: ActLink) -> AskedLine:
    steps = (
        ("asked", link.asked_at),
        ("sent", link.sent_at),
        ("opened", link.opened_at),
        ("used", link.used_at),
        ("revoked", link.revoked_at),
    )
    told = [Phrase(f"page.by-link.{name}", {"at": at}) for name, at in steps if at]
    ended = link.ended(ask.services.clock.now())
    if ended in (Ended.EXPIRED, Ended.DEAD):
        told.append(Phrase(f"page.by-link.{ended.value}", {"at": link.expires_at}))
    name = ask.person(link.asked.person_id) or ask.texts.t("page.erased")
    return AskedLine(str(link.link_id), name, tuple(told), may_revoke=ended is None)


@policy(ASK_BY_LINK)
async def send(request: Request, siren: str, partner_id: UUID) -> Response:
    """Ask somebody, or take back what was asked."""
    values = dict(await posted(request, most=20))
    return await run_in_threadpool(_send, request, siren, partner_id, values)


def _send(request: Request, siren: str, partner_id: UUID, values: Mapping[str, str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    services = services_of(request)
    with asking(request, visitor) as ask:
        territory_id = territory_at(ask, siren)
        convention_id = convention_at(ask, territory_id, request.path_params.get("which"))
        if convention_id is None:
            raise UnknownStream(str(partner_id))
        view, kept = view_of(ask, convention_id), known_partner(ask, partner_id)
        if not may_ask(view):
            raise Forbidden(ASK_BY_LINK)
        back = view.home.asking(kept)
        links = services.act_links.on(convention_id, Question.MANDATE, kept)
        chosen = next((link for link in links if str(link.link_id) == values.get(REVOKE)), None)
        if chosen is not None:
            services.act_links.revoke(chosen.link_id, services.clock.now())
            return RedirectResponse(back, 303)
        voice = next((one for one in _voices(ask, territory_id, kept) if str(one.person_id) == values.get(ASK)), None)
        if voice is None or not services.sends_mail:
            return failures.error_page(request, 400)
        asked = Asked(
            question=Question.MANDATE,
            person_id=voice.person_id,
            role=voice.role,
            stream_id=convention_id,
            territory_id=territory_id,
            partner_id=kept,
        )
    _ask(request, asked, visitor.actor.actor_id)
    return RedirectResponse(back, 303)


def _ask(request: Request, asked: Asked, by: UUID) -> None:
    services, now = services_of(request), services_of(request).clock.now()
    with services.engine.begin() as connection:
        link_id = services.act_links.ask(connection, asked, by, now)
        enqueue(connection, letter_asking(link_id, asked.territory_id, asked.person_id), now)
