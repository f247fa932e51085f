"""Inviting somebody: one form, then a letter with a link or, where no letter leaves, a link to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, person_allowed, policy, services_of
from api.commands import KEY_LIMIT, context_of
from api.errors import invalid, status_of
from api.pages import failures
from api.pages.asking import Asking, asking
from api.pages.contexts import Choice, NavItem, Phrase
from api.pages.fields import FieldError, RadioField, SelectField, TextField
from api.pages.forms.options import named, words
from api.pages.people.reach import Reach, Spot
from api.pages.people.tabs import ACCOUNTS, INVITING, tabs
from api.pages.posting import posted
from api.pages.shell import ADMINISTRATION, page
from domain.collation import alphabetical
from domain.kernel import BrokenRule, Command, Refused
from domain.policy import INVITE
from domain.roles import ADMINISTRATOR, PARTNER_ROLES
from domain.values import Code, InvalidValue
from projections import which_partners_and_places_are_known
from workflows.answers import IdempotencyKeyReused
from workflows.delivery.about_accounts import PATHS
from workflows.inviting import Guest
from workflows.links import LASTING, PRINTED_LASTING, Purpose
from workflows.logins import LOGIN_MAXIMUM, Account, UnusableLogin
from workflows.people import NAME_MAXIMUM
from workflows.texts import LANGUAGES
from workflows.texts.rules import explain

Inviter = Annotated[Visitor, Depends(person_allowed)]

INSTANCE: Final = "instance"
"""The place of an administrator."""

KEY: Final = "idempotency_key"


@dataclass(frozen=True, slots=True)
class InviteForm:
    """The fields of an invitation: where, which role, who; the rest is folded."""

    action: str
    key: str
    fields: tuple[SelectField | TextField, ...]
    later: tuple[SelectField | RadioField, ...]
    later_open: bool
    sends_mail: bool
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitePage:
    """``invite.html``: the form alone, empty or as typed."""

    tabs: tuple[NavItem, ...]
    form: InviteForm


@dataclass(frozen=True, slots=True)
class LinkPage:
    """``link.html``: a link that is shown once, to be printed and handed over, or that left by letter."""

    tabs: tuple[NavItem, ...]
    purpose: str
    name: str
    identifier: str
    href: str | None
    until: datetime
    back_href: str
    account_href: str


@policy(INVITE)
def show(request: Request, visitor: Inviter) -> Response:
    """Whom to invite, where, as what?"""
    with asking(request, visitor) as ask:
        form = invite_form(Reach(ask), request.query_params, {})
    return page(request, visitor, "invite.html", InvitePage(tabs(visitor, INVITING), form))


@policy(INVITE)
async def send(request: Request) -> Response:
    """Invite somebody."""
    values = dict(await posted(request, most=50))
    return await run_in_threadpool(_send, request, values)


def _send(request: Request, values: Mapping[str, str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    services = services_of(request)
    with asking(request, visitor) as ask:
        asked = _read(Reach(ask), values)
    errors = dict(asked.errors)
    account_id, new, status = None, False, 400
    broken: Sequence[BrokenRule] = ()
    if not errors:
        key = given if (given := values.get(KEY, "")).isprintable() and 0 < len(given) <= KEY_LIMIT else str(uuid4())
        context = context_of(request, visitor, key=key, reason=None, evidence=(), expected_version=None)
        try:
            # Nothing is read meanwhile: a reader would keep what is forgotten, where the role is refused, in the log
            # of the database.
            account_id, new = services.inviting.invite(asked.guest, asked.giving, context)
        except Refused as refused:
            status, broken = status_of(refused.broken), refused.broken
        except InvalidValue as wrong:
            said_wrong = invalid(wrong, visitor.texts)
            errors[_field_of(said_wrong.field)] = said_wrong.detail
        except (UnusableLogin, ValueError):
            errors["email"] = visitor.texts.t("page.invite.unusable")
        except IdempotencyKeyReused:
            status, errors[""] = 422, visitor.texts.t("problem.key-reused")
    with asking(request, visitor) as ask:
        reach = Reach(ask)
        for rule in broken:
            said = explain(visitor.texts, rule, ask.name)
            errors[_field_of(said.field)] = f"{said.text} {said.remedy}".strip()
        if errors:
            form = invite_form(reach, values, errors)
            return page(request, visitor, "invite.html", InvitePage(tabs(visitor, INVITING), form), status=status)
    assert account_id is not None
    with asking(request, visitor) as ask:  # anew: the guest was not there before
        account = services.accounts.account(account_id)
        if account.joined_at is not None or not (new or Reach(ask).may_link(account)):
            return RedirectResponse(f"{ACCOUNTS}/{account_id}", 303)
        return link_page(request, ask, account, Purpose.JOIN, back_href=values.get("back", ""))


def link_page(request: Request, ask: Asking, account: Account, purpose: Purpose, *, back_href: str = "") -> Response:
    """Send a link by letter, or show it, once, to be handed over."""
    services, now = ask.services, ask.services.clock.now()
    lasting = LASTING[purpose] if services.sends_mail else PRINTED_LASTING
    href = None
    if services.sends_mail:
        services.inviting.send_link(account.account_id, purpose, now)
    else:
        token = services.links.make(account.account_id, purpose, now, lasting)
        href = f"{services.base_url}{PATHS[purpose]}/{token}"
    context = LinkPage(
        tabs=tabs(ask.visitor, INVITING),
        purpose=purpose.value,
        name=ask.person(account.person_id) or account.login,
        identifier=account.login,
        href=href,
        until=now + lasting,
        back_href=back_href if back_href == "/commencer" else ADMINISTRATION,
        account_href=f"{ACCOUNTS}/{account.account_id}",
    )
    return page(request, ask.visitor, "link.html", context)


# --- what was typed ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """An invitation as it was typed, or what is wrong with it, by field."""

    guest: Guest
    errors: Mapping[str, str]
    spot: Spot | None = None
    role: Code = Code("")
    partner_id: UUID | None = None

    @property
    def giving(self) -> Callable[[UUID], Command] | None:
        """The act that gives the role to somebody; None where there is none to give."""
        spot = self.spot
        if spot is None:
            return None
        return lambda person_id: spot.giving(self.role, person_id, self.partner_id)


def _read(reach: Reach, values: Mapping[str, str]) -> _Asked:
    t = reach.ask.texts.t
    errors: dict[str, str] = {}
    place, role = values.get("place", ""), values.get("role", "")
    administers = role == ADMINISTRATOR and reach.administers
    spot = next((one for one in reach.spots if str(one.place_id) == place), None)
    if spot is None and place != INSTANCE:
        errors["place"] = t("page.invite.place.missing")
    if not role:
        errors["role"] = t("page.invite.role.missing")
    elif administers != (place == INSTANCE) or (spot is not None and role not in spot.roles):
        errors["role"] = t("page.invite.role.elsewhere")
    partner_id = None
    if role in PARTNER_ROLES:
        known = {str(one): one for one in reach.ask.register.partners}
        partner_id = known.get(values.get("partner_id", ""))
        if partner_id is None:
            errors["partner_id"] = t("page.invite.partner.missing")
    name, email = values.get("name", "").strip()[: NAME_MAXIMUM + 1], values.get("email", "").strip()
    if not name:
        errors["name"] = t("page.invite.name.missing")
    if "@" not in email or len(email) > LOGIN_MAXIMUM:
        errors["email"] = t("page.invite.unusable")
    language = values.get("language", "")
    guest = Guest(
        name=name,
        email=email,
        language=language if language in LANGUAGES else reach.ask.services.language,
        is_administrator=administers,
    )
    return _Asked(guest, errors, None if administers else spot, Code(role), partner_id)


def _field_of(field: str | None) -> str:
    return {"person_id": "email", "partner_id": "partner_id", "role": "role"}.get(field or "", "")


# --- the form ---------------------------------------------------------------------------------------------------------


def invite_form(reach: Reach, values: Mapping[str, str], errors: Mapping[str, str]) -> InviteForm:
    """The form, empty, as the link to it chose, or as typed."""
    roles = (*reach.roles_given(), *((ADMINISTRATOR,) if reach.administers else ()))
    places = [(str(spot.place_id), reach.name(spot)) for spot in reach.spots]
    everywhere = (Choice(INSTANCE, Phrase("page.keys.everywhere")),) if reach.administers else ()
    only = places[0][0] if len(places) == 1 else ""
    known = which_partners_and_places_are_known.partners(reach.ask.register)
    if not reach.administers and set(roles) <= set(PARTNER_ROLES):
        own = {one.partner_id for one in reach.ask.visitor.actor.roles}
        known = tuple(one for one in known if one.partner_id in own)
    partners = [(str(one.partner_id), one.name) for one in sorted(known, key=lambda one: alphabetical(one.name))]
    language = values.get("language") or reach.ask.services.language
    return InviteForm(
        action=INVITING,
        key=values.get(KEY) or str(uuid4()),
        fields=(
            SelectField(
                "place",
                Phrase("page.invite.place"),
                _chosen((*named(places), *everywhere), values.get("place") or only),
                error=errors.get("place"),
                required=True,
            ),
            SelectField(
                "role",
                Phrase("page.invite.role"),
                _chosen(words("role", roles), values.get("role", "")),
                error=errors.get("role"),
                required=True,
            ),
            TextField(
                "name",
                Phrase("page.invite.name"),
                values.get("name", ""),
                error=errors.get("name"),
                required=True,
                max_length=NAME_MAXIMUM,
            ),
            TextField(
                "email",
                Phrase("page.invite.email"),
                values.get("email", ""),
                Phrase("page.invite.email.help"),
                errors.get("email"),
                required=True,
                input_type="email",
                max_length=LOGIN_MAXIMUM,
            ),
        ),
        later=(
            SelectField(
                "partner_id",
                Phrase("page.invite.partner"),
                _chosen(named(partners), values.get("partner_id", "")),
                Phrase("page.invite.partner.help"),
                errors.get("partner_id"),
            ),
            RadioField(
                "language",
                Phrase("page.invite.language"),
                _chosen(tuple(Choice(one, Phrase(f"language.{one}")) for one in LANGUAGES), language),
                required=True,
            ),
        ),
        later_open="partner_id" in errors or bool(values.get("partner_id")) or values.get("role") in PARTNER_ROLES,
        sends_mail=reach.ask.services.sends_mail,
        errors=tuple(FieldError(text, name or None) for name, text in errors.items()),
    )


def _chosen(choices: tuple[Choice, ...], value: str) -> tuple[Choice, ...]:
    return tuple(replace(one, chosen=one.value == value) for one in choices)
