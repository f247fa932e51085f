"""What holds for every request and answer: headers, a name, how much is read, HEAD wherever GET is."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.nearness import address_of
from workflows.security import circumstances

STATIC_PREFIX: Final = "/static/"

MAX_BODY: Final = 2 * 1024 * 1024
"""Bytes of a request: the largest perimeter of France and every field of a form written to its end."""

MAX_DOCUMENTS: Final = 50 * 1024 * 1024
"""Bytes of a form of someone signed in: the documents that come with an act, and the form around them."""

ALLOWANCE: Final = "ctg.allowance"

REQUEST_ID: Final = "X-Request-Id"
"""What the journals of the process call a request: whoever reports a fault can say which one it was."""

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; form-action 'self';"
        " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""On every answer: nothing from elsewhere, nothing inline, never in a frame."""


@dataclass
class Allowance:
    """How many bytes of one request are read."""

    size: int = MAX_BODY


def allow_documents(request: Request) -> None:
    """Read the whole of a form with documents: only for someone whose session is open."""
    allowance: Allowance = request.scope[ALLOWANCE]
    allowance.size = MAX_DOCUMENTS


def is_static_file(path: str, status: int) -> bool:
    """Whether an answer is a file that is the same for everybody: a cache may keep it, and nothing else."""
    return path.startswith(STATIC_PREFIX) and status in (200, 304)


class Guard:
    """Puts the headers of the house on every answer, and reads no more of a request than its allowance."""

    def __init__(self, app: ASGIApp, https: bool, addresses: bool) -> None:
        self.app = app
        self.https = https
        self.addresses = addresses
        """Whether the security journal is told from which machine a request came."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with circumstances(address=address_of(scope) if self.addresses else None) as present:
            await self._guarded(scope, receive, send, present.request)

    async def _guarded(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        is_head = scope["method"] == "HEAD"
        allowance = Allowance()
        guarded = {**scope, ALLOWANCE: allowance, "method": "GET" if is_head else scope["method"]}

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault(REQUEST_ID, request_id)
                if self.https:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
                if not is_static_file(scope["path"], message["status"]):
                    headers.setdefault("Cache-Control", "no-store")
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        declared = Headers(scope=scope).get("content-length", "")
        size = int(declared[:20]) if declared.isdecimal() else 0
        read = 0

        async def receive_guarded() -> Message:
            nonlocal read
            message = {} if size > allowance.size else await receive()
            read += len(message.get("body", b""))
            if max(size, read) > allowance.size:
                raise HTTPException(413)
            return message

        with suppress(ClientDisconnect):  # whoever went away is answered nothing, and it is no fault of ours
            await self.app(guarded, receive_guarded, send_guarded)
