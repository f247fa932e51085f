"""The prototypes of one sheet, as its page shows them: what is tried, with whom, what is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from api.pages.acts.prototypes import GIVE_UP_PROTOTYPE, PLAN_PROTOTYPE, RECORD_PROTOTYPE_TEST
from api.pages.contexts import Phrase, Status, ThreadStep
from api.pages.contexts.prototypes import PrototypeLine, PrototypesShown, TestLine
from api.pages.people_counted import counted_people
from api.pages.view import View
from projections.which_prototypes_were_tested import (
    GIVEN_UP,
    OVERDUE,
    PLANNED,
    TESTED,
    PrototypeTest,
    PrototypeTold,
    prototypes,
)

STATUS_OF: Final[Mapping[str, Status]] = {
    OVERDUE: "watch",
    PLANNED: "not-started",
    TESTED: "done",
    GIVEN_UP: "unknown",
}


def _of(view: View, sheet_id: UUID) -> tuple[PrototypeTold, ...]:
    found = tuple(one for one in view.dossier.once(prototypes, view.ask.today) if one.sheet_id == sheet_id)
    view.ask.open(found)
    return found


def prototypes_shown(view: View, sheet_id: UUID) -> PrototypesShown | None:
    """Those of a sheet; None where none was planned and whoever looks may plan none."""
    found = _of(view, sheet_id)
    act = view.told.act(PLAN_PROTOTYPE.name, stream_id=str(sheet_id))
    if not found and act is None:
        return None
    return PrototypesShown(tuple(_line(view, one) for one in found), sum(one.is_awaited for one in found), act)


def _line(view: View, one: PrototypeTold) -> PrototypeLine:
    given = {"stream_id": str(one.sheet_id), "prototype_id": str(one.prototype_id)}
    may = (RECORD_PROTOTYPE_TEST, GIVE_UP_PROTOTYPE) if one.given_up_on is None else ()
    links = [view.told.act(form.name, None, **given) for form in may]
    tested, dropped = links or (None, None)
    again = tested if one.state == TESTED else None
    return PrototypeLine(
        what=view.ask.said(one.what),
        href=view.trail(one.event_id),
        status=STATUS_OF[one.state],
        state=_state(one),
        place=view.ask.said(one.place) if one.place is not None else None,
        tests=tuple(_test(view, each) for each in one.tests),
        why=view.ask.said(one.motive) if one.motive is not None else None,
        act=tested if one.next_act is not None else None,
        others=tuple(each for each in (again, dropped) if each is not None),
    )


def _state(one: PrototypeTold) -> Phrase:
    if one.verdict is not None and one.state == TESTED:
        return Phrase(f"page.prototype.made-{one.verdict}")
    if one.ends_on is not None and one.is_awaited:
        return Phrase(f"page.prototype.{one.state}-by", {"on": one.ends_on})
    return Phrase(f"page.prototype.{one.state}")


def _test(view: View, one: PrototypeTest) -> TestLine:
    said = {"on": one.tested_on, "who": counted_people(one.came)}
    spread = one.starts_on is not None
    return TestLine(
        Phrase("page.prototype.tested-from", {**said, "since": one.starts_on})
        if spread
        else Phrase("page.prototype.tested", said),
        view.ask.said(one.learned),
        Phrase("page.money.amount", {"cents": one.cost_cents}) if one.cost_cents is not None else None,
        view.ask.documents(one.evidence),
    )


def tried(view: View, sheet_id: UUID) -> Iterator[ThreadStep]:
    """What of the action was tried, in its thread; nothing where no prototype was planned."""
    found = _of(view, sheet_id)
    if found:
        others = len(found) - 1
        yield ThreadStep(
            Phrase("page.thread.prototype"),
            view.ask.said(found[0].what),
            "#prototypes",
            Phrase("page.thread.other-prototypes", {}, others) if others else _state(found[0]),
        )
