"""The things that a deadline still waits for, by name, each with its own act for whoever may do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Final
from uuid import UUID

from domain.kernel import COMMANDS
from projections.engine import prose_tokens
from projections.what_comes_next import Awaited
from projections.what_is_due.waited_for import Thing
from workflows.delivery.blocks import Block, Line, Lines, Link
from workflows.delivery.doors import Doors, Once
from workflows.people import Vault
from workflows.texts import Texts

MOST_NAMED: Final = 8
"""In a letter; of more, how many others there are is told."""


@dataclass(frozen=True)
class Named:
    """A list of things, and whether each comes with a one-time link: its reader then needs no account."""

    blocks: tuple[Block, ...] = ()
    by_link: bool = False


def named(
    doors: Doors,
    vault: Vault,
    texts: Texts,
    awaited: Awaited,
    person_id: UUID,
    *,
    places: Mapping[str, UUID],
    name_of: Callable[[UUID], str],
) -> Named:
    """A list of them, under how many they are; nothing where a deadline is of no such things."""
    if not awaited.things:
        return Named()
    shown = awaited.things[:MOST_NAMED]
    opened = vault.open_texts(prose_tokens(shown))
    lines, answered = [], None
    for one in shown:
        once = _once(doors, awaited, one, person_id, places)
        answered = once or answered
        own = Link("", texts.t(f"mail.once.{awaited.act}"), once.address) if once is not None else None
        link = own or _act_on(doors, texts, awaited, one, person_id, places)
        lines.append(Line(_words(texts, one, opened, name_of), link=link))
    if more := len(awaited.things) - len(shown):
        lines.append(Line(texts.t_plural("page.things.more", more)))
    silent = "silent." if awaited.what.word == "silence-of" else ""
    title = texts.t_plural(f"page.things.{silent}{shown[0].kind}", len(awaited.things))
    listed = Lines(title[:1].upper() + title[1:], tuple(lines))
    if answered is None:
        return Named((listed,))
    what_links_are = texts.t("mail.once.things", partner=answered.partner, until=answered.until)
    return Named((listed, what_links_are), by_link=True)


def _once(doors: Doors, awaited: Awaited, one: Thing, person_id: UUID, places: Mapping[str, UUID]) -> Once | None:
    if awaited.act is None:
        return None
    return doors.once(awaited.act, person_id, places=places, partner_id=awaited.whose, about_id=one.about_id)


def _words(texts: Texts, one: Thing, opened: Mapping[str, str | None], name_of: Callable[[UUID], str]) -> str:
    """What people call it."""
    if one.claim is not None:
        said = {"claim": one.claim.claim, "year": str(one.claim.year), "funder": name_of(one.claim.funder_id)}
        return texts.t("page.claims.one", **said)
    if one.on is not None:
        partner = name_of(one.partner_id) if one.partner_id is not None else ""
        return texts.t(f"page.thing.{one.kind}", on=one.on, partner=partner)
    token = one.title.token if one.title is not None else None
    title = opened.get(token) if token is not None else one.title.text if one.title is not None else None
    words = title if title is not None else texts.t("word.erased")
    return f"{one.number} {words}" if one.number else words


def _act_on(
    doors: Doors, texts: Texts, awaited: Awaited, one: Thing, person_id: UUID, places: Mapping[str, UUID]
) -> Link | None:
    if awaited.act is None:
        return None
    there = {**places, "stream_id": one.thing_id} if one.chosen else places
    href = doors.act(awaited.act, person_id, places=there, partner_id=awaited.whose, given=given_on(awaited, one))
    label = texts.t(f"command.{awaited.act}")
    return Link("", label[:1].upper() + label[1:], href) if href is not None else None


def given_on(awaited: Awaited, one: Thing) -> Mapping[str, str]:
    """What the form of an act on one thing is filled with."""
    if one.decision is not None:
        return {"decision": one.decision.word}
    if one.chosen:
        return {each.field: each.value for each in one.chosen}
    if one.pledge_id is not None:
        return {"pledge_id": str(one.pledge_id), "partner_id": str(awaited.whose)}
    given = {"stream_id": str(one.thing_id)} if one.claim is None else {"claim_id": str(one.claim.claim_id)}
    asks_whose = awaited.act is not None and "partner_id" in {each.name for each in fields(COMMANDS[awaited.act])}
    return {**given, "partner_id": str(awaited.whose)} if asks_whose else given
