"""The keys of other software: which reach where, in what role, until when, and when each was last used.

A key is shown once, on the page that answers its issue: it is kept as a fingerprint only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, person_allowed, policy, services_of
from api.pages import failures
from api.pages.asking import Asking, asking
from api.pages.contexts import Choice, NavItem, Phrase
from api.pages.fields import DateField, FieldError, SelectField, TextField
from api.pages.forms.options import named, words
from api.pages.people.tabs import KEYS, tabs
from api.pages.posting import posted
from api.pages.shell import page
from domain.policy import MANAGE_ACCOUNTS
from domain.roles import PARTNER_ROLES, TERRITORY_ROLES
from projections import which_partners_and_places_are_known
from workflows.api_keys import (
    LABEL_MAXIMUM,
    LONGEST_DAYS,
    ON_FRAMEWORK,
    ON_INSTANCE,
    ApiKey,
    IssuedKey,
    UnknownKey,
    UnusableKey,
)
from workflows.instants import PARIS

Administrator = Annotated[Visitor, Depends(person_allowed)]

ISSUE: Final = "ouvrir"
REVOKE: Final = "fermer"

INSTANCE: Final = "instance"

USUAL: Final = timedelta(days=365)
SOON: Final = timedelta(days=30)
UNUSED: Final = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key; ``state`` says what is to be looked at: it ends soon, it serves no more, or nothing."""

    key_id: UUID
    prefix: str
    label: str
    role: Phrase
    place: Phrase
    partner: str | None
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime
    state: str
    renew_href: str


@dataclass(frozen=True, slots=True)
class KeysPage:
    """``keys.html``: the keys that open, those to look at first; the others, folded; the form of a new one."""

    tabs: tuple[NavItem, ...]
    answer: tuple[Phrase, ...]
    live: tuple[KeyRow, ...]
    ended: tuple[KeyRow, ...]
    action: str
    fields: tuple[SelectField | TextField | DateField, ...]
    form_open: bool
    errors: tuple[FieldError, ...] = ()
    token: str | None = None


@policy(MANAGE_ACCOUNTS)
def show(request: Request, visitor: Administrator) -> Response:
    """Which software reaches what, until when?"""
    with asking(request, visitor) as ask:
        return _page(ask, request, request.query_params, {})


@policy(MANAGE_ACCOUNTS)
async def act(request: Request) -> Response:
    """Issue a key, or close one."""
    values = dict(await posted(request, most=20))
    return await run_in_threadpool(_act, request, values)


