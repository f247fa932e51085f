"""The form of every act: shown, read back, executed; refused or in error, shown again with all that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Forbidden, NotSignedIn, Visitor, has_session, person_allowed, policy, services_of
from api.commands import KEY_LIMIT, context_of
from api.errors import status_of
from api.guard import allow_documents
from api.pages import contexts, fields
from api.pages.asking import Asking, asking
from api.pages.contexts import Act, NavItem, Phrase, RuleText
from api.pages.failures import error_page, refuse_cross_site
from api.pages.fields import FieldError, FormPage
from api.pages.forms import builder, submission, uploads
from api.pages.forms.choices import ACTS, PLACES, for_instance
from api.pages.forms.options import Options
from api.pages.forms.typed import Typed, number_of
from api.pages.messages import DONE
from api.pages.shell import ADMINISTRATION, DEPARTMENT, page, way_in
from api.pages.signing_in import sign_in_page
from domain.kernel import COMMANDS, Command, NotEntitled, Refused, VersionConflict
from domain.policy import MANAGE_ACCOUNTS
from domain.territories import territory_stream
from projections import where_conventions_stand, which_partners_and_places_are_known
from workflows.answers import IdempotencyKeyReused
from workflows.application import UnknownStream
from workflows.database import DatabaseUnavailable
from workflows.texts.rules import explain

Doer = Annotated[Visitor, Depends(person_allowed)]
ADD = "_add"
KEY = "idempotency_key"
VERSION = "expected_version"


@dataclass(frozen=True)
class Place:
    """Where an act is done: the address of its form, the page it leads back to, the stream it acts on."""

    name: str
    stream_id: UUID | None

    def home(self, visitor: Visitor) -> str:
        """The page that shows what the act changed, among those that the visitor may open."""
        if self.name == "conventions":
            return f"/conventions/{self.stream_id}"
        return ADMINISTRATION if self.name == "administration" and visitor.may(MANAGE_ACCOUNTS) else DEPARTMENT

    def address(self, command: str) -> str:
        """The form of an act here."""
        middle = f"/{self.stream_id}" if self.stream_id is not None else ""
        return f"/{self.name}{middle}/actes/{command}"

    def options(self, ask: Asking, command: str) -> Options:
        """The choices of the form. Raises `UnknownStream`, or `Forbidden` before anything is typed in vain."""
        territory_id = self.stream_id if self.name == "territoires" else None
        if self.name == "conventions" and self.stream_id is not None:
            territory_id = ask.territory_of(self.stream_id)
        ask.visitor.look_at(territory_id)
        if not ask.visitor.may_here(command, territory_id):
            raise Forbidden(command)
        if self.stream_id is None:
            return for_instance(ask, None, command)
        return PLACES[self.name](ask, self.stream_id, command)


def install(app: FastAPI) -> None:
    """A form to show and to send for each act, where it is done."""
    for place, names in ACTS.items():
        for name in names:
            middle = "" if place == "administration" else "/{place_id}"
            address = f"/{place}{middle}/actes/{name}"
            shown, sent = _endpoints(place, COMMANDS[name])
            app.add_api_route(address, shown, methods=["GET"], include_in_schema=False, response_model=None)
            app.add_api_route(address, sent, methods=["POST"], include_in_schema=False, response_model=None)


def _endpoints(place_name: str, command: type[Command]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    @policy(command.NAME)
    def show(request: Request, visitor: Doer) -> HTMLResponse:
        with asking(request, visitor) as ask:
            context = form_page(ask, _place(request, place_name), command, None, asked=request.query_params)
        return page(request, visitor, "form.html", context)

    @policy(command.NAME)
    async def send(request: Request) -> Response:
        refuse_cross_site(request)
        if await run_in_threadpool(has_session, request):
            allow_documents(request)
        async with request.form(max_files=20, max_fields=5_000) as form:
            pairs = await uploads.read(form)
        return await run_in_threadpool(_receive, request, place_name, command, pairs)

    return show, send


def _receive(
    request: Request,
    place_name: str,
    command: type[Command],
    pairs: list[tuple[str, str]],
) -> Response:
    """Handle a form; when it cannot be received now, give back all that was typed, to be sent again."""
    try:
        visitor = person_allowed(request)
        return _handle(request, visitor, _place(request, place_name), command, Typed.of(pairs))
    except NotSignedIn:
        if not pairs:
            raise
        typed = tuple((name, value) for name, value in pairs if name != "csrf_token")
        return sign_in_page(request, request.url.path, kept=contexts.KeptForm(request.url.path, typed))
    except DatabaseUnavailable:
        return error_page(request, 503, kept=contexts.KeptForm(request.url.path, tuple(pairs)))


def _place(request: Request, name: str) -> Place:
    given = request.path_params.get("place_id")
    try:
        return Place(name, UUID(given) if given is not None else None)
    except ValueError as error:
        raise UnknownStream(str(given)) from error


def _handle(
    request: Request,
    visitor: Visitor,
    place: Place,
    command: type[Command],
    typed: Typed,
) -> Response:
    with asking(request, visitor) as ask:
        options = place.options(ask, command.NAME)
        if visitor.session is None or not visitor.session.accepts(typed.one("csrf_token")):
            # Signed in again elsewhere since the page was shown. It comes from here: `refuse_cross_site` has seen to
            # that. Nothing is recorded before the person, who sees what was typed, sends it with the present token.
            aged = form_page(ask, place, command, typed, errors={"": visitor.texts.t("page.form.aged")})
            return page(request, visitor, "form.html", aged, status=403)
        if typed.one(ADD):
            again = form_page(ask, place, command, typed, added=typed.one(ADD))
            return page(request, visitor, "form.html", again)
        stream_id = _stream_id(command, place, typed, options)
        read = submission.read(command, stream_id, typed, options.hidden, visitor.texts)
        if read.command is None:
            again = form_page(ask, place, command, typed, errors=read.errors)
            return page(request, visitor, "form.html", again, status=400)
    context = context_of(
        request,
        visitor,
        key=key if (key := typed.one(KEY)).isprintable() and 0 < len(key) <= KEY_LIMIT else str(uuid4()),
        reason=read.reason,
        evidence=read.evidence,
        expected_version=number_of(typed.one(VERSION)),
    )
    context = replace(context, on_behalf_of=_partner(visitor))
    try:
        services_of(request).steering.execute(read.command, context)
    except Refused as refused:
        with asking(request, visitor) as ask:
            again = form_page(ask, place, command, typed, refused=refused)
            return page(request, visitor, "form.html", again, status=status_of(refused.broken))
    except IdempotencyKeyReused:
        with asking(request, visitor) as ask:
            errors = {"": visitor.texts.t("problem.key-reused")}
            again = form_page(ask, place, command, typed, errors=errors, new_key=True)
            return page(request, visitor, "form.html", again, status=422)
    home = place.home(visitor)
    if command.NAME == "open-convention":
        home = f"/conventions/{stream_id}"
    return RedirectResponse(f"{home}?{DONE}={quote(str(context.idempotency_key), safe='')}", 303)


def _partner(visitor: Visitor) -> UUID | None:
    """For whom the person acts, when all their roles speak for one partner."""
    partners = {one.partner_id for one in visitor.actor.roles}
    return next(iter(partners)) if len(partners) == 1 else None


def _stream_id(command: type[Command], place: Place, typed: Typed, options: Options) -> UUID:
    """The stream of the act: the place's own, the one chosen in the form, or a new one."""
    if command.NAME == "register-territory":
        return territory_stream("".join(typed.one("siren").split()))
    if command.STARTS or "stream_id" in options.choices:  # a method's own is set when it is read
        try:
            return UUID(typed.one("stream_id"))
        except ValueError:
            return uuid4()
    assert place.stream_id is not None, f"{command.NAME} acts on nothing"
    return place.stream_id


