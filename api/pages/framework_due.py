"""What is awaited of a whole framework, in words and with its acts: on its page, and in somebody's work."""

from __future__ import annotations

from api.pages.addresses import anchor_of
from api.pages.contexts import Act, NextAct, Phrase, ThingLine, ThingsShown, WorkLine
from api.pages.framework_addresses import DECISIONS
from api.pages.framework_view import FrameworkView
from api.pages.sentences import phrase_of
from api.pages.things_awaited import MOST_NAMED, how_many
from projections.what_a_framework_awaits import awaited_of_framework
from projections.what_comes_next import Awaited
from projections.what_is_due.waited_for import Thing


def awaited_there(view: FrameworkView) -> tuple[Awaited, ...]:
    """What is awaited of it today, what is latest first; its words opened."""
    holidays = view.ask.services.holidays.of(view.place.framework.department)
    found = awaited_of_framework(view.place, view.ask.today, holidays)
    view.ask.open(tuple(one.things for one in found))
    return found


def next_there(view: FrameworkView, one: Awaited) -> NextAct:
    """One of them with the link to its act; of several things together, to the act on the first."""
    lines = tuple(_line(view, one, thing) for thing in one.things[:MOST_NAMED])
    silent = one.what.word == "silence-of"
    return NextAct(
        phrase_of(one.what, view.ask.name),
        one.status,
        Phrase(f"command.{one.act}") if one.act is not None else None,
        lines[0].act if lines else None,
        view.ask.name(one.owner_id) if one.owner_id is not None else None,
        phrase_of(one.why, view.ask.name) if one.why is not None else None,
        one.due_on,
        one.days_late,
        ThingsShown(how_many(one.things, silent=silent), lines, len(one.things) - len(lines)) if lines else None,
    )


def work_there(view: FrameworkView, one: Awaited) -> WorkLine:
    """The same as a line of somebody's work."""
    return WorkLine(view.known.name, f"{view.address}#due", next_there(view, one))


def _line(view: FrameworkView, one: Awaited, thing: Thing) -> ThingLine:
    return ThingLine("", view.ask.said(thing.title), _page(view, thing), _act(view, one, thing))


def _page(view: FrameworkView, thing: Thing) -> str:
    if thing.decision is None:
        return f"{view.address}#pledges"
    anchor = anchor_of("decision", f"{thing.decision.meeting_id}-{thing.decision.decision_id}")
    return f"{view.address}{DECISIONS}#{anchor}"


def _act(view: FrameworkView, one: Awaited, thing: Thing) -> Act | None:
    if one.act is None:
        return None
    if thing.decision is not None:
        return view.act(one.act, decision=thing.decision.word)
    return view.act(one.act, pledge_id=str(thing.pledge_id), partner_id=str(one.whose))
