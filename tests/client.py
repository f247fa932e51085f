"""A client of the application, in the process of the test: what starlette's does, in one hop to the loop that answers.

Starlette's own goes eight times from thread to thread for one answer, to have it piece by piece: a third of what a
request costs here. No test looks at the pieces.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import unquote

import anyio
import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.testclient import TestClient
from starlette.types import ASGIApp

_PORTS = {"http": 80, "https": 443}


class Client(TestClient):
    """Asks an application; `portal` is the event loop that answers, else one is started for each request."""

    __test__ = False

    def __init__(
        self,
        app: ASGIApp,
        portal: BlockingPortal | None = None,
        client: tuple[str, int] = ("testclient", 50_000),
        **options: Any,
    ) -> None:
        super().__init__(app, client=client, **options)
        self.portal = portal
        self._transport = _InOneHop(self, client)


class _InOneHop(httpx2.BaseTransport):
    """Has the application answer, whole, in the event loop of a client."""

    def __init__(self, asking: Client, address: tuple[str, int]) -> None:
        self.raise_server_exceptions = True
        """Else what the application says of its own defect is the answer, as a browser has it."""
        self._asking = asking
        self._address = address

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, or what the application raised."""
        body = request.read()
        scope = self._scope(request)
        if self._asking.portal is not None:
            answer = self._asking.portal.call(self._answered, scope, body)
        else:
            with start_blocking_portal() as portal:
                answer = portal.call(self._answered, scope, body)
        said = b"" if request.method == "HEAD" else b"".join(answer.pieces)
        return httpx2.Response(answer.status, headers=answer.headers, stream=httpx2.ByteStream(said), request=request)

    def _scope(self, request: httpx2.Request) -> dict[str, Any]:
        url = request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(url.path),
            "raw_path": url.raw_path.split(b"?", 1)[0],
            "root_path": "",
            "scheme": url.scheme,
            "query_string": url.query,
            "headers": [(key.lower(), value) for key, value in request.headers.raw],
            "client": self._address,
            "server": [url.raw_host.decode("ascii"), url.port or _PORTS[url.scheme]],
            "state": dict(self._asking.app_state),
        }

    async def _answered(self, scope: dict[str, Any], body: bytes) -> _Answer:
        answer = _Answer(body)
        try:
            await self._asking.app(scope, answer.receive, answer.send)
        except Exception:
            if self.raise_server_exceptions:
                raise
        assert answer.status, "the application gave no answer"
        return answer


class _Answer:
    """What the application says, and what it is told meanwhile."""

    def __init__(self, body: bytes) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.pieces: list[bytes] = []
        self._asked: bytes | None = body
        self._whole = anyio.Event()

    async def receive(self) -> MutableMapping[str, Any]:
        """The request; then that whoever asked is gone, once they have their answer."""
        if self._asked is not None:
            body, self._asked = self._asked, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._whole.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """One more message of the answer, each in its turn."""
        if message["type"] == "http.response.start":
            assert not self.status, "the answer began twice"
            self.status, self.headers = message["status"], list(message.get("headers", []))
        elif message["type"] == "http.response.body":
            assert self.status and not self._whole.is_set(), "a piece of an answer before its start or after its end"
            self.pieces.append(bytes(message.get("body", b"")))
            if not message.get("more_body", False):
                self._whole.set()
