"""The public form of a territory, and what became of a proposal for whoever has its address. No account, no name.

Closed (404) until an act of the territory opens it. What keeps programs away costs people nothing: a field that nobody
sees, a moment to write, so many in an hour from one network, which is remembered by this process only and told to no
log. The address of what becomes of a proposal is its own id, drawn here: nobody guesses it, and nothing else is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import PUBLIC, Visitor, believe_the_clock, policy, services_of, texts_for
from api.nearness import network_of
from api.pages import failures
from api.pages.addresses import PROPOSING, TERRITORY, Home
from api.pages.answering.throttle import Throttle
from api.pages.asking import asking
from api.pages.contexts import KeptForm, Phrase
from api.pages.contexts.participation import FollowedPage, ProposingPage
from api.pages.people.by_link import secret_page
from api.pages.posting import posted
from api.pages.shell import page
from domain.kernel import Actor, AlreadyExists, Context, Refused, RoleHeld
from domain.participation.participation import participation_stream
from domain.participation.proposing import ANYBODY, LONGEST, SPAM, ProposalsNotOpen, SubmitProposal, TooManyProposals
from domain.roles import PUBLIC as PUBLIC_ROLE
from domain.values import Prose, local_id
from projections.what_became_of_proposals import is_open, proposal
from projections.which_partners_and_places_are_known import TerritoryKnown, by_siren
from workflows.answers import IdempotencyKeyReused
from workflows.clock_watch import ClockInDoubt
from workflows.database import DatabaseUnavailable

MOST_AN_HOUR: Final = 10
"""Proposals from one network in one hour: a town hall or a library has one address for all its visitors."""
HOUR: Final = timedelta(hours=1)
LEAST: Final = timedelta(seconds=3)
"""Nobody reads the form and writes something in less."""
TRAP: Final = "website"
"""The name of the field that people do not see and that programs fill in."""

TOO_LONG: Final = "page.proposing.long"

_THROTTLE: Final = Throttle(MOST_AN_HOUR, HOUR)


def install(app: FastAPI) -> None:
    """The form, and the address of each proposal."""
    form = f"{TERRITORY}/{{siren}}{PROPOSING}"
    for method, path, endpoint in (
        ("GET", form, show),
        ("POST", form, send),
        ("GET", f"{form}/{{proposal_id}}", follow),
    ):
        app.add_api_route(path, endpoint, methods=[method], include_in_schema=False, response_model=None)


@policy(PUBLIC)
def show(request: Request, siren: str) -> Response:
    """What do you propose?"""
    place = _open_place(request, siren)
    if place is None:
        return failures.error_page(request, 404)
    return _form(request, place, {})


@policy(PUBLIC)
async def send(request: Request, siren: str) -> Response:
    """Record it, once, and say where it may be followed."""
    pairs = await posted(request, most=20)
    return await run_in_threadpool(_received, request, siren, pairs)


@policy(PUBLIC)
def follow(request: Request, siren: str, proposal_id: str) -> Response:
    """What became of the proposal? Its address opens for as long as it is kept, be the form closed."""
    services = services_of(request)
    place = by_siren(services.reader.register(), siren)
    if place is None:
        return failures.error_page(request, 404)
    around = services.reader.surroundings(place.territory_id)
    told = proposal(around, proposal_id, services.clock.today())
    own = proposal(around, proposal_id, services.clock.today(), merged=False)
    if told is None or own is None or own.outcome == SPAM:
        return failures.error_page(request, 404)
    with asking(request, Visitor(Actor(ANYBODY, ()), texts_for(request, services))) as ask:
        ask.open(told, own)
        fed = (("finding", told.finding_id), ("priority", told.priority_id), ("sheet", told.sheet_id))
        context = FollowedPage(
            territory=place.name,
            text=ask.said(own.text),
            given_on=own.given_on,
            outcome=told.outcome,
            answered_on=told.answered_on,
            feeds=tuple(Phrase(f"page.proposing.feeds.{what}") for what, one in fed if one is not None),
            why=ask.said(told.motive) if told.motive is not None else None,
        )
    return _unlisted(secret_page(request, "proposal.html", context, status=200))


def _received(request: Request, siren: str, pairs: Sequence[tuple[str, str]]) -> Response:
    """Record it; when nothing can be recorded now, give back all that was typed."""
    kept = KeptForm(request.url.path, tuple(pairs))
    try:
        believe_the_clock(request)
        return _recorded(request, siren, dict(pairs))
    except DatabaseUnavailable:
        return failures.error_page(request, 503, kept=kept)
    except ClockInDoubt:
        return failures.error_page(request, 503, kept=kept, topic="clock-in-doubt")


def _recorded(request: Request, siren: str, values: Mapping[str, str]) -> Response:
    services = services_of(request)
    place, now, network = _open_place(request, siren), services.clock.now(), network_of(request.scope)
    if place is None:
        return failures.error_page(request, 404)
    if _THROTTLE.is_shut(network, now):
        return _wait(request, place, values)
    text = values.get("text", "").replace("\r\n", "\n").strip()
    wrong = _wrong(text, values, now)
    if wrong is not None:
        return _form(request, place, values, wrong, status=400)
    key = _key_of(values)
    proposal_id = local_id("proposal", key)
    command = SubmitProposal(
        stream_id=participation_stream(place.territory_id),
        home_territory_id=place.territory_id,
        proposal_id=proposal_id,
        text=Prose(text),
    )
    try:
        services.steering.execute(command, _circumstances(request, place.territory_id, key))
    except IdempotencyKeyReused:
        return _sent_before(request, place, values)
    except Refused as refused:
        rules = {type(one) for one in refused.broken}
        if TooManyProposals in rules:
            return _wait(request, place, values)
        if AlreadyExists in rules:
            return _sent_before(request, place, values)
        if ProposalsNotOpen in rules:  # closed meanwhile
            return failures.error_page(request, 404)
        raise
    _THROTTLE.count(network, now)
    return RedirectResponse(f"{Home(siren).proposing}/{proposal_id}", 303)


def _wait(request: Request, place: TerritoryKnown, values: Mapping[str, str]) -> Response:
    answer = _form(request, place, values, "page.proposing.wait", status=429)
    answer.headers["Retry-After"] = str(int(HOUR.total_seconds()))
    return answer


def _sent_before(request: Request, place: TerritoryKnown, values: Mapping[str, str]) -> Response:
    """A form that was gone back to and changed: sent again from here, it is another proposal."""
    return _form(request, place, {**values, "key": ""}, "page.proposing.sent-before", status=409)


def _wrong(text: str, values: Mapping[str, str], now: datetime) -> str | None:
    """What is wrong with what was sent, None for what a person wrote."""
    if values.get(TRAP, ""):
        return "page.proposing.trapped"
    if not text:
        return "page.proposing.nothing"
    if len(text) > LONGEST:
        return TOO_LONG
    try:
        shown = datetime.fromtimestamp(int(values.get("shown_at", "")[:12]), UTC)
    except (ValueError, OverflowError, OSError):
        return "page.proposing.again"
    return "page.proposing.again" if now - shown < LEAST else None


def _key_of(values: Mapping[str, str]) -> str:
    """The key that the form carries, so that sent twice it is done once."""
    try:
        return str(UUID(values.get("key", "")))
    except ValueError:
        return str(uuid4())


def _circumstances(request: Request, territory_id: UUID, key: str) -> Context:
    services = services_of(request)
    actor = Actor(ANYBODY, (RoleHeld(PUBLIC_ROLE, territory_id),))
    return Context(
        actor=actor, today=services.clock.today(), now=services.clock.now(), idempotency_key=f"proposal-{key}"
    )


def _open_place(request: Request, siren: str) -> TerritoryKnown | None:
    """The territory, where it lets anybody propose something."""
    services = services_of(request)
    place = by_siren(services.reader.register(), siren)
    if place is None or not is_open(services.reader.surroundings(place.territory_id)):
        return None
    return place


def _form(
    request: Request, place: TerritoryKnown, values: Mapping[str, str], error: str | None = None, *, status: int = 200
) -> Response:
    sent = values.get("shown_at", "")
    context = ProposingPage(
        territory=place.name,
        action=request.url.path,
        text=values.get("text", ""),
        key=_key_of(values),
        shown_at=sent if sent.isdecimal() else str(int(services_of(request).clock.now().timestamp())),
        trap=TRAP,
        longest=LONGEST,
        error=Phrase(error, {"most": LONGEST} if error == TOO_LONG else {}) if error is not None else None,
    )
    return _unlisted(page(request, None, "proposing.html", context, status=status))


def _unlisted(answer: Response) -> Response:
    """No page that people reach by an address of their own is listed by search engines."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
