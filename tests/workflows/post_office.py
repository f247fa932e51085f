"""A real SMTP server for the tests, that can be told to misbehave."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

ACCEPTED = "250 OK"


def said_in(letter: EmailMessage, dress: str = "plain") -> str:
    """What a letter says, in one of its two dresses: `plain` or `html`."""
    body = letter.get_body((dress,))
    assert body is not None
    return str(body.get_content())


class PostOffice:
    """Listens on a free port of the loopback from `start` to `stop`, and keeps the letters it accepted.

    `at_greeting`, `at_recipient` and `at_data` answer for the server; they may also drop the line or take their time.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, login: tuple[str, str] | None = None) -> None:
        self.received: list[EmailMessage] = []
        self.connections = 0
        self.at_greeting: Callable[[], str | None] = lambda: None
        self.at_recipient: Callable[[str], str] = lambda address: ACCEPTED
        self.at_data: Callable[[SMTP], Awaitable[str]] = self._accept
        self._tls = tls
        self._login = login
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="post-office")
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]

    def start(self) -> None:
        """Open the counter."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(60)

    def stop(self) -> None:
        """Close it, and leave nothing running."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    async def _listen(self) -> None:
        self._server = await self._loop.create_server(self._converse, sock=self._socket)

    async def _close(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _converse(self) -> SMTP:
        self.connections += 1
        return SMTP(
            self,
            loop=self._loop,
            hostname="poste.example",
            enable_SMTPUTF8=True,
            tls_context=self._tls,
            require_starttls=self._tls is not None,
            authenticator=self._authenticate if self._login else None,
            auth_required=self._login is not None,
        )

    def _authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        known = (given.login.decode(), given.password.decode()) == self._login
        return AuthResult(success=known, handled=False)

    async def _accept(self, _server: SMTP) -> str:
        return ACCEPTED

    # What aiosmtpd calls

    async def handle_EHLO(  # noqa: N802  # the name is the library's
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        session.host_name = name
        answer = self.at_greeting()
        return responses if answer is None else [answer]

    async def handle_HELO(  # noqa: N802  # the name is the library's
        self, server: SMTP, session: Session, _envelope: Envelope, name: str
    ) -> str:
        session.host_name = name
        return self.at_greeting() or f"250 {server.hostname}"

    async def handle_RCPT(  # noqa: N802  # the name is the library's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.at_recipient(address)
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        answer = await self.at_data(server)
        if answer == ACCEPTED:
            self.received.append(letter)
        return answer
