"""Letters in the person's language, and the SMTP server that takes them.

The words are made when a letter is sent, from codes, ids and dates: what waits in the outbox names nobody. Failures
are told as short codes, because what a server answers often repeats the address.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final, Literal
from uuid import UUID

from workflows.people import Person
from workflows.texts import Texts

PARAMETERS: Mapping[str, frozenset[str]] = {
    "reminder": frozenset({"deadline", "due_on", "territory_id", "path"}),
    "escalation": frozenset({"deadline", "due_on", "territory_id", "path"}),
    "missed": frozenset({"deadline", "due_on", "territory_id", "path"}),
    "invitation": frozenset({"meeting", "held_on", "territory_id", "path"}),
    "correction-proposed": frozenset({"lapses_on", "territory_id", "path"}),
    "correction-confirmed": frozenset({"territory_id", "path"}),
    "correction-refused": frozenset({"territory_id", "path"}),
    "correction-lapsed": frozenset({"territory_id", "path"}),
}
"""What each kind of letter is made of.

`deadline` is the id of a profile's deadline (`D01`), `meeting` a kind of body (`COPIL`) or `FORUM`, dates are ISO 8601,
`path` is the page where the act that stops the letters is done, from "/".
"""

_DAYS: Final = ("due_on", "held_on", "lapses_on")

# The server was reached but takes nothing from us now, whatever the letter.
_SERVICE_CLOSING = 421


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


class Letters:
    """Writes letters. `territory_name` tells the name of a territory; `base_url` is where the pages are."""

    def __init__(self, territory_name: Callable[[UUID], str], *, sender: str, base_url: str) -> None:
        name, address = parseaddr(sender)
        self._sender = Address(display_name=name, addr_spec=address)
        self._territory_name = territory_name
        self._base_url = base_url.rstrip("/")

    def write(
        self, message_id: UUID, kind: str, parameters: Mapping[str, str], person: Person, now: datetime
    ) -> EmailMessage:
        """The letter. Its Message-ID comes from `message_id`, so that a letter sent twice can be seen to be one.

        Raises LookupError for a code without a text, ValueError or MessageError for what no letter can carry.
        """
        texts = Texts(person.language)
        words = {
            name: date.fromisoformat(value) if name in _DAYS else value
            for name, value in parameters.items()
            if name in ("deadline", *_DAYS)
        }
        words["territory"] = self._territory_name(UUID(parameters["territory_id"]))
        if kind == "invitation":
            meeting = parameters["meeting"]
            words["meeting"] = texts.t("mail.forum") if meeting == "FORUM" else texts.word("body-kind", meeting)
        elif "deadline" in parameters:
            words["act"] = texts.t(f"mail.act.{parameters['deadline']}")
        paragraphs = [
            texts.t("mail.greeting", name=person.name),
            texts.t(f"mail.{kind}.body", **words),
            texts.t(f"mail.{kind}.why", **words),
            texts.t(f"mail.{kind}.stop", **words),
            texts.t("mail.link", link=self._base_url + parameters["path"]),
            texts.t("mail.signature"),
        ]
        letter = EmailMessage()
        letter["From"] = self._sender
        letter["To"] = Address(display_name=person.name, addr_spec=person.email)
        letter["Subject"] = texts.t(f"mail.{kind}.subject", **words)
        letter["Date"] = now
        letter["Message-ID"] = f"<{message_id}@{self._sender.domain}>"
        letter["Auto-Submitted"] = "auto-generated"  # keeps out-of-office answers away (RFC 3834)
        letter.set_content("\n\n".join(paragraphs) + "\n", cte="quoted-printable")
        letter["Content-Language"] = person.language  # after the content, which removes it
        return letter


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
        self._smtp: smtplib.SMTP | None = None

    def send(self, letter: EmailMessage) -> None:
        """Hand over one letter to its one recipient. Raises LetterRefused or ServerFailing."""
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
            raise _refusal(error.smtp_code) from None
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise ServerFailing(_name_of(error)) from None

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

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None and self._smtp.sock is not None:
            return self._smtp
        server = self._server
        try:
            if server.tls == "tls":
                trusted = ssl.create_default_context(cafile=server.ca_file)
                self._smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=trusted)
            else:
                self._smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
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
