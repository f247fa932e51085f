"""The page of the plan: are the sheets moving? Each of them is seen; those that press are told."""

from __future__ import annotations

from collections import Counter

from api.pages.addresses import DIAGNOSIS, PLAN
from api.pages.contexts import NavItem, Phrase, PlanPage, Spelled
from api.pages.lines.offered import lines_offered
from api.pages.of_before import of_before
from api.pages.plan.asked import ORDERS, TABLE, Asked
from api.pages.plan.priorities import priority_lines
from api.pages.plan.quilt import STANDING, Quilt
from api.pages.plan.sheet_facts import acts_on_one
from api.pages.plan.views import views_of
from api.pages.tables.offered import table_offered
from api.pages.view import View
from domain.convention.earlier import PLAN as PLAN_VALIDATED
from domain.convention.earlier import PRIORITIES
from projections.how_the_plan_drifts import drift
from projections.whether_sheets_move import DONE, LATE, NOT_STARTED, ON_TIME, UNKNOWN, WATCH

MOSTLY = 0.5
"""Up to this share that is late, most of a plan moves."""


def plan_page(view: View, asked: Asked) -> PlanPage:
    """Everything the page shows."""
    quilt = Quilt(view, asked)
    page, on_one = view.home.page(PLAN), acts_on_one()
    offered = view.acts("plan")
    acts = [one for one in offered if one.label.key.removeprefix("command.") not in on_one]
    return PlanPage(
        territory=view.territory,
        question=Phrase("page.plan.question", {}, len(quilt.live)),
        answer=(*_moving(quilt), *_validated(view)),
        pressing=_pressing(quilt),
        sheets=len(quilt.sheets),
        counts=quilt.counts(),
        views=views_of(view.home, "table" if asked.view == TABLE else "calendar", asked),
        orders=tuple(
            NavItem(Phrase(f"page.plan.by-{word}"), asked.address(page, order=order), asked.order == order)
            for order, word in ORDERS.items()
        ),
        head=quilt.head() if quilt.sheets else None,
        groups=quilt.groups(),
        as_table=asked.view == TABLE,
        priorities=priority_lines(view),
        diagnosis_href=view.home.page(DIAGNOSIS),
        priority_acts=(*view.acts("priorities"), *lines_offered(view.told, "priorities")),
        plan_acts=(*acts, *lines_offered(view.told, "plan"), *table_offered(view.told)),
        sheet_acts=tuple(one for one in offered if one not in acts),
        first=view.first,
    )


def _moving(quilt: Quilt) -> tuple[Phrase, ...]:
    """Whether they do, with how many go as they should, are done and wait."""
    view, live = quilt.view, quilt.live
    before = of_before(view.told.known, PRIORITIES, PLAN_VALIDATED)
    chosen = sum(one.withdrawn_on is None for one in view.basis.priorities)
    if not live:
        return (*before, *([] if before and not chosen else [Phrase("page.plan.answer-priorities", {}, chosen)]))
    counts = Counter(one.standing for one in live)
    said = tuple(
        Phrase(f"page.plan.part-{STANDING[code]}", {}, counts[code])
        for code in (ON_TIME, DONE, NOT_STARTED, UNKNOWN)
        if counts[code]
    )
    pressing = counts[LATE] + counts[WATCH]
    if counts[UNKNOWN] > MOSTLY * len(live):
        return (*before, Phrase("page.plan.moves-unknown", {"what": said}))
    verdict = "all" if not pressing else "most" if counts[LATE] <= MOSTLY * len(live) else "few"
    if not said:
        return (*before, Phrase("page.plan.moves-none"))
    if counts[NOT_STARTED] == len(live):
        return (*before, Phrase("page.plan.moves-later", {}, len(live)))
    return (*before, Phrase(f"page.plan.moves-{verdict}", {"what": said}))


def _pressing(quilt: Quilt) -> Phrase | None:
    """How many are late, for which priority most of them, and how many are to be watched."""
    late = [one for one in quilt.live if one.standing == LATE]
    watched = sum(one.standing == WATCH for one in quilt.live)
    said = []
    if late:
        most, count = Counter(one.sheet.priority_id for one in late).most_common(1)[0]
        title = next(
            (quilt.view.ask.said(one.title) for one in quilt.view.basis.priorities if one.priority_id == most), None
        )
        if title is not None and 1 < count < len(late):
            of = Phrase("page.plan.of-which", {"count": Spelled(count), "priority": title})
            said.append(Phrase("page.plan.part-late-of", {"of": of}, len(late)))
        else:
            said.append(Phrase("page.plan.part-late", {}, len(late)))
    if watched:
        said.append(Phrase("page.plan.part-watch", {}, watched))
    return Phrase("page.plan.press", {"what": tuple(said)}) if said else None


def _validated(view: View) -> tuple[Phrase, ...]:
    """Whether the committee validated the plan, and which sheets it has not seen."""
    known = view.told.known
    validated = known.facts("action-plan-validated")
    chosen = any(one.withdrawn_on is None for one in view.basis.priorities)
    if chosen and not known.plan_validated:
        return (Phrase("page.plan.answer-not-validated"),)
    if not validated and (known.taken_over is None or not any(one.in_plan for one in view.basis.sheets)):
        return ()
    outside = sum(one.is_live and not one.in_plan for one in view.basis.sheets)
    if known.taken_over is not None and not validated:
        said = Phrase("page.plan.answer-of-before", {"on": known.taken_over.as_of})
    else:
        said = Phrase("page.plan.answer-validated", {"on": validated[-1].occurred_on})
    also = (Phrase("page.plan.answer-outside", {}, outside),) if outside else ()
    return (said, *also, *_drifted(view))


def _drifted(view: View) -> tuple[Phrase, ...]:
    """How far the plan is from what was adopted: sheets that changed or were given up, money, targets."""
    found = drift(view.dossier, view.ask.reader)
    changed = len(found.changed) + len(found.abandoned)
    said = [Phrase("page.plan.drift-sheets", {}, changed)] if changed else []
    if found.budget_cents:
        more = "more" if found.budget_cents > 0 else "less"
        said.append(Phrase(f"page.plan.drift-{more}", {"amount": abs(found.budget_cents)}))
    if found.targets:
        said.append(Phrase("page.plan.drift-targets", {}, found.targets))
    return tuple(said)