def form_page(
    ask: Asking,
    place: Place,
    command: type[Command],
    typed: Typed | None,
    *,
    errors: Mapping[str, str] | None = None,
    refused: Refused | None = None,
    added: str = "",
    new_key: bool = False,
    asked: Mapping[str, str] | None = None,
) -> FormPage:
    """The form of an act, empty or as typed; `asked` is what the link to an empty form already chose in its lists."""
    options = place.options(ask, command.NAME)
    chosen = {name: value for name, value in (asked or {}).items() if name in options.choices}
    options = replace(options, first={**options.first, **chosen})
    errors = errors or {}
    conflict = _conflict(place, refused)
    broken = tuple(rule for rule in refused.broken if not isinstance(rule, VersionConflict)) if refused else ()
    if refused is not None:
        errors = {
            said.field: said.text for rule in broken if (said := explain(ask.texts, rule, ask.name)).field is not None
        }
    state = builder.FormState(typed, errors, ask.today, added)
    key = typed.one(KEY) if typed is not None and not new_key else ""
    return FormPage(
        title=Phrase(f"command.{command.NAME}"),
        intro=Phrase(f"intro.{command.NAME}"),
        action=place.address(command.NAME),
        cancel_href=place.home(ask.visitor),
        submit=Phrase(f"command.{command.NAME}"),
        sections=builder.sections(command, options, state, ask.texts),
        idempotency_key=key or str(uuid4()),
        crumbs=crumbs(ask, place, command),
        expected_version=conflict.actual if conflict is not None else _version(ask, place, command, typed),
        multipart=True,
        errors=tuple(FieldError(text, path or None) for path, text in errors.items()) if refused is None else (),
        broken_rules=tuple(_broken(ask, place, rule) for rule in broken),
        conflict=conflict,
        hidden=builder.given_ids(command, options, typed),
    )


