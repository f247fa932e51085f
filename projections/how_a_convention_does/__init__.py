"""How does a convention do? In one of the five words, why, and the first sentences that every door says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.state import PLAN
from domain.values import Code, Theme
from projections.how_a_convention_does.first_sentences import first_sentences, late, theme_lacks
from projections.how_a_convention_does.known import DISCUSSING, Known, brief, known, lacking, status_of, what
from projections.how_a_convention_does.possible import AT_THE_TERM, is_possible, is_to_activate
from projections.how_a_convention_does.waiting import stalled, waiting
from projections.saying import Expected, Said, Status
from projections.what_is_due import WATCHED, Deadline
from projections.what_is_due.waited_for import Thing
from projections.where_conventions_stand import CLOSED
from projections.which_facts_do_not_count import Withheld
from projections.which_forums_there_are import ForumTold
from projections.which_themes_are_crossed import ThemeCrossing

__all__ = [
    "AT_THE_TERM",
    "DISCUSSING",
    "Due",
    "Known",
    "Lacking",
    "Situation",
    "brief",
    "due",
    "forum_status",
    "is_possible",
    "is_to_activate",
    "known",
    "lacking",
    "situation",
    "stalled",
    "status_of",
    "theme_status",
    "waiting",
    "what",
]


@dataclass(frozen=True)
class Due:
    """A deadline: what is expected, of whom while it is open, and the act that may end it today.

    `met_by`: the fact that met it. `things`: what it still waits for, where a partner is asked of several together.
    """

    id: Code
    what: Said
    status: Status
    due_on: date
    met_on: date | None
    met_by: UUID | None
    days_late: int
    partner_id: UUID | None
    expected: Expected | None
    act: Code | None
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True)
class Lacking:
    """A theme that forums discussed without someone, and what it lacks."""

    theme: Theme
    lacks: tuple[Code, ...]


@dataclass(frozen=True)
class Situation:
    """Where a convention stands on a day, concluded.

    `reason`: why it is late or to be watched, None when it is neither; `beside_deadlines`: why it is to be watched,
    where that is not a deadline. `signed` of `required`: the signatures of the plan that count, `any_signature` whether
    one was given at all. `crossed` of `themes`.
    """

    convention_id: UUID
    territory_id: UUID
    day: date
    phase: Code
    status: Status
    reason: Said | None
    beside_deadlines: Said | None
    first_sentences: tuple[Said, ...]
    late: tuple[Due, ...]
    soon: tuple[Due, ...]
    following: Due | None
    gaps: tuple[Lacking, ...]
    withheld: tuple[Withheld, ...]
    crossed: int
    themes: int
    signed: int
    required: int
    any_signature: bool
    plan_signed: bool
    plan_missing: bool


def situation(known: Known) -> Situation:
    """The one account that lists, pages, mails and tools give of a convention."""
    following = known.following
    # Which themes were crossed before a take-over, nobody says (R34).
    themes = [one for one in known.themes if known.taken_over is None or one.counting]
    return Situation(
        convention_id=known.convention_id,
        territory_id=known.standing.territory_id,
        day=known.today,
        phase=known.phase,
        status=_status(known),
        reason=_reason(known),
        beside_deadlines=_beside_deadlines(known),
        first_sentences=first_sentences(known),
        late=tuple(due(known, one) for one in known.late),
        soon=tuple(due(known, one) for one in known.soon),
        following=due(known, following) if following is not None else None,
        gaps=tuple(Lacking(one.theme, lacking(one)) for one in known.gaps),
        withheld=known.withheld,
        crossed=sum(one.crossed for one in themes),
        themes=len(themes),
        signed=known.required - len(known.missing_for(PLAN)),
        required=known.required,
        any_signature=any(one.signatures for one in known.signatures.signatories),
        plan_signed=known.taken_over is not None or bool(known.facts("action-plan-signed")),
        plan_missing=known.plan_missing,
    )


def due(known: Known, deadline: Deadline) -> Due:
    """A deadline as every door tells it."""
    return Due(
        deadline.id,
        what(deadline),
        status_of(deadline),
        deadline.due_on,
        deadline.met_on,
        deadline.met_by,
        deadline.days_late,
        deadline.partner_id,
        known.expected(deadline),
        _act_ending(known, deadline),
        deadline.things if deadline.is_open else (),
    )


def theme_status(known: Known, theme: ThemeCrossing) -> Status:
    """A theme in one of the five words: what it lacks presses only while priorities are to be chosen."""
    if theme.crossed:
        return "done"
    if known.taken_over is not None and not theme.counting:
        return "unknown"
    if theme in known.gaps:
        return "watch"
    if not theme.counting:
        return "irregular" if theme.not_counting else "not-started"
    return "on-time"


def forum_status(known: Known, forum: ForumTold) -> Status | None:
    """A forum in one of the five words: irregular when it does not count or is marked, watched once its day is past.

    None for one that was cancelled: nothing is expected of it.
    """
    if forum.cancelled_on is not None:
        return None
    if forum.forum_id in known.counting:
        return "done"
    if forum.held_on is not None or forum.irregularities:
        return "irregular"
    return "watch" if forum.planned_on is not None and forum.planned_on < known.today else "not-started"


def _act_ending(known: Known, deadline: Deadline) -> Code | None:
    """The act that meets an open deadline, once it is possible."""
    command = known.act_meeting(deadline) if deadline.is_open else None
    if command is None or not is_possible(known, command):
        return None
    return Code(command) if deadline.review_period is None or known.is_reviewable(deadline) else None


def _status(known: Known) -> Status:
    """One of the five words; what does not count yet is to be watched."""
    if known.phase == CLOSED:
        return "done"
    if known.late:
        return "late"
    return "watch" if known.soon or _beside_deadlines(known) is not None else "on-time"


def _reason(known: Known) -> Said | None:
    if known.phase == CLOSED:
        return None
    if known.late:
        return late(known)
    if (beside := _beside_deadlines(known)) is not None:
        return beside
    return Said(word="soon", what=what(known.soon[0]), on=known.soon[0].due_on) if known.soon else None


def _beside_deadlines(known: Known) -> Said | None:
    if known.phase == CLOSED:
        return None
    if known.refusing:
        return known.refusing[0]
    if known.gaps:
        return theme_lacks(known.gaps[0])
    if known.withheld:
        partner_id = known.withheld[0].partner_id
        if partner_id is None:
            return Said(word="not-counting", count=len(known.withheld))
        return Said(word="signature-not-counting", partner_id=partner_id)
    if known.plan_missing:
        return Said(word="plan-missing")
    if (waits := stalled(known)) is not None:
        return waits
    watched = next((one.partner_id for one in known.sheet if one.state == WATCHED and one.is_signature), None)
    return Said(word="optional-unsigned", partner_id=watched) if watched is not None else None
