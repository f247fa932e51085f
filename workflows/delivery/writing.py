"""Letters in the person's language: one thing said, or several that waited for one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from uuid import UUID

from workflows.delivery.letters import Item
from workflows.people import Person
from workflows.texts import Texts


class Letters:
    """Writes letters, from one sender."""

    def __init__(self, sender: str) -> None:
        name, address = parseaddr(sender)
        self._sender = Address(display_name=name, addr_spec=address)

    def write(self, message_id: UUID, items: Sequence[Item], person: Person, now: datetime) -> EmailMessage:
        """The letter that says these things. Its Message-ID comes from `message_id`, so that a letter sent twice can be
        seen to be one.

        Raises LookupError for a code without a text, ValueError or MessageError for what no letter can carry.
        """
        texts = Texts(person.language)
        paragraphs = [texts.t("mail.greeting", name=person.name)]
        if len(items) == 1:
            subject = items[0].subject
            paragraphs.extend(items[0].paragraphs)
        else:
            subject = texts.t_plural("mail.several.subject", len(items))
            paragraphs.append(texts.t("mail.several.body"))
            for number, item in enumerate(items, 1):
                paragraphs.append("\n".join((f"{number}. {item.subject}", *item.paragraphs)))
        paragraphs.append(texts.t("mail.signature"))
        letter = EmailMessage()
        letter["From"] = self._sender
        letter["To"] = Address(display_name=person.name, addr_spec=person.email)
        letter["Subject"] = subject
        letter["Date"] = now
        letter["Message-ID"] = f"<{message_id}@{self._sender.domain}>"
        letter["Auto-Submitted"] = "auto-generated"  # keeps out-of-office answers away (RFC 3834)
        letter.set_content("\n\n".join(paragraphs) + "\n", cte="quoted-printable")
        letter["Content-Language"] = person.language  # after the content, which removes it
        return letter
