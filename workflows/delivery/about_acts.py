"""The letters of one-time links: what somebody asks of whoever speaks for a partner, and the receipt of the answer.

What is asked by reminders goes with them (`leading.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from domain.kernel import Event, Origin
from domain.territories import Territory
from domain.values import deterministic_id
from workflows.act_links import ActLink, ActLinks
from workflows.answering import Answering
from workflows.delivery.asking import Meant, NotMeant
from workflows.delivery.blocks import Block, Heading
from workflows.delivery.doors import Doors, Once
from workflows.delivery.leading import once_link
from workflows.delivery.letters import ANNULLED, NOT_EXPECTED, SETTLED, Item, Letter
from workflows.instants import PARIS
from workflows.people import Person, Vault
from workflows.texts import Texts

ASKED: Final = "act-asked"
RECEIPT: Final = "act-receipt"


def letter_asking(link_id: UUID, link_territory_id: UUID, person_id: UUID) -> Letter:
    """The letter that brings the link for what somebody asks, at the hours of its territory."""
    return Letter(
        message_id=deterministic_id("act-link", link_id),
        person_id=person_id,
        kind=ASKED,
        about_id=link_id,
        within_id=link_id,
        territory_id=link_territory_id,
    )


def letter_of_receipt(event: Event) -> Letter:
    """The receipt of what the bearer of a link recorded: of all that one answer brought, one."""
    return Letter(
        message_id=deterministic_id("act-receipt", event.envelope.correlation_id),
        person_id=event.envelope.actor_id,
        kind=RECEIPT,
        about_id=event.envelope.event_id,
        within_id=event.originator_id,
        territory_id=None,
    )


@dataclass(frozen=True, kw_only=True)
class ActsByLink:
    """What is said with a one-time link, and after it was used. `address_of`: makes the link for what was asked."""

    KINDS: ClassVar[frozenset[str]] = frozenset({ASKED, RECEIPT})

    links: ActLinks
    answering: Answering
    vault: Vault
    doors: Doors
    address_of: Callable[[ActLink], Once]

    @staticmethod
    def letters_of(steering: object, event: Event) -> Iterator[Letter]:  # noqa: ARG004 - as every family has it
        """The receipt of what was recorded by a link, not of what followed from it. People ask, no event does."""
        if event.envelope.origin is Origin.LINK and event.envelope.causation_id is None:
            yield letter_of_receipt(event)

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """What was asked is meant while it is awaited; a receipt unless what it tells of was annulled."""
        return self._receipt(letter) if letter.kind == RECEIPT else self._asked(letter, today)

    def _asked(self, letter: Letter, today: date) -> Meant | NotMeant:
        link = self.links.get(letter.about_id)
        if link.used_at is not None or not self.answering.awaits(link.asked, today):
            return NotMeant(SETTLED)
        if link.revoked_at is not None:
            return NotMeant(NOT_EXPECTED)
        out = self.answering.steering.people.out_of_reach((link.asked.person_id,))
        people = () if out else (link.asked.person_id,)

        def says(_: Person, texts: Texts) -> Item:
            asker = self.vault.person(link.asked_by) if link.asked_by is not None else None
            once = self.address_of(link)
            question = link.asked.question
            words = {
                "territory": self._territory(link.asked.territory_id),
                "partner": once.partner,
                "asker": asker.name if asker is not None else texts.t("page.erased"),
                "on": link.asked_at.astimezone(PARIS).date(),
            }
            blocks: list[Block] = [texts.t(f"mail.act-asked.{question}.{part}", **words) for part in ("body", "what")]
            blocks += once_link(texts, f"asked-{question}", once)
            return Item(texts.t(f"mail.act-asked.{question}.subject", **words), tuple(blocks), link.asked.stream_id)

        return Meant(people, says, to_somebody=False)

    def _receipt(self, letter: Letter) -> Meant | NotMeant:
        history = self.answering.steering.events_of(letter.within_id)
        event = next((one for one in history if one.envelope.event_id == letter.about_id), None)
        if event is None:
            return NotMeant(ANNULLED)

        def says(_: Person, texts: Texts) -> Item:
            return Item(texts.t("mail.act-receipt.subject"), tuple(self._said(event, texts)), letter.within_id)

        return Meant((letter.person_id,), says)

    def _said(self, event: Event, texts: Texts) -> Iterator[Block]:
        yield texts.t("mail.act-receipt.body")
        yield self.doors.recorded(event, texts)
        yield texts.t("mail.act-receipt.when", at=event.recorded_at)
        if event.envelope.evidence:
            yield Heading(texts.t("mail.act-receipt.check"))
            yield texts.t("mail.act-receipt.how")
        for one in event.envelope.evidence:
            yield texts.t("mail.act-receipt.document", sha256=one.sha256)
        yield texts.t("mail.act-receipt.wrong")

    def _territory(self, territory_id: UUID) -> str:
        territory = self.answering.steering.load(territory_id)
        assert isinstance(territory, Territory)
        return territory.name
