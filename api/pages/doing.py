"""Every act done by its form: shown, read back, executed; refused or in error, shown again with all that was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import Forbidden, Visitor, person_allowed, policy, services_of
from api.errors import invalid, status_of
from api.joint_papers import open_to_each_body
from api.pages import contexts, mending
from api.pages.acts import FORMS
from api.pages.asking import Asking, asking
from api.pages.circumstances import circumstances, key_of
from api.pages.coming_back import Way, local_address, way_of
from api.pages.confirming import BACK, CONFIRMED, to_confirm
from api.pages.contexts import KeptForm
from api.pages.files import keep_joined
from api.pages.form_page import KEPT, VERSION, bar_of_form, form_page
from api.pages.forms import again, submission, uploads
from api.pages.forms.offering import options_of, unfit
from api.pages.forms.options import Options
from api.pages.forms.places import RECORD
from api.pages.forms.record import Form
from api.pages.forms.typed import Typed, number_of
from api.pages.laid_aside import BACK_TO_IT, FIRST, chosen_by, form_at, laid_aside, taken_up
from api.pages.messages import messages_of
from api.pages.sending import here, receive
from api.pages.shell import page
from domain.convention.state import TerritorialConvention
from domain.kernel import Command, Context, Refused
from domain.values import InvalidValue
from workflows import bulk
from workflows.answers import IdempotencyKeyReused
from workflows.application import UnknownStream
from workflows.bulk import Line

Doer = Annotated[Visitor, Depends(person_allowed)]
ADD = "_add"
REVIEW = "_review"
"""Asks to see what the form would lead to, without recording anything."""


def install(app: FastAPI) -> None:
    """A form to show and to send for each act, where it is done."""
    for form in FORMS:
        middle = "/{place_id}" if form.place.key else ""
        for word in form.place.words:
            address = f"/{word}{middle}/actes/{form.name}"
            shown, sent = _endpoints(form)
            app.add_api_route(address, shown, methods=["GET"], include_in_schema=False, response_model=None)
            app.add_api_route(address, sent, methods=["POST"], include_in_schema=False, response_model=None)


def _endpoints(form: Form[Any]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    @policy(form.name)
    def show(request: Request, visitor: Doer) -> HTMLResponse:
        with asking(request, visitor) as ask:
            done = messages_of(request, visitor)
            return _shown(ask, request, form, _place_id(request), None, done, asked=request.query_params)

    def then(request: Request, visitor: Visitor, pairs: list[uploads.Pair], joined: list[uploads.Joined]) -> Response:
        typed = _typed(request, form, pairs)
        if typed.one(again.CHOOSE) and typed.one(again.WHICH):
            chosen = [(again.WHICH, typed.one(again.WHICH)), *way_of(request.query_params).carried]
            return RedirectResponse(f"{request.url.path}?{urlencode(chosen)}", 303)
        return _handle(request, visitor, form, _place_id(request), typed, joined)

    @policy(form.name)
    async def send(request: Request) -> Response:
        return await receive(request, then)

    return show, send


def _shown(
    ask: Asking,
    request: Request,
    form: Form[Any],
    place_id: UUID | None,
    typed: Typed | None,
    done: tuple[contexts.Message, ...] = (),
    *,
    status: int = 200,
    **said: Any,
) -> HTMLResponse:
    """The page of a form, on the territory where the act is done."""
    context = form_page(ask, form, place_id, typed, way=way_of(request.query_params), **said)
    bar = bar_of_form(ask, form, place_id)
    return page(request, ask.visitor, form.template, context, status=status, bar=bar, messages=done)


def _typed(request: Request, form: Form[Any], pairs: list[tuple[str, str]]) -> Typed:
    """What was sent; what the address names, where the form tells it in its own way, needs no field."""
    sent = {name for name, _ in pairs}
    named = [(name, one) for name, one in request.query_params.items() if name in form.carried and name not in sent]
    return mending.spread(Typed.of([*pairs, *named]))


def _place_id(request: Request) -> UUID | None:
    given = request.path_params.get("place_id")
    try:
        return UUID(given) if given is not None else None
    except ValueError as error:
        raise UnknownStream(str(given)) from error


def _handle(
    request: Request,
    visitor: Visitor,
    form: Form[Any],
    place_id: UUID | None,
    typed: Typed,
    joined: list[uploads.Joined],
) -> Response:
    with asking(request, visitor) as ask:
        options = options_of(ask, form, place_id, typed.ones)
        if visitor.session is None or not visitor.session.accepts(typed.one("csrf_token")):
            # Signed in again elsewhere since the page was shown. It comes from here: `refuse_cross_site` has seen to
            # that. Nothing is recorded before the person, who sees what was typed, sends it with the present token.
            aged = {"": visitor.texts.t("page.form.aged")}
            return _shown(ask, request, form, place_id, typed, status=403, errors=aged)
        not_kept = keep_joined(ask, form.place.at(ask, place_id), place_id, joined)
        if typed.one(REVIEW) or typed.one(BACK):
            return _shown(ask, request, form, place_id, typed, errors=not_kept)
        if typed.one(FIRST) and not not_kept:
            return _first(ask, request, typed)
        if typed.one(BACK_TO_IT) and (waiting := taken_up(typed.one(KEPT))) is not None:
            return _again(ask, request, waiting, waiting.action)
        if typed.one(ADD) or typed.one(FIRST):
            return _shown(ask, request, form, place_id, typed, added=typed.one(ADD), errors=not_kept)
        mistake = mending.mistake_of(ask, form, place_id, typed)
        stream_id = mistake.stream_id if mistake is not None else _stream_id(ask, form, place_id, typed, options)
        told = again.touched(form, typed) if mistake is None else typed
        read = submission.read(form, stream_id, told, options.hidden, visitor.texts)
        errors = {**unfit(form, typed, options, visitor.texts), **read.errors, **not_kept}
        corrected = mistake if mistake is not None and mistake.corrected else None
        if read.reason is None and (corrected is not None or form.says_why):
            errors["reason"] = visitor.texts.t("malformed.motive")
        if read.command is None or errors:
            return _shown(ask, request, form, place_id, typed, status=400, errors=errors)
        case = form.place.case(ask, place_id)
        first = form.before(case, typed)
        then = form.after(case, read.command) if mistake is None else ()
    context = circumstances(
        request,
        visitor,
        key=key_of(typed),
        said=read,
        version=number_of(typed.one(VERSION)),
        corrects=corrected.context(mending.cascade_of(typed)) if corrected is not None else None,
    )
    lines = _lines(first, read.command, then, context)
    if corrected is None and not typed.one(CONFIRMED):
        with asking(request, visitor) as ask:
            found = to_confirm(ask, form, place_id, typed, lines, len(first))
            if found is not None:
                return page(request, visitor, "confirm.html", found, bar=bar_of_form(ask, form, place_id))
    try:
        _execute(request, lines)
    except Refused as refused:
        with asking(request, visitor) as ask:
            return _shown(ask, request, form, place_id, typed, status=status_of(refused.broken), refused=refused)
    except InvalidValue as error:
        with asking(request, visitor) as ask:
            said = invalid(error, visitor.texts)
            wrong = {said.field or "": said.detail}
            return _shown(ask, request, form, place_id, typed, status=400, errors=wrong)
    except IdempotencyKeyReused:
        with asking(request, visitor) as ask:
            errors = {"": visitor.texts.t("page.form.sent-before")}
            return _shown(ask, request, form, place_id, typed, status=422, errors=errors, new_key=True)
    with asking(request, visitor) as ask:
        home = form.leads_to(ask, stream_id) if form.leads_to is not None else form.home(ask, place_id)
        way = Way() if form.place is RECORD and _is_gone(ask, stream_id) else way_of(request.query_params)
        waiting = taken_up(typed.one(KEPT)) if typed.one(KEPT) else None
        if waiting is not None:
            way = replace(way, back=waiting.action)
            return _again(ask, request, waiting, way.after(home, str(context.idempotency_key)))
    return RedirectResponse(way.after(home, str(context.idempotency_key)), 303)


def _lines(first: Sequence[Command], command: Command, then: Sequence[Command], context: Context) -> list[Line]:
    """The act between what it needs and what comes with it at the same press, each under a key of its own."""
    bare = replace(context, reason=None, evidence=(), expected_version=None, corrects=None)
    keys = bulk.keys_of(str(context.idempotency_key), len(first) + len(then))
    around = [bulk.under(Line(one, bare), key) for one, key in zip((*first, *then), keys, strict=True)]
    return [*around[: len(first)], Line(command, context), *around[len(first) :]]


def _execute(request: Request, lines: Sequence[Line]) -> None:
    """What is done at one press: all or nothing. Raises as `Steering.execute` does."""
    steering = services_of(request).steering
    if len(lines) == 1:
        steering.execute(*lines[0])
    else:
        for outcome in bulk.together(steering, lines):
            if isinstance(outcome, Exception):
                raise outcome
    for line in lines:
        open_to_each_body(services_of(request), *line)


def _first(ask: Asking, request: Request, typed: Typed) -> Response:
    """The form of an act that is done first, with what was typed in this one laid aside in it."""
    address = typed.one(FIRST)
    found = form_at(request, address)
    if found is None:
        return RedirectResponse(local_address(address), 303)
    asked, form, place_id = found
    if not ask.visitor.may_somewhere(form.name):
        raise Forbidden(form.name)
    return _shown(ask, asked, form, place_id, None, asked=chosen_by(asked), kept=laid_aside(here(request), typed))


def _again(ask: Asking, request: Request, waiting: KeptForm, address: str) -> Response:
    """The form that waited, as it was typed, with the message of the act that was done first."""
    found = form_at(request, address)
    if found is None or not ask.visitor.may_somewhere(found[1].name):
        return RedirectResponse(local_address(address), 303)
    asked, form, place_id = found
    typed = _typed(asked, form, list(waiting.values))
    return _shown(ask, asked, form, place_id, typed, messages_of(asked, ask.visitor))


def _is_gone(ask: Asking, stream_id: UUID) -> bool:
    """Whether a convention was opened by mistake: the page one came from may be no more, its own says what became."""
    stream = ask.services.steering.load(stream_id)
    return isinstance(stream, TerritorialConvention) and stream.is_annulled


def _stream_id(ask: Asking, form: Form[Any], place_id: UUID | None, typed: Typed, options: Options) -> UUID:
    """The stream of the act: the one that follows from what it says, the one chosen or given, else the place's own."""
    if form.stream_of is not None:
        return form.stream_of(typed)
    if form.stream_at is not None and place_id is not None:
        return form.stream_at(place_id)
    if form.stream_in is not None:
        return form.stream_in(form.place.case(ask, place_id))
    if form.command.STARTS or "stream_id" in options.choices:
        try:
            return UUID(typed.one("stream_id"))
        except ValueError:
            return uuid4()
    assert place_id is not None, f"{form.name} acts on nothing"
    return place_id
