"""What a one-time link opens: shown, sent, and its receipt.

Showing spends nothing: programs that read letters before people do follow their links. Sending records the act under a
key of the link, so that of two who send at once one is done; what it says is in its receipt, which follows from what
was recorded (`workflows/delivery/about_acts.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import PUBLIC, Visitor, believe_the_clock, policy, services_of
from api.errors import invalid, status_of
from api.guard import allow_documents
from api.pages.answering.addresses import ANSWER, RECEIPT, WHICH
from api.pages.answering.bearer import Waits, bearer_of, link_of
from api.pages.answering.page import answer_page, fixed, form_asked, place_of
from api.pages.answering.receipt import ended_page, receipt_page
from api.pages.asking import asking
from api.pages.circumstances import circumstances
from api.pages.contexts import KeptForm
from api.pages.failures import error_page, refuse_cross_site
from api.pages.files import keep_joined
from api.pages.forms import submission, uploads
from api.pages.forms.labels import label_key
from api.pages.forms.offering import options_of, unfit
from api.pages.forms.record import Form
from api.pages.forms.typed import Typed
from api.pages.sending import MOST_FILES, here
from api.services import Services
from domain.kernel import Origin, Refused
from domain.values import InvalidValue
from workflows.act_links import ActLink, Ended
from workflows.answering import answered_on
from workflows.answers import Answer, IdempotencyKeyReused
from workflows.clock_watch import ClockInDoubt
from workflows.database import DatabaseUnavailable

ADD: Final = "_add"
DAY: Final = "occurred_on"


def install(app: FastAPI) -> None:
    """The addresses of links."""
    routes: tuple[tuple[str, str, Callable[..., object]], ...] = (
        ("GET", f"{ANSWER}/{{token}}", show),
        ("POST", f"{ANSWER}/{{token}}", send),
        ("GET", f"{ANSWER}/{{token}}/{RECEIPT}", receipt),
    )
    for method, path, endpoint in routes:
        app.add_api_route(path, endpoint, methods=[method], include_in_schema=False, response_model=None)


@policy(PUBLIC)
def show(request: Request, token: str) -> Response:
    """What is asked, of whom, for whom?"""
    try:
        found = _opening(request, token)
    except Waits:
        return _too_many(request)
    if not isinstance(found, tuple):
        return ended_page(request, token, found)
    link, visitor = found
    services_of(request).act_links.opened(link, services_of(request).clock.now())
    form = form_asked(link, request.query_params.get(WHICH, ""))
    return answer_page(request, visitor, link, token, form, None)


@policy(PUBLIC)
async def send(request: Request, token: str) -> Response:
    """Record the answer."""
    refuse_cross_site(request)
    try:
        found = await run_in_threadpool(_opening, request, token)
    except Waits:
        return _too_many(request)
    if isinstance(found, tuple):
        allow_documents(request)
    async with request.form(max_files=MOST_FILES, max_fields=5_000) as sent:
        pairs, joined = await uploads.read(sent)
    if not isinstance(found, tuple):
        await run_in_threadpool(believe_the_clock, request)  # on a wrong day it may not have ended
        return await run_in_threadpool(ended_page, request, token, found)
    return await run_in_threadpool(_received, request, token, found, pairs, joined)


@policy(PUBLIC)
def receipt(request: Request, token: str) -> Response:
    """What was recorded, when, on which documents?"""
    try:
        found = link_of(request, token)
    except Waits:
        return _too_many(request)
    if isinstance(found, ActLink) and found.used_at is not None:
        return receipt_page(request, found)
    return RedirectResponse(f"{ANSWER}/{token}", 303)


_Opened = tuple[ActLink, Visitor]


def _opening(request: Request, token: str) -> _Opened | ActLink | Ended:
    """A link that opens, with its bearer; one that was used; or why there is none. Raises `Waits`."""
    link = link_of(request, token)
    if isinstance(link, Ended) or link.used_at is not None:
        return link
    services = services_of(request)
    if answer := services.steering.kept_answer(link.asked.person_id, _key(link)):  # the mark of it was lost
        _mark(services, link, answer)
        return services.act_links.get(link.link_id)
    visitor = bearer_of(request, link)
    return visitor if isinstance(visitor, Ended) else (link, visitor)


def _too_many(request: Request) -> Response:
    return error_page(request, 503, topic="too-many-links")


def _received(
    request: Request, token: str, opened: _Opened, pairs: list[uploads.Pair], joined: list[uploads.Joined]
) -> Response:
    """Do it; when it cannot be done now, give back all that was typed."""
    kept = KeptForm(here(request), tuple(pairs))
    try:
        believe_the_clock(request)
        return _answer(request, token, *opened, pairs, joined)
    except DatabaseUnavailable:
        return error_page(request, 503, kept=kept)
    except ClockInDoubt:
        return error_page(request, 503, kept=kept, topic="clock-in-doubt")


def _answer(
    request: Request,
    token: str,
    link: ActLink,
    visitor: Visitor,
    pairs: list[uploads.Pair],
    joined: list[uploads.Joined],
) -> Response:
    own, place_id = fixed(services_of(request), link), place_of(services_of(request), link)
    form: Form[Any] = form_asked(link, request.query_params.get(WHICH, ""))
    typed = Typed.of([*(pair for pair in pairs if pair[0] not in own), *own.items()])

    def again(status: int, **said: Any) -> Response:
        return answer_page(request, visitor, link, token, form, typed, status=status, **said)

    with asking(request, visitor) as ask:
        options = options_of(ask, form, place_id, typed.ones)
        not_kept = keep_joined(ask, form.place, place_id, joined)
        read = submission.read(form, answered_on(link.asked), typed, options.hidden, visitor.texts)
        errors = {**unfit(form, typed, options, visitor.texts), **read.errors, **not_kept}
    if typed.one(ADD):
        return again(200, added=typed.one(ADD), errors=not_kept)
    if form.dated and not typed.one(DAY):
        # By the pages a fact without its day is of today; whoever answers from afar says which day it was.
        label = visitor.texts.t(label_key(form.name, DAY, visitor.texts) or f"field.{DAY}")
        errors[DAY] = visitor.texts.t("malformed.missing", field=label)
    if read.reason is None and form.says_why:
        errors["reason"] = visitor.texts.t("malformed.motive")
    if read.command is None or errors:
        return again(400, errors=errors)
    context = circumstances(request, visitor, key=_key(link), said=read)
    context = replace(context, origin=Origin.LINK)
    services = services_of(request)
    try:
        answer = services.steering.execute(read.command, context)
    except Refused as refused:
        return again(status_of(refused.broken), refused=refused)
    except InvalidValue as error:
        wrong = invalid(error, visitor.texts)
        return again(400, errors={wrong.field or "": wrong.detail})
    except IdempotencyKeyReused:  # it was sent before, and said something else
        return ended_page(request, token, Ended.USED)
    _mark(services, link, answer)
    return RedirectResponse(f"{ANSWER}/{token}/{RECEIPT}", 303)


def _key(link: ActLink) -> str:
    """Under what the answer of a link is recorded, once."""
    return f"link-{link.link_id}"


def _mark(services: Services, link: ActLink, answer: Answer) -> None:
    """Note that a link was used: after what it recorded, hence perhaps only when it is presented again."""
    here_too = {one.envelope.event_id for one in services.steering.events_of(answered_on(link.asked))}
    recorded_id = next(one.event_id for one in answer.events if one.event_id in here_too)
    with services.engine.begin() as connection:
        services.act_links.used(connection, link, recorded_id, services.clock.now())
