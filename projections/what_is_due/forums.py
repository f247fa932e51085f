"""What a forum asks for: its invitation and the people who come before it (D03), its record given back after it (D04).

A forum that moves moves what it asks, and asks anew who will come; cancelled, it asks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from domain.calendar import add_period
from domain.convention.expected_forums import ForumAttendanceConfirmed, ForumInvitationSent
from domain.convention.forum_records import ForumRecordShared
from domain.convention.forums import ForumCancelled, ForumConvened, ForumHeld
from domain.kernel import Event
from domain.method import DeadlineRule, MethodProfile
from domain.values import Expertise, LocalId
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, key
from projections.which_forums_there_are import Followed, followed, planned_on

EVERY_EXPERTISE: Final = "EVERY_EXPERTISE_COMES"
USERS: Final = "USERS_COME"
_COMING: Final[dict[str, Callable[[MethodProfile], tuple[Expertise, ...]]]] = {
    EVERY_EXPERTISE: lambda method: tuple(method.forum.expertises),
    USERS: lambda _: (Expertise.USAGE,),
}
"""Of whom somebody must have said that they come, for each condition."""


@named(trigger="FORUM_ANNOUNCED", conditions=tuple(_COMING))
def before_forums(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D03: of each forum that is announced, counted from its day as it stands; met by the first invitation, or since
    somebody of each expertise, or of those who live there, says that they come.

    Nothing is asked of one that is cancelled, nor once its day is past; one that was announced, or moved, too late for
    it is watched, never late.
    """
    held = {one.forum_id: one for one in dossier.effective(ForumHeld)}
    cancelled = {one.forum_id for one in dossier.effective(ForumCancelled)} - held.keys()
    found = []
    for convened in dossier.effective(ForumConvened):
        forum_id = convened.forum_id
        if forum_id in cancelled:
            continue
        since, day = followed(dossier, forum_id), planned_on(dossier, convened)
        set_on = max(one.occurred_on for one in (convened, *since.moves))
        found.append(
            _start(
                dossier,
                convened,
                day,
                _meeting(dossier, rule, since),
                _lost(dossier, forum_id, ForumInvitationSent, ForumAttendanceConfirmed),
                obliged=set_on <= add_period(day, rule.offset, frozenset()),
                asked_until=min(day, held[forum_id].occurred_on) if forum_id in held else day,
            )
        )
    return found


@named(trigger="FORUM_HELD")
def after_forums(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D04: of each forum that was held, whether it counts or not, met by the first sharing of its record."""
    return [
        _start(
            dossier,
            held,
            held.occurred_on,
            min(followed(dossier, held.forum_id).shared, key=lambda one: one.occurred_on, default=None),
            _lost(dossier, held.forum_id, ForumRecordShared),
        )
        for held in dossier.effective(ForumHeld)
    ]


def _meeting(dossier: Dossier, rule: DeadlineRule, since: Followed) -> Event | None:
    """The invitation that went out first; or the count since which those who must come do, for good."""
    wanted = next((_COMING[one] for one in rule.met_by if one in _COMING), None)
    if wanted is None:
        return min(since.invitations, key=lambda one: one.occurred_on, default=None)
    met: Event | None = None
    for one in since.confirmed:
        met = (met or one) if all(one.confirmed.of(each) for each in wanted(dossier.method)) else None
    return met


def _start(dossier: Dossier, first: Event, day: date, met: Event | None, lost: Sequence[Event], **how: Any) -> Start:
    return Start(
        dossier.convention_id,
        key(dossier.first_said(first), lost),
        day,
        met.occurred_on if met is not None else None,
        met.envelope.event_id if met is not None else None,
        **how,
    )


def _lost(dossier: Dossier, forum_id: LocalId, *kinds: type[Event]) -> list[Event]:
    """What was said of it and was annulled."""
    every: list[Any] = dossier.annulled(*kinds)
    return [one for one in every if one.forum_id == forum_id]
