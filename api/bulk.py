# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""Many commands in one request: `POST /api/v1/bulk`, one command a line, one answer a line."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Header, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.access import SIGNED_IN, Visitor, policy, services_of
from api.commands import (
    ERRORS,
    KEY_LIMIT,
    CommandAnswer,
    answer_model,
    body_model_of,
    given_by,
)
from api.errors import MissingIdempotencyKey, Problem, explained, invalid, malformed, no_method, status_of
from api.examples import example_of
from api.receiving import Operation, admitted
from api.schemas import Id
from domain.convention.authorising import MandateRecorded, RecordMandate
from domain.kernel import COMMANDS, Refused
from domain.values import InvalidValue, deterministic_id
from workflows import bulk
from workflows.answers import Answer, IdempotencyKeyReused
from workflows.bulk import MOST_LINES, Line, Outcome
from workflows.methods.reader import ProfileError
from workflows.texts import Texts
from workflows.texts.rules import NameOf

PUBLIC_COMMANDS: Final = tuple(sorted(name for name, one in COMMANDS.items() if not one.INTERNAL))


class BulkLine(BaseModel):
    """One command: its name, what it is about, and the body that its own operation takes."""

    model_config = ConfigDict(extra="forbid")

    command: Annotated[str, Field(examples=[RecordMandate.NAME], json_schema_extra={"enum": list(PUBLIC_COMMANDS)})]
    stream_id: Id
    body: dict[str, Any] = Field(default_factory=dict)


class BulkRequest(BaseModel):
    """Some commands, in the order in which they are decided.

    `all_or_nothing`: none is recorded where one is refused. `dry_run`: nothing is recorded, the answers say what would
    come of each line, on what the lines before it would lead to.
    """

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[BulkLine], Field(min_length=1, max_length=MOST_LINES)]
    all_or_nothing: bool = False
    dry_run: bool = False


class LineAnswer(BaseModel):
    """What came of one line: `recorded`, `allowed` (it would be, or would have been) or `refused`.

    `status` and `code` are those of the same command sent alone; `answer` is there when it was recorded, `errors` when
    it was refused.
    """

    line: int = Field(examples=[1])
    outcome: Literal["recorded", "allowed", "refused"]
    status: int = Field(examples=[200])
    code: str | None = Field(default=None, examples=["refused"])
    answer: CommandAnswer | None = None
    notices: list[Problem] = Field(default_factory=list)
    irregularities: list[Problem] = Field(default_factory=list)
    errors: list[Problem] = Field(default_factory=list)


class BulkAnswer(BaseModel):
    """One answer a line, in their order, and how many there are of each."""

    recorded: int
    allowed: int
    refused: int
    lines: list[LineAnswer]


_RECORDED: Final = {
    "stream_id": str(deterministic_id("example", "stream_id")),
    "version": 8,
    "events": [
        {
            "event_id": str(deterministic_id("example", "event_id")),
            "type": MandateRecorded.TOPIC,
            "version": 8,
        }
    ],
    "notices": [],
    "waived": [],
    "irregularities": [],
    "replayed": False,
}
ANSWERED: Final = {
    "recorded": 1,
    "allowed": 0,
    "refused": 0,
    "lines": [
        {
            "line": 1,
            "outcome": "recorded",
            "status": 200,
            "code": None,
            "answer": _RECORDED,
            "notices": [],
            "irregularities": [],
            "errors": [],
        }
    ],
}
"""An answer in its shape."""


def example() -> dict[str, Any]:
    """A request in its shape."""
    line = {
        "command": RecordMandate.NAME,
        "stream_id": str(deterministic_id("example", "stream_id")),
        "body": example_of(RecordMandate),
    }
    return {"lines": [line], "all_or_nothing": True, "dry_run": False}


def router(name_of: Callable[[Request], NameOf]) -> APIRouter:
    """The one operation."""
    made = APIRouter(route_class=Operation)
    made.add_api_route(
        "/bulk",
        _operation(name_of),
        methods=["POST"],
        operation_id="bulk",
        summary="plusieurs actes en une demande",
        tags=["bulk"],
        response_model=BulkAnswer,
        responses={200: {"content": {"application/json": {"example": ANSWERED}}}, **ERRORS},
    )
    return made


@dataclass(frozen=True)
class _Malformed:
    """A line that says no command, by its number."""

    errors: list[Problem]


