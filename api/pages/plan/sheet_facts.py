"""What is known of one sheet, as its page tells it: who, for whom, until when, how far; the rest of it folded."""

from __future__ import annotations

from collections.abc import Iterator

from api.pages.acts import forms_in
from api.pages.addresses import PLAN
from api.pages.contexts import NextAct, Phrase, SheetFact, StepLine
from api.pages.contexts.plan import Standing
from api.pages.plan.quilt import Quilt
from api.pages.view import View
from projections.where_the_plan_stands import SheetStanding
from projections.whether_sheets_move import DONE, LAID_ASIDE, SheetMoving, time_passed


def acts_on_one() -> tuple[str, ...]:
    """What may be done with one sheet, in the order in which acts on a plan are looked for."""
    return tuple(form.name for form in forms_in("plan") if "stream_id" in form.choices)


def facts_of(view: View, one: SheetMoving) -> tuple[SheetFact, ...]:
    """What is asked first of a sheet."""
    return (_who(view, one.sheet), *_for_whom(view, one.sheet), *_until(view, one.sheet), *_progress(view, one))


def _who(view: View, sheet: SheetStanding) -> SheetFact:
    person = view.ask.person(sheet.owner_person_id) if sheet.owner_person_id is not None else None
    others = tuple(map(view.ask.name, sheet.contributor_ids))
    said = Phrase("page.sheet.with", {"partners": others}) if others else None
    return SheetFact(
        Phrase("page.sheet.who"),
        sheet.owner_name or Phrase("page.sheet.nobody"),
        view.home.partner(sheet.owner_id) if sheet.owner_id is not None else "",
        Phrase("page.sheet.by", {"person": person}) if person is not None else said,
    )


def _for_whom(view: View, sheet: SheetStanding) -> Iterator[SheetFact]:
    everywhere = Phrase("page.sheet.everywhere")
    where = Phrase("page.sheet.communes", {}, len(sheet.communes)) if sheet.communes else everywhere
    if sheet.public is not None:
        yield SheetFact(Phrase("page.sheet.for-whom"), view.ask.said(sheet.public), "", where)
    elif sheet.communes:
        yield SheetFact(Phrase("page.sheet.for-whom"), where)


def _until(view: View, sheet: SheetStanding) -> Iterator[SheetFact]:
    if sheet.calendar is None:
        return
    first, last = sheet.calendar.effective_from, sheet.calendar.effective_to
    begun = sheet.status not in ("TO_START", "POSTPONED")
    said = Phrase("page.sheet.started" if begun else "page.sheet.starts", {"on": first})
    yield SheetFact(Phrase("page.sheet.until"), Phrase("page.sheet.day", {"on": last}), "", said)


def _progress(view: View, one: SheetMoving) -> Iterator[SheetFact]:
    sheet, passed = one.sheet, round(100 * time_passed(one.sheet, view.ask.today))
    done = sum(step.done_on is not None for step in sheet.steps)
    time = Phrase("page.sheet.time", {"passed": passed}) if one.standing not in (DONE, LAID_ASIDE) else None
    if sheet.progress_percent is not None:
        yield SheetFact(Phrase("page.sheet.progress"), f"{sheet.progress_percent} %", "", time)
    elif sheet.steps:
        figure = Phrase("page.sheet.steps-done", {"total": len(sheet.steps)}, done)
        yield SheetFact(Phrase("page.sheet.progress"), figure, "#steps", time)
    in_plan = Phrase("page.sheet.in-plan" if sheet.in_plan else "page.sheet.not-in-plan")
    yield SheetFact(Phrase("page.sheet.plan"), in_plan, f"{view.home.page(PLAN)}#plan")


def details_of(view: View, sheet: SheetStanding) -> tuple[SheetFact, ...]:
    """The rest of what was written down, in the order of a sheet on paper."""
    said = view.ask.said
    texts = (
        ("strategic", (sheet.strategic_objective,)),
        ("operational", (sheet.operational_objective,)),
        ("description", (sheet.description,)),
        ("human", (sheet.human_means,)),
        ("material", (sheet.material_means,)),
        ("links", sheet.links),
        ("risks", sheet.risks),
    )
    found = [
        SheetFact(Phrase(f"page.sheet.{name}"), said(one))
        for name, several in texts
        for one in several
        if one is not None
    ]
    if sheet.themes:
        found.append(SheetFact(Phrase("page.themes"), Phrase("page.thread.forum-on", {"themes": sheet.themes})))
    if sheet.life_stages:
        stages = tuple(Phrase(f"life-stage.{one}") for one in sheet.life_stages)
        found.append(SheetFact(Phrase("page.sheet.stages"), Phrase("page.sheet.listed", {"what": stages})))
    if sheet.communes:
        names = tuple(map(view.ask.name, sheet.communes))
        found.append(SheetFact(Phrase("page.sheet.where"), Phrase("page.sheet.listed", {"what": names})))
    if sheet.owner_person_id is not None and sheet.contributor_ids:
        names = tuple(map(view.ask.name, sheet.contributor_ids))
        found.append(SheetFact(Phrase("page.sheet.contributors"), Phrase("page.sheet.listed", {"what": names})))
    if sheet.motive is not None:
        found.append(SheetFact(Phrase("page.sheet.motive"), said(sheet.motive)))
    return tuple(found)


def steps_of(quilt: Quilt, sheet: SheetStanding) -> tuple[StepLine, ...]:
    """Its steps, each on its day."""
    view, today = quilt.view, quilt.view.ask.today
    lines = []
    for one in sheet.steps:
        late = one.done_on is None and one.due_on is not None and one.due_on < today
        standing: Standing = "done" if one.done_on is not None else "late" if late else "not-started"
        day = one.done_on or one.due_on
        word = "done" if one.done_on is not None else "late" if late else "due"
        said = Phrase(f"page.sheet.step-{word}", {"on": day}) if day is not None else Phrase("page.plan.undated")
        kind = "done" if one.done_on is not None else "waits"
        bar = quilt.timeline.mark(day, kind, today, late=late) if day is not None else None
        lines.append(StepLine(standing, view.ask.said(one.title), said, bar))
    return tuple(lines)


def next_of(quilt: Quilt, one: SheetMoving) -> tuple[NextAct, ...]:
    """What presses, with the one act that ends it."""
    if one.cause is None:
        return ()
    line, what = quilt.line(one), Phrase(f"page.sheet.presses-{one.cause}")
    if line.standing != "late":
        return (NextAct(what, "watch", act=line.act, why=line.why or line.beside),)
    return (NextAct(what, "late", act=line.act, why=line.why, days_late=one.days),)
