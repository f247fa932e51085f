"""The contract of ``meetings.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.contexts.pieces import Act, EvidenceShown, Phrase, Status
from api.pages.contexts.trainings import TrainingsShown


@dataclass(frozen=True, slots=True)
class SittingLine:
    """A meeting: whose, when, where it stands, and what may be done with it now; who was invited, what they answered,
    and whether the quorum is sure to be there."""

    anchor: str
    body: str
    on: date
    status: Status
    state: str
    where: tuple[Phrase, ...]
    agenda: tuple[str | None, ...]
    papers: tuple[EvidenceShown, ...]
    invitation: tuple[Phrase, ...]
    answers: tuple[Phrase, ...]
    foreseen: Phrase | None
    is_sure: bool
    quorum: Phrase | None
    is_inquorate: bool
    decisions: tuple[str | None, ...]
    minutes: tuple[str | None, ...]
    why: str | None
    acts: tuple[Act, ...]
    href: str
    page_href: str = ""
    contested: bool = False


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat: whose it is, in what role, who sits there; the act that fills one that is vacant."""

    partner: str
    role: str
    college: str
    person: str | None
    substitute: str | None
    vacant_since: date | None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class BodyCard:
    """A body with its seats, its quorum and how often it meets."""

    name: str
    kind: str
    seats: tuple[SeatLine, ...]
    vacant: int
    quorum: Phrase
    rhythm: Phrase | None
    unplanned: Phrase | None
    last_held_on: date | None


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """What waits for a meeting, and why it does."""

    what: Phrase
    why: Phrase | None
    href: str | None
    days_late: int


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """``meetings.html``: what is to be prepared, held, written down? The agenda that is proposed, the meetings to come,
    those whose minutes wait, those that are over, the bodies. ``above``: the page that it stands under, where no
    bar says so."""

    territory: str
    answer: tuple[Phrase, ...]
    to_come: tuple[SittingLine, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    to_follow: tuple[SittingLine, ...] = ()
    over: tuple[SittingLine, ...] = ()
    bodies: tuple[BodyCard, ...] = ()
    acts: tuple[Act, ...] = ()
    body_acts: tuple[Act, ...] = ()
    trainings: TrainingsShown | None = None
    above: Act | None = None
