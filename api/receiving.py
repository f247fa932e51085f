"""How the JSON API receives a request: who sends it is known first, then its size, its type and its form.

Nothing of a body is read for whoever has no key, and what one process reads at once stays small.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.access import Visitor, tool_allowed
from domain.values import InvalidValue

JSON_TYPE: Final = "application/json"
JSON_CHARSETS: Final = frozenset({"utf-8", "utf8"})


class Operation(APIRoute):
    """An operation of the API. Everything is refused here that has no right, no meaning, or two."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's own handler, reached by requests that may be read."""
        handle = super().get_route_handler()
        known = frozenset(parameter.alias for parameter in self.dependant.query_params)
        has_body = self.body_field is not None

        async def receive(request: Request) -> Response:
            request.state.visitor = await run_in_threadpool(tool_allowed, request)
            refuse_unknown_parameters(request, known)
            checked = CheckedRequest(request.scope, request.receive)
            if has_body:
                require_json(request)
                await checked.json()
            return await handle(checked)

        return receive


class CheckedRequest(Request):
    """A request whose body is read as JSON by `parsed`, once."""

    async def json(self) -> Any:
        """The value of the body. Raises `InvalidValue`."""
        if not hasattr(self, "_parsed"):
            body = await self.body()
            self._parsed = parsed(body) if body else None
        return self._parsed


def admitted(request: Request) -> Visitor:
    """The tool that `Operation` let in: no operation is reached otherwise."""
    visitor: Visitor = request.state.visitor
    return visitor


def refuse_unknown_parameters(request: Request, known: frozenset[str]) -> None:
    """A filter that nobody knows would be a filter that does nothing. Raises `RequestValidationError`."""
    unknown = dict.fromkeys(name for name in request.query_params if name not in known)
    if unknown:
        raise RequestValidationError([{"type": "unknown_parameter", "loc": ("query", name)} for name in unknown])


def require_json(request: Request) -> None:
    """Refuse another type than JSON in UTF-8. Raises `HTTPException` 415."""
    given = Message()
    given["content-type"] = request.headers.get("content-type", "")
    charset = given.get_content_charset("utf-8")
    if given.get_content_type() != JSON_TYPE or charset not in JSON_CHARSETS:
        raise HTTPException(415)


def parsed(body: bytes) -> Any:
    """The value that a body says in JSON. Raises `InvalidValue` for what says none, or two under one name."""
    try:
        return json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise InvalidValue("not-utf-8") from error
    except json.JSONDecodeError as error:
        raise InvalidValue("not-json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise InvalidValue("too-deep") from error
    except InvalidValue:
        raise
    except ValueError as error:  # the interpreter reads no number of more than some thousand digits
        raise InvalidValue("endless-number") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise InvalidValue("repeated-name", field=next(name for name in names if names.count(name) > 1))
    return found


def _no_number(name: str) -> Any:
    raise InvalidValue("no-number", value=name)
