"""Digests stopped by one press, without signing in (RFC 8058). The notices of the method go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import Response

from api.access import PUBLIC, policy, services_of
from api.pages import failures
from api.pages.people.by_link import ENDED, secret_page
from workflows.delivery.digests import STOP
from workflows.delivery.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class DigestStopPage:
    """``digest-stop.html``: whether digests are to stop; or, once pressed, that they did."""

    action: str
    done: bool


@policy(PUBLIC)
def show(request: Request, token: str) -> Response:
    """Are the digests to stop? Showing the page stops nothing: programs follow the links of letters."""
    return _answer(request, token, stop=False)


@policy(PUBLIC)
def stop(request: Request, token: str) -> Response:
    """Stop them, for whoever has the secret: a mail program presses without cookie, session nor redirection."""
    return _answer(request, token, stop=True)


def _answer(request: Request, token: str, *, stop: bool) -> Response:
    services = services_of(request)
    person_id = services.digests.whose_stop(token)
    if person_id is None:
        return failures.error_page(request, 404, topic=ENDED)
    if stop:
        services.digests.choose(person_id, Rhythm.NEVER, services.clock.now())
    context = DigestStopPage(request.url.path, stop)
    return secret_page(request, "digest-stop.html", context, status=200)


ROUTES: Final = (("GET", f"{STOP}/{{token}}", show), ("POST", f"{STOP}/{{token}}", stop))
