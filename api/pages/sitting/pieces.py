"""The parts of a meeting as its page and its papers show them: steps, seats, points of the agenda, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from api.pages.addresses import anchor_of
from api.pages.contexts import Phrase, Status
from api.pages.contexts.decisions import DecisionShown
from api.pages.contexts.sitting import CollegeTally, DecidedLine, PointShown, SeatHere, StepLine
from api.pages.deciding.lines import shown
from api.pages.sitting.addresses import FOLLOW, HOLD, MINUTES, POINT, PREPARE, STEPS
from api.pages.sitting.scene import Sitting
from api.pages.view import votes_of
from domain.steering.reference import DecisionReference
from domain.steering.seat import ADVISER
from domain.steering.seats import COLLEGES
from domain.values import LocalId
from projections.what_one_meeting_was import DecidedThere
from projections.which_meetings_there_are import APPROVED, CANCELLED, DRAFTED, HELD, TO_RECORD, SeatTold
from projections.which_signatures_are_missing import Votes

PRESENT: Final = "PRESENT"
EXCUSED: Final = "EXCUSED"
PROXY: Final = "PROXY"


def steps(sitting: Sitting) -> tuple[StepLine, ...]:
    """The four steps, and how far each is."""
    return tuple(StepLine(one, sitting.at(one), _status(sitting, one), one == sitting.step) for one in STEPS)


def _status(sitting: Sitting, step: str) -> Status:
    told, held = sitting.told, sitting.one.is_held
    if step == PREPARE:
        return "done" if held or told.convened_on is not None else "not-started" if told.state == CANCELLED else "watch"
    if step == HOLD:
        return "done" if held else "late" if told.state == TO_RECORD else "not-started"
    if step == MINUTES:
        return "done" if told.state == APPROVED else "watch" if told.state in (HELD, DRAFTED) else "not-started"
    assert step == FOLLOW, step
    found = sitting.followed
    if not found:
        return "not-started"
    return "late" if any(one.days_late for one in found) else "watch" if any(one.is_open for one in found) else "done"


def seats(sitting: Sitting) -> tuple[SeatHere, ...]:
    """The seats, college by college, and what was told of each."""
    one, ask = sitting.one, sitting.view.ask
    by = {each.seat_id: each.held_by for each in one.told.proxies}
    answers = {each.seat_id: each for each in one.told.answers}
    names = {each.seat_id: ask.name(each.partner_id) for each in one.seats}

    def answered(seat: SeatTold) -> Phrase | None:
        """What was answered to the invitation, while the meeting is to come."""
        if seat.seat_id not in answers or seat.vacant_since is not None:
            return None
        said = answers[seat.seat_id]
        who = names.get(said.proxy_seat_id, "") if said.proxy_seat_id is not None else ""
        return Phrase(f"page.session.answered.{said.answer or 'NONE'}", {"who": who})

    def told(seat: SeatTold) -> str:
        if seat.seat_id in one.told.seats_present:
            return PRESENT
        return PROXY if seat.seat_id in by else EXCUSED if seat.seat_id in one.told.seats_excused else ""

    ordered = sorted(one.seats, key=lambda seat: (COLLEGES.index(seat.college), seat.seat_role == ADVISER))
    return tuple(
        SeatHere(
            seat.seat_id,
            names[seat.seat_id],
            seat.seat_role,
            seat.college,
            ask.person(seat.person_id) if seat.person_id is not None else None,
            ask.person(seat.substitute_id) if seat.substitute_id is not None else None,
            seat.vacant_since is not None,
            told(seat),
            answered(seat),
            names.get(by[seat.seat_id]) if seat.seat_id in by else None,
        )
        for seat in ordered
    )


def tally(found: tuple[SeatHere, ...]) -> tuple[CollegeTally, ...]:
    """How many of each college are there, of its seats that vote."""
    voting = [one for one in found if one.role != ADVISER and not one.vacant]
    return tuple(
        CollegeTally(college, sum(one.told == PRESENT for one in of), len(of))
        for college in COLLEGES
        if (of := [one for one in voting if one.college == college])
    )


def points(sitting: Sitting) -> tuple[PointShown, ...]:
    """The agenda that went out, each point where it is dealt with, with what was decided on it."""
    said, on = sitting.view.ask.said, points_of(sitting)
    lines = decided(sitting)
    followed = sitting.followed if sitting.step == FOLLOW else ()
    return tuple(
        PointShown(
            number,
            said(one.text),
            sitting.at(HOLD, **{POINT: str(number)}),
            number == sitting.point,
            one.item_id,
            tuple(line for line in lines if on[line.anchor] == one.item_id),
            shown(
                sitting.view, [each for each in followed if on[_anchor(each.reference)] == one.item_id], all_acts=True
            ),
        )
        for number, one in enumerate(sitting.told.agenda, 1)
    )


def besides(sitting: Sitting) -> tuple[DecidedLine, ...]:
    """What was decided on no point of the agenda."""
    on = points_of(sitting)
    return tuple(line for line in decided(sitting) if on[line.anchor] is None)


def followed_besides(sitting: Sitting) -> tuple[DecisionShown, ...]:
    """The same, and what became of it."""
    on = points_of(sitting)
    return shown(sitting.view, [one for one in sitting.followed if on[_anchor(one.reference)] is None], all_acts=True)


def points_of(sitting: Sitting) -> Mapping[str, LocalId | None]:
    """On which point of the agenda each decision was taken, as far as the agenda still has it."""
    agenda = {one.item_id for one in sitting.told.agenda}
    return {_anchor(one.reference): one.item_id if one.item_id in agenda else None for one in sitting.one.decisions}


def _anchor(one: DecisionReference) -> str:
    return anchor_of("decision", f"{one.meeting_id}-{one.decision_id}")


def decided(sitting: Sitting) -> tuple[DecidedLine, ...]:
    """What was decided, in the order in which it was recorded."""
    return tuple(_decided(sitting))


def _decided(sitting: Sitting) -> Iterator[DecidedLine]:
    view, said = sitting.view, sitting.view.ask.said
    events = {entry.event.envelope.event_id: entry.event for entry in view.place.entries}
    for number, one in enumerate(sitting.one.decisions, 1):
        mends = view.mends(events[one.event_id])
        votes = Votes(one.votes_for, one.votes_against, one.abstentions)
        yield DecidedLine(
            _anchor(one.reference),
            said(one.text),
            charge(sitting, one),
            said(one.proof) if one.proof is not None else None,
            votes_of(votes),
            one.counts,
            view.trail(one.event_id),
            mends[0].href if mends and sitting.may_decide else None,
            number,
            one.event_id in view.contested,
        )


def charge(sitting: Sitting, one: DecidedThere) -> Phrase | None:
    """Who sees to it, and by when, as it was said there."""
    if one.owner_id is None:
        return Phrase("page.decisions.nobody-by", {"due": one.due_on}) if one.due_on else None
    owner = sitting.view.ask.name(one.owner_id)
    if one.due_on is None:
        return Phrase("page.decisions.owner", {"owner": owner})
    return Phrase("page.decisions.owner-by", {"owner": owner, "due": one.due_on})
