"""The SMTP server that takes letters.

Failures are told as short codes, because what a server answers often repeats the address.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final, Literal

# The server was reached but takes nothing from us now, whatever the letter.
_SERVICE_CLOSING: Final = 421
# The server waits for the letter itself: what it answers next is whether it takes it.
_GO_ON: Final = 354


class LetterRefused(Exception):
    """The server refused this one letter. `permanent` (5xx): trying again is useless. `code` says how it answered."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent


class ServerFailing(Exception):
    """The server cannot be reached, hangs, hangs up or takes nothing from us: no letter is at fault."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PerhapsDelivered(ServerFailing):
    """The server was given a whole letter and hung up, or fell silent, without saying whether it takes it."""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where letters are handed over, and how."""

    host: str
    port: int
    tls: Literal["none", "starttls", "tls"] = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    """Authorities to trust instead of the system's, for a server of the local network."""
    timeout: float = 20.0
    """Seconds the server may stay silent at each step."""

    def __post_init__(self) -> None:
        if self.user is not None and self.tls == "none":
            raise ValueError("a password is only sent over TLS: set tls to starttls or tls")


class _Conversation(smtplib.SMTP):
    """What is said to a server. `handed_over`: it was given a whole letter, and did not say whether it takes it."""

    handed_over = False
    _letter_follows = False

    def getreply(self) -> tuple[int, bytes]:
        """What the server answers; after it said that the letter may come, whether it takes it."""
        self.handed_over, self._letter_follows = self._letter_follows, False
        code, said = super().getreply()
        self.handed_over = self.handed_over and code < 0  # an answer that nobody can read
        self._letter_follows = code == _GO_ON
        return code, said


class _OverTls(_Conversation, smtplib.SMTP_SSL):
    """The same, encrypted from the first word on."""


class Mailer:
    """Hands letters to one SMTP server."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    @contextmanager
    def round(self) -> Iterator[MailRound]:
        """A round of deliveries over one connection, opened at the first letter and closed at the end."""
        current = MailRound(self._server)
        try:
            yield current
            current.take_leave()
        finally:
            current.close()


class MailRound:
    """The connection of one round; opened again when the server hung up between two letters."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: _Conversation | None = None

    def send(self, letter: EmailMessage) -> None:
        """Hand over one letter to its one recipient. Raises LetterRefused, ServerFailing or PerhapsDelivered."""
        smtp = self._connected()
        try:
            smtp.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            ((code, _),) = error.recipients.values()
            raise _refusal(code) from None
        except smtplib.SMTPSenderRefused as error:
            # Our own address is what is refused: the next letter would fare no better.
            raise ServerFailing(f"sender-{error.smtp_code}") from None
        except smtplib.SMTPResponseException as error:
            if smtp.handed_over:
                self.close()
                raise PerhapsDelivered(_name_of(error)) from None
            raise _refusal(error.smtp_code) from None
        except (smtplib.SMTPException, OSError) as error:
            handed_over = smtp.handed_over
            self.close()
            raise (PerhapsDelivered if handed_over else ServerFailing)(_name_of(error)) from None

    def greet(self) -> None:
        """Connect and sign in without sending anything, to see whether letters could leave. Raises `ServerFailing`."""
        self._connected()

    def take_leave(self) -> None:
        """End the conversation as servers expect, when there is still one."""
        if self._smtp is not None and self._smtp.sock is not None:
            # The letters are accepted already: how the server takes its leave changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()

    def close(self) -> None:
        """Close the connection, whatever its state."""
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _connected(self) -> _Conversation:
        if self._smtp is not None and self._smtp.sock is not None:
            return self._smtp
        server = self._server
        try:
            if server.tls == "tls":
                trusted = ssl.create_default_context(cafile=server.ca_file)
                self._smtp = _OverTls(server.host, server.port, timeout=server.timeout, context=trusted)
            else:
                self._smtp = _Conversation(server.host, server.port, timeout=server.timeout)
            if server.tls == "starttls":
                self._smtp.starttls(context=ssl.create_default_context(cafile=server.ca_file))
            # Here, so that a server that does not like our name is not taken for one that refuses a letter.
            self._smtp.ehlo_or_helo_if_needed()
            if server.user is not None:
                self._smtp.login(server.user, server.password or "")
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise ServerFailing(_name_of(error)) from None
        return self._smtp


def _refusal(code: int) -> LetterRefused | ServerFailing:
    if code == _SERVICE_CLOSING:
        return ServerFailing(f"smtp-{code}")
    return LetterRefused(f"smtp-{code}", permanent=code >= 500)


def _name_of(error: Exception) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            return "authentication"
        case smtplib.SMTPServerDisconnected() if isinstance(error.__context__, TimeoutError):
            return "timeout"
        case smtplib.SMTPServerDisconnected() | ConnectionResetError() | BrokenPipeError():
            return "disconnected"
        case smtplib.SMTPResponseException():
            return f"smtp-{error.smtp_code}"
        case smtplib.SMTPNotSupportedError():
            return "tls-or-login-not-offered"
        case TimeoutError():
            return "timeout"
        case ssl.SSLError():
            return "tls"
        case _:
            return "unreachable"
