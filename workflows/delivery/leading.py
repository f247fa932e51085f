"""The links of letters: to the form of an act, and to the page where things are followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from workflows.delivery.blocks import Block, Link
from workflows.delivery.doors import Doors, Once
from workflows.texts import Texts


def ways(
    doors: Doors,
    texts: Texts,
    act: str | None,
    person_id: UUID,
    *,
    places: Mapping[str, UUID],
    partner_id: UUID | None = None,
    given: Mapping[str, str] | None = None,
    about_id: UUID | None = None,
) -> Iterator[Block]:
    """Where a reader does an act, and where they follow it: by the pages, or by a one-time link for whoever cannot
    sign in."""
    once = doors.once(act, person_id, places=places, partner_id=partner_id, about_id=about_id) if act else None
    if once is not None and act:
        yield from once_link(texts, act, once)
        return
    link = doors.act(act, person_id, places=places, partner_id=partner_id, given=given) if act else None
    if link is not None and act:
        yield act_link(texts, act, link)
    yield page_link(texts, doors.home(places))


def once_link(texts: Texts, act: str, once: Once) -> Iterator[Block]:
    """What a one-time link is, and the link."""
    said = "mail.once.partner" if once.partner else "mail.once"
    yield texts.t(said, partner=once.partner, until=once.until)
    yield Link(texts.t("mail.link.once", link=once.address), texts.t(f"mail.once.{act}"), once.address, is_act=True)


def act_link(texts: Texts, act: str, address: str) -> Link:
    """To the form of an act, in the words of the act."""
    label = texts.t(f"command.{act}")
    return Link(texts.t("mail.link.act", link=address), label[:1].upper() + label[1:], address, is_act=True)


def page_link(texts: Texts, address: str) -> Link:
    """To the page that shows what a letter is about."""
    return Link(texts.t("mail.link.page", link=address), texts.t("mail.label.page"), address)
