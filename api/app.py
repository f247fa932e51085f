"""The web application: the JSON API under `/api/v1`, the pages beside it, the same headers on every answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from api import bulk, commands, errors, files, questions, tables
from api.access import PUBLIC, policy, texts_for
from api.description import DescribedApi
from api.guard import HEADERS, Guard
from api.pages import failures, routes
from api.pages.figure import KeptFigures
from api.pages.kept_pages import KeptPages
from api.pages.rendering import TEMPLATES
from api.reading import names
from api.services import Services
from api.taking_turns import TakingTurns
from workflows.database import DatabaseUnavailable
from workflows.delivery.queueing import unreadable

STATIC = TEMPLATES.parent / "static"

TITLE = "CTG Engine"
DESCRIPTION = """Conventions territoriales globales : enregistrer les faits, lire où l'on en est.

Chaque écriture porte une clé `Idempotency-Key` : la même clé donne la même réponse, une seule fois.
Les refus suivent la RFC 9457 et nomment toutes les règles en cause."""


def create_app(
    services: Services,
    ready: Callable[[], Mapping[str, str]] = dict,
    aside: Callable[[], Mapping[str, str]] = dict,
) -> FastAPI:
    """The application. `ready` gives what is wrong with the process's own jobs, by name; empty when all is well.
    `aside`: what is told of others with it, and keeps nobody from asking this process."""
    app = FastAPI(title=TITLE, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_api_route("/healthz", healthz, methods=["GET"], include_in_schema=False)
    app.add_api_route("/readyz", _readiness(services, ready, aside), methods=["GET"], include_in_schema=False)
    app.mount("/api/v1", create_api())
    app.mount("/static", StaticFiles(directory=STATIC))
    routes.install(app)
    app.add_middleware(TakingTurns)
    app.add_middleware(Guard, https=services.https, addresses=services.tells_addresses)
    app.add_exception_handler(Exception, _broken)
    answer_from(app, services)
    return app


def answer_from(app: FastAPI, services: Services) -> None:
    """Have an application answer from these services from now on, and forget what it kept of others. Who opens one
    store after another makes the application once: its hundreds of routes take two seconds. Their settings are alike.
    """
    app.state.services = services
    app.state.kept_pages, app.state.kept_figures = KeptPages(), KeptFigures()
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            route.app.state.services = services


def _broken(request: Request, error: Exception) -> Response:
    """The page of a defect of ours. It is drawn outside `Guard`, and the error is raised again for the journal."""
    answer = failures.error_page(request, 500)
    answer.headers.update({**HEADERS, "Cache-Control": "no-store"})
    return answer


def create_api() -> FastAPI:
    """The JSON API, with an OpenAPI document that says what it does."""
    api = DescribedApi(
        title=TITLE, version="1", description=DESCRIPTION, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    errors.install(api, names)
    api.include_router(commands.router(names))
    api.include_router(questions.router())
    api.include_router(files.router())
    api.include_router(bulk.router(names))
    api.include_router(tables.router(names))
    return api


@policy(PUBLIC)
def healthz() -> dict[str, str]:
    """The process is alive; the database is not asked."""
    return {"status": "ok"}


def _readiness(
    services: Services, ready: Callable[[], Mapping[str, str]], aside: Callable[[], Mapping[str, str]]
) -> Callable[[Request], JSONResponse]:
    @policy(PUBLIC)
    def readyz(request: Request) -> JSONResponse:
        """Whether the parts that a request needs answer; says of the failing ones, by code, what to do (503)."""
        texts, failing, told = texts_for(request, services), {}, {}
        try:
            for code, said in ready().items():
                known = texts.has(f"readyz.{code}")
                failing[code] = texts.t(f"readyz.{code}", said=said) if known else said
            told = {code: texts.t(f"readyz.{code}", said=said) for code, said in aside().items()}
            now = services.clock.now()
            if (gap := services.watch.doubt(now)) is not None:
                failing["clock"] = texts.t(f"cli.doctor.clock.{gap.direction}", **gap.told)
            elif (gap := services.watch.went_back(now)) is not None:
                told["clock"] = texts.t("cli.doctor.clock.went-back", **gap.told)
            if (where := unreadable(services.steering)) is not None:
                failing["log"] = texts.t("readyz.log", said=where)
        except DatabaseUnavailable:
            failing["database"] = texts.t("readyz.database")
        answer = {"status": "failing" if failing else "ok", "failing": failing, **({"told": told} if told else {})}
        return JSONResponse(answer, 503 if failing else 200)

    return readyz
