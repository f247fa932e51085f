"""The forms that the page of a meeting holds: who is there, what is decided, what the minutes add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote
from uuid import uuid4

from api.pages.acts.sittings import RECORD_DECISION
from api.pages.coming_back import BACK
from api.pages.contexts import Choice, Phrase
from api.pages.contexts.sitting import AttendForm, DecideForm, OnePress
from api.pages.forms.offering import options_of
from api.pages.forms.typed import FORM_ID, NEW, Typed
from api.pages.meetings import counted_phrase
from api.pages.sitting.addresses import ATTEND, DECIDE, HOLD, MINUTES, POINT, PREPARE
from api.pages.sitting.pieces import EXCUSED, PRESENT
from api.pages.sitting.scene import Sitting
from api.pages.terms import day_of
from domain.steering.minutes import BY_CHAIR, ApproveMinutes, DraftMinutes
from domain.steering.planning import ConveneMeeting
from domain.values import Code, LocalId
from projections.what_one_meeting_was import quorum_if

SEAT: Final = "siege"
"""Before the id of a seat: whether somebody sits there."""
GIVES: Final = "donne"
HOLDS: Final = "porte"
"""Before the number of a row: which seat gives its vote, and which one holds it."""
SPARE: Final = 2
"""Rows of proxies that are empty."""


def attending(sitting: Sitting, typed: Typed | None = None, errors: tuple[str, ...] = ()) -> AttendForm:
    """Who is there: as typed, as recorded, else as was answered to the invitation."""
    told, one, ask = sitting.told, sitting.one, sitting.view.ask
    held_on = told.held_on or min(told.on, ask.today)
    said: dict[str, str]
    if typed is not None:
        said = {seat.seat_id: typed.one(f"{SEAT}.{seat.seat_id}") for seat in one.seats}
        proxies = tuple(pair for number in range(len(one.seats) + SPARE) if any(pair := proxy_typed(typed, number)))
    else:
        there = told.seats_present if one.is_held else told.said(Code(PRESENT))
        excused = told.seats_excused if one.is_held else told.said(Code(EXCUSED))
        said = {str(seat): PRESENT for seat in there} | {str(seat): EXCUSED for seat in excused}
        given = told.proxies if one.is_held else told.proxies_given
        proxies = tuple((str(each.seat_id), str(each.held_by)) for each in given)
    names = [(seat, ask.name(seat.partner_id)) for seat in one.seats if seat.vacant_since is None]
    people = {seat.seat_id: ask.person(seat.person_id) for seat, _ in names if seat.person_id is not None}
    day = (typed.one("occurred_on") if typed is not None else "") or held_on.isoformat()
    counted = quorum_if(sitting.view.place, told, day_of(day) or held_on, _those_present(said))
    return AttendForm(
        action=sitting.at(f"{HOLD}/{ATTEND}", **_point(sitting)),
        key=str(uuid4()),
        told=said,
        held_on=day,
        attendance=typed.one("attendance") if typed is not None else str(told.attendance or ""),
        again=one.is_held,
        proxies=(*proxies, *((("", ""),) * SPARE)),
        choices=tuple(
            Choice(seat.seat_id, Phrase("page.literal", {"text": f"{name} ({who})" if who else name}))
            for seat, name in names
            for who in (people.get(seat.seat_id),)
        ),
        errors=errors,
        counted=counted_phrase(counted) if one.seats else None,
        reached=counted.reached,
    )


def _those_present(said: Mapping[str, str]) -> tuple[LocalId, ...]:
    return tuple(LocalId(seat) for seat, told in said.items() if told == PRESENT)


def proxy_typed(typed: Typed, number: int) -> tuple[str, str]:
    """Who gives a vote in a row, and to whom."""
    return typed.one(f"{GIVES}.{number}"), typed.one(f"{HOLDS}.{number}")


def deciding(
    sitting: Sitting,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    refused: tuple[str, ...] = (),
    *,
    new_key: bool = False,
) -> DecideForm:
    """A decision to be said: empty, or as typed with what is wrong."""
    view = sitting.view
    given = {"stream_id": sitting.body_id, "meeting_id": str(sitting.told.meeting_id)}
    options = options_of(view.ask, RECORD_DECISION, view.place_id, given)
    kept = typed if typed is not None and not new_key else Typed({})
    return DecideForm(
        action=sitting.at(f"{HOLD}/{DECIDE}", **_point(sitting)),
        key=kept.one("idempotency_key") or str(uuid4()),
        hidden=(("decision_id", NEW), (FORM_ID, kept.one(FORM_ID) or str(uuid4())), *_on_point(sitting)),
        values=typed.ones if typed is not None else {},
        kinds=options.choices["kind"],
        owners=options.choices["owner_id"],
        far_owners=options.others.get("owner_id", ()),
        errors=errors or {},
        refused=refused,
    )


def _point(sitting: Sitting) -> dict[str, str]:
    return {POINT: str(sitting.point)} if sitting.told.agenda else {}


def _on_point(sitting: Sitting) -> tuple[tuple[str, str], ...]:
    """What is decided is about the point that is shown."""
    agenda = sitting.told.agenda
    return (("item_id", agenda[sitting.point - 1].item_id),) if agenda else ()


def drafting(sitting: Sitting) -> OnePress | None:
    """What the minutes add, in one text."""
    text = sitting.view.ask.said(sitting.told.minutes) if sitting.told.minutes is not None else ""
    if sitting.told.approved_on is not None or not sitting.one.is_held:
        return None
    return _press(sitting, DraftMinutes.NAME, MINUTES, text or "")


def approving(sitting: Sitting) -> OnePress | None:
    """The chair approves the minutes, today."""
    return _press(sitting, ApproveMinutes.NAME, MINUTES, approved_by=BY_CHAIR)


def convening(sitting: Sitting) -> OnePress | None:
    """The invitation begins with the points that were ticked: nothing is recorded before it was read again."""
    return _press(sitting, ConveneMeeting.NAME, PREPARE, _add="agenda")


def _press(sitting: Sitting, name: str, step: str, text: str = "", **hidden: str) -> OnePress | None:
    act = sitting.act(name)
    if act is None:
        return None
    address = act.href.partition("?")[0]
    today = sitting.view.ask.today.isoformat()
    said = {"stream_id": sitting.body_id, "meeting_id": str(sitting.told.meeting_id), "occurred_on": today, **hidden}
    back = quote(sitting.at(step), safe="")
    return OnePress(f"{address}?{BACK}={back}", str(uuid4()), tuple(said.items()), text)