def _act(request: Request, values: Mapping[str, str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    services = services_of(request)
    if values.get("act") == REVOKE:
        try:
            services.api_keys.revoke(UUID(values.get("key", "")), services.clock.now())
        except (ValueError, UnknownKey):
            return failures.error_page(request, 404)
        return RedirectResponse(KEYS, 303)
    if values.get("act") != ISSUE:
        return failures.error_page(request, 400)
    with asking(request, visitor) as ask:
        issued = _issue(ask, values)
        if isinstance(issued, dict):
            return _page(ask, request, values, issued, status=400)
        return _page(ask, request, {}, {}, token=issued.token)


def _issue(ask: Asking, values: Mapping[str, str]) -> IssuedKey | dict[str, str]:
    """The new key, or what is wrong with what was typed, by field."""
    t, register, now = ask.texts.t, ask.register, ask.services.clock.now()
    errors: dict[str, str] = {}
    place, role = values.get("place", ""), values.get("role", "")
    territory_id = next((one for one in register.territories if str(one) == place), None)
    framework_id = next((one for one in register.frameworks if str(one) == place), None)
    on_instance = place == INSTANCE
    allowed = ON_INSTANCE if on_instance else ON_FRAMEWORK if framework_id is not None else TERRITORY_ROLES
    if territory_id is None and framework_id is None and not on_instance:
        errors["place"] = t("page.keys.place.missing")
    elif role not in allowed:
        errors["role"] = t("page.keys.role.elsewhere", roles=list(allowed)) if role else t("page.invite.role.missing")
    partner_id = next((one for one in register.partners if str(one) == values.get("partner_id", "")), None)
    if role in PARTNER_ROLES and partner_id is None:
        errors["partner_id"] = t("page.invite.partner.missing")
    until = _day(values.get("until", ""))
    if until is None or not ask.today < until <= ask.today + timedelta(days=LONGEST_DAYS):
        errors["until"] = t("page.keys.until.wrong")
    if errors or until is None:
        return errors
    try:
        return ask.services.api_keys.issue(
            values.get("label", ""),
            role,
            datetime(until.year, until.month, until.day, tzinfo=PARIS) + timedelta(days=1),
            now,
            partner_id=partner_id,
            territory_id=territory_id,
            framework_id=framework_id,
            on_instance=on_instance,
        )
    except UnusableKey:
        return {"label": t("page.keys.label.wrong")}


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


# --- the page ---------------------------------------------------------------------------------------------------------


def _page(
    ask: Asking,
    request: Request,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    token: str | None = None,
    status: int = 200,
) -> Response:
    now = ask.services.clock.now()
    rows = [_row(ask, one, now) for one in ask.services.api_keys.issued()]
    live = sorted((one for one in rows if one.state not in ("revoked", "expired")), key=lambda one: one.expires_at)
    live.sort(key=lambda one: one.state == "fine")
    ended = tuple(one for one in rows if one.state in ("revoked", "expired"))
    context = KeysPage(
        tabs=tabs(ask.visitor, KEYS),
        answer=tuple(_answer(live)),
        live=tuple(live),
        ended=ended,
        action=KEYS,
        fields=_fields(ask, values, errors),
        form_open=bool(errors) or bool(values) or not live,
        errors=tuple(FieldError(text, name) for name, text in errors.items()),
        token=token,
    )
    return page(request, ask.visitor, "keys.html", context, status=status)


def _answer(live: list[KeyRow]) -> Iterator[Phrase]:
    yield Phrase("page.keys.answer", count=len(live))
    for state in ("soon", "unused"):
        found = [one for one in live if one.state == state]
        if found:
            yield Phrase(f"page.keys.{state}-count", count=len(found))


def _row(ask: Asking, key: ApiKey, now: datetime) -> KeyRow:
    register = ask.register
    place = Phrase("page.keys.everywhere")
    place_id: object = INSTANCE
    if key.territory_id is not None:
        place, place_id = Phrase("page.literal", {"text": ask.name(key.territory_id)}), key.territory_id
    elif key.framework_id is not None:
        framework = register.frameworks.get(key.framework_id)
        named_so = framework.name if framework is not None else str(key.framework_id)
        place, place_id = Phrase("page.keys.follows", {"framework": named_so}), key.framework_id
    state = "fine"
    if key.revoked_at is not None:
        state = "revoked"
    elif key.expires_at <= now:
        state = "expired"
    elif key.expires_at - now < SOON:
        state = "soon"
    elif now - (key.last_used_at or key.created_at) > UNUSED:
        state = "unused"
    return KeyRow(
        key.key_id,
        key.prefix,
        key.label or ask.texts.t("page.erased"),
        Phrase(f"role.{key.role}" if ask.texts.has(f"role.{key.role}") else "page.keys.unknown-role"),
        place,
        ask.name(key.partner_id) if key.partner_id is not None else None,
        key.created_at,
        key.last_used_at,
        key.expires_at,
        state,
        f"{KEYS}?label={quote(key.label)}&role={key.role}&place={place_id}&partner_id={key.partner_id or ''}#nouvelle",
    )


def _fields(
    ask: Asking, values: Mapping[str, str], errors: Mapping[str, str]
) -> tuple[SelectField | TextField | DateField, ...]:
    known = which_partners_and_places_are_known
    register = ask.register
    places = (
        Choice(INSTANCE, Phrase("page.keys.everywhere")),
        *named((str(one.framework_id), one.name) for one in known.frameworks(register)),
        *named((str(one.territory_id), one.name) for one in known.territories(register)),
    )
    partners = named((str(one.partner_id), one.name) for one in known.partners(register))
    roles = words("role", dict.fromkeys((*ON_INSTANCE, *ON_FRAMEWORK)))
    return (
        TextField(
            "label",
            Phrase("page.keys.label"),
            values.get("label", ""),
            Phrase("page.keys.label.help"),
            errors.get("label"),
            required=True,
            max_length=LABEL_MAXIMUM,
        ),
        _select("place", places, values, errors, required=True),
        _select("role", roles, values, errors, required=True),
        _select("partner_id", partners, values, errors),
        DateField(
            "until",
            Phrase("page.keys.until"),
            values.get("until", "") or (ask.today + USUAL).isoformat(),
            error=errors.get("until"),
            required=True,
            earliest=ask.today + timedelta(days=1),
            latest=ask.today + timedelta(days=LONGEST_DAYS),
        ),
    )


def _select(
    name: str,
    choices: tuple[Choice, ...],
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    required: bool = False,
) -> SelectField:
    chosen = tuple(replace(one, chosen=one.value == values.get(name)) for one in choices)
    help_ = Phrase("page.keys.partner.help") if name == "partner_id" else None
    return SelectField(name, Phrase(f"page.keys.{name}"), chosen, help_, errors.get(name), required)
