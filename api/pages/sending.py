"""How a form with documents comes in: never from another site, and what was typed is given back when it cannot be
received now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.access import NotSignedIn, Visitor, has_had_a_session, person_allowed
from api.guard import allow_documents
from api.pages.coming_back import place
from api.pages.contexts import KeptForm
from api.pages.failures import error_page, refuse_cross_site
from api.pages.forms import uploads
from api.pages.signing_in import sign_in_page
from workflows.clock_watch import ClockInDoubt
from workflows.database import DatabaseUnavailable

MOST_FILES = 60
"""Files that come with one form: one for each line of a long one, and some for all."""

Receive: TypeAlias = Callable[[Request, Visitor, list[uploads.Pair], list[uploads.Joined]], Response]
"""What is done with what was typed and joined."""


async def receive(request: Request, then: Receive) -> Response:
    """Read a form, then do what it asks; when it cannot be received now, give back all that was typed."""
    refuse_cross_site(request)
    if await run_in_threadpool(has_had_a_session, request):
        allow_documents(request)
    async with request.form(max_files=MOST_FILES, max_fields=5_000) as sent:
        pairs, joined = await uploads.read(sent)
    return await run_in_threadpool(_received, request, then, pairs, joined)


def _received(request: Request, then: Receive, pairs: list[uploads.Pair], joined: list[uploads.Joined]) -> Response:
    try:
        return then(request, person_allowed(request), pairs, joined)
    except NotSignedIn:
        if not pairs:
            raise
        return sign_in_page(request, here(request), kept=_left_behind(request, pairs, joined))
    except DatabaseUnavailable:
        return error_page(request, 503, kept=_sent(request, pairs))
    except ClockInDoubt:
        return error_page(request, 503, kept=_sent(request, pairs), topic="clock-in-doubt")


def here(request: Request) -> str:
    """The form, with all that its address says."""
    return place(request.url.path, request.url.query)


def _sent(request: Request, pairs: list[uploads.Pair]) -> KeptForm:
    """All that was typed, to be sent again as it is."""
    return KeptForm(here(request), tuple(pairs))


def _left_behind(request: Request, pairs: list[uploads.Pair], joined: list[uploads.Joined]) -> KeptForm:
    """What was typed, for whoever signs in again: without the token of the session that ended.

    No file was kept. Nor is its fingerprint, which would stand for a document that nobody has: its name is told, so
    that it is joined again.
    """
    lost = {f"{one.field}.{part}" for one in joined for part in ("sha256", "title")}
    typed = tuple((name, value) for name, value in pairs if name != "csrf_token" and name not in lost)
    return KeptForm(here(request), typed, tuple(one.name for one in joined if one.name))
