"""Every error of the JSON API as RFC 9457: what, where and how to mend it, with the stable code of the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from api import mistakes
from api.access import Forbidden, NotSignedIn, services_of, texts_for
from api.malformed import code_of, remedy_of, shortened, shortened_values, text_of
from api.schemas import plain
from domain.kernel import BrokenRule, NotEntitled, Refused, VersionConflict
from domain.mending import DependentEvents
from domain.values import InvalidValue
from projections.engine import prose_tokens
from workflows.accepted_files import FileRefused
from workflows.answers import IdempotencyKeyReused
from workflows.application import UnknownStream
from workflows.clock_watch import ClockInDoubt
from workflows.codec import UnreadableEvent
from workflows.database import DatabaseUnavailable
from workflows.file_folder import CannotKeep, FileLost
from workflows.methods.reader import ProfileError
from workflows.security import Act, Why, tell
from workflows.texts import Texts
from workflows.texts.rules import NameOf, explain, explain_invalid

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5

MOST_PROBLEMS = 100
"""Malformed fields that one answer names: enough to mend a request, not one for each line of a pasted file."""


class Dependent(BaseModel):
    """An event that would fall with what is corrected or annulled (R29): to be agreed to by its id in `cascade`."""

    event_id: UUID
    stream_id: UUID
    type: str = Field(examples=["ctg.convention.priority-chosen"])
    occurred_on: date
    detail: str


class Problem(BaseModel):
    """One thing that is wrong, with its stable code and its remedy."""

    code: str = Field(examples=["priority-without-diagnosis"])
    rule: str | None = Field(default=None, examples=["R05"])
    field: str | None = Field(default=None, examples=["findings"])
    detail: str
    remedy: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    dependents: list[Dependent] = Field(default_factory=list)


class ProblemDetails(BaseModel):
    """An error of the API (RFC 9457); `errors` names everything that is wrong, not only the first thing."""

    type: str = Field(examples=["urn:ctg:problem:refused"])
    title: str
    status: int
    code: str
    errors: list[Problem] = Field(default_factory=list)


class MissingIdempotencyKey(Exception):
    """A write came without `Idempotency-Key`."""


class StaleVersion(Exception):
    """`If-Match` names another version than the current one (412)."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused))
        self.refused = refused


