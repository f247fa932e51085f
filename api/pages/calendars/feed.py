"""The address that calendar programs read, again and again: 304 while nothing changed, 404 once it opens nothing."""

from __future__ import annotations

from hashlib import sha256

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from api.access import PUBLIC, policy, services_of
from api.pages.calendars.addresses import CALENDAR, ENDING
from api.pages.calendars.content import content
from api.pages.calendars.writing import written
from workflows.texts import Texts


def install(app: FastAPI) -> None:
    """The address."""
    app.add_api_route(f"{CALENDAR}/{{token}}", read, methods=["GET"], include_in_schema=False, response_model=None)


@policy(PUBLIC)
def read(request: Request, token: str) -> Response:
    """What is due, and when?"""
    services = services_of(request)
    feed = services.calendar_feeds.find(token.removesuffix(ENDING))
    days = content(services, feed) if feed is not None else None
    if feed is None or days is None:
        return PlainTextResponse("404\n", 404)
    services.calendar_feeds.was_read(feed, services.clock.now())
    person = services.vault.person(feed.person_id)
    texts = Texts(person.language if person is not None else services.language)
    dossier = services.reader.dossier(feed.convention_id) if feed.convention_id is not None else None
    name = texts.t("calendar.name-of", territory=dossier.territory.name) if dossier else texts.t("calendar.name")
    body = written(days, name, services.base_url, texts)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=3600", "Referrer-Policy": "no-referrer"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)