def _operation(name_of: Callable[[Request], NameOf]) -> Callable[..., BulkAnswer]:
    @policy(SIGNED_IN)
    def operation(
        request: Request,
        body: BulkRequest,
        visitor: Annotated[Visitor, Depends(admitted)],
        idempotency_key: Annotated[
            str | None,
            Header(
                description="Obligatoire : chaque ligne a la sienne, tirée de celle-ci et de son rang ; la même "
                "demande renvoyée répond ligne à ligne",
                max_length=KEY_LIMIT,
            ),
        ] = None,
    ) -> BulkAnswer:
        """Many commands at once, each with the rights, the rules and the answer that it has alone. Sent again under the
        same key, also after a cut in the middle, what was recorded is answered again and the rest is recorded."""
        if not idempotency_key or not idempotency_key.strip():
            raise MissingIdempotencyKey
        given = [_read(request, visitor, one, idempotency_key) for one in body.lines]
        told = _told(request, body, given, idempotency_key)
        answers = [
            _answer(number, one, visitor.texts, name_of(request), recorded=not body.dry_run and _all_well(body, told))
            for number, one in enumerate(told, 1)
        ]
        counts = Counter(one.outcome for one in answers)
        return BulkAnswer(
            recorded=counts["recorded"], allowed=counts["allowed"], refused=counts["refused"], lines=answers
        )

    return operation


def _all_well(body: BulkRequest, told: Sequence[Outcome | _Malformed]) -> bool:
    """Whether lines that were allowed were recorded too."""
    return not body.all_or_nothing or all(isinstance(one, Answer) for one in told)


def _read(request: Request, visitor: Visitor, line: BulkLine, key: str) -> Line | _Malformed:
    """The command of a line, checked as its own operation would."""
    command = COMMANDS.get(line.command)
    try:
        if command is None or command.INTERNAL:
            raise InvalidValue("unknown-command", field="command", value=line.command)
        body = body_model_of(command).model_validate(line.body)
        return Line(*given_by(request, visitor, command, line.stream_id, body, key))
    except ValidationError as error:
        found = [{**one, "loc": ("body", "body", *one["loc"])} for one in error.errors()]
        return _Malformed(malformed(RequestValidationError(found), visitor.texts))
    except InvalidValue as error:
        return _Malformed([invalid(error, visitor.texts)])
    except ProfileError as error:
        return _Malformed(no_method(error, visitor.texts))


def _told(
    request: Request, body: BulkRequest, given: Sequence[Line | _Malformed], key: str
) -> list[Outcome | _Malformed]:
    """What comes of each line. Those that say no command keep their number, and their key."""
    steering = services_of(request).steering
    keyed = bulk.keys_of(key, len(given))
    lines = [bulk.under(one, keyed[number]) for number, one in enumerate(given) if isinstance(one, Line)]
    whole = len(lines) == len(given)
    if not lines:
        outcomes: list[Outcome] = []
    elif body.dry_run or (body.all_or_nothing and not whole):
        outcomes = bulk.weighed(steering, lines)
    elif body.all_or_nothing:
        outcomes = bulk.together(steering, lines)
    else:
        outcomes = bulk.one_by_one(steering, lines)
    left = iter(outcomes)
    return [next(left) if isinstance(one, Line) else one for one in given]


def _answer(number: int, told: Outcome | _Malformed, texts: Texts, name_of: NameOf, *, recorded: bool) -> LineAnswer:
    if isinstance(told, Answer):
        shown = answer_model(told, texts, name_of)
        return LineAnswer(
            line=number,
            outcome="recorded" if recorded else "allowed",
            status=200,
            answer=shown if recorded else None,
            notices=shown.notices,
            irregularities=shown.irregularities,
        )
    if isinstance(told, _Malformed):
        status, code, errors = 400, "malformed", told.errors
    elif isinstance(told, Refused):
        status = status_of(told.broken)
        code = {403: "forbidden", 409: "conflict", 422: "refused"}[status]
        errors = explained(told.broken, texts, name_of)
    elif isinstance(told, InvalidValue):
        status, code, errors = 400, "malformed", [invalid(told, texts)]
    elif isinstance(told, IdempotencyKeyReused):
        status, code, errors = 422, "key-reused", []
    else:
        status, code, errors = 404, "not-found", []
    return LineAnswer(line=number, outcome="refused", status=status, code=code, errors=errors)
