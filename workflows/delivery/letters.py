"""What a letter is: for whom, about which event of the log, and what is found when it is weighed before it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.kernel import Event
from domain.values import deterministic_id
from workflows.delivery.blocks import Block
from workflows.delivery.invitations import CalendarPart
from workflows.people import Person
from workflows.texts import Texts

SETTLED: Final = "settled"
"""What it asked for is done, or answered."""
SILENCED: Final = "silenced"
"""The committee decided that nothing is said of it."""
MOVED: Final = "moved"
"""What it asks for is due on another day."""
SUPERSEDED: Final = "superseded"
"""A later message about the same thing takes its place."""
NOT_EXPECTED: Final = "not-expected"
"""Nobody expects it any more: a partner that will not sign, a convention that is over."""
CLOSED: Final = "convention-closed"
"""Its convention is closed."""
ANNULLED: Final = "annulled"
"""What it tells of was annulled."""
NOT_IN_CHARGE: Final = "not-in-charge"
"""Its reader is not in charge any more."""
ACCOUNT_CLOSED: Final = "account-closed"
"""Its reader has no open account any more."""
FORGOTTEN: Final = "person-forgotten"
"""Its reader was forgotten."""
STOPPED: Final = "stopped"
"""Its reader wants no more of its kind."""

REASONS: Final = (
    SETTLED,
    SILENCED,
    MOVED,
    SUPERSEDED,
    NOT_EXPECTED,
    CLOSED,
    ANNULLED,
    NOT_IN_CHARGE,
    ACCOUNT_CLOSED,
    FORGOTTEN,
    STOPPED,
)
"""Why a letter is withdrawn before it left: nobody is to do anything about it."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter to somebody. Ids only: what waits in the outbox names nobody, and says nothing.

    `about_id`: what it tells of, mostly an event; `within_id`: what that belongs to, mostly its stream. `territory_id`:
    where its reader works; None for what is of a whole framework, and for what somebody waits for, which leaves at any
    hour.
    """

    message_id: UUID
    person_id: UUID
    kind: str
    about_id: UUID
    within_id: UUID
    territory_id: UUID | None


def letter_to(person_id: UUID, kind: str, event: Event, territory_id: UUID | None) -> Letter:
    """The letter that tells a person of what an event says: asked for several times, it is one."""
    event_id = event.envelope.event_id
    return Letter(
        message_id=deterministic_id(event_id, person_id),
        person_id=person_id,
        kind=kind,
        about_id=event_id,
        within_id=event.originator_id,
        territory_id=territory_id,
    )


def same_to(person_id: UUID, letter: Letter) -> Letter:
    """The same letter, to somebody else."""
    return replace(letter, person_id=person_id, message_id=deterministic_id(letter.about_id, person_id))


@dataclass(frozen=True)
class Item:
    """What is said of one thing, with the links to where it is done and read.

    `thread_id`: what it belongs to, mostly a convention, by which a reader's mail program groups letters; `list_name`:
    which of our lists it is of, empty for a letter of none; `stop`: the address that ends letters of this kind by one
    press, which no legal notice has; `calendar`: the day for calendar programs, of a letter that leaves alone.
    """

    subject: str
    paragraphs: tuple[Block, ...]
    thread_id: UUID | None = None
    list_name: str = ""
    stop: str | None = None
    calendar: CalendarPart | None = None


DIGEST: Final = "digest"
"""The kind of the letters that are digests. One leaves alone: what may be stopped is never in one letter with what may
not."""

CONVENTIONS: Final = "conventions"
"""The list of what is said of conventions at once: reminders, escalations, corrections."""

MEETINGS: Final = "meetings"
"""The list of invitations."""

ALONE: Final = frozenset({DIGEST, "meeting-convened", "meeting-moved", "meeting-cancelled"})
"""The kinds of letters that leave alone: what may be stopped, and what calendar programs read."""


@dataclass(frozen=True)
class Leaves:
    """It is meant: what it says today, to a person and in their language."""

    says: Callable[[Person, Texts], Item]


@dataclass(frozen=True)
class Waits:
    """It is no hour to write at where it is about."""

    until: datetime


@dataclass(frozen=True)
class Withdrawn:
    """It is not meant any more, and why; who is to be told in the place of its reader."""

    reason: str
    instead: tuple[Letter, ...] = ()


Verdict = Leaves | Waits | Withdrawn
Weigh = Callable[[Letter, datetime], Verdict]