def problem(
    status: int,
    code: str,
    texts: Texts,
    errors: Iterable[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The answer of an error. `code` names its kind; each of `errors` has its own."""
    details = ProblemDetails(
        type=f"urn:ctg:problem:{code}",
        title=texts.t(f"problem.{code}"),
        status=status,
        code=code,
        errors=list(errors),
    )
    return JSONResponse(details.model_dump(mode="json"), status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def http_problem(error: HTTPException, texts: Texts) -> JSONResponse:
    """An error of the framework's own (an unknown address, a wrong method, a body too large), with its headers."""
    codes = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "media-type", 503: "unavailable"}
    later = {"Retry-After": str(RETRY_AFTER_SECONDS)} if error.status_code == 503 else {}
    headers = {**(error.headers or {}), **later}
    return problem(error.status_code, codes.get(error.status_code, "malformed"), texts, headers=headers)


def status_of(broken: tuple[BrokenRule, ...]) -> int:
    """403 for a right (R33), 409 for a version (R31), 422 for any other rule."""
    if any(isinstance(rule, NotEntitled) for rule in broken):
        return 403
    return 409 if any(isinstance(rule, VersionConflict) for rule in broken) else 422


def explained(broken: Iterable[BrokenRule], texts: Texts, name_of: NameOf) -> list[Problem]:
    """Broken rules in the reader's language."""
    problems = []
    for rule in broken:
        said = explain(texts, rule, name_of)
        parameters = plain(rule.parameters, lambda prose: "")
        problems.append(
            Problem(
                code=said.code, rule=said.rule, field=said.field, detail=said.text, remedy=said.remedy,
                parameters=parameters,
            )
        )  # fmt: skip
    return problems


def invalid(error: InvalidValue, texts: Texts) -> Problem:
    """A value that means nothing, in the reader's language."""
    said = explain_invalid(texts, shortened_values(error), str)
    return Problem(code=said.code, field=said.field, detail=said.text, remedy=said.remedy)


def no_method(error: ProfileError, texts: Texts) -> list[Problem]:
    """Each thing to mend in the file of a method, with its line and its key."""
    return [
        Problem(
            code=one.code,
            field="profile",
            detail=one.describe(texts),
            parameters={"line": one.line, "key": one.key, **plain(one.parameters, lambda prose: "")},
        )
        for one in error.problems[:MOST_PROBLEMS]
    ]


def malformed(error: RequestValidationError, texts: Texts) -> list[Problem]:
    """Each field that cannot be read, by its path in the request; the value itself is not repeated."""
    problems = []
    for one in error.errors()[:MOST_PROBLEMS]:
        cause = one.get("ctx", {}).get("error")
        path = shortened(".".join(str(part) for part in one["loc"][1:]))  # the first part says where it was sent
        if isinstance(cause, InvalidValue):
            problems.append(invalid(cause, texts).model_copy(update={"field": path or None}))
        else:
            detail = text_of(one, path or texts.t("malformed.the-body"), texts)
            problems.append(Problem(code=code_of(one), field=path or None, detail=detail, remedy=remedy_of(one, texts)))
    return problems


def _tell_dependents(
    request: Request, broken: Iterable[BrokenRule], problems: list[Problem], texts: Texts, name_of: NameOf
) -> None:
    """Put what would fall with a mistake into words, beside the rule that wants it agreed to."""
    falling = mistakes.dependents(broken)
    if not falling:
        return
    services = services_of(request)
    events = mistakes.around(services, UUID(request.path_params["stream_id"]))
    found = [one for one in events if one.envelope.event_id in set(falling)]
    opened: dict[str, str | None] = {}
    telling = mistakes.Telling(
        texts, name_of, lambda prose: opened[prose.token] if prose.token is not None else prose.text, events
    )
    opened |= services.vault.open_texts(prose_tokens(telling.texts(found)))
    told = [
        Dependent(
            event_id=one.envelope.event_id,
            stream_id=one.originator_id,
            type=one.TOPIC,
            occurred_on=one.occurred_on,
            detail=telling.sentence(one),
        )
        for one in found
    ]
    for each in problems:
        if each.code == DependentEvents.CODE and each.field == DependentEvents.FIELD:
            each.dependents = told


def install(app: FastAPI, name_of: Callable[[Request], NameOf]) -> None:
    """Answer every error of the API in one shape. `name_of` gives the names of partners and territories."""

    def texts(request: Request) -> Texts:
        return texts_for(request, services_of(request))

    def on_refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Refused)
        status = status_of(error.broken)
        kind = {403: "forbidden", 409: "conflict", 422: "refused"}[status]
        problems = explained(error.broken, texts(request), name_of(request))
        _tell_dependents(request, error.broken, problems, texts(request), name_of(request))
        return problem(status, kind, texts(request), problems)

    def on_stale(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, StaleVersion)
        errors = explained(error.refused.broken, texts(request), name_of(request))
        return problem(412, "stale", texts(request), errors)

    def on_invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, InvalidValue)
        return problem(400, "malformed", texts(request), [invalid(error, texts(request))])

    def on_no_method(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ProfileError)
        return problem(400, "malformed", texts(request), no_method(error, texts(request)))

    def on_malformed(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return problem(400, "malformed", texts(request), malformed(error, texts(request)))

    def on_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return http_problem(error, texts(request))

    def plainly(
        status: int, code: str, headers: Mapping[str, str] | None = None
    ) -> Callable[[Request, Exception], JSONResponse]:
        return lambda request, error: problem(status, code, texts(request), headers=headers)

    def on_file_refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, FileRefused)
        said = texts(request)
        code = error.why.lower().replace("_", "-")
        return problem(422, "file-refused", said, [Problem(code=code, detail=said.word("file-refused", error.why))])

    def on_file_fault(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, CannotKeep)
        said = texts(request)
        code = error.why.lower().replace("_", "-")
        return problem(503, "file-not-kept", said, [Problem(code=code, detail=said.word("file-fault", error.why))])

    def on_forbidden(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Forbidden)
        tell(Act.ACCESS, Why.NOT_ENTITLED, action=error.action)
        broken = (error.rule(error.action),)
        return problem(403, "forbidden", texts(request), explained(broken, texts(request), name_of(request)))

    handlers: dict[type[Exception], Callable[[Request, Exception], JSONResponse]] = {
        Refused: on_refused,
        StaleVersion: on_stale,
        InvalidValue: on_invalid,
        ProfileError: on_no_method,
        RequestValidationError: on_malformed,
        HTTPException: on_http,
        Forbidden: on_forbidden,
        NotSignedIn: plainly(401, "not-signed-in", {"WWW-Authenticate": "Bearer"}),
        UnknownStream: plainly(404, "not-found"),
        IdempotencyKeyReused: plainly(422, "key-reused"),
        MissingIdempotencyKey: plainly(400, "key-missing"),
        Exception: plainly(500, "broken"),
        FileRefused: on_file_refused,
        CannotKeep: on_file_fault,
        FileLost: plainly(503, "file-lost"),
        DatabaseUnavailable: plainly(503, "unavailable", {"Retry-After": str(RETRY_AFTER_SECONDS)}),
        UnreadableEvent: plainly(503, "later-release"),
        ClockInDoubt: plainly(503, "clock-in-doubt"),
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
