"""The page of the plan: which priorities were chosen, and which sheets carry them."""

from __future__ import annotations

from api.pages.addresses import DIAGNOSIS, anchor_of
from api.pages.contexts import ActionSheetLine, Phrase, PlanPage, PriorityLine, RuleText, SheetGroup
from api.pages.lines.offered import lines_offered
from api.pages.of_before import of_before
from api.pages.view import View
from domain.convention.earlier import PLAN as PLAN_VALIDATED
from domain.convention.earlier import PRIORITIES

SHEETS_SEEN_AT_ONCE = 12
"""Sheets of a plan up to which a page of two screens holds them all."""


def plan_page(view: View) -> PlanPage:
    """Everything the page shows."""
    return PlanPage(
        territory=view.territory,
        answer=_answer(view),
        priorities=_priorities(view),
        groups=_groups(view),
        diagnosis_href=view.home.page(DIAGNOSIS),
        priority_acts=(*view.acts("priorities"), *lines_offered(view.told, "priorities")),
        plan_acts=(*view.acts("plan"), *lines_offered(view.told, "plan")),
        first=view.first,
    )


def _answer(view: View) -> tuple[Phrase, ...]:
    """How many priorities and sheets there are, and whether the plan that holds them is validated."""
    chosen = sum(one.withdrawn_on is None for one in view.basis.priorities)
    live = [one for one in view.basis.sheets if one.is_live]
    before = of_before(view.told.known, PRIORITIES, PLAN_VALIDATED)
    said = [*before, *([] if before and not chosen else [Phrase("page.plan.answer-priorities", {}, chosen)])]
    if live:
        said.append(Phrase("page.plan.answer-sheets", {}, len(live)))
    validated = view.told.known.facts("action-plan-validated")
    if chosen and not view.told.known.plan_validated:
        said.append(Phrase("page.plan.answer-not-validated"))
    elif validated:
        said.append(Phrase("page.plan.answer-validated", {"on": validated[-1].occurred_on}))
        outside = sum(not one.in_plan for one in live)
        if outside:
            said.append(Phrase("page.plan.answer-outside", {}, outside))
    return tuple(said)


def _priorities(view: View) -> tuple[PriorityLine, ...]:
    numbers = {
        finding.finding_id: f"{one.version}.{number}"
        for one in view.basis.diagnoses
        for number, finding in enumerate(one.findings, 1)
    }
    held = {(one.body.body_id, one.meeting_id): one for one in view.meetings}
    waived = {one.theme for one in view.told.known.themes if one.waived_until is not None and not one.crossed}
    lines = []
    for number, one in enumerate(view.basis.priorities, 1):
        meeting = held.get((one.decided_in.body_id, one.decided_in.meeting_id))
        sheets = sum(sheet.priority_id == one.priority_id for sheet in view.basis.sheets)
        where = Phrase("page.priority.decided", {"body": meeting.body.name, "on": meeting.held_on} if meeting else {})
        lines.append(
            PriorityLine(
                view.ask.said(one.title),
                one.themes,
                one.rank,
                one.chosen_on,
                where if meeting else Phrase("body-kind.COPIL"),
                tuple(numbers.get(finding, finding) for finding in one.findings),
                sheets,
                f"#{_anchor(number)}" if sheets else "",
                view.told.trail(one.event_id),
                (RuleText("R06", view.ask.texts.t("rule.R06")),) if waived & set(one.themes) else (),
                one.withdrawn_on,
                view.ask.said(one.motive),
                anchor_of("priority", one.priority_id),
            )
        )
    return tuple(lines)


def _groups(view: View) -> tuple[SheetGroup, ...]:
    """The sheets under their priority, in the order of the committee; unfolded where all of them fit in two screens."""
    unfolded = len(view.basis.sheets) <= SHEETS_SEEN_AT_ONCE
    groups = []
    for number, priority in enumerate(view.basis.priorities, 1):
        lines = tuple(
            ActionSheetLine(
                view.ask.said(one.title),
                one.owner_name or "",
                one.calendar.effective_from,
                one.calendar.effective_to,
                one.is_live,
                anchor_of("sheet", one.sheet_id),
                view.home.partner(one.owner_id),
            )
            for one in view.basis.sheets
            if one.priority_id == priority.priority_id
        )
        if lines:
            groups.append(SheetGroup(_anchor(number), view.ask.said(priority.title), lines, unfolded))
    return tuple(groups)


def _anchor(number: int) -> str:
    """Where the sheets of the `number`-th priority of the page stand."""
    return f"sheets-{number}"
