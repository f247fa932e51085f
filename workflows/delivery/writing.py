"""Letters in the person's language: one thing said, or several that waited for one person.

Each is said twice, as plain text and as HTML without pictures nor anything fetched from elsewhere. Letters about one
convention are answers to a first one that was never sent, of a stable name: mail programs show them as one thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.values import deterministic_id
from workflows.delivery.blocks import Block, Heading, Line, Lines, Link
from workflows.delivery.letters import Item
from workflows.people import Person
from workflows.texts import Texts

_TEMPLATES: Final = Path(__file__).parent / "templates"


class Letters:
    """Writes letters, from one sender. `reply_to`: the person whom answers reach, where there is one."""

    def __init__(self, sender: str, reply_to: str = "") -> None:
        self._sender = _address(sender)
        self._reply_to = _address(reply_to) if reply_to else None
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._html = environment.get_template("letter.html")

    def write(self, message_id: UUID, items: Sequence[Item], person: Person, now: datetime) -> EmailMessage:
        """The letter that says these things. Its Message-ID comes from `message_id`, so that a letter sent twice can be
        seen to be one.

        Raises LookupError for a code without a text, ValueError or MessageError for what no letter can carry.
        """
        texts = Texts(person.language, typeset=True)
        subject = items[0].subject if len(items) == 1 else texts.t_plural("mail.several.subject", len(items))
        letter = EmailMessage()
        letter["From"] = self._sender
        letter["To"] = Address(display_name=person.name, addr_spec=person.email)
        if self._reply_to is not None:
            letter["Reply-To"] = self._reply_to
        letter["Subject"] = subject
        letter["Date"] = now
        letter["Message-ID"] = self._name(message_id)
        letter["Auto-Submitted"] = "auto-generated"  # keeps out-of-office answers away (RFC 3834)
        for name, value in self._headers(items, person):
            letter[name] = value
        said = {
            "greeting": texts.t("mail.greeting", name=person.name),
            "several": texts.t("mail.several.body"),
            "signature": texts.t("mail.signature" if self._reply_to is None else "mail.signature.answered"),
            "stop_label": texts.t("mail.stop-digests"),
        }
        letter.set_content(_plain(items, said, texts), cte="quoted-printable")
        html = self._html.render(
            **said, language=person.language, subject=subject, items=items, stop=items[0].stop if items else None
        )
        letter.add_alternative(html, subtype="html", cte="quoted-printable")
        for item in items:
            if item.calendar is not None:
                letter.add_alternative(
                    item.calendar.content.decode(), subtype="calendar", params={"method": item.calendar.method}
                )
        letter["Content-Language"] = person.language  # after the content, which removes it
        return letter

    def _name(self, one: UUID) -> str:
        return f"<{one}@{self._sender.domain}>"

    def _headers(self, items: Sequence[Item], person: Person) -> Iterator[tuple[str, str]]:
        """What the letters of one thread, or of one list, have in common."""
        threads = {one.thread_id for one in items}
        thread_id = threads.pop()
        if not threads and thread_id is not None:
            root = self._name(deterministic_id("thread", thread_id, person.person_id))
            yield "In-Reply-To", root
            yield "References", root
        (list_name, *others) = dict.fromkeys(one.list_name for one in items)
        if list_name and not others:
            yield "List-Id", f"<{list_name}.{self._sender.domain}>"
        stop = items[0].stop
        if stop is not None:
            ways = [f"<{stop}>"]
            if self._reply_to is not None:
                ways.append(f"<mailto:{self._reply_to.addr_spec}?subject=stop>")
            yield "List-Unsubscribe", ", ".join(ways)
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"  # RFC 8058


def _address(of: str) -> Address:
    name, address = parseaddr(of)
    return Address(display_name=name, addr_spec=address)


def _plain(items: Sequence[Item], said: dict[str, str], texts: Texts) -> str:
    """The letter as plain text."""
    paragraphs = [said["greeting"]]
    if len(items) == 1:
        paragraphs += [_in_text(one, texts) for one in items[0].paragraphs]
    else:
        paragraphs.append(said["several"])
        for number, item in enumerate(items, 1):
            paragraphs.append("\n".join((f"{number}. {item.subject}", *(_in_text(o, texts) for o in item.paragraphs))))
    paragraphs.append(said["signature"])
    if items[0].stop is not None:
        paragraphs.append(texts.t("mail.line.link", label=said["stop_label"], link=items[0].stop))
    return "\n\n".join(paragraphs) + "\n"


def _in_text(block: Block, texts: Texts) -> str:
    match block:
        case str():
            return block
        case Link():
            return block.said
        case Heading():
            return f"{block.text}\n{'=' * len(block.text)}"
        case Lines():
            lines = (_line(one, texts) for one in block.lines)
            return "\n".join((*([block.title] if block.title else []), *lines))


def _line(line: Line, texts: Texts) -> str:
    said = [f"- {line.text}"]
    if line.about:
        said.append(f"  {line.about}")
    if line.link is not None:
        said.append("  " + texts.t("mail.line.link", label=line.link.label, link=line.link.href))
    return "\n".join(said)