def _version(ask: Asking, place: Place, command: type[Command], typed: Typed | None) -> int | None:
    """Decisions carry the version they were made on; facts are true whatever else was recorded meanwhile."""
    changes_place = place.name == "territoires" and command.NAME == "change-perimeter"
    decides = place.name == "conventions" and not command.STARTS and not command.NAME.startswith("record-")
    if place.stream_id is None or not (changes_place or decides):
        return None
    if typed is not None and (typed_in := number_of(typed.one(VERSION))) is not None:
        return typed_in
    if changes_place:
        territory = which_partners_and_places_are_known.territory(ask.connection, place.stream_id)
        return territory.version if territory is not None else None
    standing = where_conventions_stand.convention(ask.connection, place.stream_id, ask.today)
    return standing.version if standing is not None else None


def _conflict(place: Place, refused: Refused | None) -> contexts.VersionConflictShown | None:
    for rule in refused.broken if refused is not None else ():
        if isinstance(rule, VersionConflict):
            review = f"/conventions/{place.stream_id}/journal" if place.name == "conventions" else DEPARTMENT
            return contexts.VersionConflictShown(rule.expected, rule.actual, (), review)
    return None


def _broken(ask: Asking, place: Place, rule: Any) -> fields.BrokenRule:
    """A broken rule with its remedy, and the act that mends it where there is one."""
    said = explain(ask.texts, rule, ask.name)
    mends = MENDED_BY.get(rule.TEXT_KEY)
    act = None
    if mends is not None and place.name == "conventions" and not isinstance(rule, NotEntitled):
        act = Act(Phrase(f"command.{mends}"), place.address(mends))
    return fields.BrokenRule(RuleText(said.rule, said.text), said.remedy or None, act)


MENDED_BY: Mapping[str, str] = {
    "priority-without-diagnosis": "record-shared-diagnosis",
    "priority-without-forum": "record-forum",
    "required-signature-missing": "record-signature",
    "decider-not-entitled": "record-meeting",
}
"""The act that mends a refusal, where one does."""


def crumbs(ask: Asking, place: Place, command: type[Command]) -> tuple[NavItem, ...]:
    """The way back, and the form itself."""
    items = [*way_in(ask.visitor)]
    if place.name == "conventions" and place.stream_id is not None:
        territory_id = ask.territory_of(place.stream_id)
        items.append(NavItem(Phrase("page.literal", {"text": ask.name(territory_id)}), place.home(ask.visitor)))
    if place.name == "territoires" and place.stream_id is not None:
        items.append(NavItem(Phrase("page.literal", {"text": ask.name(place.stream_id)}), place.home(ask.visitor)))
    if place.name == "administration" and place.home(ask.visitor) == ADMINISTRATION:
        items = [NavItem(Phrase("page.nav.accounts"), ADMINISTRATION)]
    here = NavItem(Phrase(f"command.{command.NAME}"), place.address(command.NAME), current=True)
    return (*items, here)
