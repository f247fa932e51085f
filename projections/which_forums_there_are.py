"""Which forums there are: announced, moved, cancelled, held; who is invited, who will come, whose record is shared?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.convention.expected_forums import ForumAttendanceConfirmed, ForumInvitationSent, ForumMoved
from domain.convention.forum_records import ForumRecordShared
from domain.convention.forums import ForumCancelled, ForumConvened, ForumHeld
from domain.convention.themes import named
from domain.kernel import Irregularity
from domain.values import Attendance, Cell, Code, Evidence, LocalId, Prose, Theme
from projections.engine import Dossier


@dataclass(frozen=True)
class ForumTold:
    """A forum: announced for `planned_on`, as it stands, held on `held_on`, one of them perhaps unknown. People are
    counted.

    `cancelled_on`: since when it is known that it will not be held, and `motive` why. `moved_from`: the days for which
    it was announced before, and `moved_because` why it moved last. `invited_on`: since when people are invited;
    `confirmed`: how many say that they will come on the day as it stands. `shared_on`: since when its record is shared,
    and with whom.
    """

    event_id: UUID
    forum_id: LocalId
    themes: tuple[Theme, ...]
    format: Code
    planned_on: date | None
    held_on: date | None
    place: Prose | None
    attendance: Attendance | None
    cells: tuple[Cell, ...]
    outputs: tuple[Prose, ...]
    animators: tuple[UUID, ...]
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    cancelled_on: date | None = None
    motive: Prose | None = None
    moved_from: tuple[date, ...] = ()
    moved_because: Prose | None = None
    invited_on: date | None = None
    confirmed: Attendance | None = None
    shared_on: date | None = None
    shared_with: tuple[Code, ...] = ()

    @property
    def is_expected(self) -> bool:
        """Whether it is announced and still to be held."""
        return self.held_on is None and self.cancelled_on is None


@dataclass(frozen=True)
class Followed:
    """What was said of a forum before and after its day, each in order."""

    moves: tuple[ForumMoved, ...]
    invitations: tuple[ForumInvitationSent, ...]
    confirmed: tuple[ForumAttendanceConfirmed, ...]
    """For the day as it stands: who had said they would come before it moved is asked anew."""
    shared: tuple[ForumRecordShared, ...]


_FOLLOWING: Final = (ForumMoved, ForumInvitationSent, ForumAttendanceConfirmed, ForumRecordShared)


def followed(dossier: Dossier, forum_id: LocalId) -> Followed:
    """What was said of a forum, as it counts."""
    moves, invitations, confirmed, shared = (dossier.once(_by_forum, one).get(forum_id, ()) for one in _FOLLOWING)
    last = moves[-1].originator_version if moves else 0
    return Followed(moves, invitations, tuple(one for one in confirmed if one.originator_version > last), shared)


def _by_forum(dossier: Dossier, kind: type[Any]) -> Mapping[LocalId, tuple[Any, ...]]:
    found: dict[LocalId, list[Any]] = defaultdict(list)
    for event in dossier.effective(kind):
        found[event.forum_id].append(event)
    return {one: tuple(each) for one, each in found.items()}


def planned_on(dossier: Dossier, convened: ForumConvened) -> date:
    """The day for which a forum is announced, as it stands."""
    moves = followed(dossier, convened.forum_id).moves
    return moves[-1].planned_on if moves else convened.planned_on


def forums(dossier: Dossier) -> tuple[ForumTold, ...]:
    """Those held, and those that are only announced or were cancelled; one that was convened keeps its planned day."""
    convened = {event.forum_id: event for _, event in dossier.facts(ForumConvened)}
    held = {event.forum_id: event for _, event in dossier.facts(ForumHeld)}
    cancelled = {event.forum_id: event for _, event in dossier.facts(ForumCancelled)}
    told = [
        (event.originator_version, _announced(event, cancelled.get(one), dossier))
        for one, event in convened.items()
        if one not in held
    ]
    told += [(event.originator_version, _held(event, convened.get(one), dossier)) for one, event in held.items()]
    return tuple(one for _, one in sorted(told, key=lambda pair: (pair[1].held_on or pair[1].planned_on, pair[0])))


def _announced(event: ForumConvened, cancelled: ForumCancelled | None, dossier: Dossier) -> ForumTold:
    return ForumTold(
        **_said(event, event, dossier),
        held_on=None,
        attendance=None,
        cells=(),
        outputs=(),
        animators=(),
        evidence=cancelled.envelope.evidence if cancelled is not None else (),
        irregularities=(),
        cancelled_on=cancelled.occurred_on if cancelled is not None else None,
        motive=cancelled.motive if cancelled is not None else None,
    )


def _held(event: ForumHeld, convened: ForumConvened | None, dossier: Dossier) -> ForumTold:
    return ForumTold(
        **_said(event, convened, dossier),
        held_on=event.occurred_on,
        attendance=event.attendance_by_expertise,
        cells=event.cells_covered,
        outputs=event.outputs,
        animators=event.animators,
        evidence=event.envelope.evidence,
        irregularities=event.envelope.irregularities,
    )


def _said(event: ForumConvened | ForumHeld, convened: ForumConvened | None, dossier: Dossier) -> dict[str, Any]:
    """What is told of it whether it was held or not."""
    since = followed(dossier, event.forum_id)
    places = [one.place for one in since.moves if one.place is not None] if event is convened else []
    days = [one.planned_on for one in (convened, *since.moves) if one is not None]
    shared = since.shared
    return {
        "event_id": event.envelope.event_id,
        "forum_id": event.forum_id,
        "themes": tuple(named(dossier.convention, one) for one in event.themes),
        "format": event.format,
        "planned_on": days[-1] if days else None,
        "place": places[-1] if places else event.place,
        "moved_from": tuple(days[:-1]),
        "moved_because": since.moves[-1].motive if since.moves else None,
        "invited_on": min((one.occurred_on for one in since.invitations), default=None),
        "confirmed": since.confirmed[-1].confirmed if since.confirmed else None,
        "shared_on": min((one.occurred_on for one in shared), default=None),
        "shared_with": tuple(dict.fromkeys(code for one in shared for code in one.shared_with)),
    }
